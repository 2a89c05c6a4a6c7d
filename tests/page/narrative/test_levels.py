"""Sentences on the three levels, on targets and on how sure a page is."""

from word_pages import change, open_small, read
from zonebook.page import narrative


def test_local_ties_are_counted_and_clusters_placed() -> None:
    said = read(narrative.local(open_small("zone", "ru")))
    assert "действующие — 1, планируемые и обсуждаемые — 0" in said
    assert "Фармацевтика (пример) — Площадка Первая, Площадка Вторая" in said


def test_support_is_not_counted_among_the_ties() -> None:
    tie = change("tie", "firm-medicine,local,supply", "firm-medicine,local,support_measure")
    said = read(narrative.local(open_small("zone", "en", tie=tie)))
    assert said.startswith("No local tie became public. Support measures, not counted among the ties: actual — 1")


def test_partner_regions_have_their_number_of_ties() -> None:
    said = read(narrative.regional(open_small("zone", "en")))
    assert "Tatarstan (1)" in said
    assert "Tver" not in said


def test_products_lead_to_their_countries() -> None:
    said = read(narrative.international(open_small("zone", "ru")))
    assert "Интерактивные доски → Казахстан (2025)" in said
    assert "Евразийский экономический союз — Казахстан" in said
    assert "Намибия" not in said


def test_targets_are_summed_up() -> None:
    said = read(narrative.targets(open_small("zone", "en")))
    assert said.startswith("Targets ahead: 2;")
    assert "Exports: to reach 2 bn RUB by 2030, growth of 10% a year is needed; so far it was 17%." in said


def test_missed_targets_are_named() -> None:
    target = change("target", "example-volga,residents,2020", "example-north,residents,2020")
    volga = "example-volga,2024,point,jobs"
    figure = "example-north,2020,point,residents,example-official,,100,count,false,exact,2021-01,\n"
    here = open_small("zone", "en", target=target, zone_year=change("zone_year", volga, figure + volga))
    assert "Missed by their year: residents — 120." in read(narrative.targets(here))


def test_disagreement_is_said_in_words() -> None:
    assert read(narrative.disagreements(open_small("zone", "ru"))) == "Источники расходятся по 1 значению: резиденты."
    agreed = change("zone_year", ",,150,count", ",,128,count")
    assert narrative.disagreements(open_small("zone", "ru", zone_year=agreed)) is None


def test_how_sure_a_page_is() -> None:
    said = read(narrative.how_sure(open_small("zone", "en")))
    assert said.startswith("This page rests on publications.")
    assert "no density, centrality or rank" in said
    made_up = change("source", ",2025-03-01,official", ",2025-03-01,demonstration")
    demonstration = read(narrative.how_sure(open_small("zone", "en", source=made_up)))
    assert demonstration.startswith("This page rests on generated data and describes no real zone.")
