import numpy as np
import pytest

from metrics.registers import YEAR, answers, bounds, link, make_register, resident, rows_of
from metrics.shares import make_scope
from oracle_cases import read_case
from zonebook.metrics.mixing_rows import assortativity_rows
from zonebook.metrics.result import Status
from zonebook.metrics.scope import Scope
from zonebook.settings import MetricSettings

NAMES = list("abcdef")
TRIANGLES = [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("d", "e"), ("d", "f"), ("e", "f")]
SIDES = dict.fromkeys("abc", "x") | dict.fromkeys("def", "y")


INTERNAL = MetricSettings(publish="internal").in_force


def stages(year=YEAR, **of):
    return [
        {"chain_id": "k", "stage": stage, "party_id": name, "year": year}
        for name, known in of.items()
        for stage in known.split()
    ]


def test_by_hand_six_of_seven_ties_inside_two_clusters():
    found = rows_of(assortativity_rows, make_register(TRIANGLES, NAMES, SIDES))
    # e = [[6, 1], [1, 6]] / 14, so that a = b = 1/2.
    assert bounds(found.one("L07")) == pytest.approx(((6 / 7 - 1 / 2) / (1 / 2),) * 3)
    assert found.one("L07.minimum").value == pytest.approx(-1)


def test_published_value_of_the_karate_club():
    case = read_case("modularity")
    names = [f"m{number:02}" for number in range(case["inputs"]["n"])]
    clusters = {name: f"club-{side}" for name, side in zip(names, case["inputs"]["membership"], strict=True)}
    scope = make_register([(names[a], names[b]) for a, b in case["inputs"]["edges"]], names, clusters)
    row = rows_of(assortativity_rows, scope).one("L07")
    assert row.value == pytest.approx(case["expected"]["assortativity_nominal"])


def test_the_mixing_matrix_is_told_as_pairs_of_residents():
    found = rows_of(assortativity_rows, make_register(TRIANGLES, NAMES, SIDES | {"f": None}, settings=INTERNAL))
    pairs = {row.series: row.value for row in found if row.metric_id.startswith("L07.ties")}
    assert pairs == {
        "ties.x.x": 3,
        "ties.x.y": 1,
        "ties.x.none": 0,
        "ties.y.y": 1,
        "ties.y.none": 2,
        "ties.none.none": 0,
    }
    assert sum(pairs.values()) == len(TRIANGLES)


def test_many_clusters_are_not_told_pair_by_pair():
    share = make_register(TRIANGLES, NAMES, SIDES).share
    found = rows_of(assortativity_rows, Scope(share, 2025, MetricSettings(mixing_groups=1)))
    assert found.one("L07").status is Status.OK
    assert not [row for row in found if row.metric_id.startswith("L07.ties")]


def test_all_ties_in_one_class_are_undefined():
    found = rows_of(assortativity_rows, make_register(TRIANGLES[:3], NAMES, SIDES))
    assert (found.one("L07").status, found.one("L07").reason) == (Status.UNDEFINED, "all ties are in one group")
    assert "L07.minimum" not in found.ids()


def test_without_ties_or_clusters_it_says_so():
    parties = [resident(name, cluster_id=SIDES[name]) for name in NAMES]
    found = rows_of(assortativity_rows, make_scope(party=parties, tie=[link("a", "elsewhere")]))
    assert found.one("L07").reason == "no tie between residents"
    assert rows_of(assortativity_rows, make_register(TRIANGLES, NAMES)).one("L07").status is Status.MISSING_INPUT


def test_by_stage_only_residents_with_one_stage_count():
    able = stages(a="research", b="research", c="serial", d="serial", e="serial pilot")
    found = rows_of(
        assortativity_rows, make_register(TRIANGLES, NAMES, SIDES, stage_capability=able, settings=INTERNAL)
    )
    row = found.one("L07.stage")
    # Left are a-b, c-d inside, a-c and b-c across: e = [[2, 2], [2, 2]] / 8.
    assert row.value == pytest.approx(0)
    assert (row.n_units, row.status, row.reason) == (
        4,
        Status.LOW_N,
        "only 4 to go by; residents left out, without a stage or with several: 2",
    )
    counts = [found.one(f"L07.stage_ties.{pair}").value for pair in ("research.research", "research.serial")]
    assert counts == [1, 2]


def test_one_stage_on_record_in_several_chains_is_one_stage():
    able = [row | {"chain_id": chain} for chain in "kl" for row in stages(a="research", b="serial")]
    found = rows_of(
        assortativity_rows, make_register(TRIANGLES, NAMES, SIDES, stage_capability=able, settings=INTERNAL)
    )
    assert found.one("L07.stage").value == pytest.approx(-1)


def test_a_public_edition_does_not_tell_ties_of_groups_of_one_or_two_firms():
    able = stages(a="research", b="research", c="research", d="serial", e="pilot", f="pilot")
    found = rows_of(assortativity_rows, make_register(TRIANGLES, NAMES, SIDES, stage_capability=able))
    for name in ("L07.stage", "L07.stage_ties.serial.serial", "L07.stage_ties.research.serial"):
        assert (found.one(name).status, found.one(name).value) == (Status.SUPPRESSED, None)
    assert found.one("L07.stage_ties.research.research").value == 3
    assert found.one("L07.ties.x.y").value == 1  # of two clusters of three firms
    lone = rows_of(assortativity_rows, make_register(TRIANGLES, NAMES, SIDES | {"f": None}))
    assert lone.one("L07.ties.y.none").status is Status.SUPPRESSED


def test_stages_need_two_residents_and_rows_of_the_year():
    scope = make_register(TRIANGLES, NAMES, SIDES, stage_capability=stages(a="research"))
    row = rows_of(assortativity_rows, scope).one("L07.stage")
    assert (row.status, row.reason) == (
        Status.UNDEFINED,
        "fewer than two residents have one stage of a chain each",
    )
    absent = rows_of(assortativity_rows, make_register(TRIANGLES, NAMES, SIDES)).one("L07.stage")
    assert (absent.status, absent.reason) == (
        Status.MISSING_INPUT,
        "the data set has no table stage_capability",
    )
    other = make_register(TRIANGLES, NAMES, SIDES, stage_capability=stages(year=YEAR - 1, a="research", b="pilot"))
    assert rows_of(assortativity_rows, other).one("L07.stage").status is Status.MISSING_INPUT


def test_silent_residents_take_the_bounds_away():
    scope = make_register(TRIANGLES, NAMES, SIDES, party_year=answers(NAMES, silent="a"))
    assert bounds(rows_of(assortativity_rows, scope).one("L07"))[1:] == (None, None)


def test_the_value_does_not_depend_on_names_or_order():
    order = np.random.default_rng(1).permutation(len(TRIANGLES))
    turned = [TRIANGLES[place][::-1] for place in order]
    one, other = (
        rows_of(assortativity_rows, make_register(pairs, names, SIDES)).one("L07").value
        for pairs, names in ((TRIANGLES, NAMES), (turned, NAMES[::-1]))
    )
    assert one == pytest.approx(other)
