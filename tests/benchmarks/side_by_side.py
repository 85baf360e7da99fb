"""Measuring two things side by side in one run: CPU time, rounds interleaved, the best of each."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

Work = Callable[[], object]


def cpu_seconds(work: Work) -> float:
    """CPU seconds of this process for one call; other processes on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(ours: Work, theirs: Work, rounds: int = 15) -> float:
    """How many times the CPU time of `theirs` one call of `ours` takes: best of `rounds`, taken in turn."""
    ours(), theirs()
    gc.collect()
    gc.disable()
    try:
        pairs = [(cpu_seconds(ours), cpu_seconds(theirs)) for _ in range(rounds)]
    finally:
        gc.enable()
    return min(mine for mine, _ in pairs) / min(other for _, other in pairs)
