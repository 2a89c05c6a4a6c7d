"""The first sentences of a page: what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from zonebook.metrics.figures import Figure
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.inputs import has_register
from zonebook.page.links import list_destinations, list_partner_regions, list_public_links
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import count_names, set_paragraph, state_figure
from zonebook.page.narrative.targets import sum_up_targets, weigh_first_target
from zonebook.page.rowlinks import link_result
from zonebook.page.stamp import set_stamp
from zonebook.page.standing import Standing, list_standings
from zonebook.page.tables.corridors import list_corridors
from zonebook.page.tables.excerpt import MOST_NAMED, name_first
from zonebook.page.tables.headline import select_headline
from zonebook.page.tables.layout import Text, join_text

# The figure a page begins with: the first of these that is known.
_FIRST = ("export_rub", "revenue_rub", "investment_actual_rub", "residents", "enterprises", "jobs", "area_ha")
_NAMED_CORRIDORS, _NAMED_ON_PAPER = 3, 6


def lead(here: PageContext) -> Block | None:
    """Return what follows from the page, in two or three sentences."""
    say = _LEADS.get(here.kind)
    block, stamp = set_paragraph(say(here), "zb-lead") if say else None, set_stamp(here.options.settings, here.locale)
    if not stamp:
        return block
    return Block(stamp + (block.html if block else ""))


def _lead_zone(here: PageContext) -> list[Text | None]:
    figures = here.figures.get(here.id, ())
    standings = list_standings(here, here.id)
    return [
        _say_first_figure(here, figures),
        _say_breadth(here),
        weigh_first_target(here, standings) or _sum_up_judged(here, standings),
    ]


def _sum_up_judged(here: PageContext, standings: Sequence[Standing]) -> Markup | None:
    """Return what the targets come to, all of them as elsewhere on the page, if any can be judged."""
    return sum_up_targets(here, standings) if any(one.progress for one in standings) else None


def _say_first_figure(here: PageContext, figures: Sequence[Figure]) -> Markup | None:
    found = (select_headline(figures, indicator) for indicator in _FIRST)
    first = next((headline for headline in found if headline), None)
    if first is None:
        return here.locale.html("No figure of the zone was found in published sources up to {year}.", year=here.year)
    return state_figure(here, first.main, figures)


def _say_breadth(here: PageContext) -> Markup:
    """Return how far cooperation reaches: by the register, else by what became public, with that reservation."""
    words = here.locale
    if has_register(here):
        return _say_registered_breadth(here)
    links = (link for link in list_public_links(here) if link.level == "local" and link.status == "actual")
    local = [link for link in links if link.kind != "support_measure"]
    counted = (
        (len(local), words.plural("{n} local tie", "{n} local ties", len(local))),
        _count_regions(here),
        _count_destinations(here),
    )
    named = [said for number, said in counted if number]
    if not named:
        return words.html("No cooperation tie of it became public.")
    return words.html("Known from publications: at least {list}.", list=words.join(named))


def _say_registered_breadth(here: PageContext) -> Markup:
    """Return the rows that say how far the ties of a register reach."""
    words = here.locale
    names = {
        "L01": words.text("residents with a partner among the residents"),
        "R01": words.text("partner regions"),
        "X06": words.text("export destinations"),
    }
    rows = {name: row for name in names if (row := here.metric(name)) is not None and row.value is not None}
    named = (Markup("{} — {}").format(names[name], link_result(here, row)) for name, row in rows.items())
    return words.html("By the register: {list}.", list=join_text(named, "; ")) if rows else Markup("")


def _count_regions(here: PageContext) -> tuple[int, str]:
    number = len(list_partner_regions(here))
    return number, here.locale.plural("{n} partner region", "{n} partner regions", number)


def _count_destinations(here: PageContext) -> tuple[int, str]:
    number = len(list_destinations(here))
    return number, here.locale.plural("{n} export destination", "{n} export destinations", number)


def _lead_region(here: PageContext) -> list[Text | None]:
    words = here.locale
    number = len(here.zone_ids)
    named = [here.named("zone", zone_id) for zone_id in here.zone_ids]
    most = _NAMED_ON_PAPER if here.options.column else MOST_NAMED
    names = words.join(name_first(here, named, most))
    count = words.plural("{n} special economic zone", "{n} special economic zones", number)
    return [words.html("The region hosts {count}: {names}.", count=count, names=names), _say_breadth(here)]


def _lead_overview(here: PageContext) -> list[Text | None]:
    words = here.locale
    figures = here.figures_about(here.total_id)
    zones = select_headline(figures, "zones")
    regions = {str(here.row("zone", zone_id)["region_iso"]) for zone_id in here.zone_ids}
    others = (select_headline(figures, indicator) for indicator in ("residents", "investment_actual_rub"))
    return [
        state_figure(here, zones.main) if zones else None,
        words.plural("This report has a page for {n} zone", "This report has pages for {n} zones", len(here.zone_ids)),
        words.plural("in {n} region.", "in {n} regions.", len(regions)),
        *(state_figure(here, other.main) for other in others if other),
        words.html("Reported figures are lower bounds of different years: they are shown side by side and not ranked."),
    ]


def _lead_comparison(here: PageContext) -> list[Text | None]:
    words = here.locale
    return [
        words.html(
            "The zones stand in the order of their names, each figure with its own year: what was published for one "
            "year and one kind of period is compared with nothing else."
        ),
        words.html("An empty place means that no such figure became public, not that it is zero."),
    ]


def _lead_corridors(here: PageContext) -> list[Text | None]:
    words = here.locale
    found = list_corridors(here)
    if not found:
        return [words.html("No tie between two regions became public.")]
    most = [(f"{here.place(a)} — {here.place(b)}", len(links)) for (a, b), links in found.items()]
    named = words.html("Most ties, their number in brackets: {list}.", list=count_names(here, most[:_NAMED_CORRIDORS]))
    if has_register(here):
        joined = words.plural(
            "By the register, ties of the zones join {n} pair of regions.",
            "By the register, ties of the zones join {n} pairs of regions.",
            len(found),
        )
        return [joined, named]
    return [
        words.plural(
            "Reported ties of the zones join {n} pair of regions.",
            "Reported ties of the zones join {n} pairs of regions.",
            len(found),
        ),
        named,
        words.html("A short list may mean little cooperation or little published about it."),
    ]


def _lead_targets(here: PageContext) -> list[Text | None]:
    own = [here.total_id] if here.total_id else []
    standings = [one for zone_id in (*own, *here.zone_ids) for one in list_standings(here, zone_id)]
    return [sum_up_targets(here, standings)]


def _lead_quality(here: PageContext) -> list[Text | None]:
    words = here.locale
    return [
        words.html(
            "How complete, exact and steady the figures of the zones are, and what would mend what is wanting: a zone "
            "with poor data may well cooperate much."
        )
    ]


_LEADS = {
    "zone": _lead_zone,
    "region": _lead_region,
    "overview": _lead_overview,
    "comparison": _lead_comparison,
    "corridors": _lead_corridors,
    "targets": _lead_targets,
    "quality": _lead_quality,
}
