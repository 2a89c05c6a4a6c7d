"""The description of the downloads for programs: a Frictionless data package, derived from the schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zonebook.book.wording import pick_text
from zonebook.metrics.result import RESULT_COLUMNS, Evidence, Status
from zonebook.page.locale import Locale, get_locale
from zonebook.tables.schema import TABLES, Column, Table

_TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "string"}
_METRIC_TYPES = {"year": "year", "n_units": "integer", "value": "number", "lower": "number", "upper": "number"}


def make_datapackage(
    present: Sequence[str], lang: str, *, withheld: Mapping[str, int] | None = None, edition: str = ""
) -> dict[str, Any]:
    """Return the data package of the tables a data set brings and of the metric rows.

    Parameters
    ----------
    present
        Names of the tables there are.
    lang
        Language of titles and descriptions.
    withheld
        Rows that are not published, by table.
    edition
        What an internal edition says of itself: its files have a last column with it.
    """
    locale = get_locale(lang)
    resources = [_describe_table(TABLES[name], present, locale) for name in present]
    for resource in resources:
        rows = (withheld or {}).get(resource["name"], 0)
        resource.update({"note": _say_withheld(locale, rows), "rowsWithheld": rows} if rows else {})
    resources.append(_describe_metrics(locale.text("Metric rows")))
    for resource in resources if edition else ():
        resource["schema"]["fields"].append({"name": "edition", "type": "string", "description": edition})
    return {
        "profile": "tabular-data-package",
        "name": "zonebook",
        "title": locale.text("Tables and metric rows of the report"),
        **({"edition": edition} if edition else {}),
        "resources": resources,
    }


def _say_withheld(locale: Locale, rows: int) -> str:
    """Return why rows of a table are not in its file."""
    return locale.plural(
        "{n} row that would tell of a single firm and is not public already is left out.",
        "{n} rows that would tell of single firms and are not public already are left out.",
        rows,
    )


def write_datapackage(package: Mapping[str, Any]) -> str:
    """Return the text of ``datapackage.json``."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _describe_table(table: Table, present: Iterable[str], locale: Locale) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_describe_column(column, locale) for column in table.columns.values()],
        "missingValues": [""],
    }
    if table.identity:
        schema["primaryKey"] = list(table.identity)
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": column.references[0], "fields": TABLES[column.references[0]].key[0]},
        }
        for column in table.columns.values()
        if _is_foreign_key(column, present)
    ]
    if keys:
        schema["foreignKeys"] = keys
    return _resource(table.name, pick_text(table.heading, locale), pick_text(table.help, locale), schema)


def _is_foreign_key(column: Column, present: Iterable[str]) -> bool:
    """Whether a column names rows of exactly one table, one value a cell, as a data package can say it."""
    if len(column.references) != 1 or column.is_list:
        return False
    referred = column.references[0]
    return referred in present and len(TABLES[referred].identity) == 1


def _describe_column(column: Column, locale: Locale) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": pick_text(column.heading, locale),
        "description": pick_text(column.help, locale),
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    for name, bound in (("minimum", column.minimum), ("maximum", column.maximum)):
        if bound is not None:
            constraints[name] = bound
    if constraints:
        field["constraints"] = constraints
    return field


def _describe_metrics(title: str) -> dict[str, Any]:
    enums = {"status": [str(one) for one in Status], "evidence": [str(one) for one in Evidence]}
    fields = []
    for name in RESULT_COLUMNS:
        field: dict[str, Any] = {"name": name, "type": _METRIC_TYPES.get(name, "string")}
        if name in enums:
            field["constraints"] = {"required": True, "enum": enums[name]}
        fields.append(field)
    return _resource("metrics", title, "", {"fields": fields, "missingValues": [""]})


def _resource(name: str, title: str, description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    resource = {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
    return resource | ({"description": description} if description else {})
