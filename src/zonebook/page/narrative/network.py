"""Sentences on cooperation inside a zone: who stands alone, which stage is missing, what stays, what happens if."""

from __future__ import annotations

from zonebook.metrics.result import MetricResult
from zonebook.page.block import Block
from zonebook.page.context import PageContext
from zonebook.page.figures.chains import Chain, read_chains
from zonebook.page.figures.network import Group, Picture, read_picture
from zonebook.page.figures.parts import find_part
from zonebook.page.figures.robustness import read_loss
from zonebook.page.figures.specialisation import read_industries
from zonebook.page.markup import Markup
from zonebook.page.narrative.sentence import set_paragraph
from zonebook.page.rowlinks import link_result, link_row
from zonebook.page.tables.layout import Text, capitalise, join_text

_MOST_NAMED = 3
_HALF = 0.5


def cohesion(here: PageContext) -> Block | None:
    """Return how many residents have no partner in the zone, in which clusters, and whether there is one network."""
    picture = read_picture(here)
    return None if picture is None else set_paragraph([*_say_alone(here, picture), _say_giant(here)])


def _say_alone(here: PageContext, picture: Picture) -> list[Text | None]:
    words = here.locale
    alone, silent = picture.count("isolated"), picture.count("silent")
    if not alone + silent:
        return [words.html("Every resident has a partner in the zone.")]
    row = here.metric("L01")
    said = words.plural(
        "{n} resident of {total} has no known partner in the zone",
        "{n} residents of {total} have no known partner in the zone",
        alone + silent,
        total=words.number(picture.count("size")),
    )
    first: Text = link_row(row, said) if row else said
    unknown = words.plural("{n} of them gave no answer", "{n} of them gave no answer", silent)
    ordered = sorted(picture.groups, key=_weigh_alone)
    counts = ((group.name, group.isolated + group.silent) for group in ordered)
    named = "; ".join(f"{name} — {words.number(number)}" for name, number in counts if number)
    return [
        words.html("{first} ({unknown}).", first=first, unknown=unknown)
        if silent
        else words.html("{first}.", first=first),
        words.html("They are to be brought together first; by cluster: {list}.", list=named),
    ]


def _weigh_alone(group: Group) -> tuple[int, str]:
    return (-(group.isolated + group.silent), group.name)


def _say_giant(here: PageContext) -> Markup | None:
    row = here.metric("L05")
    if row is None or row.value is None:
        return None
    share = link_result(here, row)
    if row.value > _HALF:
        return here.locale.html("One common network joins {share} of the residents.", share=share)
    return here.locale.html(
        "There is no common network: the largest group of tied residents has {share} of them.", share=share
    )


def value_chains(here: PageContext) -> Block | None:
    """Return which stage is missing in which chain, and where no tie leads from one stage to the next."""
    words = here.locale
    chains = read_chains(here)
    if not chains:
        return None
    missing = [_name_stages(here, chain, chain.missing) for chain in chains if chain.missing]
    broken = [_name_stages(here, chain, chain.broken) for chain in chains if chain.broken]
    whole = here.metric("L10")
    complete = words.html("Every stage of the value chains on record can be done in the zone.")
    return set_paragraph(
        [
            words.html("Stages that nobody in the zone can do — {list}.", list=join_text(missing, "; "))
            if missing
            else complete,
            words.html("Stages without a tie to the next one — {list}.", list=join_text(broken, "; "))
            if broken
            else None,
            words.html("Present in all: {share} of the stages.", share=link_result(here, whole)) if whole else None,
        ]
    )


def _name_stages(here: PageContext, chain: Chain, stages: tuple[str, ...]) -> Markup:
    words = here.locale
    names = [link_row(chain.stages[stage], words.label("stage", stage)) for stage in stages]
    return words.html("{chain}: {stages}", chain=capitalise(chain.name), stages=join_text(names))


def purchases(here: PageContext) -> Block | None:
    """Return how much of their purchases residents make in the zone, against the lines, and what follows."""
    row = here.metric("L08")
    if row is None or row.value is None:
        return None
    words = here.locale
    return set_paragraph(
        [
            words.html("Of all their purchases residents make {share} in the zone.", share=link_result(here, row)),
            _weigh_purchases(here, row.value),
            _count_dependent(here),
            _compare_purchases(here, row),
        ]
    )


