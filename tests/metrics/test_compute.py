import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.shares import BLOCS, HOME, OTHER, PARTIES, REGIONS, SOURCES, TOTAL, compute, figure, make_share, tie
from zonebook.errors import MetricError
from zonebook.metrics.adapter import needs_rows
from zonebook.metrics.compute import (
    REGION_TABLES,
    compute_flow_rows,
    compute_metrics,
    compute_own_rows,
    is_of_flows,
    select_rows_of_region,
)
from zonebook.metrics.registry import CATALOGUE, CATALOGUE_FOLDER, Catalogue, read_catalogue
from zonebook.metrics.result import RESULT_COLUMNS, Status, to_frame, to_results
from zonebook.tables.check import check_data_set
from zonebook.tables.demo import DemoSettings, write_demo
from zonebook.tables.store import open_data, open_tables, write_store

TIES = [tie("a", "tatar"), tie("b", "kazakh", "export", level="international"), tie("c", "tver", status="planned")]
FIGURES = [
    figure("export_rub", 2023, 1.0e9, qualifier="about"),
    figure("export_rub", 2024, 1.1e9, qualifier="over"),
    figure("revenue_rub", 2024, 9e9, source_id="official"),
    figure("jobs", 2024, 900, "point", unit="count", cumulative=True),
    figure("jobs", 2025, 1000, "point", unit="count", cumulative=True, zone_id="land-total"),
]
TARGETS = [{"zone_id": "home", "indicator": "jobs", "target_year": 2030, "target_value": 2000, "unit": "count"}]
TABLES = {"zone_year": FIGURES, "tie": TIES, "party": PARTIES, "target": TARGETS}
SCOPES = [("zone", "home"), ("region", "RU-MOW"), ("country", "")]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("tables", [{}, TABLES], ids=["nothing", "something"])
def test_every_metric_has_an_explained_headline_row(scope, tables):
    found = compute(*scope, zone=[HOME, OTHER, TOTAL], **tables)
    for metric in CATALOGUE.of_scope(scope[0]):
        rows = [row for row in found if row.metric_id == metric.id]
        assert rows, metric.id
        assert all(row.value is not None or row.reason for row in rows), metric.id


@pytest.mark.parametrize("scope", SCOPES)
def test_rows_are_in_order_and_each_is_there_once(scope):
    found = compute(*scope, zone=[HOME, OTHER, TOTAL], **TABLES)
    keys = [(row.metric_id, row.year, row.period) for row in found]
    assert len(set(keys)) == len(keys)
    assert [row.metric_id for row in found] == sorted(row.metric_id for row in found)


def test_rows_make_the_contracts_table():
    frame = to_frame(compute(**TABLES))
    assert tuple(frame.columns) == RESULT_COLUMNS
    assert frame["value"].notna().sum() == (frame["status"].isin(["ok", "low_n"])).sum()


def test_bounds_hold_their_value():
    for row in compute(**TABLES):
        if row.value is not None:
            assert row.lower is None or row.lower <= row.value
            assert row.upper is None or row.value <= row.upper


def test_only_the_scopes_own_year_counts():
    later = [*FIGURES, figure("export_rub", 2025, 5e9)]
    found = compute(**TABLES | {"zone_year": later}, year=2024)
    assert max(row.year for row in found if row.metric_id == "X01") == 2024
    assert {row.year for row in found if row.metric_id == "R01"} == {2024}


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_in_a_table_does_not_matter(seed):
    shuffled = {name: random.Random(seed).sample(rows, len(rows)) for name, rows in TABLES.items()}  # noqa: S311
    for scope in SCOPES:
        plain = compute(*scope, **TABLES)
        mixed = compute(*scope, **shuffled)
        assert [(r.metric_id, r.year, r.period, r.value, r.reason) for r in plain] == [
            (r.metric_id, r.year, r.period, r.value, r.reason) for r in mixed
        ]


@settings(max_examples=10)
@given(st.floats(1e-3, 1e3))
def test_money_in_another_unit_changes_no_ratio(scale):
    exact = [figure("export_rub", y, v) for y, v in ((2023, 50.0), (2024, 80.0))] + [figure("revenue_rub", 2024, 100.0)]
    scaled = [row | {"value": row["value"] * scale} for row in exact]
    plain, other = compute(zone_year=exact), compute(zone_year=scaled)
    for metric_id in ("X02", "X03", "X04"):
        assert other.one(metric_id).value == pytest.approx(plain.one(metric_id).value, rel=1e-9)
    assert other.one("X01", 2024).value == pytest.approx(80 * scale)


