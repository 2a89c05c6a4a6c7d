"""Targets: required against actual growth, and what became of those whose year is past."""

from word_pages import change, open_small, read
from zonebook.page import tables
from zonebook.page.standing import CLASSES, MET, MISSED, count_classes, list_standings

VOLGA = "example-volga,2024,point,jobs"
FIGURE_OF_THE_YEAR = "example-north,2020,point,residents,example-official,,100,count,false,exact,2021-01,\n"


def test_a_target_has_its_latest_figure_and_growth() -> None:
    shown = read(tables.targets(open_small("zone", "ru")))
    for expected in ("2 млрд ₽", "к 2030 году", "свыше 1,1 млрд ₽", "около 40 тыс."):
        assert expected in shown


def test_standings_are_judged_with_the_limits_of_the_page() -> None:
    standings = list_standings(open_small("zone", "en"), "example-north")
    exports = next(one for one in standings if one.track.goal.indicator == "export_rub")
    assert exports.progress in CLASSES
    assert exports.required is not None
    assert exports.actual is not None
    assert sum(count_classes(standings).values()) == len(standings) == 2


def test_a_past_target_is_met_missed_or_cannot_be_judged() -> None:
    target = change("target", "example-volga,residents,2020", "example-north,residents,2020")
    unknown = list_standings(open_small("zone", "en", target=target), "example-north")[-1]
    assert unknown.is_past
    assert unknown.progress == ""
    zone_year = change("zone_year", VOLGA, FIGURE_OF_THE_YEAR + VOLGA)
    missed = list_standings(open_small("zone", "en", target=target, zone_year=zone_year), "example-north")[-1]
    assert missed.progress == MISSED
    a_year_later = zone_year.replace("example-north,2020,point", "example-north,2021,point")
    late = list_standings(open_small("zone", "en", target=target, zone_year=a_year_later), "example-north")[-1]
    assert late.progress == ""
    before = FIGURE_OF_THE_YEAR.replace(",2020,", ",2019,")
    both = change("zone_year", VOLGA, before + FIGURE_OF_THE_YEAR.replace(",2020,", ",2021,") + VOLGA)
    fell_short = list_standings(open_small("zone", "en", target=target, zone_year=both), "example-north")[-1]
    assert fell_short.progress == MISSED
    higher = zone_year.replace(",,100,count", ",,121,count")
    met = list_standings(open_small("zone", "en", target=target, zone_year=higher), "example-north")[-1]
    assert met.progress == MET


def test_targets_of_all_zones_stand_by_zone() -> None:
    for kind in ("region", "targets"):
        shown = read(tables.targets_of_zones(open_small(kind, "en")))
        assert "Example North SEZ" in shown
        assert "2 bn RUB" in shown
        assert "%" in shown
