"""The context of a page: its rows, names, sources in the order they are cited."""

import pytest

from word_pages import change, open_small


def test_sources_are_numbered_as_they_are_cited() -> None:
    here = open_small("zone", "en")
    assert here.source_number("example-press") == 1
    mark = here.cite("example-official;example-press")
    assert ">1</a>" in mark
    assert mark.index(">1</a>") < mark.index(">2</a>")
    assert 'href="#source-example-official"' in mark
    assert here.cite(None) == here.cite("") == here.cite([]) == ""
    assert list(here.cited) == ["example-press", "example-official"]


def test_hovering_says_the_title_unless_told_not_to() -> None:
    here = open_small("zone", "ru")
    assert 'title="Зоны примера растут"' in here.cite("example-press")
    assert "title" not in here.cite("example-press", titled=False)


def test_the_latest_row_with_a_value_is_the_metric() -> None:
    here = open_small("zone", "en")
    latest = here.metric("X01")
    assert latest is not None
    assert latest.value == 1.1e9
    assert (here.metric("X01", year=2023) or latest).value == 9.4e8
    assert here.metric("X99") is None
    assert all(row.base_id == "X02" for row in here.rows("X02"))


def test_a_country_page_tells_its_own_rows_from_those_of_zones() -> None:
    here = open_small("overview", "en")
    own = here.metric("X01")
    assert own is None or own.scope_type == "country"
    of_zone = here.metric("X01", scope_id="example-north")
    assert of_zone is not None
    assert of_zone.scope_type == "zone"
    assert here.total_id == "example-total"
    assert here.path == "overview"


def test_names_come_in_the_page_s_language() -> None:
    ru, en = open_small("zone", "ru"), open_small("zone", "en")
    assert (ru.title, en.title) == ("ОЭЗ «Пример-Север»", "Example North SEZ")
    assert en.place("RU-TA") == "Tatarstan"
    assert ru.place("KAZ") == "Казахстан"
    assert ru.named("site", "north-one") == "Площадка Первая"
    assert en.named("site", "nowhere") == "nowhere"
    assert en.indicator("jobs:north-one") == "jobs created, site “First Site”"
    assert ru.indicator("cluster_members:example-pharma") == "участники кластера «Фармацевтика (пример)»"
    assert en.path == "zones/example-north"
    assert en.root == "../"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_confidential_party_has_no_name_on_a_page(lang: str) -> None:
    party = change("party", "since,source_id", "since,confidential,source_id")
    lines = party.splitlines()
    hidden = [lines[0], *(line[: line.rindex(",")] + ",true" + line[line.rindex(",") :] for line in lines[1:])]
    here = open_small("zone", lang, party="\n".join(hidden) + "\n")
    assert here.row("party", "firm-boards") == {}
    own = next(row for row in here.records("party") if row["kind"] == "resident")
    assert here.party(own) == here.locale.text("name withheld")
    assert "Пример Доски" not in str(here.records("party"))


def test_figures_are_those_up_to_the_page_s_year() -> None:
    assert {figure.year for figure in open_small("zone", "en", year=2023).figures["example-north"]} == {2022, 2023}
