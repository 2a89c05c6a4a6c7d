"""What changed between two editions, in which order, and why."""

from dataclasses import replace

import pandas as pd
import pytest

from edition_pairs import FIGURE, PARTIES, RANK, ROW, TIES, compare, make_edition
from zonebook.edition import Comparison
from zonebook.metrics.result import Status


def _find(comparison: Comparison, **wanted: str) -> pd.DataFrame:
    found = comparison.changes
    for name, value in wanted.items():
        found = found[found[name] == value]
    return found


def test_the_same_edition_has_no_changes() -> None:
    assert compare(make_edition(), make_edition()).changes.empty


def test_a_changed_value_is_told_with_interval_difference_and_ratio() -> None:
    new = make_edition((replace(ROW, value=0.6, lower=0.55, upper=0.65), RANK))
    (row,) = compare(make_edition(), new).changes.to_dict("records")
    assert (row["section"], row["change"], row["id"], row["scope_id"]) == ("value", "changed", "L01", "north")
    assert (row["old"], row["new"], row["new_lower"], row["new_upper"]) == (0.5, 0.6, 0.55, 0.65)
    assert row["difference"] == pytest.approx(0.1)
    assert row["relative"] == pytest.approx(0.2)


def test_noise_in_the_last_digit_is_no_change_and_another_interval_is_one() -> None:
    old = make_edition()
    assert compare(old, make_edition((replace(ROW, value=0.5 + 1e-15), RANK))).changes.empty
    assert len(compare(old, make_edition((replace(ROW, upper=0.7), RANK))).changes) == 1


def test_a_rank_that_moved_stands_apart() -> None:
    comparison = compare(make_edition(), make_edition((ROW, replace(RANK, value=1.0, lower=1.0, upper=2.0))))
    (row,) = _find(comparison, section="rank").to_dict("records")
    assert (row["old"], row["old_upper"], row["new"], row["new_upper"]) == (3.0, 5.0, 1.0, 2.0)


def test_a_value_that_is_withheld_now_has_no_number() -> None:
    hidden = replace(ROW, value=None, lower=None, upper=None, status=Status.SUPPRESSED)
    (row,) = compare(make_edition(), make_edition((hidden, RANK))).changes.to_dict("records")
    assert (row["old_status"], row["new_status"]) == ("ok", "suppressed")
    assert pd.isna(row["new"])
    assert pd.isna(row["difference"])


def test_another_unit_has_no_difference() -> None:
    (row,) = compare(make_edition(), make_edition((replace(ROW, unit="RUB"), RANK))).changes.to_dict("records")
    assert pd.isna(row["difference"])


def test_rows_that_say_nothing_are_neither_new_nor_gone() -> None:
    silent = replace(ROW, metric_id="L05", value=None, lower=None, upper=None, status=Status.MISSING_INPUT)
    assert compare(make_edition(), make_edition((ROW, RANK, silent))).changes.empty
    comparison = compare(make_edition((ROW,)), make_edition((RANK,)))
    told = sorted(map(tuple, comparison.changes[["section", "change", "id"]].to_numpy()))
    assert told == [("row", "gone", "L01"), ("row", "new", "C06.rank")]


def test_headline_series_of_core_metrics_come_first_then_the_largest_change() -> None:
    ids = ("L01.part", "L01", "L05", "L06")
    old = make_edition(tuple(replace(ROW, metric_id=one) for one in ids))
    values = (5.0, 0.6, 0.9, 50.0)
    new = make_edition(
        tuple(replace(ROW, metric_id=i, value=v, lower=v, upper=v) for i, v in zip(ids, values, strict=True))
    )
    changes = compare(old, new).changes
    by_rank = list(zip(~(changes["is_core"] & changes["is_headline"]), ~changes["is_core"], strict=True))
    assert by_rank == sorted(by_rank)
    assert list(changes["id"]).index("L05") < list(changes["id"]).index("L01")
    assert list(changes["id"])[-1] != "L01"


