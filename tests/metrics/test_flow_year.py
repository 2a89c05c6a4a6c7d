from metrics.shares import make_scope, party
from metrics.trade_tables import FIRMS, flow
from zonebook.metrics.flows import read_flow_years
from zonebook.metrics.result import Status


def years(*rows, **tables):
    return read_flow_years(make_scope(**({"party": FIRMS, "export_flow": rows} | tables)))


def test_a_total_beside_its_products_is_counted_once():
    (found,) = years(flow("KAZ", 10.0), flow("KAZ", 6.0, "8413"), flow("BLR", 5.0, "84"), flow("BLR", 4.0, "8413"))
    assert found.values == {"BLR": 5.0, "KAZ": 10.0}
    assert found.digits == 2


def test_a_flow_without_a_value_is_left_out_and_said():
    (found,) = years(flow("KAZ", 100.0), flow("SRB", None))
    assert (found.values, found.unvalued, found.is_partial) == ({"KAZ": 100.0}, {"SRB"}, True)
    assert found.notes == ["export flows left out, without a value: 1"]
    assert found.row("X00", "RUB", 1.0).lower is None


def test_reports_of_the_press_are_a_sample():
    (found,) = years(flow("KAZ", 100.0, source_id="press-a"))
    assert found.refuse() == (Status.MISSING_INPUT, ["export flows known from the press are a sample"])


def test_a_group_is_one_respondent():
    firms = [party(f"f{n}", zone_id="home", kind="resident", holding_id="group") for n in range(1, 4)]
    (found,) = years(*(flow("KAZ", 1.0, exporter_id=f"f{n}") for n in (1, 2, 3)), party=firms)
    assert found.is_disclosing


def test_products_are_told_apart_by_the_classification_most_exports_are_in():
    rows = [flow("KAZ", 1.0, "2651", product_scheme="OKPD2"), flow("SRB", 3.0, "7132", product_scheme="SITC")]
    assert years(*rows)[0].family == "SITC"
    assert years(*rows, flow("DEU", 1.0, "8413"))[0].family == "HS"
    assert years(flow("DEU", 1.0))[0].family == ""


def test_countries_of_few_firms_are_hidden_with_one_that_would_tell():
    rows = [flow("KAZ", 1.0, "8413", exporter_id=f"f{number}") for number in (1, 2, 3)]
    (found,) = years(*rows, flow("SRB", 1.0, "8413", exporter_id="f1"), flow("DEU", 9.0, "8413", exporter_id="f2"))
    assert found.countries.labels == {"SRB", "DEU", "KAZ"}