def count_made_first(rows):
    """Return how many rows are of metrics that need no others."""
    return sum(not needs_rows(CATALOGUE[row.base_id]) for row in rows)


def test_metrics_made_from_rows_come_last_and_see_all_others(tmp_path):
    own = tmp_path / "own.py"
    own.write_text(
        "from metrics.faulty_metrics import count_rows\n"
        "TEXTS = {'en': 'Rows.', 'ru': 'Строки.'}\n"
        "METRICS = [dict(id='A01', level='local', tier='A', core=False, name=TEXTS, meaning=TEXTS, formula='n',\n"
        "  unit='count', range='0 and more', undefined=TEXTS, sources=[{'text': 'own', 'checked': True}],\n"
        "  tables=['zone'], scopes=['zone', 'country'], function=count_rows)]\n",
        encoding="utf-8",
    )
    share, catalogue = make_share(**TABLES), read_catalogue(own)
    plain = compute_metrics(share, 2025)
    row = next(row for row in compute_metrics(share, 2025, catalogue=catalogue) if row.metric_id == "A01")
    assert row.value == count_made_first(plain)
    country = make_share("country", "", **TABLES)
    row = next(
        row
        for row in compute_metrics(country, 2025, catalogue=catalogue, recorded=plain)
        if (row.metric_id, row.scope_type) == ("A01", "country")
    )
    assert row.value == len(plain) + count_made_first(compute_metrics(country, 2025, recorded=plain))


def test_a_metric_that_gives_no_headline_is_an_error(tmp_path):
    entry = {
        "Q03": "metrics.faulty_metrics:give_no_headline",
        "Q07": "metrics.faulty_metrics:give_twice",
    }
    text = (CATALOGUE_FOLDER / "quality.yml").read_text(encoding="utf-8")
    for metric_id, function in entry.items():
        path = tmp_path / f"{metric_id}.yml"
        path.write_text(
            text.replace(f"function: {CATALOGUE[metric_id].function}", f'function: "{function}"'), encoding="utf-8"
        )
        with pytest.raises(MetricError, match=r"headline|more than one row"):
            compute_metrics(make_share(), 2025, catalogue=Catalogue(path))


def test_reference_tables_alone_make_a_share():
    found = compute(zone=[HOME], region=REGIONS, source=SOURCES, bloc_membership=BLOCS)
    assert {row.status for row in found} <= {Status.MISSING_INPUT, Status.NOT_APPLICABLE, Status.OK, Status.UNDEFINED}


@pytest.fixture(scope="module")
def flows(tmp_path_factory):
    """Return the store of a small demonstration data set, and its rows of flows between regions."""
    folder = tmp_path_factory.mktemp("flows")
    write_demo(folder / "data", DemoSettings(zones=2, residents=15, years=(2024, 2025)))
    write_store(check_data_set(folder / "data"), folder / "store")
    return folder / "store", compute_flow_rows(open_tables(folder / "store", REGION_TABLES), 2025)


def test_rows_of_flows_are_those_the_country_gives(flows):
    store, rows = flows
    found = {row for row in compute_metrics(open_data(store).country(), 2025) if is_of_flows(CATALOGUE[row.base_id])}
    assert set(rows) == found
    assert {row.base_id for row in rows} == {"R06", "R07", "R11", "R12"}


def test_rows_that_are_known_are_not_computed_again(flows):
    store, rows = flows
    marked = tuple(replace(row, vintage="known") for row in rows)
    found = compute_metrics(open_data(store).country(), 2025, known=marked)
    assert {row for row in found if is_of_flows(CATALOGUE[row.base_id])} == set(marked)


def test_rows_of_the_country_are_the_same_however_they_are_divided(flows):
    store, _ = flows
    country = open_data(store).country()
    own = to_results(to_frame(compute_own_rows(country, 2025)))
    assert compute_metrics(country, 2025, known=own) == compute_metrics(country, 2025)


def test_a_region_is_told_its_own_rows_and_those_of_its_pairs(flows):
    _, rows = flows
    region = next(row.scope_id.split(":")[1] for row in rows if row.scope_type == "pair")
    told = select_rows_of_region(to_frame(rows), region)
    assert told == tuple(row for row in rows if row.value is not None and region in row.scope_id.split(":"))
    assert {row.scope_type for row in told} == {"region", "pair"}
