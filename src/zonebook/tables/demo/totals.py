"""Sums over zones, kept while zones are made one by one: their size does not depend on the number of zones."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zonebook.tables.demo.settings import DemoSettings
from zonebook.tables.demo.vocabulary import Integers, list_countries, list_products, list_regions, read_words


@dataclass(eq=False)
class Totals:
    """What zones add up to.

    Attributes
    ----------
    settings
        What the data set is made from.
    employees, firms
        By region, class of industry and year.
    exports
        In roubles, by country, product and year.
    figures
        By indicator: by year.
    """

    settings: DemoSettings
    employees: Integers = field(init=False)
    firms: Integers = field(init=False)
    exports: Integers = field(init=False)
    figures: dict[str, Integers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        years = len(self.settings.all_years)
        shape = (len(list_regions()), len(read_words("classes")["industry_class"]), years)
        self.employees, self.firms = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        self.exports = np.zeros((len(list_countries()), len(list_products()), years), dtype=np.int64)

    def add_figure(self, indicator: str, values: Integers) -> None:
        """Add a zone's figures of one indicator, by year."""
        self.figures[indicator] = self.figures.get(indicator, np.zeros_like(values)) + values
