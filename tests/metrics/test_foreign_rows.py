from metrics.shares import PARTIES, compute, tie
from zonebook.metrics.result import Evidence, Status


def abroad(tie_id, to_party, kind="export", **cells):
    return tie(tie_id, to_party, kind, level="international", **cells)


EXPORTS = [
    abroad("a", "kazakh"),
    abroad("b", "uzbek"),
    abroad("c", "chinese"),
    abroad("d", "serbian"),
    abroad("e", "abroad"),
]


def run(*ties, **tables):
    return compute(**({"party": PARTIES, "tie": ties} | tables))


def test_kinds_are_counted_apart_and_countries_once():
    found = run(*EXPORTS, abroad("f", "kazakh", "joint_venture"), abroad("g", "serbian", "agreement"))
    assert found.one("X20").value == 4
    assert (found.one("X20.export").value, found.one("X20.joint_venture").value, found.one("X20.agreement").value) == (
        4,
        1,
        1,
    )
    assert found.one("X20.parties").value == 5
    assert "counts partner countries, each once" in found.one("X20").reason
    assert found.one("X20").upper is None


def test_no_foreign_tie_among_known_ones_is_a_zero():
    row = run(tie("a", "tatar")).one("X20")
    assert (row.value, row.status, row.evidence) == (0, Status.OK, Evidence.REPORTED)
    assert row.reason == "reported ties, lower bound; counts partner countries, each once"


def test_a_register_has_a_count_a_year():
    ledger = {"evidence": "ledger", "source_id": "register"}
    found = run(
        abroad("a", "kazakh", year=2023, **ledger),
        abroad("b", "serbian", year=2024, **ledger),
        abroad("c", "chinese", year=2024, **ledger),
        abroad("d", "uzbek", "agreement", year=2023, **ledger),
        publish="internal",
    )
    assert [(row.year, row.period, row.value) for row in found if row.metric_id == "X20"] == [
        (2023, "FY", 2),
        (2024, "FY", 3),
    ]
    # An agreement holds from its year on, exports are those of the year.
    assert found.one("X20.agreement", 2024).value == 1
    assert found.one("X20.export", 2023).value == 1


def test_a_register_counts_partners_exactly():
    row = run(abroad("a", "kazakh", evidence="ledger", source_id="register"), publish="internal").one("X20")
    assert (row.value, row.lower, row.upper, row.evidence) == (1, 1, 1, Evidence.REGISTER)
