import pytest

from metrics.shares import HOME, OTHER, TOTAL
from metrics.trade_tables import FIRMS, flow, rows_of
from zonebook.metrics.result import Evidence, Status
from zonebook.settings import MetricSettings

SURVIVAL = "survival_rows:export_survival_rows"


def spells(*lives):
    """Return flows of firms to countries in the years given: ``("f1", "KAZ", 2020, 2021)``."""
    return [flow(country, 1.0, year=year, exporter_id=firm) for firm, country, *years in lives for year in years]


# 2019 to 2023; f1 to KAZ was there from the start and is left out.
LIVES = [
    ("f1", "KAZ", 2019, 2020, 2021, 2022, 2023),
    ("f1", "SRB", 2020),
    ("f2", "KAZ", 2020, 2021, 2022, 2023),
    ("f2", "UZB", 2021, 2022),
    ("f3", "KAZ", 2022, 2023),
    ("f3", "CHN", 2020, 2022),
]


INTERNAL = MetricSettings(publish="internal").in_force


def survive(*lives, **tables):
    """Return the rows of an internal edition: few firms tell of their exports here."""
    return rows_of(SURVIVAL, export_flow=spells(*lives), settings=INTERNAL, **tables)


def publish(*lives):
    return rows_of(SURVIVAL, export_flow=spells(*lives))


def test_a_public_edition_ends_a_curve_before_it_is_of_few_firms():
    lives = [(f"f{number}", "SRB", 2020) for number in range(1, 4)]
    lives += [(f"f{number}", "KAZ", 2020, 2021) for number in range(1, 5)]
    lives += [(f"f{number}", "UZB", 2020, 2021, 2022, 2023) for number in (1, 2)]
    found = publish(("f5", "KAZ", 2019, 2020, 2021, 2022, 2023), *lives)
    assert found.one("X14").value == pytest.approx(6 / 9)
    assert found.one("X14.y2").value == pytest.approx(2 / 9)
    assert not {"X14.y3", "X14.y4"} & found.ids()
    # Two firms begin to export to the CIS, so that one of the other blocs is hidden with it.
    assert found.one("X14.cis").status is Status.SUPPRESSED
    assert found.one("X14.rest").status is Status.SUPPRESSED
    assert found.one("X14.eaeu").value == 1


def test_the_share_that_outlives_its_first_year():
    found = survive(*LIVES)
    # Spells: SRB 1 ended, KAZ 4 alive, UZB 2 ended, KAZ 2 alive, CHN 1 ended, CHN 1 ended (2022).
    row = found.one("X14")
    assert row.value == pytest.approx(3 / 6)
    assert 0 < row.lower < row.value < row.upper < 1
    assert (row.year, row.n_units, row.unit) == (2023, 6, "share")
    assert row.reason == "95 % interval of the estimate; 6 spells of exports to a country, 4 of them ended"
    assert found.one("X14.y2").value == pytest.approx(3 / 6 * 2 / 3)
    assert found.one("X14.median").value == 1


def test_a_year_without_exports_may_be_filled():
    found = survive(*LIVES)
    # CHN is now one spell of 3 years that ended: 1 of 5 ended after its first year.
    assert found.one("X14.filled").value == pytest.approx(4 / 5)
    assert "gaps filled, of no more years than 1" in found.one("X14.filled").reason
    assert found.one("X14.filled.median").value == 3


def test_spells_alive_in_the_first_year_are_left_out():
    row = survive(("f1", "KAZ", 2019, 2020, 2021), ("f2", "KAZ", 2019, 2021), ("f3", "KAZ", 2019, 2020)).one("X14")
    assert row.n_units == 1


def test_where_no_spell_ended_there_is_no_median():
    found = survive(
        *(("f1", country, 2020, 2021) for country in ("KAZ", "SRB")),
        ("f2", "KAZ", 2019, 2020),
        ("f3", "KAZ", 2020, 2021),
    )
    row = found.one("X14")
    assert (row.value, row.lower, row.status) == (1, None, Status.LOW_N)
    assert found.one("X14.median").status is Status.UNDEFINED
    assert found.one("X14.median").value is None
    assert found.one("X14.median").reason.startswith("more than half go on beyond the years seen")


def test_a_year_without_any_data_does_not_end_all_spells():
    lives = [
        (firm, "KAZ", 2018, *years) for firm, years in (("f1", (2021, 2022, 2023)), ("f2", (2022,)), ("f3", (2023,)))
    ]
    row = survive(*lives).one("X14")
    # The panel is 2021 to 2023.
    assert (row.n_units, row.value) == (2, 0.5)


def test_blocs_are_compared():
    found = survive(*LIVES)
    assert found.one("X14.eaeu").value == 1
    assert found.one("X14.cis").value == 1
    assert found.one("X14.brics").value == found.one("X14.rest").value == 0
    assert 0 < found.one("X14.blocs_p").value < 1
    assert found.one("X14.eaeu").status is Status.LOW_N
    assert "X14.eaeu" not in survive(*LIVES, bloc_membership=None).ids()


def test_zones_of_a_region_are_pooled_each_over_its_own_years():
    zones = [OTHER, OTHER | {"zone_id": "second"}, TOTAL]
    firms = [firm | {"zone_id": "other" if number < 3 else "second"} for number, firm in enumerate(FIRMS)]
    lives = [("f1", "KAZ", 2019, 2020, 2021), ("f2", "KAZ", 2020), ("f4", "KAZ", 2021, 2022, 2023), ("f5", "SRB", 2022)]
    tables = {"zone": zones, "party": firms, "export_flow": spells(*lives)}
    found = rows_of(SURVIVAL, "region", "RU-TA", settings=INTERNAL, **tables)
    # f4 was there in the first year of the second zone.
    assert (found.one("X14").n_units, found.one("X14").year) == (2, 2023)


def test_where_only_the_zone_states_exports_spells_are_its_own():
    rows = [flow("KAZ", 1.0, year=2020), *(flow("SRB", 1.0, year=year) for year in (2021, 2022))]
    row = rows_of(SURVIVAL, export_flow=rows).one("X14")
    assert (row.value, row.n_units) == (1, 1)
    assert "by country" in row.reason
    assert row.evidence is Evidence.REGISTER


def test_a_zero_is_no_export():
    rows = [*spells(*LIVES), flow("SRB", 0.0, year=2021, exporter_id="f1")]
    assert rows_of(SURVIVAL, export_flow=rows).one("X14").value == pytest.approx(3 / 6)


def test_what_is_too_little_is_said():
    assert survive(("f1", "KAZ", 2020, 2021)).one("X14").reason == "needs export flows of 3 years running"
    few = publish(("f1", "KAZ", 2019), ("f2", "KAZ", 2020, 2021)).one("X14")
    assert (few.status, few.reason) == (Status.SUPPRESSED, "fewer than 3 firms")
    none = survive(*((firm, "KAZ", 2019, 2020, 2021) for firm in ("f1", "f2", "f3"))).one("X14")
    assert (none.status, none.reason) == (Status.UNDEFINED, "no exports to a further country began in these years")
    assert rows_of(SURVIVAL).one("X14").reason == "the data set has no table export_flow"
    assert rows_of(SURVIVAL, zone=[HOME], export_flow=[]).one("X14").status is Status.MISSING_INPUT
