"""Home folders that have the postcodes already: to read them afresh takes seconds each time."""

import shutil
from pathlib import Path

from integrations.gazetteer.postcodes import Postcodes

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / ".pytest_cache" / "postcodes"
PARTNERSHIP = frozenset({"E07000136", "E07000137", "E07000140"})


def home_with_postcodes(home: Path) -> Path:
    """`home`, made if need be, with the postcodes of the three councils as an earlier process kept them."""
    home.mkdir(parents=True, exist_ok=True)
    Postcodes(PARTNERSHIP, KEPT).prepare()
    for kept in KEPT.iterdir():
        shutil.copy(kept, home)
    return home