def _weigh_purchases(here: PageContext, share: float) -> Markup:
    """Return where the share stands against the two lines and what follows from that."""
    words, settings = here.locale, here.options.settings
    lines = {"line": words.share(settings.dependence), "eased": words.share(settings.dependence_eased)}
    if share >= settings.dependence:
        return words.html("That is above the line of {line}: the zone works as a cluster.", **lines)
    if share >= settings.dependence_eased:
        return words.html("That is above the eased line of {eased}, but below that of {line}.", **lines)
    return words.html(
        "That is below even the eased line of {eased}: most is bought elsewhere, and suppliers are to be looked for "
        "among the residents.",
        **lines,
    )


def _count_dependent(here: PageContext) -> Markup | None:
    row = here.metric("L08.above_eased")
    if row is None or row.value is None:
        return None
    words = here.locale
    line = words.share(here.options.settings.dependence_eased)
    said = words.html("Firms at or above {line}: {number}", line=line, number=words.number(row.value))
    return words.html("{said} of {total}.", said=link_row(row, said), total=words.number(row.n_units))


def _compare_purchases(here: PageContext, row: MetricResult) -> Markup | None:
    before = find_part(here, row, "L08", (row.year or 0) - 1)
    if before is None or before.value is None or row.value is None:
        return None
    words = here.locale
    parts = {"year": before.year, "share": words.share(before.value)}
    if words.share(before.value) == words.share(row.value):
        return words.html("In {year} it was as much.", **parts)
    if row.value > before.value:
        return words.html("It has grown: in {year} it was {share}.", **parts)
    return words.html("It has fallen: in {year} it was {share}.", **parts)


def specialisation(here: PageContext) -> Block | None:
    """Return in which industries the zone is specialised most."""
    found = sorted(read_industries(here), key=lambda one: -(one.quotient.value or 0.0))
    strong = [one for one in found if (one.quotient.value or 0.0) > 1][:_MOST_NAMED]
    if not strong:
        return None
    words = here.locale
    named = join_text(
        (
            words.html(
                "{industry} — {quotient}",
                industry=one.name,
                quotient=link_row(one.quotient, words.number(one.quotient.value, 3)),
            )
            for one in strong
        ),
        "; ",
    )
    sentence = words.html(
        "Industries whose share of jobs is largest against that of the country, times: {list}.", list=named
    )
    return set_paragraph([sentence])


def concentration(here: PageContext) -> Block | None:
    """Return how many firms depend on few suppliers or customers."""
    words = here.locale
    rows = {side: here.metric(side) for side in ("L17.concentrated", "L17.customers_concentrated")}
    suppliers, customers = rows.values()
    if suppliers is None or suppliers.value is None:
        return None
    sentences: list[Text | None] = [
        words.html("Firms that depend on few suppliers: {share} of those that buy.", share=link_result(here, suppliers))
    ]
    if customers is not None and customers.value is not None:
        share = link_result(here, customers)
        sentences.append(words.html("Firms that depend on few customers: {share} of those that sell.", share=share))
    return set_paragraph(sentences)


def resilience(here: PageContext) -> Block | None:
    """Return what is left of the network if the largest leave, and whether that is worse than by chance."""
    loss = read_loss(here)
    if loss is None:
        return None
    words = here.locale
    number, row = list(loss.steps[""].items())[-1]
    chance = loss.steps.get("random_", {}).get(number)
    first = words.plural(
        "If the {n} resident with most partners leaves, {after} of the residents stay in one network; today {before}.",
        "If the {n} residents with most partners leave, {after} of the residents stay in one network; today {before}.",
        number,
        after="{after}",
        before="{before}",
    )
    said = Markup("{}").format(first).format(after=link_result(here, row), before=link_result(here, loss.whole))
    return set_paragraph([said, _compare_chance(here, row, chance)])


def _compare_chance(here: PageContext, row: MetricResult, chance: MetricResult | None) -> Markup | None:
    if chance is None or chance.lower is None or row.value is None:
        return None
    words = here.locale
    share = link_result(here, chance)
    if row.value < chance.lower:
        return words.html(
            "The loss of as many at random would leave {share}: the network hangs on its largest members.", share=share
        )
    return words.html(
        "The loss of as many at random would leave {share}: the network does not hang on its largest members.",
        share=share,
    )
