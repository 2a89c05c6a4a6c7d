"""What a public edition must not give away, searched for in every byte of it; and the mark of an internal one."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader

from secret_data import CLUSTERS, CONFIDENTIAL_FIRM, PUBLIC_FIRM, ZONE, list_secrets, write_secret_data_set
from zonebook.metrics.compute import compute_metrics
from zonebook.metrics.flow_year import FlowYear
from zonebook.metrics.flows import read_flow_years
from zonebook.metrics.hidden_parts import gather_amounts, is_disclosing
from zonebook.metrics.scope import Scope
from zonebook.metrics.suppression import audit_suppression, build_table
from zonebook.parameters import override, read_parameters
from zonebook.pipeline import build_report
from zonebook.request import BuildRequest
from zonebook.settings import MetricSettings
from zonebook.tables.publication import count_withheld, list_deciding, mask_share, publish_share
from zonebook.tables.share import DataSet, Share
from zonebook.tables.store import open_data

ROOT = Path(__file__).parents[1]
MARKS = {"ru": "Для служебного пользования", "en": "Internal: for official use only"}
# Fonts and the theme's own files are the same whatever the data.
_FOREIGN = (".woff2", ".woff", ".ttf", ".png", ".map")


@dataclass(frozen=True)
class Edition:
    """A built report."""

    out: Path

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every published file with its name and all the text in it, packed files unpacked."""
        for path in sorted([*(self.out / "html").rglob("*"), *(self.out / "notebooks").rglob("*")]):
            if path.is_file() and path.suffix not in _FOREIGN:
                name = path.relative_to(self.out).as_posix()
                yield name, f"{name}\n{_read_text(path)}"
        for path in sorted((self.out / "pdf").rglob("*.pdf")):
            yield path.relative_to(self.out).as_posix(), _read_pdf(path)
        yield "metrics.parquet", _read_text(self.out / "metrics.parquet")

    def pages(self, lang: str) -> list[str]:
        """Return the HTML of every page of a language."""
        return [path.read_text(encoding="utf-8") for path in sorted((self.out / "html" / lang).rglob("*.html"))]


def _read_text(path: Path) -> str:
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
    return path.read_text(encoding="utf-8", errors="replace")


