"""Measuring: every way takes its turn in every round, and the median round counts.

Times of one run say little about another machine; the ratio of two ways that took
turns on the same one says more. So every line is a ratio, with both medians beside it.
"""

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median

Way = Callable[[], object]

ROUNDS = 9
LEAST = 0.02  # seconds that a way is repeated for in a round, so that the timer does not count


def measure(ways: Mapping[str, Way], rounds: int = ROUNDS) -> dict[str, float]:
    """The median seconds that one call of each way takes."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    with _without_collections():
        repeats = {name: _count_repeats(way) for name, way in ways.items()}
        for _ in range(rounds):
            for name, way in ways.items():
                times[name].append(_time(way, repeats[name]))
    return {name: median(taken) for name, taken in times.items()}


def compare(title: str, ours: float, other: str, theirs: float) -> str:
    """One line: how many times as fast as the other we are, or which part of that; the medians."""
    ratio = theirs / ours
    told = f"{ratio:,.1f}×" if ratio >= 1 else f"1/{1 / ratio:,.1f}×"
    return f"{told:>10}  {title}: {show(ours)}; {other}: {show(theirs)}"


def show(seconds: float) -> str:
    """A duration in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def _count_repeats(way: Way) -> int:
    way()  # whatever is made once is not what is measured
    return max(1, round(LEAST / max(_time(way, 1), 1e-9)))


def _time(way: Way, repeats: int) -> float:
    began = time.perf_counter()
    for _ in range(repeats):
        way()
    return (time.perf_counter() - began) / repeats


@contextmanager
def _without_collections() -> Iterator[None]:
    """The garbage collector's pauses fall on whoever is running, so it does not run."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
