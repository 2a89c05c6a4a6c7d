import pytest

from metrics.employed import employed, firm_year, resident, run
from metrics.shares import HOME, REGIONS, party
from zonebook.metrics.cluster_star_rows import cluster_star_rows
from zonebook.metrics.result import Status
from zonebook.settings import MetricSettings

ZONES = [HOME | {"zone_id": f"z{number:02}"} for number in range(12)]
COUNTRY = [employed("RUS", "26", 1000), employed("RUS", "10", 9000)]


def stars(*rows, **options):
    return run(cluster_star_rows, "country", "", **{"zone": ZONES, "employment": [*rows, *COUNTRY]} | options)


def of(found, scope_id, metric_id="L13"):
    return next(row for row in found if (row.scope_id, row.metric_id) == (scope_id, metric_id))


def zones(count=12, **cells):
    """Zones of 100 employees; the first has 1 in industry 26, the next 2 and so on, the last half of them."""
    rows = []
    for number in range(count):
        jobs = 50 if number == count - 1 else number + 1
        rows += [employed(f"z{number:02}", "26", jobs, **cells), employed(f"z{number:02}", "10", 100 - jobs)]
    return rows


def test_three_stars_by_hand():
    found = stars(*zones())
    best = of(found, "z11", "L13.26")
    assert (best.value, best.scope_type, best.year, best.unit) == (3, "zone", 2024, "count")
    # Size and focus go to two of twelve, at or above the 0.9 quantile; LQ of 11 % against 10 % is no specialisation.
    assert [of(found, f"z{number:02}", "L13.26").value for number in range(12)] == [0] * 10 + [2, 3]
    assert of(found, "z11").reason == "industry: 26; among 12 peers"
    assert of(found, "z11").value == 3


def test_strong_clusters_reach_the_percentile_and_the_size():
    found = stars(*zones())
    assert [of(found, f"z{number:02}", "L13.strong").value for number in (0, 8, 9, 11)] == [1, 0, 1, 1]
    large = stars(*zones(), settings=MetricSettings(strong_employees=1000))
    assert of(large, "z11", "L13.strong").value == 0


def test_cuts_are_settings():
    found = stars(*zones(), settings=MetricSettings(stars_quotient=6.0, stars_share=0.05))
    assert [of(found, f"z{number:02}", "L13.26").value for number in (10, 11)] == [0, 2]


def test_few_peers_are_judged_by_specialisation_alone_and_one_not_at_all():
    found = stars(*zones(5))
    assert of(found, "z04").value == 1
    assert "fewer than 10 peers: only specialisation is judged" in of(found, "z04").reason
    assert of(found, "z04", "L13.strong").status is Status.NOT_APPLICABLE
    alone = stars(*zones(1))
    assert of(alone, "z00").status is Status.NOT_APPLICABLE


def test_places_without_anybody_in_the_industry_are_no_peers():
    rows = [employed("z00", "26", 5), *(employed(f"z{n:02}", "10", 5) for n in range(12))]
    found = stars(*rows, employed("z01", "26", 0))
    assert of(found, "z00", "L13.26").status is Status.NOT_APPLICABLE
    assert not any(row.scope_id == "z01" and row.metric_id == "L13.26" for row in found)


def test_small_cells_are_not_shown():
    found = stars(*zones(firms=2))
    assert {row.status for row in found if row.metric_id == "L13.26"} == {Status.SUPPRESSED}


def test_regions_are_peers_of_regions():
    rows = [employed(region["region_iso"], "26", 100 + n) for n, region in enumerate(REGIONS)]
    found = stars(*rows, *zones())
    assert of(found, "RU-TVE").scope_type == "region"
    assert "among 3 peers" in of(found, "RU-TVE").reason
    assert "among 12 peers" in of(found, "z11").reason


def test_clusters_are_parts_of_their_zone_by_the_headcount_of_residents():
    firms = [
        party(
            f"{zone}-{n}", kind="resident", zone_id=zone, cluster_id=f"{zone}-c", industry="26.11", source_id="register"
        )
        for zone in ("z00", "z01")
        for n in range(3)
    ]
    figures = [firm_year(firm["party_id"], employees=10 if firm["zone_id"] == "z00" else 2) for firm in firms]
    found = stars(*zones(), party=firms, party_year=figures)
    row = of(found, "z00-c", "L13.26")
    assert (row.scope_type, row.value) == ("cluster", 1)
    assert "from the headcount of residents by their own industry" in row.reason
    # 30 of 100 in the zone against 10 % in the country; 6 of 100 in the other one.
    assert of(found, "z01-c", "L13.26").value == 0


def test_a_zone_without_employment_has_that_of_its_residents():
    firms = [resident(f"r{n}", "26.11", zone_id="z11") for n in range(3)]
    figures = [firm_year(f"r{n}", employees=40) for n in range(3)]
    rows = [row for row in zones() if row["geo"] != "z11"]
    row = of(stars(*rows, party=firms, party_year=figures), "z11", "L13.26")
    assert row.value == 3
    assert "headcount" in row.reason


def test_a_zone_or_region_by_itself_has_no_peers():
    for scope_type, scope_id in (("zone", "home"), ("region", "RU-MOW")):
        row = run(cluster_star_rows, scope_type, scope_id, employment=COUNTRY).one("L13")
        assert (row.status, row.scope_type) == (Status.NOT_APPLICABLE, scope_type)


def test_the_country_says_where_the_rows_are_or_what_is_missing():
    assert of(stars(*zones()), "RUS").status is Status.NOT_APPLICABLE
    for scope in (("country", ""), ("zone", "home")):
        assert run(cluster_star_rows, *scope).one("L13").reason == "the data set has no table employment"
    no_country = stars(zone=ZONES, employment=zones()).one("L13")
    assert (no_country.status, no_country.reason) == (Status.MISSING_INPUT, "table employment has no rows for this")


@pytest.mark.parametrize("factor", [0.5, 3])
def test_scale_does_not_matter(factor):
    rows = zones()
    scaled = [row | {"employees": row["employees"] * factor} for row in rows]
    values = [[(row.scope_id, row.metric_id, row.value) for row in stars(*one)] for one in (rows, scaled)]
    assert values[0] == values[1]
