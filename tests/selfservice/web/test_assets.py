"""Assets are built once, named by their content, and carry nothing that belongs to GOV.UK alone."""

import gzip
import re
from pathlib import Path

import pytest

from selfservice.web import assets
from selfservice.web.assets import NotBuilt, asset, build

PROJECT = assets.ROOT


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our own files, small enough to look through."""
    (tmp_path / "css").mkdir()
    (tmp_path / "js").mkdir()
    (tmp_path / "css" / "own.css").write_text("h1 { color: red }")
    (tmp_path / "js" / "own.js").write_text('import { Button } from "./govuk-frontend.js";')
    monkeypatch.setattr(assets, "BUILT", tmp_path / "built")
    assets._manifest.cache_clear()
    return tmp_path


def test_an_asset_is_found_by_name_and_named_by_content(static: Path) -> None:
    build(static=static)
    address = asset("own.css")
    assert re.fullmatch(r"/static/built/own\.[0-9a-f]{12}\.css", address)
    (static / "css" / "own.css").write_text("h1 { color: blue }")
    build(static=static)
    assert asset("own.css") != address


def test_building_again_changes_nothing_and_leaves_nothing_behind(static: Path) -> None:
    first = build(static=static)
    (static / "built" / "old.000000000000.css").write_text("left by an earlier build")
    assert build(static=static) == first
    kept = {path.name.removesuffix(".gz") for path in (static / "built").iterdir()}
    assert kept == {*first.values(), "manifest.json"}


def test_modules_import_each_other_by_their_hashed_names(static: Path) -> None:
    manifest = build(static=static)
    assert manifest["govuk-frontend.js"] in (static / "built" / manifest["own.js"]).read_text()


def test_each_file_stands_beside_its_compressed_self(static: Path) -> None:
    for name in build(static=static).values():
        path = static / "built" / name
        assert gzip.decompress(path.with_name(name + ".gz").read_bytes()) == path.read_bytes()


def test_nothing_of_gov_uk_alone_is_served(static: Path) -> None:
    manifest = build(static=static)
    text = (static / "built" / manifest["govuk-frontend.css"]).read_text()
    assert "GDS Transport" not in text
    assert "@font-face" not in text
    assert "/assets/" not in text
    assert "font-family:Arial,sans-serif" in text
    assert not [name for name in manifest if "crown" in name or "crest" in name]


def test_no_asset_fetches_from_elsewhere(static: Path) -> None:
    for name in build(static=static).values():
        if name.endswith((".css", ".js")):
            text = (static / "built" / name).read_text()
            assert "sourceMappingURL" not in text
            assert not re.search(r"url\([\"']?(?:https?:)?//", text)


def test_what_is_not_built_says_what_to_run(static: Path) -> None:
    with pytest.raises(NotBuilt, match="selfservice assets"):
        asset("own.css")
    build(static=static)
    with pytest.raises(NotBuilt, match=r"nowhere\.css .*selfservice assets"):
        asset("nowhere.css")


def test_a_missing_package_says_what_to_run(static: Path) -> None:
    with pytest.raises(NotBuilt, match="npm ci"):
        build(modules=static / "no_modules", static=static)


def test_every_asset_that_a_template_names_is_built() -> None:
    templates = PROJECT / "selfservice" / "web" / "templates"
    named = {
        name
        for path in templates.rglob("*.html")
        for name in re.findall(r"asset\('([^']+)'\)", path.read_text(encoding="utf-8"))
    }
    own = {path.name for folder in ("css", "js", "img") for path in (assets.STATIC / folder).glob("*.*")}
    assert named <= own | set(assets.PACKAGES)