def _read_pdf(path: Path) -> str:
    """Return all that a PDF says: text of its pages, what it says of its drawings, its title and its description."""
    reader = PdfReader(path)
    objects = (reader.get_object(number) for number in range(1, int(reader.trailer["/Size"])))
    said = [str(one["/Alt"]) for one in objects if isinstance(one, dict) and "/Alt" in one]
    return "\n".join([*(page.extract_text() for page in reader.pages), *said, str(reader.metadata)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_secret_data_set(tmp_path_factory.mktemp("secret") / "data")


@pytest.fixture(scope="module")
def data(folder: Path) -> DataSet:
    return open_data(folder)


@pytest.fixture(scope="module")
def share(data: DataSet) -> Share:
    return data.zone(ZONE)


def _build(folder: Path, out: Path, **changes: Any) -> Edition:
    parameters = override(read_parameters(ROOT / "parameters.yml"), {"zones": [ZONE], **changes})
    report = build_report(BuildRequest(folder, out, ROOT, parameters, workers=2))
    assert report.failures == ()
    return Edition(out)


@pytest.fixture(scope="module")
def public(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return _build(folder, tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def internal(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return _build(folder, tmp_path_factory.mktemp("internal"), publish="internal", languages=["ru"])


def test_no_byte_of_a_public_edition_holds_a_planted_secret(public: Edition) -> None:
    secrets = list_secrets()
    found = {name: hits for name, text in public.texts() if (hits := [one for one in secrets if one in text])}
    assert found == {}


def test_what_is_for_the_builder_alone_is_not_among_what_is_published(public: Edition) -> None:
    names = {path.relative_to(public.out / "html").as_posix() for path in (public.out / "html").rglob("*")}
    assert not {name for name in names if name.endswith(("manifest.json", "check.json", "own_metrics"))}
    assert (public.out / "manifest.json").is_file()
    assert not (public.out / "html" / "store").exists()


def test_a_public_edition_still_says_what_is_public(public: Edition) -> None:
    downloads = public.out / "html" / "en" / "data"
    assert PUBLIC_FIRM in (downloads / "party.csv").read_text(encoding="utf-8")
    assert PUBLIC_FIRM in (public.out / "html" / "ru" / "zones" / f"{ZONE}.html").read_text(encoding="utf-8")
    assert not any(mark in page for lang, mark in MARKS.items() for page in public.pages(lang))


def test_the_package_says_how_many_rows_are_left_out(public: Edition) -> None:
    package = json.loads((public.out / "html" / "en" / "data" / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    firms = sum(CLUSTERS.values())
    assert resources["party"]["rowsWithheld"] == firms + 1  # the confidential one
    assert resources["party_year"]["note"].startswith(f"{2 * firms} rows")
    assert "rowsWithheld" not in resources["zone_year"]


def test_every_page_file_and_notebook_of_an_internal_edition_is_marked(internal: Edition) -> None:
    unmarked = [
        name
        for name, text in internal.texts()
        if name.endswith((".html", ".csv", ".ipynb", ".xlsx")) and name != "html/index.html" and MARKS["ru"] not in text
    ]
    assert [name for name in unmarked if len(_read_lines(internal.out / name)) > 1] == []
    assert internal.pages("ru")


def _read_lines(path: Path) -> list[bytes]:
    """Return the lines of a file: a table without rows has its heading alone, and no cell for a mark."""
    return path.read_bytes().splitlines() if path.suffix == ".csv" else [b"", b""]


def test_an_internal_edition_names_everybody(internal: Edition) -> None:
    assert CONFIDENTIAL_FIRM in (internal.out / "html" / "ru" / "data" / "party.csv").read_text(encoding="utf-8")


def test_places_of_two_firms_and_of_one_holding_are_not_told_of(share: Share) -> None:
    rows = [row for row in compute_metrics(share, 2025) if row.scope_type == "cluster" and row.value is not None]
    assert {row.scope_id for row in rows} <= {"dominated", "open"}
    opened = compute_metrics(share, 2025, settings=MetricSettings(publish="internal"))
    assert {row.scope_id for row in opened if row.scope_type == "cluster" and row.value is not None} >= set(CLUSTERS)


def test_counts_of_one_or_two_firms_are_in_no_row(share: Share) -> None:
    rows = [row for row in compute_metrics(share, 2025) if row.evidence != "reported" and row.year in (2023, 2024)]
    told = {row.metric_id: row.value for row in rows if row.scope_type == "zone" and row.value is not None}
    stages = ("research", "pilot", "serial", "service")
    for name in stages:  # one firm each
        assert f"L10.chain.{name}" not in told
        assert f"L10.chain.{name}.linked" not in told
    assert not [name for name in told if name.startswith("L07.stage")]
    firms = ("L10.", "S01.combination.", "X11.")
    few = {name for name, value in told.items() if name.startswith(firms) and 0 < value < 3 and "linked" not in name}
    assert few == {"L10.chain", "L10.linked"} & few  # shares of stages, not numbers of firms


def test_a_single_exporter_and_a_giant_are_hidden_in_both_years(share: Share) -> None:
    rows = [row for row in compute_metrics(share, 2025) if row.scope_type == "zone" and row.evidence != "reported"]
    for row in rows:
        if row.base_id in ("X06", "X07", "X08", "X11", "X15", "X21") and row.year in (2023, 2024):
            assert (row.status, row.value) == ("suppressed", None), row.metric_id


def test_no_hidden_country_follows_from_the_total_by_bounds(share: Share) -> None:
    # Without the giant the total may be shown: then the single exporter must be safe in it.
    flows = share.table("export_flow")
    kept = flows[~((flows["country_iso3"] == "CHN") & (flows["value_rub"] > 1e9))]
    kept = kept.assign(value_rub=kept["value_rub"].where(kept["country_iso3"] != "UZB", 20_000_000.0))
    scope = Scope(Share("zone", ZONE, {**share.tables, "export_flow": kept}, share.present, ""), 2025)
    years = read_flow_years(scope)
    assert [flow.year for flow in years] == [2023, 2024]
    patterns = {_audit(flow, scope) for flow in years}
    assert len(patterns) == 1  # the same cells in both years: one cannot be had from the other


def _audit(flow: FlowYear, scope: Scope) -> frozenset[str]:
    """Return the hidden countries of a year, after checking by linear programs that none follows from what is shown."""
    hidden = flow.countries.labels
    assert "UZB" in hidden
    assert not flow.is_disclosing
    parts = gather_amounts(flow.cells.country, flow.cells.respondent, flow.amounts)
    sums = [sum(behind.values()) for behind in parts.values()]
    family = build_table([[*sums, sum(sums)]], [[*(label in hidden for label in parts), False]])
    audit = audit_suppression(family, family.primary)
    primary = [place for place, behind in enumerate(parts.values()) if is_disclosing(behind, scope.rule)]
    assert not audit.loc[primary, "is_exposed"].any()
    return hidden


def test_what_is_masked_can_be_counted_but_not_read(share: Share) -> None:
    masked, settings = mask_share(share, MetricSettings()), MetricSettings()
    assert len(masked.table("party")) == len(share.table("party"))
    assert len(masked.table("tie")) == len(share.table("tie"))
    text = masked.table("party").to_csv() + masked.table("tie").to_csv()
    assert [one for one in list_secrets() if one in text] == []
    assert (
        masked.table("tie")["value_rub"].notna().sum()
        == share.table("tie")["source_id"].eq("example-press").sum()
        - (share.table("tie")["value_rub"].isna() & share.table("tie")["source_id"].eq("example-press")).sum()
    )
    published = publish_share(share, settings)
    assert count_withheld(share, published)["tie"] > 0
    assert publish_share(share, MetricSettings(publish="internal")) is share


def test_what_is_not_given_whole_is_decided_by_tables_that_are_known(share: Share) -> None:
    published = publish_share(share, MetricSettings())
    cut = {name for name in share.tables if not published.table(name).equals(share.table(name))}
    assert {"party", "tie"} <= cut
    assert cut <= {name for name in share.tables if list_deciding(name) != (name,)}
    assert list_deciding("zone") == ("zone",)


def test_a_firm_of_the_register_that_the_press_named_keeps_its_name_alone(share: Share) -> None:
    ties = share.table("tie").copy()
    ties.loc[ties["tie_id"] == "sekret-tie-1", "source_id"] = "example-press"
    named = publish_share(Share("zone", ZONE, {**share.tables, "tie": ties}, share.present, ""), MetricSettings())
    party = named.table("party").set_index("party_id").loc["sekret-01"]
    assert party["name"] == "ООО «СЕКРЕТ-01Ж»"
    assert party[["product", "site_id", "cluster_id", "industry", "source_id"]].isna().all()
