"""Sentences on flows between regions: where they fall short of what size and distance imply, and what that sets off."""

from __future__ import annotations

from zonebook.metrics.result import Evidence, MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.gaps import Pair, link_gap, list_pairs, name_pair
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.rowlinks import find_own_region, link_home

_MOST_PAIRS = 3
_MOST_REGIONS = 5


def region_trade(here: PageContext) -> Block | None:
    """Return where a region, or that of a zone, trades less than expected, its corridors and its multiplier.

    ``None`` where the data set has no flows between regions, or none of this one.
    """
    region = find_own_region(here)
    if (here.table("flow_region").empty and here.scope == "region") or not here.share.has("flow_region") or not region:
        return None
    said = [_say_middle(here, region), say_largest(here), _say_corridors(here), _say_multiplier(here, region)]
    if here.scope == "zone" and any(said):
        said.insert(0, here.locale.html("The region of the zone is {region}.", region=_link_region(here, region)))
    is_on_paper = bool(here.options.column)  # where there is no page to point to
    return set_paragraph([*said, *([] if is_on_paper else [_point_to_all(here, region, is_told=any(said))])])


def _link_region(here: PageContext, region: str) -> Markup:
    return Markup('<a class="zb-page" href="{}regions/{}.html">{}</a>').format(here.root, region, here.place(region))


def _find(here: PageContext, metric_id: str, region: str) -> MetricResult | None:
    row = here.metric(metric_id, scope_id=region)
    return row if row is not None and row.value is not None else None


def _say_middle(here: PageContext, region: str) -> Markup | None:
    middle, under = _find(here, "R06", region), _find(here, "R06.under", region)
    if middle is None or under is None or under.n_units is None:
        return None
    words = here.locale
    return words.html(
        "The middle one of the region's flows, both ways, is {part} of what size and distance imply; {count} of {all} "
        "are less than half of it.",
        part=link_home(here, middle, words.share(middle.value, decimals=0)),
        count=link_home(here, under, words.number(under.value)),
        all=words.number(under.n_units),
    )


def say_largest(here: PageContext) -> Markup | None:
    """Return the pairs of regions of the page with the largest shortfalls."""
    named = [pair for pair in list_pairs(here) if pair.shortfall > 0][:_MOST_PAIRS]
    if not named:
        return None
    listed = Markup("; ").join(Markup("{} ({})").format(name_pair(here, pair), link_gap(here, pair)) for pair in named)
    return here.locale.html("Largest shortfalls against what size and distance imply: {list}.", list=listed)


def _say_corridors(here: PageContext) -> Markup | None:
    """Return how many flows of a region stand out; a zone's corridors are those of its own ties, told elsewhere."""
    count, share = (_find(here, name, here.id) if here.scope == "region" else None for name in ("R08", "R08.share"))
    if count is None or share is None:
        return None
    words = here.locale
    return words.html(
        "Flows that stand out as corridors: {count}; their part of the region's trade with others: {share}.",
        count=link_home(here, count, words.number(count.value)),
        share=link_home(here, share, words.share(share.value, decimals=0)),
    )


def _say_multiplier(here: PageContext, region: str) -> Markup | None:
    whole, elsewhere = _find(here, "R11", region), _find(here, "R11.spillover", region)
    if whole is None or elsewhere is None:
        return None
    words = here.locale
    return words.html(
        "A rouble of final demand in the region gives {whole} of output in all regions, {elsewhere} of it outside the "
        "region (from modelled tables).",
        whole=link_home(here, whole, words.amount(whole.value or 0.0, "RUB", digits=3)),
        elsewhere=link_home(here, elsewhere, words.amount(elsewhere.value or 0.0, "RUB", digits=2)),
    )


def _point_to_all(here: PageContext, region: str, *, is_told: bool) -> Markup:
    words = here.locale
    link = Markup('<a class="zb-page" href="{}corridors.html#{}-{}">{}</a>').format(
        here.root, "region" if is_told else "gaps", region, words.text("on the page of corridors")
    )
    if is_told:
        return words.html("All regions with a zone side by side: {link}.", link=link)
    return words.html(
        "Where the region trades less than size and distance imply: {link}, beside all regions with a zone; "
        "multipliers stand there too.",
        link=link,
    )


def say_gaps(here: PageContext) -> Markup | None:
    """Return for the department the flows that fall short most; on a zone's page those of its region."""
    short = _list_short(here)
    if not short:
        return None
    words = here.locale
    named = (
        words.html("{name} ({number})", name=name_pair(here, pair), number=_print_part(here, pair))
        for pair in short[:_MOST_PAIRS]
    )
    listed = Markup("; ").join(named)
    if here.scope == "zone":
        return words.html(
            "Flows of the zone's region that fall short most of what size and distance imply, in brackets their part "
            "of it: {list}.",
            list=listed,
        )
    return words.html(
        "Flows that fall short most of what size and distance imply, in brackets their part of it: {list}.",
        list=listed,
    )


def say_markets_near(here: PageContext) -> Markup | None:
    """Return for a resident firm the regions that its own region sells less to than size and distance imply."""
    region, words = find_own_region(here), here.locale
    short = [pair for pair in _list_short(here) if pair.origin == region][:_MOST_REGIONS]
    if not short:
        return None
    named = (
        words.html("{name} ({number})", name=here.place(pair.destination), number=_print_part(here, pair))
        for pair in short
    )
    return words.html(
        "Regions that yours sells less to than size and distance imply, in brackets the part of it there is: {list}.",
        list=Markup("; ").join(named),
    )


def _list_short(here: PageContext) -> list[Pair]:
    pairs = (pair for pair in list_pairs(here) if pair.ratio.evidence is not Evidence.REPORTED)
    return [pair for pair in pairs if pair.shortfall > 0]


def _print_part(here: PageContext, pair: Pair) -> Markup:
    return link_home(here, pair.ratio, here.locale.share(pair.ratio.value, decimals=0))
