"""What is hidden of exports holds beside all else that is shown: blocs, zones, indices, effects. Checked by bounds."""

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array

from metrics.shares import HOME, TOTAL, make_scope, party
from metrics.trade_tables import FIRMS, flow, imports, rows_of, world
from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.disclosure import SuppressionRule
from zonebook.metrics.flows import read_flow_years
from zonebook.metrics.hidden_exports import Contributed, hide_exports
from zonebook.metrics.hidden_parts import is_disclosing
from zonebook.metrics.result import Status
from zonebook.metrics.suppression import TableFamily, audit_suppression
from zonebook.settings import MetricSettings

RULE = SuppressionRule()
BLOCS = {"BLR": "EAEU", "KAZ": "EAEU", "UZB": "CIS", "AZE": "CIS", "CHN": "BRICS", "IND": "BRICS", "SRB": "rest"}


def draw(seed):
    """Return exports of two zones' firms to seven countries, some of them of one firm or with a giant."""
    generator = np.random.default_rng(seed)
    rows = []
    for place in ("a", "b"):
        for country in BLOCS:
            count = int(generator.integers(0, 6))
            sizes = generator.lognormal(3, 1.5 if generator.random() < 0.3 else 0.3, count)
            rows += [(country, f"{place}{generator.integers(0, 9)}", float(size), place) for size in sizes]
    labels, who, amounts, places = zip(*rows, strict=True)
    return Contributed(*(np.array(part, dtype=object) for part in (labels, who)), np.array(amounts), np.array(places))


def audit(contributed, patterns, rule=RULE):
    """Return the countries a reader of zones, region and blocs knows too well, by linear programs."""
    zones = contributed.split()
    sums = {}
    for name, part, pattern in [("region", contributed, patterns[0]), *zip("ab", zones, patterns[1:], strict=True)]:
        shows_total = not pattern.is_total_hidden
        sums[name, "total"] = (sum(part.total.values()), shows_total, False)
        for bloc, behind in part.sum_groups(BLOCS).items():
            shown = shows_total and bloc not in pattern.groups
            sums[name, bloc] = (sum(behind.values()), shown, is_disclosing(behind, rule))
        for country, behind in part.parts.items():
            shown = shows_total and country not in pattern.labels
            sums[name, country] = (sum(behind.values()), shown, is_disclosing(behind, rule))
    keys = list(sums)
    equations = []
    for name in ("region", "a", "b"):
        equations.append({(name, "total"): -1} | {(name, bloc): 1 for bloc in set(BLOCS.values())})
        equations += [
            {(name, bloc): -1} | {(name, country): 1 for country, own in BLOCS.items() if own == bloc}
            for bloc in set(BLOCS.values())
        ]
    labels = {label for _, label in keys}
    equations += [{("region", label): -1, ("a", label): 1, ("b", label): 1} for label in labels]
    matrix = np.array([[row.get(key, 0) for key in keys] for row in equations], dtype=float)
    values, shown, primary = (np.array([sums[key][place] for key in keys]) for place in range(3))
    family = TableFamily(values, csr_array(matrix), primary & ~shown, np.zeros(len(keys), dtype=bool), rule.protection)
    found = audit_suppression(family, ~shown)
    return [keys[cell] for cell in found.index[found["is_exposed"] & found["is_primary"]]]


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_country_of_a_zone_or_region_follows_from_blocs_totals_and_the_other_scope(seed):
    contributed = draw(seed)
    patterns = [hide_exports(part, RULE, BLOCS) for part in (contributed, *contributed.split())]
    assert audit(contributed, patterns) == []


def test_without_looking_at_blocs_the_audit_finds_what_follows():
    # UZB has one exporter; CIS as a whole may be shown, and so may AZE: UZB is the difference.
    rows = [(country, f"{country[0]}{n}", 30.0, "a") for country in BLOCS if country != "UZB" for n in range(5)]
    rows += [("UZB", "u1", 60.0, "a")] + [("SRB", f"s{n}", 8.0, "a") for n in range(5, 9)]
    rows += [(country, f"b{n}", 30.0, "b") for country in BLOCS for n in range(5)]
    rows = [(country, who, 5.0 if country == "SRB" else value, place) for country, who, value, place in rows]
    labels, who, amounts, places = zip(*rows, strict=True)
    given = Contributed(np.array(labels, object), np.array(who, object), np.array(amounts), np.array(places))
    careless = [hide_exports(part, RULE) for part in (given, *given.split())]
    assert ("a", "UZB") in audit(given, careless)
    assert audit(given, [hide_exports(part, RULE, BLOCS) for part in (given, *given.split())]) == []


# -- rows ----------------------------------------------------------------------------------------------------------


def list_rows(single=60.0, more=0.0):
    """Return exports of six firms to four countries alike, and of one of them alone to Uzbekistan."""
    rows = [
        flow(country, size + place, "8471", exporter_id=firm["party_id"])
        for country, size in (("KAZ", 30.0), ("AZE", 30.0), ("CHN", 20.0 + more / len(FIRMS)), ("SRB", 30.0))
        for place, firm in enumerate(FIRMS)
    ]
    return [*rows, flow("UZB", single, "8413", exporter_id="f1")]


