"""A style sheet turned round: sides change places, names of classes do not."""

import json
import re

import pytest

from selfservice.web.assets import BUILT
from selfservice.web.mirroring import mirrored

CASES = (
    (".a{margin-left:5px}", ".a{margin-right:5px}"),
    (".a{padding:5px 2px 6px 0}", ".a{padding:5px 0 6px 2px}"),
    (".a{margin:0 1px 2px 3px!important}", ".a{margin:0 3px 2px 1px!important}"),
    (".a{margin:0 auto}", ".a{margin:0 auto}"),
    (".a{float:left;clear:right}", ".a{float:right;clear:left}"),
    (".a{text-align:left!important}", ".a{text-align:right!important}"),
    (".a{left:0;right:max(1px,2px)}", ".a{right:0;left:max(1px,2px)}"),
    (".a-left-4{color:red}", ".a-left-4{color:red}"),
    ("@media (min-width:40em){.a{border-left:1px solid}}", "@media (min-width:40em){.a{border-right:1px solid}}"),
    (".a{border-width:max(1px,.1em) max(2px,.1em) 0 0}", ".a{border-width:max(1px,.1em) 0 0 max(2px,.1em)}"),
    (".a{border-radius:1px 2px 3px 4px}", ".a{border-radius:2px 1px 4px 3px}"),
    (".a{transform:rotate(225deg)}", ".a{transform:rotate(-225deg)}"),
    (".a{transform:rotate(-45deg)}", ".a{transform:rotate(45deg)}"),
    (".a{clip-path:polygon(0 0,100% 50%,0 100%)}", ".a{clip-path:polygon(100% 0,0% 50%,100% 100%)}"),
    (".a{padding-left:env(safe-area-inset-left)}", ".a{padding-right:env(safe-area-inset-right)}"),
    (".a{background-color:#fff}", ".a{background-color:#fff}"),
)  # fmt: skip


@pytest.mark.parametrize(("css", "turned"), CASES)
def test_sides_change_places(css: str, turned: str) -> None:
    assert mirrored(css) == turned


def test_the_built_style_sheet_differs_in_its_sides_alone() -> None:
    names = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    plain, turned = (
        (BUILT / names[name]).read_text(encoding="utf-8")
        for name in ("govuk-frontend.css", "govuk-frontend.rtl.css")
    )
    assert plain != turned
    sides = re.compile(r"left|right|\d+%?|[ -]")
    assert sorted(sides.sub("", plain)) == sorted(sides.sub("", turned))
