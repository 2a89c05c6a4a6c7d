"""Stages the pages of a language as a Jupyter Book that stock ``jupyter-book build`` turns into a site."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from zonebook.book.catalogue import make_catalogue
from zonebook.book.changes import CHANGES, Changes, make_changes, recall_changes
from zonebook.book.config import (
    ASSETS,
    EXTENSION,
    EXTENSIONS,
    NAVIGATION,
    TEMPLATES,
    expand_config,
    read_config,
    write_config,
)
from zonebook.book.contents import ROOT_PAGE, Contents, list_contents, name_page
from zonebook.book.derivation import STAGED, derive_key, note_path
from zonebook.book.districts import make_district_page, make_overview_of_districts
from zonebook.book.failure import make_failure_page
from zonebook.book.folder import Folder
from zonebook.book.fonts import make_fonts, write_font_rules
from zonebook.book.generated import key_generated
from zonebook.book.markup import join_blocks
from zonebook.book.methods import make_method_page, make_method_table, make_test_table, method_target
from zonebook.book.navigation import list_districts, list_languages, list_parts, list_words, write_navigation
from zonebook.book.notebook import read_notebook, stage_notebook, way_to_root
from zonebook.book.outcome import Outcome
from zonebook.book.prose import read_prose, title_of
from zonebook.book.sources import make_source_list
from zonebook.book.toc import Toc, expand_toc, kind_of, read_chapters, settle_page
from zonebook.book.wording import say_edition
from zonebook.logo import find_logo
from zonebook.metrics.registry import Catalogue, Metric, read_catalogue
from zonebook.page.cutoff import find_cut_off, say_cut_off
from zonebook.page.locale import Locale, get_locale
from zonebook.palette import paint, write_variables
from zonebook.parameters import Parameters
from zonebook.settings import PUBLIC, read_notes
from zonebook.tables.schema import TABLES
from zonebook.tables.share import DataSet, Share
from zonebook.typeface import find_family

_BOOK = resources.files("zonebook.book")
_RESOURCES = _BOOK.joinpath("assets")


@dataclass(frozen=True)
class Stage:
    """A book being staged: what it is made from, and the folder it is written to."""

    locale: Locale
    outcomes: Sequence[Outcome]
    share: Share
    parameters: Parameters
    project: Path
    folder: Folder
    handouts: frozenset[str] = frozenset()
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """The metrics of the report, those of its own among them."""
        return read_catalogue(*(self.project / name for name in self.parameters.own_metrics))


def stage_book(
    lang: str,
    outcomes: Iterable[Outcome],
    data_set: DataSet,
    parameters: Parameters,
    *,
    project: Path,
    out: Path,
) -> Path:
    """Write the book of one language to ``<out>/book/<lang>`` and return that folder.

    Files whose bytes have not changed are left alone, so that Sphinx reads only changed pages; files of pages
    that are no more are removed.

    Parameters
    ----------
    lang
        Language of the book.
    outcomes
        What became of the pages; those of other languages are left out.
    data_set
        The data set the report is made from.
    parameters
        The report's parameters.
    project
        Folder of ``_config.yml``, ``_toc.yml`` and ``book/``.
    out
        Output folder of the build.

    Raises
    ------
    BookError
        Where the project's files are missing or wrong.
    """
    own = [outcome for outcome in outcomes if outcome.job.lang == lang]
    folder = Folder(out / "book" / lang, keep=("_build",), memo=note_path(out, lang, STAGED))
    stage = Stage(get_locale(lang), own, data_set.country(), parameters, project, folder, find_handouts(lang, out))
    changes = recall_changes(lang, out)
    tree = settle_page(read_chapters(project, parameters.pages), CHANGES, is_wanted=changes is not None)
    root = kind_of(str(tree["root"]), parameters.pages)
    contents = list_contents(own, stage.share, stage.locale, parameters.pages, root.name if root else "")
    children = {
        "zones": [district.target for district in contents.districts],
        "methods": [method_target(metric_id) for metric_id in stage.catalogue],
    }
    toc = expand_toc(tree, contents, parameters.pages, children, stage.locale)
    _stage_outcomes(stage, set(toc.pages), root.name if root else "")
    _stage_prose(stage, toc, contents, changes)
    _stage_generated(stage, toc, contents)
    folder.write("_toc.yml", toc.write())
    digest = _stage_frame(stage, contents, out / "work" / "fonts")
    context = _make_context(stage, toc, contents, digest)
    folder.write(
        "_config.yml",
        write_config(expand_config(read_config(project / "_config.yml"), stage.locale, parameters, context)),
    )
    folder.finish()
    return folder.root


def _stage_outcomes(stage: Stage, pages: set[str], root_kind: str) -> None:
    """Write the executed notebooks, and a page that says what failed in the place of each that failed."""
    listed = hashlib.sha256("\n".join(sorted(pages)).encode()).hexdigest()
    for outcome in stage.outcomes:
        job = outcome.job
        target = ROOT_PAGE if job.kind == root_kind else job.target
        title = str((outcome.record or {}).get("title") or _name_of(outcome, stage))
        stage.titles[target] = title
        if outcome.failure is not None or outcome.notebook is None:
            is_public = stage.parameters.settings.publish == PUBLIC
            page = make_failure_page(title, outcome.failure, stage.locale, is_public=is_public)
            stage.folder.write(f"{target}.md", page)
            continue
        key = derive_key(job.key, stage.locale.lang, listed, _has_handout(stage, outcome))
        stage.folder.derive(target, key, partial(_stage_page, stage, outcome, target, pages))


def _stage_page(stage: Stage, outcome: Outcome, target: str, pages: set[str]) -> None:
    notebook, root, handout = read_notebook(outcome), way_to_root(target), _has_handout(stage, outcome)
    text = stage_notebook(notebook, outcome, stage.locale, pages, root=root, has_handout=handout)
    stage.folder.write(f"{target}.ipynb", text)


def _has_handout(stage: Stage, outcome: Outcome) -> bool:
    return stage.parameters.pdf and outcome.job.target in stage.handouts


def find_handouts(lang: str, out: Path) -> frozenset[str]:
    """Return the pages whose handout has been printed."""
    folder = out / "pdf" / lang
    return frozenset(path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob("*s/*.pdf"))


def _name_of(outcome: Outcome, stage: Stage) -> str:
    """Return the name of what a page without a record is about."""
    table, key = {"zone": ("zone", "zone_id"), "region": ("region", "region_iso")}.get(outcome.job.scope, ("", ""))
    if not table:
        return outcome.job.id
    frame = stage.share.table(table)
    rows = frame[frame[key] == outcome.job.id].to_dict("records")
    return stage.locale.name(rows[0]) if rows else name_page(outcome.job, stage.locale)  # type: ignore[arg-type]


def _stage_prose(stage: Stage, toc: Toc, contents: Contents, changes: Changes | None) -> None:
    """Write the hand-written pages, each with what is generated for it below."""
    appended = _list_appended(stage, toc, contents, changes)
    generated = {
        *stage.titles,
        *(district.target for district in contents.districts),
        *map(method_target, stage.catalogue),
    }
    for page in toc.pages:
        if page in generated:
            continue
        text = read_prose(stage.project / "book" / f"{page}.md", stage.locale)
        stage.titles[page] = title_of(text, page)
        if page in appended:
            make, values = appended[page]
            key = key_generated(stage.locale.lang, text, values) if values else ""
            stage.folder.derive(page, key, partial(_append, stage, page, text, make))
        else:
            stage.folder.write(f"{page}.md", join_blocks([text]))


def _append(stage: Stage, page: str, text: str, make: Callable[[], str]) -> None:
    stage.folder.write(f"{page}.md", join_blocks([text, make()]))


def _list_appended(
    stage: Stage, toc: Toc, contents: Contents, changes: Changes | None
) -> dict[str, tuple[Callable[[], str], Sequence[object]]]:
    """Return what is generated below which page, and all it is made from; nothing where it is made in no time."""
    locale, metrics, sources = stage.locale, tuple(stage.catalogue.values()), stage.share.table("source")
    counts = {name: len(stage.share.table(name)) for name in TABLES if stage.share.has(name)}
    appended: dict[str, tuple[Callable[[], str], Sequence[object]]] = {
        "zones": (lambda: make_overview_of_districts(contents.districts, locale), ()),
        "methods": (
            lambda: join_blocks([make_method_table(metrics, locale), make_test_table(metrics, locale)]),
            ("methods", metrics),
        ),
        "data-catalogue": (lambda: make_catalogue(TABLES.values(), counts, locale), ("tables", counts)),
        "sources": (
            lambda: make_source_list(sources, locale),
            ("sources", sources.to_csv(index=False, na_rep="\0")),
        ),
    }
    if changes is not None:
        appended[CHANGES] = (partial(make_changes, changes, set(toc.pages)), ())
    return appended


def _stage_generated(stage: Stage, toc: Toc, contents: Contents) -> None:
    """Write the pages of the federal districts and of the metrics."""
    pages = set(toc.pages)
    for district in contents.districts:
        if district.target in pages:
            stage.titles[district.target] = district.title
            stage.folder.write(f"{district.target}.md", make_district_page(district, stage.locale))
    metrics = [metric for metric in stage.catalogue.values() if method_target(metric.id) in pages]
    settings = stage.parameters.settings
    key = key_generated(stage.locale.lang, metrics, settings, read_notes())
    stage.folder.derive(method_target("*"), key, partial(_stage_methods, stage, metrics))


def _stage_methods(stage: Stage, metrics: Sequence[Metric]) -> None:
    for metric in metrics:
        page = make_method_page(metric, stage.locale, stage.parameters.settings)
        stage.folder.write(f"{method_target(metric.id)}.md", page)


def _stage_frame(stage: Stage, contents: Contents, font_cache: Path) -> str:
    """Write templates, styles, scripts, fonts and extension; return the hash by which browsers know new from old."""
    colours, family = stage.parameters.colours, find_family(stage.parameters.font, stage.project)
    brand = write_variables(paint(colours)) if colours else ""  # after the palette, whose colours it replaces
    style = write_font_rules(family) + _read_asset("colours.css") + brand + _read_asset("zonebook.css")
    logo = find_logo(stage.parameters.logo, stage.project)
    if logo is not None:
        stage.folder.copy(logo, f"{ASSETS}/{logo.name}")
    script, search = _read_asset("zonebook.js") + _read_asset("tables.js"), _read_asset("zonebook-search.js")
    stage.folder.write(f"{ASSETS}/zonebook.css", style)
    stage.folder.write(f"{ASSETS}/zonebook.js", script)
    stage.folder.write(f"{ASSETS}/zonebook-search.js", search)
    stage.folder.write(NAVIGATION, write_navigation(contents))
    for name, font in make_fonts(family, font_cache).items():
        stage.folder.write(f"{ASSETS}/fonts/{name}", font)
    for name, text in _list_files(_RESOURCES.joinpath("templates"), ".html"):
        stage.folder.write(f"{TEMPLATES}/{name}", text)
    for name, text in _list_files(_BOOK.joinpath("extension"), ".py"):
        stage.folder.write(f"{EXTENSIONS}/{EXTENSION}/{name}", text)
    return hashlib.sha256((style + script + search).encode()).hexdigest()[:12]


def _read_asset(name: str) -> str:
    return _RESOURCES.joinpath(name).read_text(encoding="utf-8")


def _list_files(folder: Any, suffix: str, prefix: str = "") -> list[tuple[str, str]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            found.extend(_list_files(entry, suffix, f"{prefix}{entry.name}/"))
        elif entry.name.endswith(suffix):
            found.append((prefix + entry.name, entry.read_text(encoding="utf-8")))
    return found


def _make_context(stage: Stage, toc: Toc, contents: Contents, digest: str) -> Mapping[str, Any]:
    """Return what the page frame shows: the parts of the book, the languages, the words."""
    titles = {**stage.titles, **toc.titles}
    root = str(toc.tree["root"])
    return {
        "digest": digest,
        "root": {"target": root, "title": stage.locale.text("Overview")},
        "languages": list_languages(stage.parameters.languages, stage.locale.lang),
        "parts": list_parts(toc, contents, titles),
        "districts": list_districts(contents.districts),
        "words": list_words(stage.locale),
        "year": str(stage.parameters.year),
        "publisher": stage.parameters.publisher,
        "imprint": stage.parameters.imprint.get(stage.locale.lang, ""),
        "logo": Path(stage.parameters.logo).name,
        "cut_off": say_cut_off(find_cut_off(stage.share.table("source")["date"]), stage.locale),
        "edition": say_edition(stage.parameters.settings, stage.locale),
    }
