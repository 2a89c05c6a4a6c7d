"""The method pages: one for each metric of the registry, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from markupsafe import Markup

from zonebook.book.markup import as_block, join_blocks, make_download, make_facts, make_heading, make_link, make_table
from zonebook.book.wording import name_unit, pick_text
from zonebook.metrics.registry import Metric
from zonebook.page.locale import Locale
from zonebook.settings import DEFAULT_SETTINGS, MetricSettings, read_notes, to_plain

# What the levels of the catalogue and the kinds of data a metric needs are called.
_LEVELS = {
    "local": "local level",
    "regional": "interregional level",
    "international": "international level",
    "support": "support measures",
    "composite": "composite index",
    "targets": "targets",
    "quality": "quality of data",
}
_TIERS = {
    "A": "public aggregates",
    "B": "the management company's register",
    "C": "confidential data of firms",
}


def method_target(metric_id: str) -> str:
    """Return the path of a metric's page in the book."""
    return f"methods/{metric_id}"


def make_method_page(metric: Metric, locale: Locale, settings: MetricSettings = DEFAULT_SETTINGS) -> str:
    """Return, as Markdown, what a metric means, how it is computed, when it is undefined and where it comes from."""
    say = locale.text
    tables = Markup(", ").join(make_link(f"../data-catalogue.html#table-{table}", table) for table in metric.tables)
    rows = Markup("{} <code>metric_id = {}</code>").format(
        make_download("../data/metrics.csv", "metrics.csv"), metric.id
    )
    facts = make_facts(
        [
            (say("Code"), Markup("<code>{}</code>").format(metric.id)),
            (say("Level"), _level(metric, locale)),
            (say("Unit"), name_unit(metric.unit, locale)),
            (say("Range"), say(metric.range)),
            (say("Computed for"), locale.join([locale.label("scope_type", scope) for scope in metric.scopes])),
            (say("Tables needed"), tables),
            (say("Least data it needs"), say(_TIERS.get(metric.tier, metric.tier))),
            (say("Computed with"), _library(metric, locale)),
            (say("Tested against"), metric.oracle or say("cases by hand and properties")),
            (say("Tests"), _list_tests(metric)),
            (say("Its rows"), rows),
        ]
    )
    return join_blocks(
        [
            make_heading(f"{pick_text(metric.name, locale)} ({metric.id})"),
            _paragraph(pick_text(metric.meaning, locale), "zb-lead"),
            make_heading(say("Formula"), level=2),
            as_block(Markup('<pre class="zb-formula" tabindex="0"><code>{}</code></pre>').format(say(metric.formula))),
            make_heading(say("When there is no value"), level=2) if pick_text(metric.undefined, locale) else "",
            _paragraph(pick_text(metric.undefined, locale)),
            make_heading(say("At a glance"), level=2),
            as_block(facts),
            _make_series(metric, locale),
            _make_settings(metric, locale, settings),
            _make_citations(metric, locale),
            as_block(Markup('<p class="zb-back">{}</p>').format(make_link("../methods.html", say("All metrics")))),
        ]
    )


def make_method_table(metrics: Iterable[Metric], locale: Locale) -> str:
    """Return, as Markdown, the table of all metrics with links to their pages."""
    say = locale.text
    rows = [
        (
            make_link(f"{method_target(metric.id)}.html", metric.id),
            pick_text(metric.name, locale),
            _level(metric, locale),
            name_unit(metric.unit, locale),
            locale.join([locale.label("scope_type", scope) for scope in metric.scopes]),
        )
        for metric in metrics
    ]
    headings = (say("Code"), say("Metric"), say("Level"), say("Unit"), say("Computed for"))
    return as_block(make_table(say("All metrics"), headings, rows))


def make_test_table(metrics: Iterable[Metric], locale: Locale) -> str:
    """Return, as Markdown, what computes each metric of the package and what it is tested against."""
    say = locale.text
    rows = [
        (
            make_link(f"{method_target(metric.id)}.html", metric.id),
            pick_text(metric.name, locale),
            _library(metric, locale),
            metric.oracle or say("cases by hand and properties"),
            _list_tests(metric),
        )
        for metric in metrics
    ]
    headings = (say("Code"), say("Metric"), say("Computed with"), say("Tested against"), say("Tests"))
    title = say("How the metrics are tested")
    return join_blocks([make_heading(title, level=2), as_block(make_table(title, headings, rows))])


def find_tests(metric: Metric) -> tuple[str, ...]:
    """Return the files of a metric's tests: those that mirror the modules of its function and its formulas.

    A metric of one's own has none here.
    """
    references = (metric.function, *metric.formulas)
    modules = (reference.partition(":")[0] for reference in references if isinstance(reference, str))
    return tuple(dict.fromkeys(f"tests/metrics/test_{module}.py" for module in modules if "." not in module))


def _list_tests(metric: Metric) -> Markup:
    names = (Markup("<code>{}</code>").format(PurePosixPath(path).name) for path in find_tests(metric))
    return Markup(", ").join(names)


def _library(metric: Metric, locale: Locale) -> str:
    return metric.uses or locale.text("the package's own code")


def _make_series(metric: Metric, locale: Locale) -> str:
    """Return the further series of a metric: what its rows with a suffix hold."""
    if not metric.series:
        return ""
    rows = [
        (Markup("<code>{}.{}</code>").format(metric.id, suffix), pick_text(words, locale))
        for suffix, words in metric.series.items()
    ]
    table = make_table(locale.text("Further series"), (locale.text("Code"), locale.text("Holds")), rows)
    return join_blocks([make_heading(locale.text("Further series"), level=2), as_block(table)])


def _make_settings(metric: Metric, locale: Locale, settings: MetricSettings) -> str:
    """Return the parameters a metric depends on, with their values here and what their defaults rest on."""
    say = locale.text
    rows = [
        (
            Markup("<code>{} = {}</code>").format(name, to_plain(getattr(settings, name))),
            Markup("{} {}").format(pick_text(note.help, locale), pick_text(note.basis, locale)),
        )
        for name, note in read_notes().items()
        if metric.id in note.metrics
    ]
    if not rows:
        return ""
    title = say("Parameters it depends on")
    return join_blocks(
        [make_heading(title, level=2), as_block(make_table(title, (say("Parameter"), say("Meaning and basis")), rows))]
    )


def _make_citations(metric: Metric, locale: Locale) -> str:
    """Return where the method comes from; what is cited from memory says so."""
    if not metric.sources:
        return ""
    unchecked = Markup(' <span class="zb-note">({})</span>').format(locale.text("cited from memory, not checked"))
    items = Markup("\n").join(
        Markup("<li>{}{}</li>").format(locale.text(source.text), "" if source.checked else unchecked)
        for source in metric.sources
    )
    listed = as_block(Markup('<ul class="zb-sources">\n{}\n</ul>').format(items))
    return join_blocks([make_heading(locale.text("Method from"), level=2), listed])


def _level(metric: Metric, locale: Locale) -> str:
    return locale.text(_LEVELS.get(metric.level, metric.level))


def _paragraph(text: str, kind: str = "") -> str:
    if not text:
        return ""
    attribute = Markup(' class="{}"').format(kind) if kind else Markup("")
    return as_block(Markup("<p{}>{}</p>").format(attribute, text))
