import pytest

from metrics.employed import firm_year, run
from metrics.shares import HOME, OTHER, party
from zonebook.metrics.agglomeration_rows import ellison_glaeser_rows
from zonebook.metrics.result import Status
from zonebook.settings import MetricSettings

ZONES = [HOME, OTHER]
# Farhauer and Kröll (2014) as in R package REAT; another industry fills the regions up to their published totals.
SIZES = [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000]
PLACES = ["RU-MOW"] * 5 + ["RU-TA"] * 4 + ["RU-TVE"]
TOTALS = {"RU-MOW": 500_000, "RU-TA": 400_000, "RU-TVE": 100_000}


def firm(name, place, industry, **cells):
    return party(name, region_iso=place, country_iso3="RUS", industry=industry, source_id="register") | cells


def published():
    firms = [firm(f"f{n}", place, "26.11") for n, place in enumerate(PLACES)]
    figures = [firm_year(f"f{n}", employees=size) for n, size in enumerate(SIZES)]
    for place, total in TOTALS.items():
        rest = total - sum(size for size, where in zip(SIZES, PLACES, strict=True) if where == place)
        firms.append(firm(f"rest-{place[-2:].lower()}", place, "10.11"))
        figures.append(firm_year(f"rest-{place[-2:].lower()}", employees=rest))
    return firms, figures


def index(firms, figures, **options):
    return run(ellison_glaeser_rows, "country", "", zone=ZONES, party=firms, party_year=figures, **options)


def test_the_published_index():
    row = index(*published()).one("L21.26")
    assert row.value == pytest.approx(0.05990628, abs=1e-8)
    assert (row.n_units, row.unit, row.lower, row.year) == (10, "index", row.value, 2024)
    assert row.reason == "of the firms in this data set, against all of them"


def test_trap_labels_of_regions_swapped_turn_the_index():
    firms, figures = published()
    swapped = {"RU-MOW": "RU-TVE", "RU-TVE": "RU-MOW"}
    firms = [
        one | {"region_iso": swapped.get(one["region_iso"], one["region_iso"])} if one["industry"] == "26.11" else one
        for one in firms
    ]
    assert index(firms, figures).one("L21.26").value != pytest.approx(0.05990628, abs=0.1)


def test_the_headline_is_the_industry_that_gathers_most_of_those_with_enough_firms():
    firms, figures = published()
    firms += [firm(f"g{n}", "RU-TVE", "30.10") for n in range(3)]
    figures += [firm_year(f"g{n}", employees=5) for n in range(3)]
    found = index(firms, figures)
    assert found.one("L21.30").status is Status.LOW_N
    assert found.one("L21.30").value > found.one("L21.26").value
    assert found.one("L21").reason.startswith("industry: 26")


def test_few_firms_are_not_shown_and_a_group_is_one():
    firms, figures = published()
    row = index(firms, figures, settings=MetricSettings(least_firms=11)).one("L21.26")
    assert (row.status, row.value, row.n_units) == (Status.SUPPRESSED, None, None)
    grouped = [one | {"holding_id": "g"} if one["industry"] == "26.11" else one for one in firms]
    assert index(grouped, figures).one("L21.26").status is Status.SUPPRESSED


def test_one_region_is_undefined():
    firms = [firm(f"f{n}", "RU-MOW", "26.11") for n in range(5)]
    row = index(firms, [firm_year(f"f{n}", employees=5) for n in range(5)]).one("L21")
    assert (row.status, row.value) == (Status.UNDEFINED, None)
    assert "one firm or one region only" in row.reason


def test_firms_in_zones_are_where_their_zone_is():
    firms = [party(f"f{n}", kind="resident", zone_id=("home", "other")[n % 2], industry="26") for n in range(6)]
    row = index(firms, [firm_year(f"f{n}", employees=5) for n in range(6)]).one("L21.26")
    assert row.value == pytest.approx(-0.2)


def test_the_silent_leave_no_bounds_and_every_year_has_rows():
    firms, figures = published()
    firms.append(party("silent", kind="resident", zone_id="home", industry="26"))
    older = [row | {"year": 2023} for row in figures]
    found = index(firms, [*figures, *older])
    assert [row.year for row in found if row.metric_id == "L21"] == [2023, 2024]
    assert found.one("L21.26", 2024).lower is None


def test_without_figures_of_firms_the_table_is_named():
    assert run(ellison_glaeser_rows, "country", "").one("L21").reason == "the data set has no table party_year"
