"""The three readers' questions, answered from the page's rows: what stands, and what follows from it.

Only rows that rest on more than publications answer: of reported figures the first sentences of the page say what
can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from zonebook.metrics.figures import select_series
from zonebook.metrics.reasons import read_reason
from zonebook.metrics.result import Evidence, MetricResult, Status
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.chains import read_chains
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.narrative.shortfalls import say_gaps, say_markets_near
from zonebook.page.narrative.standing import link_peers, say_index
from zonebook.page.narrative.support import find_lowest_cluster, say_difference, say_least_reached
from zonebook.page.products import name_product
from zonebook.page.rowlinks import link_figure, link_home
from zonebook.page.tables.layout import Text
from zonebook.page.tables.partners import BLOC_GROUPS

_MOST_PRODUCTS = 5
_MOST_CHAINS = 4
_HALF = 0.5
Say = Callable[[PageContext], Markup | None]


def answers(here: PageContext) -> Block | None:
    """Return what each of the three readers can take from the page, short lines with links to the metric rows.

    The pages of regions and of the country answer the department alone: the others ask about their own zone.
    """
    words, is_zone = here.locale, here.scope == "zone"
    groups = {
        "department": (words.text("For the department of industry"), _list(here, _DEPARTMENT)),
        "company": (words.text("For the management company"), _list(here, _COMPANY) if is_zone else []),
        "resident": (words.text("For a resident firm"), _list(here, _RESIDENT) if is_zone else []),
    }
    # No headings: the first of the page's own stands below, and a heading before it would break their order.
    pattern = Markup(
        '<div class="zb-answer" role="group" aria-labelledby="answer-{0}">'
        '<p class="zb-answer-title" id="answer-{0}">{1}</p>\n<ul>\n{2}\n</ul></div>'
    )
    parts = [pattern.format(name, title, Markup("\n").join(lines)) for name, (title, lines) in groups.items() if lines]
    if not parts:
        return None
    return Block(Markup('<div class="zb-answers">\n{}\n</div>').format(Markup("\n").join(parts)))


def level(here: PageContext, name: str) -> Block | None:
    """Return what a register says of a level of cooperation, a few sentences; ``None`` where it says nothing."""
    said = [sentence for say in _OF_LEVEL[name] if (sentence := say(here))]
    return set_paragraph(said)


def _list(here: PageContext, says: Iterable[Say]) -> list[Markup]:
    return [Markup("<li>{}</li>").format(said) for say in says if (said := say(here))]


def _find(here: PageContext, metric_id: str) -> MetricResult | None:
    """Return the page's own row where it has a value that is more than reported."""
    row = here.metric(metric_id)
    return row if row is not None and row.value is not None and row.evidence is not Evidence.REPORTED else None


def _print(here: PageContext, row: MetricResult) -> Markup:
    return link_home(here, row, here.locale.value_and_bounds(row)[0])


def _join(sentences: Iterable[Markup | None]) -> Markup:
    return Markup(" ").join(sentence for sentence in sentences if sentence)


# -- The department: where the zone stands ---------------------------------------------------------------------------


def _say_exports(here: PageContext) -> Markup | None:
    row, growth = _find(here, "X01"), _find(here, "X03")
    if row is None or row.value is None:
        return None
    words = here.locale
    amount = link_home(here, row, words.amount(row.value, row.unit, digits=3))
    said = words.html("Exports {period}: {amount}.", period=words.during(row.period, row.year), amount=amount)
    total = _find_total(here, row)
    peers = words.html("All zones of the country together: {amount}.", amount=total) if total else None
    if growth is None or growth.value is None:
        return _join([said, peers])
    rate = link_home(here, growth, words.share(growth.value, signed=True))
    falls = growth.upper is not None and growth.upper < 0
    return _join(
        [
            said,
            words.html("Mean growth a year: {rate}.", rate=rate),
            words.html("Exports are falling: find out which markets are being lost.") if falls else None,
            peers,
        ]
    )


def _find_total(here: PageContext, row: MetricResult) -> Text:
    """Return the exports of the country's zones in the same period as printed; empty on the country's own page."""
    if here.scope == "country":
        return ""
    figures = select_series(here.figures.get(here.total_id, ()), "export_rub", period=row.period, cumulative=False)
    found = next((figure for figure in figures if figure.year == row.year), None)
    return link_figure(here, found, here.locale.amount(found.value, found.unit, digits=3)) if found else ""


def _say_openness(here: PageContext) -> Markup | None:
    row, median = _find(here, "X04"), _find(here, "X04.firm_median")
    if row is None:
        return None
    words = here.locale
    said = words.html("Share of exports in revenue: {share}.", share=_print(here, row))
    if median is None or median.value != 0:
        return said
    return _join(
        [said, words.html("At least half of the residents export nothing: new exporters are to be found there.")]
    )


