"""Who a zone is: profile, sites, clusters, residents; zones of a region."""

from word_pages import change, open_small, read
from zonebook.page import tables


def test_the_zone_s_profile_leads_to_its_region() -> None:
    block = tables.profile(open_small("zone", "en"))
    assert block is not None
    assert 'href="../regions/RU-MOW.html"' in block.html
    shown = read(block)
    for expected in ("Technology and innovation", "Central", "21 December 2005", "392 ha", "АО «Пример-Север»"):
        assert expected in shown


def test_the_region_s_profile_counts_its_zones() -> None:
    assert "Special economic zones in these data\n1" in read(tables.profile(open_small("region", "en")))


def test_the_cluster_stands_on_its_two_sites() -> None:
    assert "Площадка Первая; Площадка Вторая" in read(tables.clusters(open_small("zone", "ru")))


def test_an_area_that_is_not_known_is_no_zero() -> None:
    shown = read(tables.sites(open_small("zone", "en", site=change("site", ",32,", ",,"))))
    assert "Second Site … 1" in shown


def test_residents_are_named_with_product_site_and_year() -> None:
    shown = read(tables.residents(open_small("zone", "ru")))
    assert "ООО «Пример Доски» Интерактивные доски" in shown
    assert "14 мая 2018 г." in shown


def test_zones_are_linked_to_their_pages() -> None:
    of_region, of_country = tables.zones(open_small("region", "en")), tables.zones(open_small("overview", "en"))
    assert of_region is not None
    assert 'href="../zones/example-north.html"' in of_region.html
    assert of_country is not None
    assert 'href="zones/example-volga.html"' in of_country.html
    assert "Volga" in read(of_country)
    assert "example-total" not in of_country.html


def test_figures_side_by_side_are_of_one_kind_and_in_the_order_of_names() -> None:
    shown = read(tables.comparison(open_small("comparison", "en")))
    assert shown.index("Example North SEZ") < shown.index("Example Volga SEZ")
    assert "not ranked" in shown
    assert "53.5 bn RUB" not in shown
