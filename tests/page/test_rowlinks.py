"""Links from numbers to their metric rows."""

from local_pages import make_row, open_register
from zonebook.page.rowlinks import link_result, name_anchor, name_rows


def test_rows_of_a_cluster_have_an_anchor_of_their_own() -> None:
    assert name_anchor(make_row("L01.zone", 0.5)) == "metric-L01.zone"
    assert name_anchor(make_row("L01.zone", 0.5, "alpha")) == "metric-L01.zone--alpha"


def test_a_number_leads_to_its_row_and_what_is_hidden_does_too() -> None:
    here = open_register("ru")
    assert 'href="#metric-L05"' in link_result(here, make_row("L05", 0.5))
    assert ">к</a>" in link_result(here, make_row("L08", None, "beta"))
    assert link_result(here, None) == "…"


def test_each_series_behind_a_figure_is_named_once() -> None:
    rows = [make_row("L08", 0.1), make_row("L08", 0.2, year=2024), make_row("L08", 0.3, "alpha")]
    assert name_rows(open_register(), rows).count("<a ") == 1
