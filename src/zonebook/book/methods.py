"""The method pages: one for each metric of the registry, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from zonebook.book.markup import as_block, join_blocks, make_download, make_facts, make_heading, make_link, make_table
from zonebook.metrics.registry import Metric
from zonebook.page.locale import Locale


def method_target(metric_id: str) -> str:
    """Return the path of a metric's page in the book."""
    return f"methods/{metric_id}"


def make_method_page(metric: Metric, locale: Locale) -> str:
    """Return, as Markdown, what a metric means, how it is computed, when it is undefined and where it comes from."""
    say = locale.text
    tables = Markup(", ").join(make_link(f"../data-catalogue.html#table-{table}", table) for table in metric.tables)
    rows = Markup("{} <code>metric_id = {}</code>").format(
        make_download("../data/metrics.csv", "metrics.csv"), metric.id
    )
    facts = make_facts(
        [
            (say("Code"), Markup("<code>{}</code>").format(metric.id)),
            (say("Level"), locale.label("metric.level", metric.level)),
            (say("Unit"), _unit(metric.unit, locale)),
            (say("Range"), metric.range),
            (say("Computed for"), locale.join([locale.label("scope_type", scope) for scope in metric.scopes])),
            (say("Tables needed"), tables),
            (say("Its rows"), rows),
        ]
    )
    return join_blocks(
        [
            make_heading(f"{_in(metric.name, locale)} ({metric.id})"),
            _paragraph(_in(metric.meaning, locale), "zb-lead"),
            make_heading(say("Formula"), level=2),
            as_block(Markup('<pre class="zb-formula" tabindex="0"><code>{}</code></pre>').format(metric.formula)),
            make_heading(say("When there is no value"), level=2) if _in(metric.undefined, locale) else "",
            _paragraph(_in(metric.undefined, locale)),
            make_heading(say("At a glance"), level=2),
            as_block(facts),
            make_heading(say("Method from"), level=2) if metric.source else "",
            _paragraph(metric.source),
            as_block(Markup('<p class="zb-back">{}</p>').format(make_link("../methods.html", say("All metrics")))),
        ]
    )


def make_method_table(metrics: Iterable[Metric], locale: Locale) -> str:
    """Return, as Markdown, the table of all metrics with links to their pages."""
    say = locale.text
    rows = [
        (
            make_link(f"{method_target(metric.id)}.html", metric.id),
            _in(metric.name, locale),
            locale.label("metric.level", metric.level),
            _unit(metric.unit, locale),
            locale.join([locale.label("scope_type", scope) for scope in metric.scopes]),
        )
        for metric in metrics
    ]
    headings = (say("Code"), say("Metric"), say("Level"), say("Unit"), say("Computed for"))
    return as_block(make_table(say("All metrics"), headings, rows))


def _in(words: Mapping[str, str], locale: Locale) -> str:
    return words.get(locale.lang) or words.get("en") or ""


def _unit(unit: str, locale: Locale) -> str:
    return locale.label("unit", unit) or locale.label("unit.heading", unit)


def _paragraph(text: str, kind: str = "") -> str:
    if not text:
        return ""
    attribute = Markup(' class="{}"').format(kind) if kind else Markup("")
    return as_block(Markup("<p{}>{}</p>").format(attribute, text))
