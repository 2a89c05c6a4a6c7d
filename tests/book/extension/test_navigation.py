"""The list of zones and regions, once for all pages."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from small_report import SmallReport
from zonebook.book.extension.navigation import Navigation

GROUPS = [{"target": "districts/volga", "title": "Volga", "zones": [["zones/alabuga", "A"]], "regions": []}]


@pytest.fixture
def app(tmp_path: Path) -> Any:
    (tmp_path / "_static").mkdir()
    (tmp_path / "list.json").write_text(json.dumps(GROUPS), encoding="utf-8")
    config = SimpleNamespace(zonebook_navigation="list.json")
    return SimpleNamespace(srcdir=tmp_path, outdir=tmp_path, config=config, builder=SimpleNamespace(format="html"))


def test_a_page_knows_its_group_and_no_other_page_does(app: Any) -> None:
    navigation = Navigation()
    navigation.read(app)
    shared = {"words": {}}
    for page, group in (("zones/alabuga", "districts/volga"), ("about", "")):
        context = {"zonebook": shared}
        navigation.mark_group(app, page, "page.html", context, None)
        assert context["zonebook"]["group"] == group
    assert shared == {"words": {}}


def test_the_script_is_written_once_and_not_after_an_error(app: Any) -> None:
    navigation = Navigation()
    navigation.read(app)
    script = app.outdir / "_static" / "zonebook-navigation.js"
    navigation.write(app, ValueError())
    assert not script.exists()
    navigation.write(app, None)
    text = script.read_text(encoding="utf-8")
    assert json.loads(text.removeprefix("window.zonebookNavigation=").rstrip(";\n")) == GROUPS


def test_the_built_site_has_the_list_once_and_no_page_names_zones_of_another_group(built: SmallReport) -> None:
    folder = built.out / "html" / "en"
    listing = [path.name for path in folder.rglob("*.js") if "zones/innopolis" in path.read_text(encoding="utf-8")]
    assert listing == ["searchindex.js", "zonebook-navigation.js"]
    page = built.page("zones/dubna")
    assert '<a href="../districts/central.html" aria-current="true">' in page
    assert "zones/innopolis" not in page.replace("../notebooks", "")
