"""parameters.yml and -p: what is declared, typed, and said about a mistake."""

from pathlib import Path

import pytest

from zonebook.errors import ParameterError
from zonebook.parameters import (
    Parameters,
    list_parameters,
    override,
    page_parameters,
    parse_assignments,
    read_parameters,
    read_settings,
    to_values,
)
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings, list_changes

ROOT = Path(__file__).parents[1]


def test_the_projects_file_gives_the_defaults() -> None:
    assert read_parameters(ROOT / "parameters.yml") == Parameters()


def test_every_parameter_is_explained_in_the_projects_file() -> None:
    text = (ROOT / "parameters.yml").read_text(encoding="utf-8")
    for name in list_parameters():
        assert f"\n{name}:" in text


@pytest.mark.parametrize(
    ("assignment", "name", "value"),
    [
        ("year=2023", "year", 2023),
        ("zones=alabuga,dubna", "zones", ("alabuga", "dubna")),
        ("zones=[alabuga]", "zones", ("alabuga",)),
        ("publisher=Ministry: of = things", "publisher", "Ministry: of = things"),
        ("languages=en", "languages", ("en",)),
    ],
)
def test_an_assignment_is_typed(assignment: str, name: str, value: object) -> None:
    assert getattr(override(Parameters(), parse_assignments((assignment,))), name) == value


@pytest.mark.parametrize(
    ("assignment", "name", "value"),
    [
        ("moderate=1", "moderate", 1.0),
        ("least_firms=5", "least_firms", 5),
        ("high_tech=[8542]", "high_tech", None),
        ("high_tech=8542,3004", "high_tech", ("8542", "3004")),
        ("index={local: {L01: [0, 1], L17: [1, 0]}}", "index", {"local": {"L01": (0.0, 1.0), "L17": (1.0, 0.0)}}),
        ("index_weights={L01: 2}", "index_weights", {"L01": 2.0}),
        ("chain_weights={batteries: 2}", "chain_weights", {"batteries": 2.0}),
        ("top_residents=[10, 3]", "top_residents", (3, 10)),
        ("top_residents=1,5", "top_residents", (1, 5)),
        ("top_residents=7", "top_residents", (7,)),
    ],
)
def test_settings_of_metrics_are_parameters_like_any_other(assignment: str, name: str, value: object) -> None:
    if value is None:
        with pytest.raises(ParameterError, match="must be a list of texts"):
            override(Parameters(), parse_assignments((assignment,)))
        return
    settings = override(Parameters(), parse_assignments((assignment,))).settings
    assert getattr(settings, name) == value
    assert read_settings(list_changes(settings)) == settings


def test_settings_that_are_defaults_are_no_changes() -> None:
    assert list_changes(DEFAULT_SETTINGS) == {}
    assert list_changes(MetricSettings(seed=2, index_weights={"L01": 1.0})) == {
        "seed": 2,
        "index_weights": {"L01": 1.0},
    }


def test_all_values_give_the_same_parameters_again() -> None:
    changed = override(Parameters(), {"year": 2023, "seed": 9, "index": {"local": {"L01": [0, 1]}}, "zones": "alabuga"})
    assert override(Parameters(), to_values(changed)) == changed


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("yeer=2023", r"no parameter 'yeer'\. Did you mean 'year'\?"),
        ("beauty=yes", r"no parameter 'beauty'\. Known are: year"),
        ("year=soon", "'year' must be a whole number, got 'soon'"),
        ("year=true", "'year' must be a whole number"),
        ("year=20244", "between 1990 and 2100"),
        ("timeout=0", "'timeout' must be at least 1 second"),
        ("memory=-1", "'memory' must not be negative, got -1. 0: no limit"),
        ("moderate=high", "'moderate' must be a number"),
        ("leest_firms=3", r"no parameter 'leest_firms'\. Did you mean 'least_firms'\?"),
        ("least_firms=0", "'least_firms' must be at least 1"),
        ("dominance=90", "'dominance' must lie between 0 and 1, got 90"),
        ("sobol_samples=1000", "'sobol_samples' must be a power of two"),
        ("seed=-1", "'seed' must not be negative"),
        ("index={local: {L01: [1, 1]}}", "'index' must map levels to indicators"),
        ("index={local: [L01]}", "'index' must map levels to indicators"),
        ("index={}", "'index' must map levels to indicators"),
        ("index_weights={L01: -1}", "'index_weights' must map indicators to numbers from 0 on"),
        ("chain_weights=[batteries]", "'chain_weights' must map value chains to numbers from 0 on"),
        ("ratio_partners=2", "'ratio_partners' must be at least 3"),
        ("concentrated=2500", "'concentrated' must lie between 0 and 1"),
        ("top_residents=0", "'top_residents' must be a list of numbers from 1 on"),
        ("top_residents=few", "'top_residents' must be a list of numbers from 1 on"),
        ("large_network=0", "'large_network' must be at least 1"),
        ("zones=3", "'zones' must be a list of texts"),
        ("languages=", "'languages' must be a list of texts"),
        ("pages=7", "'pages' must name kinds of pages"),
        ("pages=[]", "'pages' must name kinds of pages"),
        ("pages=[[zone]]", "'pages' must name kinds of pages"),
        ("pages=overview,zones", r"no kind of page 'zones'\. Did you mean 'zone'\?"),
        ("pages={zone: {notebook: zone.ipynb, scope: zones}}", "'zone' must give notebook and scope"),
        ("year", "not of the form name=value"),
        ("=3", "not of the form name=value"),
        ("year={1", "is not valid"),
    ],
)
def test_a_mistake_is_named_with_a_remedy(assignment: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        override(Parameters(), parse_assignments((assignment,)))


@pytest.mark.parametrize("given", ["overview,zone", "[overview, zone]"])
def test_kinds_of_pages_are_chosen_by_their_names_from_those_of_the_file(given: str) -> None:
    own = {"overview": {"notebook": "first.ipynb", "scope": "country"}}
    of_file = override(Parameters(), {"pages": {**to_values(Parameters())["pages"], **own}})
    chosen = override(of_file, parse_assignments((f"pages={given}",))).pages
    assert [(kind.name, kind.notebook) for kind in chosen] == [("overview", "first.ipynb"), ("zone", "zone.ipynb")]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "parameters.yml"
    for text in ("year: [", "- a\n- b", "year: soon"):
        path.write_text(text)
        with pytest.raises(ParameterError) as caught:
            read_parameters(path)
        assert caught.value.place == str(path)


def test_every_scope_takes_the_reporting_year_and_language() -> None:
    for scope in ("zone", "region", "country"):
        assert {"year", "lang", "data"} <= {parameter.name for parameter in page_parameters(scope)}


def test_an_edition_is_public_unless_it_is_said_to_be_internal() -> None:
    assert Parameters().settings.publish == "public"
    assert override(Parameters(), {"publish": "internal"}).settings.in_force.least_firms == 1
    with pytest.raises(ParameterError, match="public or internal"):
        override(Parameters(), {"publish": "secret"})
