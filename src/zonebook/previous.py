"""The earlier edition a report is compared with, and the chapter of the book that says what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from importlib.resources import files
from pathlib import Path

import pandas as pd

from zonebook.book.changes import CHANGES, Changes, forget_changes, keep_changes, recall_changes
from zonebook.edition import Chapter, Comparison, Edition, compare_editions, name_subjects, write_chapter
from zonebook.edition.naming import Naming, map_scopes
from zonebook.editions import is_output, make_edition, open_output
from zonebook.errors import ParameterError
from zonebook.metrics.registry import read_catalogue
from zonebook.metrics.rowfile import RowFile
from zonebook.page.cutoff import find_cut_off
from zonebook.page.locale import get_locale
from zonebook.parameters import Parameters, to_values
from zonebook.request import BuildRequest
from zonebook.rows import (
    METRICS,
    STORE,
    compute_all_rows,
    describe_rows,
    find_own,
    is_known,
    join_key,
    write_metric_rows,
)
from zonebook.settings import INTERNAL
from zonebook.tables.check import check_data_set
from zonebook.tables.digest import hash_folder
from zonebook.tables.draft import put_file
from zonebook.tables.problem import refuse_errors
from zonebook.tables.share import REGION, ZONE, DataSet
from zonebook.tables.store import is_current, open_data, read_info, write_store

_PACKAGE = Path(str(files("zonebook")))
# What writes the chapter, besides what computes metric rows.
_CODE = ("edition", "editions.py", "previous.py")
_FOLDER = "previous"


def prepare_previous(request: BuildRequest) -> None:
    """Check the earlier edition before anything is built; a data set is written as a store, unless it is there.

    Raises
    ------
    ParameterError
        Where there is no such edition, or it is the folder that is built into.
    DataError
        Where its data have errors, or a part of an output folder is missing.
    """
    path = request.inputs.previous
    if path is None:
        return
    if not path.exists():
        raise ParameterError(
            f"there is no earlier edition {request.parameters.previous!r}.",
            place=str(request.project),
            remedy="Set previous to a data set (a folder or .xlsx) or to the output folder of an earlier build, "
            'relative to this folder, or leave it out: previous: "".',
        )
    if path.resolve() == request.out.resolve():
        raise ParameterError(
            f"the earlier edition {request.parameters.previous!r} is the folder that this report is built into.",
            remedy="Give another --out, or set previous to a copy of that folder.",
        )
    if is_output(path):
        open_output(path)
    elif not is_current(_store_of(request), path):
        lang = request.parameters.languages[0]
        checked = check_data_set(path, lang, request.parameters)
        refuse_errors(checked.problems, str(path), lang)
        write_store(checked, _store_of(request))


def write_changes(request: BuildRequest, data: DataSet, metrics: RowFile) -> str:
    """Write the chapter that says what has changed, in every language, unless it is there.

    Parameters
    ----------
    request
        The build; without an earlier edition its books have no such chapter.
    data
        The data set of the report.
    metrics
        All metric rows of the report.

    Returns
    -------
    str
        A hash of all it depends on; empty where there is no such chapter.
    """
    languages, path = request.parameters.languages, request.inputs.previous
    if path is None:
        for lang in languages:
            forget_changes(lang, request.out)
        return ""
    key = _sum_up(request, path, data, metrics)
    kept = [recall_changes(lang, request.out) for lang in languages]
    if request.force or any(one is None or one.key != key for one in kept):
        for lang, chapter in _write_chapters(request, path, data, metrics).items():
            keep_changes(Changes(key, **asdict(chapter)), lang, request.out)
    return key


def _store_of(request: BuildRequest) -> Path:
    return request.out / "cache" / _FOLDER


def _list_own(request: BuildRequest) -> tuple[Path, ...]:
    return tuple(find_own(request.project, name) for name in request.parameters.own_metrics)


def _sum_up(request: BuildRequest, path: Path, data: DataSet, metrics: RowFile) -> str:
    """Return a hash of both editions, of the parameters, and of the code that compares them."""
    code = [hash_folder(_PACKAGE / name) for name in _CODE]
    parameters = json.dumps(to_values(request.parameters), sort_keys=True)
    of_rows = describe_rows(request.parameters, _list_own(request))
    return join_key(
        [_sum_up_earlier(request, path), data.digests["country"][""], metrics.digest, parameters, *of_rows, *code]
    )


def _sum_up_earlier(request: BuildRequest, path: Path) -> str:
    """Return a hash of the earlier edition: of an output folder its rows, tables, parameters and version."""
    if not is_output(path):
        return read_info(_store_of(request)).fingerprint
    edition = open_output(path)
    rows = hashlib.sha256((path / METRICS).read_bytes()).hexdigest()
    values = json.dumps(dict(edition.values), sort_keys=True)
    return join_key([rows, read_info((path / STORE).resolve()).country, values, edition.version])


def _write_chapters(request: BuildRequest, path: Path, data: DataSet, metrics: RowFile) -> Mapping[str, Chapter]:
    """Return the chapter by language."""
    parameters, catalogue = request.parameters, read_catalogue(*_list_own(request))
    old = _open_earlier(request, path)
    new = make_edition(request.data.name, data, metrics.read(), parameters)
    comparison = compare_editions(old, new, catalogue)
    cut_off, chapters = find_cut_off(old.share.table("source")["date"]), {}
    for lang in parameters.languages:
        naming = name_subjects(comparison, get_locale(lang), catalogue)
        kept = _keep_places(comparison, naming, parameters)
        chapters[lang] = write_chapter(kept, naming, cut_off, f"data/{CHANGES}")
    return chapters


def _open_earlier(request: BuildRequest, path: Path) -> Edition:
    """Return the earlier edition as this one may tell of it.

    Rows of an internal edition are no rows of a public one: they are computed anew, by its rules.
    """
    parameters, store = request.parameters, _store_of(request)
    if is_output(path):
        edition = open_output(path)
        if not edition.is_internal or parameters.settings.publish == INTERNAL:
            return edition
        store = (path / STORE).resolve()
    data = open_data(store)
    return make_edition(path.name, data, _find_rows(request, data, read_info(store).country), parameters)


def _find_rows(request: BuildRequest, data: DataSet, digest: str) -> pd.DataFrame:
    """Return the metric rows of an earlier data set, computed anew only where something has changed."""
    own, cache, parameters = _list_own(request), request.out / "cache", request.parameters
    places = repr((parameters.zones, parameters.regions))
    path, note = cache / f"{_FOLDER}.parquet", cache / f"{_FOLDER}.txt"
    key = join_key([digest, places, *describe_rows(parameters, own)])
    if is_known(path, note, key) and not request.force:
        return pd.read_parquet(path)
    frame = compute_all_rows(data, parameters, own)
    write_metric_rows(frame, path)
    put_file(note, key)
    return frame


def _keep_places(comparison: Comparison, naming: Naming, parameters: Parameters) -> Comparison:
    """Return what changed in the zones and regions that the report is about, where it is not about all."""
    wanted = {(ZONE, one) for one in parameters.zones} | {(REGION, one) for one in parameters.regions}
    if not wanted:
        return comparison
    is_kept = map_scopes(comparison.changes, naming.group).map(lambda group: group in wanted).astype(bool)
    return replace(comparison, changes=comparison.changes[is_kept].reset_index(drop=True))