def test_a_later_vintage_is_a_revision_and_the_cause_of_the_row_made_from_it() -> None:
    revised = [FIGURE, {**FIGURE, "vintage": "2025-09-01", "value": 1.2e9}]
    new = make_edition((replace(ROW, value=0.6, vintage="2025-09-01"), RANK), zone_year=revised)
    comparison = compare(make_edition(), new)
    (figure,) = _find(comparison, section="revision").to_dict("records")
    assert (figure["id"], figure["old"], figure["new"], figure["unit"]) == ("export_rub", 1e9, 1.2e9, "RUB")
    assert figure["cause"] == "later_vintage"
    assert set(_find(comparison, section="value")["cause"]) == {"later_vintage"}


def test_a_figure_changed_without_a_vintage_is_told_as_such() -> None:
    comparison = compare(make_edition(), make_edition(zone_year=[{**FIGURE, "value": 2e9}]))
    assert list(comparison.changes["cause"]) == ["in_place"]


def test_causes_are_sources_tables_parameters_and_version() -> None:
    moved = replace(ROW, value=0.6, lower=0.6, upper=0.6)

    def cause(**given: object) -> str:
        row = given.pop("row", moved)
        comparison = compare(make_edition(), make_edition((row, RANK), **given))  # type: ignore[arg-type]
        return str(_find(comparison, section="value")["cause"].iloc[0])

    assert cause() == "unknown"
    assert cause(row=replace(moved, source_ids="list")) == "other_source"
    assert cause(tie=[*TIES, {**TIES[0], "tie_id": "t3"}]) == "new_data"
    assert cause(tie=[{**TIES[0], "kind": "service"}, TIES[1]]) == "revised_data"
    assert cause(version="0.2.0") == "version"
    assert cause(year=2024) == "parameter:year"


def test_a_parameter_is_the_cause_only_of_metrics_that_depend_on_it() -> None:
    rows = tuple(replace(ROW, metric_id=one) for one in ("L01", "R06"))
    moved = tuple(replace(row, value=0.6, lower=0.6, upper=0.6) for row in rows)
    comparison = compare(make_edition(rows), make_edition(moved, gap_ratio=0.4))
    assert comparison.parameters == {"gap_ratio": (0.5, 0.4)}
    causes = dict(zip(comparison.changes["id"], comparison.changes["cause"], strict=True))
    assert causes == {"L01": "unknown", "R06": "parameter:gap_ratio"}


def test_zones_are_new_and_missing() -> None:
    zones = [{"zone_id": "south", "name_en": "South", "type": "other"}]
    comparison = compare(make_edition(), make_edition(zone=zones))
    places = _find(comparison, section="place")[["change", "scope_id"]]
    assert sorted(map(tuple, places.to_numpy())) == [("gone", "evil"), ("gone", "north"), ("new", "south")]


def test_ties_are_new_lost_and_changed() -> None:
    changed = [{**TIES[0], "kind": "service"}, {**TIES[0], "tie_id": "t9", "product": "nuts"}]
    comparison = compare(make_edition(tie=[*TIES, {**TIES[0], "tie_id": "t0"}]), make_edition(tie=[*changed, TIES[1]]))
    ties = _find(comparison, section="tie")
    told = sorted(map(tuple, ties[["change", "scope_id", "old_text", "new_text"]].to_numpy()))
    assert told == [("changed", "t1", "supply", "service"), ("gone", "t0", "supply", ""), ("new", "t9", "", "supply")]


def test_a_party_that_one_edition_calls_confidential_is_in_no_change() -> None:
    secret = [*PARTIES[:2], {**PARTIES[2], "confidential": True}]
    public = compare(make_edition(), make_edition(party=secret))
    assert public.changes.empty
    kept = [TIES[0]]
    for old, new in (
        (make_edition(), make_edition(party=secret, tie=kept)),
        (make_edition(party=secret), make_edition(tie=kept)),
    ):
        assert compare(old, new).changes.empty


def test_ties_of_a_register_are_compared_in_internal_editions_only() -> None:
    tie = {**TIES[0], "source_id": "list"}
    lost: list[dict[str, object]] = []

    def count(**given: str) -> int:
        comparison = compare(make_edition(tie=[tie], **given), make_edition(tie=lost, **given))
        return len(_find(comparison, section="tie"))

    assert count() == 0
    assert count(publish="internal") == 1
    mixed = compare(make_edition(tie=[tie]), make_edition(tie=lost, publish="internal"))
    assert _find(mixed, section="tie").empty
    assert mixed.is_internal
