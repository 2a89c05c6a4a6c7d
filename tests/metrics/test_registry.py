import csv
import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from zonebook.errors import MetricError
from zonebook.metrics.registry import CATALOGUE, LEVELS, SCOPES, Catalogue, load_function, read_catalogue
from zonebook.tables.schema import TABLES

CATALOGUE_OF_THE_PROJECT = Path(__file__).parents[2] / ".." / "shared" / "metrics.csv"
# Metrics that public figures support; more may be there.
FIRST = {"L12", "R01", "R02", "R05", "X01", "X02", "X03", "X04", "X05", "X06", "X15", "X20", "S02"}
FIRST |= {"T01", "T02", "T03", "T04", "Q01", "Q02", "Q03", "Q06", "Q07"}
METRICS = list(CATALOGUE.values())
LETTERS = dict(zip(LEVELS, "LRXSCTQ", strict=True))

ENTRY = """
- id: Z01
  level: local
  tier: A
  core: false
  name: {en: Zones, ru: Зоны}
  meaning: {en: How many., ru: Сколько.}
  formula: n
  unit: count
  range: 0 and more
  undefined: {en: Never., ru: Никогда.}
  sources: [{text: own, checked: true}]
  tables: [zone]
  scopes: [zone]
  function: "metrics.own_metric:count_zones"
"""


def write(tmp_path, text):
    path = tmp_path / "catalogue.yml"
    path.write_text(text, encoding="utf-8")
    return Catalogue(path)


def test_every_metric_of_the_first_part_is_there():
    assert set(CATALOGUE) >= FIRST


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
class TestEntry:
    def test_texts_are_there_in_both_languages_and_are_not_the_same(self, metric):
        for texts in (metric.name, metric.meaning, metric.undefined, *metric.series.values()):
            assert texts["en"].strip()
            assert texts["ru"].strip()
            assert texts["en"] != texts["ru"]
            assert any("а" <= letter <= "я" for letter in texts["ru"].lower())

    def test_meaning_and_undefined_cases_are_sentences(self, metric):
        for texts in (metric.meaning, metric.undefined):
            assert all(text.endswith(".") for text in texts.values())

    def test_sources_units_and_formulas_are_given(self, metric):
        assert metric.sources
        assert all(citation.text for citation in metric.sources)
        assert metric.formula
        assert metric.unit
        assert metric.range

    def test_level_scopes_and_tables_are_known(self, metric):
        assert metric.level in LEVELS
        assert set(metric.scopes) <= set(SCOPES)
        assert set(metric.tables) <= set(TABLES)

    def test_functions_can_be_imported(self, metric):
        assert callable(metric.load_function())
        for reference in metric.formulas:
            assert callable(load_function(reference))

    def test_formulas_have_a_formula_a_source_and_an_example(self, metric):
        for reference in metric.formulas:
            text = load_function(reference).__doc__
            assert "Formula:" in text
            assert doctest.DocTestParser().get_examples(text), reference
            assert "References\n" in text, reference

    def test_name_level_and_core_agree_with_the_projects_catalogue(self, metric):
        if not CATALOGUE_OF_THE_PROJECT.exists():
            pytest.skip("the project's catalogue is not beside this checkout")
        with CATALOGUE_OF_THE_PROJECT.open(encoding="utf-8", newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["metric_id"] == metric.id)
        assert metric.core is (row["core"] == "core")
        assert LETTERS[metric.level] == row["level"]
        for lang in ("en", "ru"):
            words = set(metric.name[lang].lower().replace("(", " ").replace(",", " ").split())
            assert (
                words & set(row[f"name_{lang}"].lower().replace("(", " ").replace(",", " ").split())
                or metric.id == "Q03"
            )


def test_importing_the_registry_reads_no_file_and_loads_no_formula():
    code = "import sys, zonebook.metrics.registry as registry\n"
    code += "print('_metrics' in vars(registry.CATALOGUE), 'zonebook.metrics.trade' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_metrics_are_found_by_scope():
    assert {metric.id for metric in CATALOGUE.of_scope("zone")} >= FIRST
    assert "T01" not in {metric.id for metric in CATALOGUE.of_scope("region")}


