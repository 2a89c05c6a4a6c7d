from metrics.register import PARTIES, ZONES, ledger
from metrics.shares import make_scope
from zonebook.metrics.register_ties import Part, read_register
from zonebook.metrics.wide_network import explain_silence, read_wide_network

TIES = [ledger("a", "b", 5.0), ledger("a", "far", None), ledger("a", "far", 9.0, kind="joint_venture")]


def year(**tables):
    return read_register(make_scope(zone=ZONES, party=PARTIES, tie=TIES, **tables)).years[-1]


def test_residents_come_first_isolates_among_them_and_partners_after():
    wide = read_wide_network(year())
    assert list(wide.network.parties) == ["a", "b", "c", "d", "far"]
    assert wide.residents == 4
    assert [wide.arrays.ties.parties.index[place] for place in wide.places] == list(wide.network.parties)


def test_values_are_those_of_trade():
    wide = read_wide_network(year())
    assert wide.network.values.sum() == 5
    assert wide.unvalued == 1


def test_it_is_built_once():
    one = year()
    assert read_wide_network(one) is read_wide_network(one)


def test_silence_is_that_of_the_part():
    found = year(party_year=[{"party_id": p, "year": 2025, "responded": p != "a"} for p in "abcd"])
    whole, cluster = found.parts[0], Part("cluster", "y", found.residents[2:])
    assert explain_silence(found, whole) == ("did not answer: 1 of 4",)
    assert explain_silence(found, cluster) == ()
