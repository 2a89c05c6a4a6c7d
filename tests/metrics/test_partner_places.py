import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonebook.errors import MetricError
from zonebook.metrics.partner_places import ABROAD, OTHER, OWN, UNKNOWN, PartnerSplit, find_places, split_by_place

place = st.sampled_from([("RU-MOW", "RUS"), ("RU-TUL", "RUS"), (None, "KAZ"), (None, "RUS"), (None, None)])


def make_partners(rows):
    return pd.DataFrame(rows, columns=["region_iso", "country_iso3", "value_rub"])


def test_by_hand():
    rows = [("RU-MOW", "RUS", 30.0), ("RU-TUL", "RUS", 10.0), (None, "KAZ", 60.0), (None, "RUS", 7.0)]
    split = split_by_place(make_partners(rows), "RU-MOW")
    assert (split.own_region, split.other_regions, split.abroad, split.unknown) == (30, 10, 60, 7)
    assert split.interregional_share == 0.25
    assert split.shares == pytest.approx((0.3, 0.1, 0.6))


def test_no_domestic_partner_is_undefined():
    split = split_by_place(make_partners([(None, "KAZ", 60.0)]), "RU-MOW")
    assert (split.interregional_share, split.shares) == (None, (0, 0, 1))
    assert split_by_place(make_partners([]), "RU-MOW").shares is None


def test_a_region_abroad_is_abroad():
    split = split_by_place(make_partners([("KZ-ALA", "KAZ", 5.0)]), "RU-MOW")
    assert (split.abroad, split.other_regions) == (5, 0)


def test_rows_without_a_value_are_left_out_and_negative_ones_refused():
    assert split_by_place(make_partners([("RU-TUL", "RUS", None)]), "RU-MOW").other_regions == 0
    with pytest.raises(MetricError, match="negative"):
        split_by_place(make_partners([("RU-TUL", "RUS", -1.0)]), "RU-MOW")


@given(st.lists(st.tuples(place, st.floats(0.01, 1e9)), max_size=20))
def test_the_parts_are_the_whole(rows):
    partners = make_partners([(*where, value) for where, value in rows]).astype({"value_rub": float})
    split = split_by_place(partners, "RU-MOW")
    parts = (split.own_region, split.other_regions, split.abroad, split.unknown)
    assert sum(parts) == pytest.approx(partners["value_rub"].sum())
    if split.shares is not None:
        assert sum(split.shares) == pytest.approx(1)
    if split.interregional_share is not None:
        assert 0 <= split.interregional_share <= 1


def test_each_partner_has_one_place_by_its_own_home():
    regions = ["A", "B", "A", None, None, "A"]
    countries = ["RUS", "RUS", None, "KAZ", "RUS", "KAZ"]
    homes = ["A", "A", "B", "A", "A", "B"]
    assert find_places(regions, countries, homes, "RUS").tolist() == [OWN, OTHER, OTHER, ABROAD, UNKNOWN, ABROAD]


def test_a_partner_of_a_home_that_is_not_known_is_of_unknown_place():
    assert find_places(["A", None], ["RUS", "KAZ"], [None, None], "RUS").tolist() == [UNKNOWN, ABROAD]


def test_splits_add_up():
    assert PartnerSplit(1, 2, 3, 4) + PartnerSplit(10, 20, 30, 40) == PartnerSplit(11, 22, 33, 44)
