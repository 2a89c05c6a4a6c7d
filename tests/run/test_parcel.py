"""A page travels with all it reads and nothing else, and gives elsewhere what it gives here."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from small_data import write_small_data_set
from zonebook.parameters import Parameters, read_parameters
from zonebook.pipeline import make_job, prepare_data, run_scope_pages
from zonebook.recorded_rows import collect_rows
from zonebook.request import BuildRequest
from zonebook.rows import compute_flows
from zonebook.run.execute import PageFailure, PageJob, PageOutcome
from zonebook.run.executor import ForkExecutor
from zonebook.run.parcel import Answer, Packer, accept, run_parcel

ROOT = Path(__file__).parents[2]
_OWN = "METRICS = []\n"


@pytest.fixture(scope="module")
def executor() -> Iterator[ForkExecutor]:
    with ForkExecutor(workers=2, timeout=60) as executor:
        yield executor


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory, executor: ForkExecutor) -> BuildRequest:
    """A build of one zone's and the country's pages, as far as the metric rows."""
    folder = tmp_path_factory.mktemp("build")
    data = write_small_data_set(folder / "data")
    parameters = replace(read_parameters(ROOT / "parameters.yml"), zones=("example-north",), languages=("en",))
    request = BuildRequest(data, folder / "out", ROOT, parameters, workers=2)
    store, _ = prepare_data(request)
    flows = compute_flows(request, executor)
    pages = run_scope_pages(request, store, flows, executor)
    assert [page.failure for page in pages] == [None]
    collect_rows(request, store, pages, flows, executor)
    return request


def _job(request: BuildRequest, kind: str, one: str) -> PageJob:
    (found,) = [page for page in Parameters().pages if page.name == kind]
    target = f"zones/{one}" if kind == "zone" else kind
    return make_job(request, found, one, "en", target=target, digest="")


def _contents(packer: Packer) -> dict[str, bytes]:
    return {digest: path.read_bytes() for digest, path in packer.contents.items()}


@pytest.mark.parametrize(("kind", "one"), [("zone", "example-north"), ("overview", "overview")])
def test_a_page_run_elsewhere_gives_the_same_bytes(
    kind: str, one: str, request_: BuildRequest, executor: ForkExecutor, tmp_path: Path
) -> None:
    job = _job(request_, kind, one)
    here = executor.submit_page(job, request_.out, "fork").result()
    packer = Packer(request_.out)
    parcel = packer.pack(job, "fork")
    answer = run_parcel(parcel, _contents(packer), lambda *page: executor.submit_page(*page).result())
    outcome = accept(answer, job, tmp_path)
    assert here.notebook is not None
    assert outcome.notebook is not None
    assert outcome.notebook.read_bytes() == here.notebook.read_bytes()
    assert outcome.notebook.is_relative_to(tmp_path)
    assert replace(outcome, notebook=None, seconds=0.0) == replace(here, notebook=None, seconds=0.0)


def test_a_zones_page_travels_with_its_own_share_only(request_: BuildRequest) -> None:
    packer = Packer(request_.out)
    parcel = packer.pack(_job(request_, "zone", "example-north"), "fork")
    assert {name.rpartition("/")[0] for name in parcel.files} == {"store", "store/zones/0000"}
    assert "example-volga" not in parcel.files["store/store.json"].decode()
    assert "store/all/tie.parquet" not in parcel.shared
    assert {"store/all/bloc_membership.parquet", "template.ipynb"} <= set(parcel.shared)


def test_a_country_page_travels_with_every_table_and_the_rows(request_: BuildRequest) -> None:
    parcel = Packer(request_.out).pack(_job(request_, "overview", "overview"), "fork")
    assert parcel.files == {}
    assert {"store/store.json", "store/all/tie.parquet", "metrics.parquet"} <= set(parcel.shared)


def test_what_pages_share_has_one_digest_until_it_changes(request_: BuildRequest) -> None:
    own = request_.out / "own_metrics" / "own.py"
    own.parent.mkdir(exist_ok=True)
    own.write_text(_OWN)
    packer = Packer(request_.out)
    job = _job(request_, "zone", "example-north")
    job = replace(job, parameters={**job.parameters, "own_metrics": ["own_metrics/own.py"]})
    first, second = (packer.pack(job, "fork").shared["own_metrics/own.py"] for _ in range(2))
    own.write_text(_OWN + "# changed\n")
    assert first == second != packer.pack(job, "fork").shared["own_metrics/own.py"]


def test_nothing_is_left_behind_where_a_page_was_run(request_: BuildRequest) -> None:
    folders: list[Path] = []
    packer = Packer(request_.out)
    job = _job(request_, "zone", "example-north")

    def fail(job: PageJob, out: Path, engine: str) -> PageOutcome:
        folders.append(out)
        assert (out / "store" / "store.json").is_file()
        return PageOutcome(job, None, failure=PageFailure("1/0", engine))

    answer = run_parcel(packer.pack(job, "fork"), _contents(packer), fail)
    assert not folders[0].exists()
    assert accept(answer, job, request_.out).failure == PageFailure("1/0", "fork")
    assert isinstance(answer, Answer)
