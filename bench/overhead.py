"""What a page costs beyond the work of its cells."""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import median
from typing import Any

import forked_kernel
from meter import Cost

from zonebook.run.execute import FORK_ENGINE, PageJob, run_page
from zonebook.run.executor import ForkExecutor
from zonebook.run.kernel import PageKernel


def read_meters() -> Cost:
    """Return the clock, and the processor's time of this process and of the children it has waited for."""
    times = os.times()
    return Cost(time.perf_counter(), times.user + times.system + times.children_user + times.children_system)


def run_timed(job: PageJob, out: Path) -> tuple[Cost, float]:
    """Run a page in this process; return what its cells took, and the processor's time of the process."""
    begun, cells, execute = time.process_time(), [], PageKernel.do_execute

    async def execute_timed(kernel: PageKernel, code: str, *options: Any, **named: Any) -> Any:
        before = time.perf_counter(), time.process_time()
        reply = await execute(kernel, code, *options, **named)
        cells.append((time.perf_counter() - before[0], time.process_time() - before[1]))
        return reply

    PageKernel.do_execute = execute_timed
    run_page(job, out, FORK_ENGINE)
    own = Cost(sum(clock for clock, _ in cells), sum(processor for _, processor in cells))
    return own, time.process_time() - begun


def run_alternative_timed(job: PageJob, out: Path) -> float:
    """Run a page in a real kernel forked from this process; return the processor's time of both."""
    before = read_meters()
    forked_kernel.run_job(job, out)
    return read_meters().less(before).processor


def measure_overhead(jobs: list[PageJob], out: Path) -> dict[str, Cost]:
    """Return the median cost of a page's own work, and of what it costs beyond that in either way of running it.

    By the clock it is counted from being asked for to being there; of the processor, what both sides use, save for
    the fork itself.
    """
    found: dict[str, list[Cost]] = {"own work of a page": [], "zonebook beyond it": [], "forked kernel beyond it": []}
    with ForkExecutor(1, timeout=120, memory=2048) as executor:
        executor.submit(os.getpid).result()
        for job in jobs:
            before = read_meters()
            own, inside = executor.submit(run_timed, job, out).result()
            taken = read_meters().less(before)
            found["own work of a page"].append(own)
            found["zonebook beyond it"].append(Cost(taken.clock, taken.processor + inside).less(own))
            before = read_meters()
            inside = executor.submit(run_alternative_timed, job, out).result()
            taken = read_meters().less(before)
            found["forked kernel beyond it"].append(Cost(taken.clock, taken.processor + inside).less(own))
    return {
        name: Cost(median(cost.clock for cost in costs), median(cost.processor for cost in costs))
        for name, costs in found.items()
    }
