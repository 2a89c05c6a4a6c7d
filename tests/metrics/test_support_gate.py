"""The gate in front of figures of support: nothing of one or two firms, nor of what follows from other figures."""

import itertools

import pytest

from metrics.employed import grant, resident
from metrics.shares import HOME, compute

FIRMS = [resident(f"r{place:02}", cluster_id="c1" if place < 8 else "c2") for place in range(16)]


def of_support(grants, **options):
    found = compute(party=FIRMS, support=grants, **options)
    return {(row.scope_id, row.series): row.value for row in found if row.base_id == "S01" and row.year == 2025}, found


def give(measure, *places, **cells):
    return [grant(f"r{place:02}", "2025", measure, **cells) for place in places]


def test_numbers_of_one_or_two_firms_are_hidden_with_what_gives_them_away():
    rows = [*give("tax", 0, 8), *give("loan", *range(1, 6)), *give("land", *range(9, 13))]
    found, results = of_support(rows)
    assert found["home", "combination.tax"] is None
    # Of two firms, so that the next smallest is hidden beside it; the means tell how many measures firms have.
    assert found["home", "combination.land"] is None
    assert (found["home", "combination.loan"], found["home", "combination.none"]) == (5, 5)
    assert found["home", ""] == pytest.approx(11 / 16)
    assert found["home", "jaccard.loan_tax"] is None
    opened, _ = of_support(rows, publish="internal")
    assert opened["home", "combination.tax"] == 2
    assert {row.reason for row in results if row.series == "combination.tax"} == {"fewer than 3 firms"}


def test_a_single_number_of_measures_would_follow_from_the_means():
    rows = [*give("tax", *range(8)), *give("loan", 0, 1), *give("loan", 8, 9, 10)]
    found, _ = of_support(rows)
    # Two firms have both measures: of all with two measures they are alone.
    assert found["home", "combination.loan_tax"] is None
    assert (found["home", "measures"], found["home", "measures_supported"]) == (None, None)
    assert found["home", ""] == pytest.approx(11 / 16)


def test_few_supported_firms_hide_the_share_itself():
    found, _ = of_support(give("tax", 0, 1, provider_level="city"))
    assert {found["home", name] for name in ("", "measures", "city", "combination.tax", "combination.none")} == {None}


def test_few_firms_without_support_are_no_figure_of_theirs():
    found, _ = of_support(give("tax", *range(15)))
    assert found["home", ""] == pytest.approx(15 / 16)
    assert (found["home", "combination.tax"], found["home", "combination.none"]) == (15, 1)


def test_a_cluster_of_few_supported_firms_does_not_follow_from_the_zone():
    firms = [resident(f"r{place:02}", cluster_id=f"c{place % 3}") for place in range(30)]
    chosen = [f"r{place:02}" for place in range(30) if place % 3 or place == 0]
    found = compute(party=firms, support=[grant(one, "2025") for one in chosen])
    shares = {row.scope_id: row.value for row in found if row.metric_id == "S01" and row.scope_type == "cluster"}
    assert shares["c0"] is None
    assert sum(value is None for value in shares.values()) == 2


def test_a_holding_is_one_firm():
    firms = [resident(f"r{place}", holding_id="group" if place < 3 else None) for place in range(9)]
    found = compute(party=firms, support=[grant(f"r{place}", "2025") for place in range(3)])
    assert found.one("S01.combination.tax", 2025).value is None


def test_a_region_less_its_zones_tells_of_no_firm():
    firms = [resident(f"a{place}") for place in range(8)]
    firms += [resident(f"b{place}", zone_id="second") for place in range(8)]
    grants = [grant(f"a{place}", "2025") for place in range(4)] + [grant("b0", "2025")]
    zones = [HOME, HOME | {"zone_id": "second"}]
    region = compute("region", "RU-MOW", party=firms, support=grants, zone=zones)
    assert region.one("S01", 2025).value is None


@pytest.mark.parametrize("size", [1, 2])
def test_integers_that_fit_what_is_shown_leave_every_hidden_number_open(size):
    rows = [*give("tax", *range(size)), *give("loan", *range(3, 6)), *give("land", *range(6, 10))]
    rows += [*give("grant", 10, 11), *give("tax", 10)]
    found, _ = of_support(rows)
    names = [name for scope, name in found if scope == "home" and name.startswith("combination.")]
    hidden = [name for name in names if found["home", name] is None]
    told = sum(found["home", name] for name in names if found["home", name] is not None)
    fits = [
        dict(zip(hidden, numbers, strict=True))
        for numbers in itertools.product(range(1, 17), repeat=len(hidden))
        if told + sum(numbers) == 16 and _agrees(found, dict(zip(hidden, numbers, strict=True)))
    ]
    for name in hidden:
        assert len({one[name] for one in fits}) > 1


def _agrees(found, guess):
    """Whether numbers agree with the means that are shown."""
    counts = {name: value for (scope, name), value in found.items() if scope == "home" and "combination." in name}
    counts |= guess
    sizes = {name: 0 if name.endswith("none") else name.count("_") + 1 for name in counts}
    mean = found["home", "measures"]
    return mean is None or sum(sizes[name] * counts[name] for name in counts) == pytest.approx(16 * mean)