def _say_markets(here: PageContext) -> Markup | None:
    rows = {bloc: row for bloc in BLOC_GROUPS if (row := _find(here, f"X15.{bloc.lower()}"))}
    if not rows:
        return None
    words = here.locale
    largest = max(rows, key=lambda bloc: rows[bloc].value or 0.0)
    said = words.html(
        "Largest group of markets: {bloc}, {share} of exports.",
        bloc=words.label("bloc.group", largest),
        share=_print(here, rows[largest]),
    )
    is_most = (rows[largest].value or 0.0) > _HALF
    return _join(
        [said, words.html("More than half depends on it: other markets would spread the risk.") if is_most else None]
    )


def _say_procurement(here: PageContext) -> Markup | None:
    row = _find(here, "L08")
    if row is None or row.value is None:
        return None
    words, settings = here.locale, here.options.settings
    said = words.html("Share of purchases from residents of the same zone: {share}.", share=_print(here, row))
    line = settings.dependence_eased if row.value < settings.dependence_eased else settings.dependence
    if row.value >= settings.dependence:
        return said
    return _join([said, words.html("That is below the line of {line}.", line=words.share(line, decimals=0))])


def _say_chains(here: PageContext) -> Markup | None:
    row = _find(here, "L10")
    if row is None or row.value is None:
        return None
    words = here.locale
    said = words.html("Stages of value chains that are present: {share}.", share=_print(here, row))
    reason = words.reason(row.reason, here.indicator)
    return _join([said, Markup("{}.").format(reason[:1].upper() + reason[1:]) if reason and row.value < 1 else None])


def _say_support(here: PageContext) -> Markup | None:
    return say_difference(here) if _find(here, "S04") else None


def _say_index(here: PageContext) -> Markup | None:
    said = say_index(here) if here.scope == "zone" else None
    if said is None:
        return None
    return _join([said, here.locale.html("Its place among the zones: {link}.", link=link_peers(here))])


def _say_target(here: PageContext) -> Markup | None:
    row = _find(here, "T02")
    if row is None or row.value is None:
        return None
    fields = {name: value for _, named in read_reason(row.reason) for name, value in named.items()}
    year = fields.get("year", fields.get("target_year", ""))
    if not (year and "progress" in fields and "indicator" in fields):
        return None
    words = here.locale
    return words.html(
        "Target of {year}, {indicator}: {progress}; growth so far is {ratio} of what is required.",
        year=year,
        indicator=here.indicator(fields["indicator"]),
        progress=words.label("target.class", fields["progress"]),
        ratio=link_home(here, row, words.share(row.value, decimals=0)),
    )


# -- The management company: whom to bring together --------------------------------------------------------------------


def _say_isolated(here: PageContext) -> Markup | None:
    row = _find(here, "L01")
    if row is None:
        return None
    words = here.locale
    said = words.html(
        "Residents with a tie to another resident: {share}; the others are isolated.", share=_print(here, row)
    )
    lowest = find_lowest_cluster(here, "L01")
    if lowest is None:
        return said
    cluster = words.html(
        "Fewest in the cluster “{cluster}”: {share}.",
        cluster=here.named("cluster", lowest.scope_id),
        share=_print(here, lowest),
    )
    return _join([said, cluster])


def _say_gaps_in_chains(here: PageContext) -> Markup | None:
    """Return which residents to bring together, as numbers: those of two stages in a row without a tie between them."""
    if _find(here, "L10") is None:
        return None
    words, lines = here.locale, []
    for chain in read_chains(here):
        order = list(chain.stages)
        for stage in chain.broken:
            following = order[order.index(stage) + 1]
            lines.append(
                words.html(
                    "{chain}: {stage} ({number}) and {following} ({others})",
                    chain=chain.name,
                    stage=words.label("stage", stage),
                    number=link_home(here, chain.stages[stage], words.number(chain.stages[stage].value)),
                    following=words.label("stage", following),
                    others=link_home(here, chain.stages[following], words.number(chain.stages[following].value)),
                )
            )
    if not lines:
        return None
    return words.html(
        "Residents to bring together, as no tie joins their stages (in brackets how many they are): {list}.",
        list=Markup("; ").join(lines[:_MOST_CHAINS]),
    )


def _say_robustness(here: PageContext) -> Markup | None:
    now, after = _find(here, "L05"), _find(here, "L20.s10")
    if now is None or after is None:
        return None
    return here.locale.html(
        "The largest network joins {share} of residents; without the ten best connected it would join {rest}.",
        share=_print(here, now),
        rest=_print(here, after),
    )


