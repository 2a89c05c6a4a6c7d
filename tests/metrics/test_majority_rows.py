import pytest

from metrics.indexed import NAMES, ZONES, alike, find, ladder, rank_zones
from zonebook.metrics.majority_rows import majority_rows
from zonebook.metrics.result import Status


def test_a_circle_of_majorities_is_no_ranking_but_points_are():
    circle = [{"L": 90, "R": 20, "X": 50}, {"L": 50, "R": 90, "X": 20}, {"L": 20, "R": 50, "X": 90}]
    values = {zone: alike(0.5 * i) for i, zone in enumerate(ZONES[3:], start=1)}
    for zone, own in zip(ZONES, circle, strict=False):
        values[zone] = {name: float(100 - own["X"] if name == "X07" else own[name[0]]) for name in NAMES}
    found = rank_zones(majority_rows, values)
    row = find(found, "C04.majority", "z4")
    assert row.status is Status.UNDEFINED
    assert row.reason.startswith("majorities go in a circle: no ranking")
    assert find(found, "C04.circle").value == 3
    assert [find(found, "C04", zone).value for zone in ZONES[:3]] == [1, 1, 1]
    assert [find(found, "C04.copeland", zone).value for zone in ZONES[:3]] == [5, 5, 5]
    assert find(found, "C04.borda", "z0").value == pytest.approx(6)


def test_units_alike_share_points_and_ranks():
    values = ladder() | {"z0": alike(80.0)}
    found = rank_zones(majority_rows, values)
    assert find(found, "C04", "z0").value == find(found, "C04", "z7").value == 1
    assert find(found, "C04.borda", "z0").value == pytest.approx(6.5)
