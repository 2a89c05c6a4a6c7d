import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.cluster_stars import StarRules, award_stars, flag_strong_clusters


def list_peers(employees, quotient=1.0, focus=0.1):
    return pd.DataFrame({"employees": employees, "location_quotient": quotient, "focus": focus})


def test_three_stars_by_hand():
    peers = list_peers(range(1, 21), [0.5] * 19 + [2.0], [0.01 * number for number in range(20)])
    stars = award_stars(peers)
    assert stars.rules == 3
    assert stars.by_peer["stars"].tolist() == [0] * 18 + [2, 3]


def test_a_peer_at_the_cut_gets_the_star():
    stars = award_stars(list_peers([1] * 8 + [9] * 3, focus=[0.1] * 11)).by_peer
    assert stars["size"].tolist() == [False] * 8 + [True] * 3
    assert stars["focus"].all()


def test_the_quantile_is_interpolated_linearly():
    assert int(award_stars(list_peers(range(10))).by_peer["size"].sum()) == 1
    assert int(award_stars(list_peers(range(11))).by_peer["size"].sum()) == 2


def test_fewer_than_ten_peers_know_no_percentiles():
    stars = award_stars(list_peers(range(9), quotient=[3.0] + [1.0] * 8))
    assert stars.rules == 1
    assert stars.by_peer["size"].isna().all()
    assert stars.by_peer["stars"].tolist() == [1] + [0] * 8
    assert flag_strong_clusters(list_peers(range(9))) is None


def test_one_peer_is_not_applicable():
    assert award_stars(list_peers([5])) is None
    assert award_stars(list_peers([])) is None


def test_a_missing_figure_is_missing_in_its_rule_alone():
    stars = award_stars(list_peers([None, *range(10)], quotient=2.0)).by_peer
    assert stars.loc[0, "size"] is pd.NA
    assert stars.loc[0, "specialisation"]


def test_strong_clusters_by_hand():
    peers = list_peers([10, 100] * 5, quotient=list(range(10)))
    assert flag_strong_clusters(peers, StarRules(employees=50)).tolist() == [False] * 7 + [True, False, True]
    assert flag_strong_clusters(peers, StarRules(quantile=0.5)).tolist() == [False] * 5 + [True] * 5


def test_cuts_can_be_set():
    peers = list_peers(range(1, 6), [0.5, 1.0, 1.5, 2.0, 2.5])
    stars = award_stars(peers, StarRules(quotient=1.5, top=0.5, least_peers=5))
    assert stars.rules == 3
    assert stars.by_peer["size"].tolist() == [False, False, True, True, True]
    assert stars.by_peer["specialisation"].tolist() == [False, False, True, True, True]


def test_a_column_must_be_there():
    with pytest.raises(MetricError, match="focus"):
        award_stars(list_peers(range(10)).drop(columns="focus"))


@given(st.lists(st.integers(0, 1000), min_size=10, max_size=40), st.sampled_from([0.125, 0.5, 4.0]))
def test_scale_does_not_matter_and_at_least_a_tenth_is_at_the_top(employees, factor):
    one = award_stars(list_peers(employees)).by_peer
    scaled = award_stars(list_peers([number * factor for number in employees])).by_peer
    assert int(one["size"].sum()) >= len(employees) // 10
    assert one["stars"].between(0, 3).all()
    pd.testing.assert_frame_equal(one, scaled)