def _say_breadth(here: PageContext) -> Markup | None:
    number, effective = _find(here, "R02.q0"), _find(here, "R02")
    if number is None or effective is None or number.value is None or effective.value is None:
        return None
    words = here.locale
    return words.html(
        "Partner regions: {number}; weighted by ties, as many as {effective} equal ones.",
        number=link_home(here, number, words.number(number.value)),
        effective=link_home(here, effective, words.number(effective.value, 2)),
    )


def _say_zones(here: PageContext) -> Markup | None:
    row = _find(here, "R09")
    if row is None or row.value is None:
        return None
    words = here.locale
    if row.value == 0:
        return words.html(
            "No tie with another zone is known: {number}.", number=link_home(here, row, words.number(row.value))
        )
    return words.html(
        "Other zones with ties to this one: {number}.", number=link_home(here, row, words.number(row.value))
    )


def _say_unsupported(here: PageContext) -> Markup | None:
    row = _find(here, "S01.combination.none")
    if row is None or row.value is None:
        return None
    words = here.locale
    said = words.html("Residents without any support: {number}.", number=link_home(here, row, words.number(row.value)))
    return _join([said, say_least_reached(here)])


# -- A resident firm: the zone it stands in, without names -------------------------------------------------------------


def _say_suppliers(here: PageContext) -> Markup | None:
    low, middle, high = (_find(here, f"L17.{name}") for name in ("q1", "median", "q3"))
    if low is None or middle is None or high is None:
        return None
    words = here.locale
    return words.html(
        "Concentration of suppliers from 0 to 1 (compare your own): half of the residents lie from {low} to {high}, "
        "the middle one at {middle}.",
        low=link_home(here, low, words.number(low.value, 2)),
        high=link_home(here, high, words.number(high.value, 2)),
        middle=link_home(here, middle, words.number(middle.value, 2)),
    )


def _say_distance(here: PageContext) -> Markup | None:
    row = _find(here, "R05.median")
    if row is None or row.value is None:
        return None
    distance = link_home(here, row, here.locale.amount(row.value, row.unit, digits=2))
    return here.locale.html("Half of the ties of residents reach no farther than {distance}.", distance=distance)


def _say_advantages(here: PageContext) -> Markup | None:
    rows = [row for row in _list_products(here, "X10") if (row.value or 0.0) > 0]
    rows.sort(key=lambda row: (-(row.value or 0.0), row.metric_id))
    if not rows:
        return None
    return here.locale.html(
        "Products the zone is strong in, by code of the HS and its chapter: {list}.",
        list=_name_products(here, rows[:_MOST_PRODUCTS]),
    )


def _say_near(here: PageContext) -> Markup | None:
    """Return the products nearest to what is exported already that are no strength yet."""
    strong = {row.series for row in _list_products(here, "X10") if (row.value or 0.0) > 0}
    withheld = {row.series for row in here.rows("X10") if here.is_own(row) and row.status is Status.SUPPRESSED}
    rows = [row for row in _list_products(here, "X18") if row.series not in strong | withheld]
    rows.sort(key=lambda row: (-(row.value or 0.0), row.metric_id))
    if not rows:
        return None
    return here.locale.html(
        "Products near to these that are no strength yet, by code of the HS and its chapter: {list}.",
        list=_name_products(here, rows[:_MOST_PRODUCTS]),
    )


def _list_products(here: PageContext, base_id: str) -> list[MetricResult]:
    """Return the latest rows of single products with a value, one for each product."""
    rows = [
        row
        for row in here.rows(base_id)
        if here.is_own(row) and row.series.isdigit() and row.value is not None and row.evidence is not Evidence.REPORTED
    ]
    latest = max((row.year or 0 for row in rows), default=0)
    return [row for row in rows if row.year == latest]


def _name_products(here: PageContext, rows: Sequence[MetricResult]) -> Markup:
    return Markup("; ").join(link_home(here, row, name_product(here, row.series)) for row in rows)


_DEPARTMENT = (
    _say_exports,
    _say_openness,
    _say_markets,
    _say_procurement,
    _say_chains,
    say_gaps,
    _say_support,
    _say_index,
    _say_target,
)
_COMPANY = (_say_isolated, _say_gaps_in_chains, _say_robustness, _say_breadth, _say_zones, _say_unsupported)
_OF_LEVEL = {
    "local": (_say_isolated, _say_procurement, _say_robustness),
    "regional": (_say_breadth, _say_zones),
    "international": (_say_exports, _say_openness, _say_markets),
}
_RESIDENT = (_say_suppliers, _say_distance, _say_advantages, _say_near, say_markets_near)