def test_a_data_set_may_bring_metrics_of_its_own(tmp_path):
    own = write(tmp_path, ENTRY)
    both = Catalogue(*CATALOGUE.files, *own.files)
    assert set(both) == {*CATALOGUE, "Z01"}
    assert [one.is_shipped for one in (both, own, CATALOGUE, Catalogue(*CATALOGUE.files))] == [False, False, True, True]
    assert both["Z01"].load_function().__name__ == "count_zones"


def test_metrics_stand_by_level_and_id_whatever_the_order_of_files(tmp_path):
    own = write(tmp_path, ENTRY)
    keys = [(LEVELS.index(metric.level), metric.id) for metric in Catalogue(*own.files, *CATALOGUE.files).values()]
    assert keys == sorted(keys)


PYTHON = """
def count_zones(zone):
    return len(zone)

TEXTS = {"en": "Zones.", "ru": "Зоны."}
METRICS = [dict(id="Z01", level="local", tier="A", core=False, name=TEXTS, meaning=TEXTS, formula="n", unit="count",
    range="0 and more", undefined=TEXTS, sources=[dict(text="own", checked=True)], tables=["zone"], scopes=["zone"],
    function=count_zones)]
"""


def test_a_python_file_may_bring_metrics_with_their_functions(tmp_path):
    path = tmp_path / "own.py"
    path.write_text(PYTHON, encoding="utf-8")
    metric = read_catalogue(path)["Z01"]
    assert metric.load_function()([1, 2]) == 2
    assert metric.place == "count_zones"
    assert read_catalogue(path) is read_catalogue(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nothing_like_that", "cannot be read: No module named"),
        ("METRICS = [", "cannot be read"),
        ("x = 1", "has no list METRICS"),
        ("METRICS = 7", "has no list METRICS"),
        ("METRICS = [dict(id='Z01')]", "missing"),
    ],
)
def test_a_faulty_file_of_own_metrics_is_refused_with_its_name(tmp_path, text, message):
    path = tmp_path / "own.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MetricError, match=message) as caught:
        len(Catalogue(path))
    assert "own.py" in str(caught.value)


def test_an_installed_package_may_bring_metrics(monkeypatch, tmp_path):
    folder = tmp_path / "zonebook_more-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: zonebook-more\nVersion: 1.0\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[zonebook.metrics]\nmore = zonebook_more:METRICS\n", encoding="utf-8")
    (tmp_path / "zonebook_more.py").write_text(PYTHON.replace("Z01", "Z02"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert CATALOGUE.is_shipped
    more = Catalogue(*CATALOGUE.files, with_entry_points=True)
    assert "Z02" in more
    assert not more.is_shipped
    assert "Z02" not in Catalogue(*CATALOGUE.files)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  unit: count\n", "", "missing \\['unit'\\]"),
        ("  unit: count\n", "  unit: count\n  colour: red\n", "unknown \\['colour'\\]"),
        ("name: {en: Zones, ru: Зоны}", "name: {en: Zones}", "'name' must be given in en and ru"),
        ("scopes: [zone]", "scopes: [planet]", "level or scopes"),
        ("level: local", "level: global", "level or scopes"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_place(tmp_path, old, new, message):
    catalogue = write(tmp_path, ENTRY.replace(old, new))
    with pytest.raises(MetricError, match=message) as caught:
        catalogue["Z01"]
    assert caught.value.place == "catalogue.yml, metric 'Z01'"


def test_a_metric_declared_twice_is_refused(tmp_path):
    with pytest.raises(MetricError, match="declared twice"):
        len(write(tmp_path, ENTRY + ENTRY))


@pytest.mark.parametrize(
    "reference", ["trade", ":name", "trade:", "trade:no_such", "no_such:name", "no.such:name", "trade:BLOCS"]
)
def test_a_reference_that_leads_nowhere_is_refused(reference):
    with pytest.raises(MetricError):
        load_function(reference)


def test_modules_of_this_package_need_no_path():
    assert load_function("trade:growth_rate") is importlib.import_module("zonebook.metrics.trade").growth_rate
