"""The logo: found beside the project, refused with a reason where it cannot be used."""

from pathlib import Path

import pytest

from zonebook.errors import ParameterError
from zonebook.logo import find_logo
from zonebook.paper.brand import describe_brand
from zonebook.parameters import Parameters, override


def test_a_logo_is_found_and_none_is_none(tmp_path: Path) -> None:
    (tmp_path / "mark.SVG").write_bytes(b"<svg/>")
    assert find_logo("mark.SVG", tmp_path) == tmp_path / "mark.SVG"
    assert find_logo("", tmp_path) is None


@pytest.mark.parametrize(("name", "said"), [("mark.gif", "SVG or PNG"), ("gone.png", "no logo"), ("big.png", "2 MB")])
def test_what_is_no_logo_is_refused(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "big.png").write_bytes(bytes(2_000_001))
    with pytest.raises(ParameterError, match=said):
        find_logo(name, tmp_path)


def test_papers_take_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "mark.svg").write_bytes(b"<svg/>")
    brand = describe_brand(override(Parameters(), {"logo": "mark.svg"}), tmp_path, "en")
    assert brand["logo"] == {"format": "svg", "bytes": list(b"<svg/>")}
    assert describe_brand(Parameters(), tmp_path, "en")["logo"] is None
