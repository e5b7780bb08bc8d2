"""Finding the project that a message speaks of, against jieba cutting the same message.

Among 100,000 names; how many are found stands beside, since what is not found costs nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from handlers.reading.language import words
from handlers.reading.language.normalise import normalise
from handlers.reading.naming.projects import ProjectIndex
from tests.accuracy.many_names import WAYS, ask, build_index, count_found, invent
from tests.bench.measure import compare, measure

AMONG = 100_000
STARTING = 10_000
ASKED = 500
# How many times what jieba takes to cut the message finding may cost at most.
MOST = {"abbreviated": 10.0, "with a wrong character": 10.0, "with a missing character": 10.0}
RECALL = 0.97


def run() -> Iterator[str]:
    """The lines about finding names; raises AssertionError where a goal is missed."""
    cutter = words.load()
    index = build_index(AMONG)
    for way in WAYS:
        # Read once before: simplified and of one width, as both of them get it.
        texts = [normalise(text).plain for text, _ in ask(way, AMONG, ASKED)]
        recall = count_found(index, way, AMONG, ASKED) / ASKED
        medians = measure(
            {
                "ours": partial(_each, texts, index.find),
                "theirs": partial(_each, texts, cutter.lcut),
            }
        )
        ours, theirs = medians["ours"] / ASKED, medians["theirs"] / ASKED
        title = f"finding a project {way} among {AMONG:,}, {recall:.1%} found"
        yield compare(title, ours, "jieba cutting the message", theirs)
        if recall < RECALL or ours > theirs * MOST.get(way, 1.0):
            raise AssertionError(f"the goal is missed: {title}")
    yield _measure_alike(cutter.lcut)
    yield _measure_start()
    yield _measure_adding(index)


def _each(texts: Sequence[str], work: Callable[[str], object]) -> None:
    for text in texts:
        work(text)


def _measure_alike(cut: Callable[[str], object]) -> str:
    """Names that differ in a number only: all but one of them are wrong, and nearly right."""
    index = ProjectIndex((f"演练{number}号食品产业园" for number in range(1000, 1300)), ())
    texts = [f"演练{number}号食品产业园的环评什么时候到期" for number in range(1000, 1300)]
    if any(len(each.names) != 1 for text in texts for each in index.find(text)):
        raise AssertionError("another project than the one named was found")
    medians = measure(
        {"ours": partial(_each, texts, index.find), "theirs": partial(_each, texts, cut)}
    )
    ours, theirs = (medians[who] / len(texts) for who in ("ours", "theirs"))
    title = f"finding one of {len(texts)} projects of nearly one name"
    return compare(title, ours, "jieba cutting the message", theirs)


def _measure_start() -> str:
    medians = measure(
        {"ours": partial(build_index, STARTING), "theirs": words.read_dictionary}, rounds=3
    )
    title = f"indexing {STARTING:,} names at the start"
    return compare(title, medians["ours"], "jieba loading its dictionary", medians["theirs"])


def _measure_adding(index: ProjectIndex) -> str:
    """Adding one name to a large index, against building the index of all."""
    new = (f"演练第{number}家{one.name}" for number in range(10**9) for one in invent(AMONG))
    medians = measure(
        {"ours": lambda: index.add(next(new)), "theirs": partial(build_index, AMONG)}, rounds=3
    )
    title = f"adding a name to {AMONG:,}"
    return compare(title, medians["ours"], "indexing them all", medians["theirs"])
