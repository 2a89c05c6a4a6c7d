"""The blocs' shares in export destinations."""

from figure_pages import assert_is_sound, make_page, tie_tables
from zonebook.page.figures import blocs, destinations


def _exports(*codes: str, **more: object) -> dict[str, list[dict[str, object]]]:
    return tie_tables({"country_iso3": code, "level": "international", **more} for code in codes)


def test_printed_shares_of_the_blocs_add_up_to_100() -> None:
    block = assert_is_sound(blocs(make_page("en", **_exports("KAZ", "UZB", "CHN"))))
    assert sorted(p for p in ("34%", "33%") if p in block.svg) == ["33%", "34%"]


def test_blocs_need_three_countries_and_destinations_one() -> None:
    page = make_page(**_exports("KAZ", "UZB"))
    assert blocs(page) is None
    assert destinations(page) is not None
    assert destinations(make_page()) is None