def test_indices_over_countries_say_nothing_that_the_countries_shown_do_not():
    functions = ("destination_rows:destination_rows", "trade_structure_rows:export_concentration_rows")
    functions += ("trade_structure_rows:theil_decomposition_rows",)
    for name in functions:
        one, other = (rows_of(name, export_flow=rows) for rows in (list_rows(), list_rows(50.0, more=10.0)))
        # What Uzbekistan lost the country hidden with it has won: nobody can tell.
        told = [(row.metric_id, row.value) for row in one if "product" not in row.metric_id]
        assert told == [(row.metric_id, pytest.approx(row.value)) for row in other if "product" not in row.metric_id]
        assert any("withheld figures count with their mean: 2" in row.reason for row in one)


def test_indices_are_exact_where_nothing_is_hidden():
    row = rows_of("trade_structure_rows:export_concentration_rows", export_flow=list_rows()[:-1]).one("X07")
    value = (3 * 195.0**2 + 135.0**2) / 720.0**2
    assert (row.value, row.lower) == (pytest.approx(value), pytest.approx(value))


def test_effects_of_constant_market_shares_are_sums_over_hidden_countries():
    rows = [row | {"year": year} for year in (2023, 2024) for row in list_rows()]
    markets = [imports(c, p, 1e9 * k, year) for k, c in enumerate(("KAZ", "AZE", "CHN", "SRB", "UZB"), start=1)
               for p in ("8471", "8413") for year in (2023, 2024)]  # fmt: skip
    found = rows_of("market_share_rows:constant_share_rows", export_flow=rows, world_trade=markets)
    assert {found.one(f"X13.{name}").status for name in ("product", "market")} == {Status.SUPPRESSED}
    assert found.one("X13").status is Status.SUPPRESSED
    assert found.one("X13.change").status is Status.OK


def test_a_share_of_high_technology_does_not_tell_of_a_hidden_product():
    rows = [flow("KAZ", 30.0 + n, code, exporter_id=f"f{n}") for code in ("8471", "8413", "8501") for n in range(1, 7)]
    rows += [flow("KAZ", 25.0, "8542", exporter_id="f1")]
    found = rows_of("high_tech_rows:high_tech_rows", export_flow=rows, world_trade=[world("RUS", "8542", 1.0)])
    assert found.one("X21").status is Status.SUPPRESSED


def test_a_region_shows_no_total_that_less_those_of_its_zones_is_one_firms():
    zones = [HOME, HOME | {"zone_id": "second"}]
    firms = [*FIRMS, party("lone", zone_id="second", kind="resident")]
    rows = [*list_rows()[:-1], flow("KAZ", 90.0, "8471", exporter_id="lone")]
    scope = make_scope("region", "RU-MOW", 2024, zone=zones, party=firms, export_flow=rows)
    assert read_flow_years(scope)[0].is_disclosing
    opened = compute_metrics(scope.share, 2024, settings=MetricSettings(publish="internal"))
    assert any(row.base_id == "X06" and row.value is not None for row in opened)


def test_a_sum_over_some_of_the_hidden_countries_is_seen():
    contributed = draw(1)
    pattern = hide_exports(contributed, RULE, BLOCS)
    for own in pattern.known_sums:
        assert not pattern.tells(own)
        assert all(pattern.tells(part) for part in combinations(own, 1) if len(own) > 1)


@pytest.mark.parametrize(("source", "is_public"), [("register", False), ("official", True)])
def test_what_a_total_states_of_one_firm_is_hidden_unless_somebody_published_it(source, is_public):
    firms = list_rows()
    sums = {}
    for row in firms:
        sums[row["country_iso3"]] = sums.get(row["country_iso3"], 0.0) + row["value_rub"]
    stated = [flow(country, value, exporter_id="land-total", source_id=source) for country, value in sums.items()]
    stated.append(flow("DEU", 999.0, exporter_id="land-total", source_id=source))  # of firms outside zones
    scope = make_scope("country", "RUS", 2024, party=FIRMS, export_flow=[*firms, *stated], zone=[HOME, TOTAL])
    (year,) = read_flow_years(scope)
    assert year.values["UZB"] == 60.0
    assert ("UZB" in year.countries.labels) is not is_public
    assert "DEU" not in year.countries.labels
    assert (year.shown_values["UZB"] == 60.0) is is_public
    assert not year.is_disclosing


def test_no_index_is_made_up_where_most_of_exports_is_withheld():
    rows = [flow("KAZ", 30.0 + place, exporter_id=firm["party_id"]) for place, firm in enumerate(FIRMS)]
    rows += [flow(country, 90.0, exporter_id=firm) for country, firm in (("UZB", "f1"), ("SRB", "f2"), ("CHN", "f3"))]
    for name, ids in (
        ("destination_rows:destination_rows", ("X06.q1", "X06.q2")),
        ("trade_structure_rows:export_concentration_rows", ("X07",)),
        ("trade_structure_rows:theil_decomposition_rows", ("X08",)),
    ):
        found = rows_of(name, export_flow=rows)
        assert {found.one(one).status for one in ids} == {Status.SUPPRESSED}
