from metrics.employed import grant, resident
from metrics.shares import make_scope
from zonebook.metrics.granted_support import read_granted_support
from zonebook.metrics.result import Evidence

FIRMS = [resident("a"), resident("b"), resident("far", zone_id="other")]


def read(*rows, year=2025):
    return read_granted_support(make_scope(year=year, party=FIRMS, support=rows))


def test_support_of_residents_that_began():
    found = read(grant("a", "2021-03-01"), grant("a", "2019"), grant("b", "2026-01-01"), grant("far", "2020"))
    assert found.first_years.to_dict() == {"a": 2019}
    assert found.rows["year"].tolist() == [2021, 2019]
    assert (found.planned, found.evidence, found.source_ids) == (0, Evidence.REGISTER, ("register",))


def test_planned_support_is_counted_apart():
    found = read(grant("a", "2021", planned=True), grant("b", "2026", planned=True))
    assert (len(found.rows), found.planned) == (0, 2)
    assert found.first_years.empty


def test_support_known_from_publications_is_reported_and_that_without_a_source_a_register():
    assert read(grant("a", "2021"), grant("b", "2021", source_id="press-a")).is_reported
    assert read(grant("a", "2021", source_id=None)).evidence is Evidence.REGISTER
    assert read(grant("a", "2021", source_id="made-up")).evidence is Evidence.DEMONSTRATION
