"""Trade inside zones: dense within the planted clusters, which come out; suppliers' shares exact."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from demo_data import Demo
from networks import make_graph
from zonebook.metrics.concentration import compute_concentration
from zonebook.metrics.modularity import measure_modularity


def _list_local(demo: Demo, zone_id: str) -> pd.DataFrame:
    residents = demo.residents.index[demo.residents["zone_id"] == zone_id]
    trade = demo.list_trade(demo.settings.years[1])
    return trade[trade["from_party"].isin(residents) & trade["to_party"].isin(residents)]


def _adjusted_rand_index(one: pd.Series, other: pd.Series) -> float:
    """Return the agreement of two partitions: 1 if they are the same, 0 on average by chance (Hubert & Arabie 1985)."""

    def count_pairs(sizes: np.ndarray) -> float:
        return float((sizes * (sizes - 1) / 2).sum())

    table = pd.crosstab(one, other).to_numpy()
    both, rows, columns = count_pairs(table), count_pairs(table.sum(axis=1)), count_pairs(table.sum(axis=0))
    by_chance = rows * columns / count_pairs(table.sum())
    return (both - by_chance) / ((rows + columns) / 2 - by_chance)


def test_planted_clusters_are_those_of_the_table(demo: Demo) -> None:
    for zone in demo.planted.zones():
        written = demo.residents["cluster_id"].reindex(list(zone.clusters))
        assert _adjusted_rand_index(written, pd.Series(zone.clusters)) == 1


def test_ties_are_denser_inside_clusters(demo: Demo) -> None:
    for zone in demo.planted.zones():
        ties, cluster = _list_local(demo, zone.zone_id), pd.Series(zone.clusters)
        inside = (ties["from_party"].map(cluster) == ties["to_party"].map(cluster)).sum()
        sizes = cluster.value_counts()
        pairs, pairs_inside = len(cluster) * (len(cluster) - 1), (sizes * (sizes - 1)).sum()
        assert inside / pairs_inside > 10 * (len(ties) - inside) / (pairs - pairs_inside)


def test_planted_clusters_are_found_by_modularity(demo: Demo) -> None:
    agreements = []
    for zone in demo.planted.zones():
        ties, planted = _list_local(demo, zone.zone_id), pd.Series(zone.clusters)
        graph = make_graph(ties, sorted({*ties["from_party"], *ties["to_party"]}))
        found = nx.community.louvain_communities(graph, seed=1)
        measured = measure_modularity(ties, planted)
        assert measured is not None
        assert measured.value > 0.45
        assert measured.value > nx.community.modularity(graph, found) - 0.02
        numbers = pd.Series({party: number for number, group in enumerate(found) for party in group})
        agreements.append(_adjusted_rand_index(planted.reindex(numbers.index), numbers))
    assert np.mean(agreements) > 0.9
    assert min(agreements) > 0.7


def test_most_residents_trade_inside_their_zone_and_some_do_not(demo: Demo) -> None:
    shares = []
    for zone in demo.planted.zones():
        ties = _list_local(demo, zone.zone_id)
        shares.append(len({*ties["from_party"], *ties["to_party"]}) / len(zone.clusters))
    assert min(shares) > 0.5
    assert max(shares) < 0.98


@pytest.mark.parametrize("years_back", [0, 1])
def test_shares_of_the_reference_suppliers_are_exact(demo: Demo, years_back: int) -> None:
    trade = demo.list_trade(demo.settings.years[1] - years_back)
    for zone in demo.planted.zones():
        bought = trade[trade["to_party"] == zone.reference_buyer].set_index("from_party")["value_rub"].astype(float)
        found = compute_concentration(bought)
        assert found is not None
        assert found.hhi == pytest.approx(zone.supplier_hhi, abs=1e-12)
        assert zone.supplier_hhi == pytest.approx(0.3)
        assert (bought / bought.sum()).to_dict() == pytest.approx(dict(zone.supplier_shares), abs=1e-12)


def test_nobody_buys_or_sells_more_than_the_year_allows(demo: Demo) -> None:
    year = demo.settings.years[1]
    figures = demo.tables["party_year"].query("year == @year and responded").set_index("party_id")
    trade = demo.list_trade(year)
    bought, sold = (
        trade.groupby(end)["value_rub"].sum().reindex(figures.index).fillna(0) for end in ("to_party", "from_party")
    )
    assert (bought <= figures["purchases_rub"]).all()
    assert (sold + figures["export_rub"] <= figures["revenue_rub"]).all()
