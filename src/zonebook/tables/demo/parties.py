"""Rows of a zone's parties: its residents and their figures by year, its management company, its institute."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonebook.tables.demo.exports import Exports
from zonebook.tables.demo.firms import Firms
from zonebook.tables.demo.places import Places
from zonebook.tables.demo.rows import build_rows, hide, join_texts, look_up, write_numbers
from zonebook.tables.demo.sources import REGISTER, SURVEY
from zonebook.tables.demo.streams import Stream, open_stream
from zonebook.tables.demo.vocabulary import (
    HOME,
    Flags,
    Integers,
    list_products,
    product_of_industry,
    read_words,
    theme_of_industry,
)
from zonebook.tables.demo.world import World

_CONFIDENTIAL_SHARE = 0.05
_IN_GROUPS, _LARGEST_GROUP = 0.1, 3
_REVISED_SHARE = 0.02


def list_resident_rows(world: World, firms: Firms, places: Places) -> pa.Table:
    """Return the rows of ``party`` of a zone's residents."""
    rng = open_stream(world.settings.seed, Stream.PLACES, firms.zone, 2)
    count, themes, words = len(firms), read_words("themes"), read_words("industries")
    number = join_texts(f" {world.number_of(firms.zone)}-", write_numbers("", np.arange(1, count + 1), 3))
    theme = theme_of_industry()[firms.industries]
    return build_rows(
        "party",
        {
            "party_id": firms.ids,
            "name": join_texts("ООО «Демо-", look_up(themes["firm_ru"], theme), number, "»"),
            "name_en": join_texts("Demo ", look_up(themes["firm_en"], theme), number, " LLC"),
            "kind": "resident",
            "zone_id": world.zone_id(firms.zone),
            "site_id": look_up(places.site_ids, places.site_of_cluster[firms.clusters]),
            "region_iso": world.region_of(firms.zone),
            "country_iso3": HOME,
            "cluster_id": look_up(places.cluster_ids, firms.clusters),
            "industry_scheme": "OKVED2",
            "industry": look_up(words["industry"], firms.industries),
            "product": look_up(words["product_en"], firms.industries),
            "product_ru": look_up(words["product_ru"], firms.industries),
            "since": pa.array(firms.since).cast(pa.string()),
            "holding_id": _draw_groups(rng, world, firms),
            "confidential": _draw_confidential(rng, firms),
            "source_id": SURVEY,
        },
    )


def _draw_groups(rng: np.random.Generator, world: World, firms: Firms) -> pa.StringArray:
    """Return the group of each resident that belongs to one: two or three residents of the zone."""
    members = rng.permutation(len(firms))[: int(_IN_GROUPS * len(firms))]
    groups = np.full(len(firms), -1)
    groups[members] = np.arange(len(members)) // _LARGEST_GROUP
    sizes = np.bincount(groups[members], minlength=1)
    groups[(groups >= 0) & (sizes[groups] < 2)] = -1
    ids = write_numbers(f"z{world.number_of(firms.zone)}-group", np.arange(1, len(sizes) + 1), 1)
    return look_up(ids, groups)


def _draw_confidential(rng: np.random.Generator, firms: Firms) -> Flags:
    is_confidential = rng.random(len(firms)) < _CONFIDENTIAL_SHARE
    is_confidential[firms.core] = False
    return is_confidential


def list_institution_rows(world: World, zone: int) -> pa.Table:
    """Return the rows of ``party`` of a zone's management company and institute, in this order."""
    number = world.number_of(zone)
    return build_rows(
        "party",
        {
            "party_id": [f"z{number}-zone", f"z{number}-institute"],
            "name": [f"АО «Демо-Управляющая {number}»", f"Демо-институт {number}"],
            "name_en": [f"Demo Management {number} JSC", f"Demo Institute {number}"],
            "kind": ["zone", "institute"],
            "zone_id": world.zone_id(zone),
            "region_iso": world.region_of(zone),
            "country_iso3": HOME,
            "industry_scheme": "OKVED2",
            "industry": ["68.32", "72.19"],
            "source_id": REGISTER,
        },
    )


def list_year_rows(world: World, firms: Firms, exports: Exports) -> pa.Table:
    """Return the rows of ``party_year`` of a zone's residents; those of silent ones are empty.

    Few figures were first stated otherwise: such a row stands before the corrected one, with an earlier vintage.
    """
    rng = open_stream(world.settings.seed, Stream.FIGURES, firms.zone, 1)
    firm, year = np.nonzero(firms.is_present)
    is_revised = (rng.random(len(firm)) < _REVISED_SHARE) & firms.has_responded[firm, year]
    order = np.repeat(np.arange(len(firm)), 1 + is_revised)
    is_first = np.zeros(len(order), dtype=np.bool_)
    is_first[1:] = order[1:] == order[:-1]
    is_first = np.roll(is_first, -1)
    firm, year = firm[order], year[order]
    sums = exports.sum_by_firm(len(firms))
    is_silent = ~firms.has_responded[firm, year]
    # What was first stated lies above: exports stay a part of revenue.
    factor = np.where(is_first, rng.uniform(1.01, 1.06, len(firm)), 1.0)
    columns = {
        "employees": firms.employees[firm, year],
        "revenue_rub": np.rint(firms.revenue[firm, year] * factor).astype(np.int64),
        "export_rub": sums[firm, year],
        "purchases_rub": np.rint(firms.purchases[firm, year] * factor).astype(np.int64),
        "rnd_rub": firms.research[firm, year],
        "capex_rub": firms.investment[firm, year],
    }
    years = np.array(world.settings.all_years)[year]
    return build_rows(
        "party_year",
        {
            "party_id": look_up(firms.ids, firm),
            "year": years,
            "vintage": _date_vintages(years, is_first),
            **{name: hide(values, is_silent) for name, values in columns.items()},
            "responded": ~is_silent,
        },
    )


def _date_vintages(years: Integers, is_first: Flags) -> pa.StringArray:
    """Return the dates on which figures of a year are stated: what is corrected in April was first stated in March."""
    days = pa.array(np.where(is_first, "-03-15", "-04-01"))
    return pc.binary_join_element_wise(pa.array(years + 1).cast(pa.string()), days, "")


def product_codes(firms: Firms) -> pa.StringArray:
    """Return the code of each resident's product; none for residents that make no goods."""
    return look_up(list_products(), product_of_industry()[firms.industries])
