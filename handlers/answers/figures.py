"""The board, the counties' rates, rankings, and 算账 (Z7, Z12)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from handlers.reading.values import Intent, Slots
from handlers.texts.answers import figures as words
from handlers.texts.answers.figures import Ranked
from handlers.texts.post import Button, Line, Post
from policy.packs import Pack
from store.queries.statistics import (
    CountyCount,
    count_counties,
    count_stages,
    score_departments,
)

from .asking import Asking
from .paging import ask_button
from .projects import list_overviews
from .scope import Scope, list_open_facts

START_RATE, ON_TIME_RATE, LATE_COUNT = "开工率", "按时办结率", "逾期数"
"""The metrics, as the reader names them, that the ledger can count."""

MOST_BOARDED = 3
MOST_PROJECTS = 4


def answer_board(asking: Asking) -> Post:
    """看板: how many are red, amber and green, what is on the board, and the projects."""
    found = list_open_facts(asking, Scope())
    boarded = [facts for facts in found if facts.task.boarded_on is not None and facts.late]
    projects = list_overviews(asking)
    stages = count_stages(asking.view, asking.group)
    speech = asking.speech
    lines = words.board_counts(speech, found, stages)
    lines += words.boarded_lines(speech, boarded[:MOST_BOARDED], len(boarded))
    lines += words.board_projects(speech, projects[:MOST_PROJECTS], len(projects))
    return Post(
        tuple(lines),
        (
            (ask_button(asking, Intent.OVERDUE_ALL), ask_button(asking, Intent.DUE_WITHIN)),
            (score_button(asking), ask_button(asking, Intent.MY_TASKS)),
        ),
    )


def answer_rates(asking: Asking) -> Post:
    """The rates of the counties that the question names, or of all."""
    speech = asking.speech
    counts = {each.county: each for each in count_counties(asking.view, asking.group)}
    asked = _counties(asking.pack, asking.slots.counties) or list(counts)
    metrics = asking.slots.metrics or (START_RATE,)
    missing = [each for each in metrics if each != START_RATE]
    if START_RATE not in metrics:
        return Post(tuple(words.not_counted(speech, missing)))
    found = [counts.get(name, CountyCount(name, 0, 0)) for name in asked]
    lines = words.rates(speech, found) + words.nothing_started(speech, counts.values())
    return Post((*lines, *words.not_counted(speech, missing)))


def answer_ranking(asking: Asking) -> Post:
    """Counties or departments in order of a figure; without one, the departments' score."""
    slots = asking.slots
    metric = slots.metric or (START_RATE if slots.of == "counties" else None)
    if metric is None:
        return answer_score(asking)
    if metric not in (START_RATE, ON_TIME_RATE, LATE_COUNT):
        return Post(tuple(words.not_counted(asking.speech, [metric])))
    if (metric == START_RATE) != (slots.of != "departments"):
        return answer_score(asking) if slots.of == "departments" else _late_by_county(asking)
    if metric == START_RATE:
        counts = count_counties(asking.view, asking.group)
        note = words.nothing_started(asking.speech, counts)
        return Post((*_ranked(asking, metric, _start_rates(counts)), *note))
    return Post(tuple(_ranked(asking, metric, *_department_rows(asking, metric))))


def answer_score(asking: Asking) -> Post:
    """算账: what each department finished, on time and late, and what is late now."""
    only = {
        found.name for n in asking.slots.departments if (found := asking.pack.find_department(n))
    }
    scores = score_departments(asking.view, asking.group)
    shown = [score for score in scores if not only or score.department in only]
    shown.sort(key=lambda score: (-score.late, -score.behind, -score.finished))
    rows = [(asking.short(score.department), score) for score in shown]
    return Post(tuple(words.score_lines(asking.speech, rows)))


def score_button(asking: Asking) -> Button:
    """A button for the departments' score."""
    return ask_button(asking, Intent.RANKING, Slots(of="departments"))


def _start_rates(counts: Iterable[CountyCount]) -> list[Ranked]:
    return [
        Ranked(each.county, Fraction(each.started, each.signed), each.started, each.signed)
        for each in counts
        if each.signed
    ]


def _department_rows(asking: Asking, metric: str) -> tuple[list[Ranked], list[str]]:
    """The departments' figures, and who has none because nothing is finished yet."""
    scores = [(asking.short(s.department), s) for s in score_departments(asking.view, asking.group)]
    if metric == LATE_COUNT:
        return [Ranked(name, Fraction(s.late), s.late, s.open) for name, s in scores], []
    rated = [
        Ranked(name, Fraction(s.on_time, s.finished), s.on_time, s.finished)
        for name, s in scores
        if s.finished
    ]
    return rated, [name for name, s in scores if not s.finished]


def _late_by_county(asking: Asking) -> Post:
    """Counties by what is late in their projects; the departments' on-time rate is not theirs."""
    counts: dict[str, list[int]] = {}
    for facts in list_open_facts(asking, Scope()):
        count = counts.setdefault(facts.task.county, [0, 0])
        count[0] += facts.late and not facts.task.by_office
        count[1] += 1
    rows = [Ranked(name, Fraction(late), late, all_) for name, (late, all_) in counts.items()]
    return Post(tuple(_ranked(asking, LATE_COUNT, rows)))


def _ranked(
    asking: Asking, metric: str, rows: list[Ranked], unranked: Sequence[str] = ()
) -> list[Line]:
    slots = asking.slots
    ascending = slots.order == "asc"
    rows.sort(key=lambda row: row.value if ascending else -row.value)
    shown = _with_ties(rows, slots.n or words.MOST_ROWS)
    return words.ranking(asking.speech, metric, shown, unranked, ascending=ascending)


def _with_ties(rows: list[Ranked], n: int) -> list[Ranked]:
    """The first n, and who shares the last place among them."""
    if len(rows) <= n:
        return rows
    return [row for i, row in enumerate(rows) if i < n or row.value == rows[n - 1].value]


def _counties(pack: Pack, names: Iterable[str]) -> list[str]:
    return [found.name for name in names if (found := pack.find_county(name))]
