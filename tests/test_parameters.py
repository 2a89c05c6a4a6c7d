"""parameters.yml and -p: what is declared, typed, and said about a mistake."""

from pathlib import Path

import pytest

from zonebook.errors import ParameterError
from zonebook.parameters import Parameters, override, page_parameters, parse_assignments, read_parameters

ROOT = Path(__file__).parents[1]


def test_the_projects_file_gives_the_defaults() -> None:
    assert read_parameters(ROOT / "parameters.yml") == Parameters()


def test_every_parameter_is_explained_in_the_projects_file() -> None:
    text = (ROOT / "parameters.yml").read_text(encoding="utf-8")
    for name in Parameters.__dataclass_fields__:
        assert f"\n{name}:" in text


@pytest.mark.parametrize(
    ("assignment", "name", "value"),
    [
        ("year=2023", "year", 2023),
        ("zones=alabuga,dubna", "zones", ("alabuga", "dubna")),
        ("zones=[alabuga]", "zones", ("alabuga",)),
        ("moderate=1", "moderate", 1.0),
        ("publisher=Ministry: of = things", "publisher", "Ministry: of = things"),
        ("languages=en", "languages", ("en",)),
    ],
)
def test_an_assignment_is_typed(assignment: str, name: str, value: object) -> None:
    assert getattr(override(Parameters(), parse_assignments((assignment,))), name) == value


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("yeer=2023", r"no parameter 'yeer'\. Did you mean 'year'\?"),
        ("colour=red", r"no parameter 'colour'\. Known are: year"),
        ("year=soon", "'year' must be a whole number, got 'soon'"),
        ("year=true", "'year' must be a whole number"),
        ("year=20244", "between 1990 and 2100"),
        ("moderate=high", "'moderate' must be a number"),
        ("zones=3", "'zones' must be a list of texts"),
        ("languages=", "'languages' must be a list of texts"),
        ("pages=zone", "must map a kind of page"),
        ("year", "not of the form name=value"),
        ("=3", "not of the form name=value"),
        ("year={1", "is not valid"),
    ],
)
def test_a_mistake_is_named_with_a_remedy(assignment: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        override(Parameters(), parse_assignments((assignment,)))


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
