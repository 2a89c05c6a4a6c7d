"""A page under way: whose it is, its data, its metric rows, its language, and the sources it has cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from zonebook.metrics.figures import Figure, Source, is_missing, read_sources, resolve_records
from zonebook.metrics.registry import CATALOGUE, Catalogue
from zonebook.metrics.result import Evidence, MetricResult, order_latest, weakest_evidence
from zonebook.metrics.rowtable import RowIndex, RowTable
from zonebook.page.ids import split_ids
from zonebook.page.locale import Locale
from zonebook.page.markup import Markup
from zonebook.page.subdivisions import name_subdivision
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings
from zonebook.tables.frame import list_records
from zonebook.tables.lazy import Question

if TYPE_CHECKING:
    from zonebook.tables.share import Share

_T = TypeVar("_T")
# What a page has made of its share and its rows without a word of its language.
_FACTS = (
    *("own_results", "sources", "figures", "total_id", "_table", "_series_of", "_by_base", "_by_scope"),
    *("_records", "_indexes", "_facts"),
)


@dataclass(frozen=True, slots=True)
class PageOptions:
    """Parameters of a page besides whose it is, its year and its language.

    ``column`` is the width in px that figures are drawn for on paper; without one they are drawn for the site.
    """

    settings: MetricSettings = DEFAULT_SETTINGS
    catalogue: Catalogue = field(default_factory=lambda: CATALOGUE)
    data: str = "data"
    column: float = 0.0


@dataclass(frozen=True)
class PageContext:
    """Everything the figures, tables and sentences of one page are made from.

    Attributes
    ----------
    kind
        Kind of page: ``zone``, ``region``, ``overview``, ``comparison``, ``corridors``, ``targets``, ``quality``.
    id
        Id of the zone or region; the kind itself on a country page.
    lang, year, locale
        Language; reporting year (figures of later years are left out); the language's wording.
    share
        What the page may read of its share of the data set: in a public edition, of single firms only what is public
        and, without names and amounts, that there are others.
    inputs
        The whole share, which the metric rows are computed from; nothing of it is printed.
    results
        The metric rows of the page; on a country page those of everybody, made into results as they are asked for.
    told
        Those of them that only the whole country tells of the page's region.
    reads
        What a country page asks of its data and rows, noted down while it is made; ``None`` for other pages.
    root
        Way from the page to the root of the book: ``../`` or nothing.
    title
        Title of the page, in its language.
    options
        Further parameters.
    cited
        Sources in the order they were first cited on the page; with ``reads`` what grows while a page is made.
    """

    kind: str
    id: str
    lang: str
    year: int
    locale: Locale
    share: Share
    results: Sequence[MetricResult]
    root: str = ""
    title: str = ""
    options: PageOptions = PageOptions()
    cited: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    inputs: Share | None = field(default=None, compare=False, repr=False)
    told: frozenset[MetricResult] = frozenset()
    reads: set[Question] | None = field(default=None, compare=False, repr=False)

    # -- metric rows -------------------------------------------------------------------------------------------

    def metric(
        self, metric_id: str, year: int | None = None, period: str | None = None, scope_id: str | None = None
    ) -> MetricResult | None:
        """Return a metric's row, the latest one that has a value where several years or periods fit."""
        found = [
            row
            for row in self.series_about(metric_id, scope_id)
            if (year is None or row.year == year) and (period is None or row.period == period)
        ]
        return max(found, key=order_latest, default=None)

    def rows(self, *base_ids: str) -> tuple[MetricResult, ...]:
        """Return every row of metrics of the catalogue, all their series, years and periods."""
        if base_ids not in self._by_base:
            self._by_base[base_ids] = self.series(self.list_series(*base_ids))
        return self._by_base[base_ids]

    def list_series(self, *base_ids: str) -> list[str]:
        """Return the ids of the series of some metrics of the catalogue."""
        return [one for base in base_ids for one in self._series_of.get(base, ())]

    def series(self, metric_ids: Iterable[str]) -> tuple[MetricResult, ...]:
        """Return the rows of some series, by their ids with suffix, in the order of all rows."""
        return self._table.of_series(metric_ids)

    def series_about(self, metric_id: str, scope_id: str | None = None) -> Sequence[MetricResult]:
        """Return the rows of a series about a scope; without its id, about what the page is about."""
        if metric_id in self._by_scope or scope_id is not None or self.scope != "country":
            if metric_id not in self._by_scope:
                self._read_series([metric_id])
            return self._by_scope[metric_id].get(scope_id, ())
        # Those of all zones are not made into results for the country's own.
        return self.remember(f"own rows {metric_id}", lambda: self._table.of_series([metric_id], self.scope))

    @cached_property
    def own_results(self) -> tuple[MetricResult, ...]:
        """The rows about what the page is about, in the order of all rows."""
        return tuple(row for row in self._table.of_scopes(self.scope) if self.is_own(row))

    def is_own(self, row: MetricResult) -> bool:
        """Whether a metric row is about what the page is about: the zone, the region, the country."""
        if self.scope == "country":
            return row.scope_type == "country"
        return row.scope_type == self.scope and row.scope_id == self.id

    @property
    def scope(self) -> str:
        """Scope of the page: ``zone``, ``region`` or ``country``."""
        return self.share.scope_type

    @property
    def path(self) -> str:
        """Path of the page in its book, without a suffix; also of the folder its tables are downloaded from."""
        return self.kind if self.scope == "country" else f"{self.scope}s/{self.id}"

    @property
    def evidence(self) -> Evidence:
        """The weakest evidence the page rests on."""
        return weakest_evidence(self._table.evidence)

    def in_language(self, locale: Locale) -> PageContext:
        """Return the page of a zone or region in another language; what has no words in it is not made once more."""
        worded = self._with_facts(replace(self, lang=locale.lang, locale=locale, cited={}))
        return self._with_facts(replace(worded, title=worded.own_name))

    def _with_facts(self, other: PageContext) -> PageContext:
        """Give another page what this one has made and no language matters to."""
        known = vars(self)  # where cached properties keep their values
        vars(other).update({name: known[name] for name in _FACTS if name in known})
        return other

    # -- sources -----------------------------------------------------------------------------------------------

    def source_number(self, source_id: str) -> int:
        """Return the number a source has on this page; a source cited for the first time gets the next one."""
        return self.cited.setdefault(source_id, len(self.cited) + 1)

    def cite(self, source_ids: object, *, titled: bool = True) -> Markup:
        """Return the marks of sources (ids, or one text of ids separated by ``;``), linked to the list of sources.

        Each says the source's title on hovering, unless that would make a long table heavy.
        """
        key = (source_ids if isinstance(source_ids, str) else split_ids(source_ids)), titled
        if key not in self._marks:
            self._marks[key] = self._mark(split_ids(key[0]), titled=titled)
        return self._marks[key]

    def _mark(self, ids: tuple[str, ...], *, titled: bool) -> Markup:
        if not ids:
            return Markup("")
        numbered = sorted((self.source_number(source_id), source_id) for source_id in ids)
        marks = Markup(", ").join(
            Markup('<a href="#source-{}"{}>{}</a>').format(source_id, self._hover(source_id) if titled else "", number)
            for number, source_id in numbered
        )
        return Markup('<sup class="zb-cite">[{}]</sup>').format(marks)

    def _hover(self, source_id: str) -> Markup:
        return Markup(' title="{}"').format(self.source_title(source_id))

    def source_title(self, source_id: str) -> str:
        """Return a source's title, else its publisher, else its id."""
        row = self._index("source").get(source_id, {})
        titled = (self.locale.column(row, column) for column in ("title", "publisher"))
        return next((title for title in titled if title), source_id)

    # -- names -------------------------------------------------------------------------------------------------

    @property
    def own_name(self) -> str:
        """Name of the zone or region that the page is about."""
        return self.place(self.id) if self.scope == "region" else self.named("zone", self.id)

    def row(self, table: str, key: str) -> Mapping[str, Any]:
        """Return the row of a table by its single key; an empty row where the share has none."""
        return self._index(table).get(key, {})

    def named(self, table: str, key: object) -> str:
        """Return the name of a zone, region, site, cluster or party in the page's language, else its id."""
        if is_missing(key):
            return self.locale.sign("missing")
        row = self.row(table, str(key))
        if row:
            return self.locale.name(row)
        return name_subdivision(str(key), self.lang) if table == "region" else str(key)

    def party(self, row: Mapping[str, Any]) -> str:
        """Return a party's name; one whose data are confidential has none on a page."""
        confidential = row.get("confidential")
        if not is_missing(confidential) and bool(confidential):
            return self.locale.text("name withheld")
        return self.locale.name(row) if len(row) > 1 else str(row.get("party_id", self.locale.sign("missing")))

    def place(self, code: object) -> str:
        """Return the name of a region or country by its code."""
        if is_missing(code):
            return self.locale.sign("missing")
        is_region = "-" in str(code) or str(code) in self._index("region")
        name = self.named("region", code) if is_region else self.locale.country(code)
        return name[:1].upper() + name[1:]

    def indicator(self, code: str) -> str:
        """Return what an indicator is called, with the site or cluster it is about (``jobs:pechatniki``)."""
        base, _, part = code.partition(":")
        label = self.locale.label("indicator", base)
        if not part:
            return label
        if self.row("cluster", part):
            return self.locale.text("{indicator} “{cluster}”", indicator=label, cluster=self.named("cluster", part))
        return self.locale.text("{indicator}, site “{site}”", indicator=label, site=self.named("site", part))

    # -- reported figures --------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Kind and date of every source of the share, by id."""
        return read_sources(self.table("source"))

    @cached_property
    def figures(self) -> Mapping[str, tuple[Figure, ...]]:
        """The reported figures of every zone and total of the share up to the page's year, by zone_id.

        A country page asks for those of a zone or an indicator, or goes through them: all together they are many.
        """
        return self._resolve(self.records("zone_year"))

    def figures_about(self, zone_id: str) -> tuple[Figure, ...]:
        """Return the reported figures of a zone or total, as :attr:`figures` has them."""
        if self.scope != "country":
            return self.figures.get(zone_id, ())
        return self.remember_fact(f"figures about {zone_id}", lambda: self._find_figures(zone_id))

    def figures_of(self, indicator: str) -> Mapping[str, tuple[Figure, ...]]:
        """Return the reported figures of one indicator, as :attr:`figures` has all, by zone_id."""
        return dict(sorted(self.go_through_figures(indicator)))

    def go_through_figures(self, *indicators: str) -> Iterator[tuple[str, tuple[Figure, ...]]]:
        """Yield zones and totals with their reported figures, all or those of some indicators.

        They are made as they are gone through: those of all zones of a country are never held together.
        """
        for part in self.share.parts("zone_year", "zone_id", ("indicator", indicators) if indicators else None):
            yield from self._resolve(list_records(part)).items()

    def _find_figures(self, zone_id: str) -> tuple[Figure, ...]:
        rows = list_records(self.share.select("zone_year", "zone_id", [zone_id]))
        return self._resolve(rows).get(zone_id, ())

    def _resolve(self, records: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[Figure, ...]]:
        grouped: dict[str, list[Mapping[str, Any]]] = {}
        for record in records:
            grouped.setdefault(str(record["zone_id"]), []).append(record)
        return {zone_id: resolve_records(rows, self.sources, self.year) for zone_id, rows in sorted(grouped.items())}

    @cached_property
    def total_id(self) -> str:
        """The pseudo zone of the country's own totals (``…-total`` without a region); empty if there is none."""
        totals = (
            str(row["zone_id"])
            for row in self.records("zone")
            if row["type"] == "aggregate"
            and is_missing(row.get("region_iso"))
            and self._is_home(row.get("country_iso3"))
        )
        return next((zone_id for zone_id in totals if zone_id.endswith("-total")), "")

    @cached_property
    def zone_ids(self) -> tuple[str, ...]:
        """The zones the page is about, totals not among them, sorted by name."""
        zones = [row for row in self.records("zone") if row["type"] != "aggregate"]
        if self.scope == "zone":
            zones = [row for row in zones if row["zone_id"] == self.id]
        elif self.scope == "region":
            zones = [row for row in zones if row["region_iso"] == self.id]
        ordered = sorted(zones, key=lambda row: (self.locale.sort_key(self.locale.name(row)), row["zone_id"]))
        return tuple(str(row["zone_id"]) for row in ordered)

    def _is_home(self, country_iso3: object) -> bool:
        own = {str(row["country_iso3"]) for row in self.records("zone") if row["type"] != "aggregate"}
        return not is_missing(country_iso3) and str(country_iso3) in own

    # -- data --------------------------------------------------------------------------------------------------

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the page's share."""
        return self.share.table(name)

    def records(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table as mappings; they are made once and not to be changed."""
        if name not in self._records:
            self._records[name] = list_records(self.share.table(name))
        return self._records[name]

    def remember(self, name: str, build: Callable[[], _T]) -> _T:
        """Return what several parts of the page need, built once."""
        if name not in self._memory:
            self._memory[name] = build()
        found: _T = self._memory[name]
        return found

    def remember_fact(self, name: str, build: Callable[[], _T]) -> _T:
        """Return what :meth:`remember` does, where it has no words of a language: built once for all of them."""
        if name not in self._facts:
            self._facts[name] = build()
        found: _T = self._facts[name]
        return found

    @cached_property
    def _table(self) -> RowTable | RowIndex:
        return self.results if isinstance(self.results, RowTable) else RowIndex(self.results)

    @cached_property
    def _series_of(self) -> Mapping[str, list[str]]:
        """The series of each metric of the catalogue."""
        found: dict[str, list[str]] = {}
        for one in self._table.metric_ids:
            found.setdefault(one.partition(".")[0], []).append(one)
        return found

    def _read_series(self, metric_ids: Iterable[str]) -> None:
        found: dict[str, dict[str | None, list[MetricResult]]] = {one: {} for one in metric_ids}
        for row in self.series(found):
            by_scope = found[row.metric_id]
            by_scope.setdefault(row.scope_id, []).append(row)
            if self.is_own(row):
                by_scope.setdefault(None, []).append(row)
        self._by_scope.update(found)

    @cached_property
    def _by_base(self) -> dict[tuple[str, ...], tuple[MetricResult, ...]]:
        return {}

    @cached_property
    def _by_scope(self) -> dict[str, Mapping[str | None, list[MetricResult]]]:
        return {}

    @cached_property
    def _marks(self) -> dict[tuple[str | tuple[str, ...], bool], Markup]:
        return {}

    @cached_property
    def _memory(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _facts(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _records(self) -> dict[str, list[dict[str, Any]]]:
        return {}

    @cached_property
    def _indexes(self) -> dict[str, dict[str, Mapping[str, Any]]]:
        return {}

    def _index(self, table: str) -> Mapping[str, Mapping[str, Any]]:
        if table not in self._indexes:
            key = {"region": "region_iso", "industry": "code"}.get(table, f"{table}_id")
            self._indexes[table] = {str(record[key]): record for record in self.records(table)}
        return self._indexes[table]
