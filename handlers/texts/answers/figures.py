"""Figures in words: the board, rates, rankings, the score. A figure always names its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from babel.numbers import format_percent

from handlers.texts.answers.facts import Overview, TaskFacts
from handlers.texts.answers.projects import overview_line, stage_name
from handlers.texts.answers.tasks import full_row
from handlers.texts.post import Line, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import EASY, LATE, SOON, STOPPED
from policy.life import State
from store.queries.statistics import CountyCount, DepartmentScore

MOST_ROWS = 10

_METRICS = {
    "开工率": sentence("rate of starts"),
    "落地率": sentence("rate of landings"),
    "投资完成率": sentence("rate of investment"),
    "按时办结率": sentence("rate of finishing on time"),
    "逾期数": sentence("overdue tasks"),
}
_LACKING = {
    "落地率": sentence("{metric}: landings are not in the ledger yet, so it cannot be counted."),
    "投资完成率": sentence(
        "{metric}: monthly investment is not in the ledger yet, so it cannot be counted."
    ),
}
_UNCOUNTED = sentence("{metric} cannot be counted from the ledger.")
_ROWS = {
    "开工率": sentence("{rank}. {name} {rate} ({part} started of {whole} signed)"),
    "按时办结率": sentence("{rank}. {name} {rate} ({part} on time of {whole} finished)"),
    "逾期数": sentence("{rank}. {name} {part} overdue ({whole} open)"),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place in a ranking: the figure, and the two numbers that it comes from."""

    name: str
    value: Fraction
    part: int
    whole: int


def percent(speech: Speech, part: int, whole: int) -> str:
    """42.9%"""
    return format_percent(part / whole, "#,##0.#%", locale=speech.locale)


def board_counts(
    speech: Speech, found: Sequence[TaskFacts], stages: Mapping[str, int]
) -> list[Line]:
    """The day, the tasks by colour, the projects by stage."""
    theirs = [facts for facts in found if not facts.task.by_office]
    late, soon = sum(f.late for f in theirs), sum(f.soon for f in theirs)
    stopped = sum(f.task.state is State.PAUSED for f in found)
    at_office = sum(f.late for f in found if f.task.by_office)
    lines = [
        Line(speech.say("Board · {day}", day=speech.day(speech.today)), Style.TITLE),
        Line(
            speech.say(
                "Open {n}: {red} overdue {late} · {amber} due soon {soon} · {green} on time {easy}"
                " · {still} stopped {stopped}",
                n=len(found),
                red=LATE,
                late=late,
                amber=SOON,
                soon=soon,
                green=EASY,
                easy=len(found) - late - soon - stopped - at_office,
                still=STOPPED,
                stopped=stopped,
            )
        ),
    ]
    if at_office:
        lines.append(Line(speech.say("🔴 beyond the limit at the office {count}", count=at_office)))
    if stages:
        parts = [
            speech.say("{stage} {count}", stage=stage_name(speech, stage), count=count)
            for stage, count in stages.items()
        ]
        said = speech.say(
            "Projects {n}: {stages}", n=sum(stages.values()), stages=" · ".join(parts)
        )
        lines.append(Line(said))
    return lines


def boarded_lines(speech: Speech, shown: Sequence[TaskFacts], count: int) -> list[Line]:
    """What is on the board (挂牌, Z8)."""
    if not count:
        return []
    lines = [Line(speech.say("On the board {count}", count=count), Style.HEADING)]
    return lines + [full_row(speech, facts) for facts in shown] + _more(speech, count - len(shown))


def board_projects(speech: Speech, shown: Sequence[Overview], count: int) -> list[Line]:
    """The projects, the one with the most urgent task first."""
    if not count:
        return [Line(speech.say("There is no project in the ledger yet."))]
    lines = [Line(speech.say("Projects"), Style.HEADING)]
    lines += [overview_line(speech, each) for each in shown]
    return lines + _more(speech, count - len(shown))


def rates(speech: Speech, found: Sequence[CountyCount]) -> list[Line]:
    """泌阳县 开工率 40%(签约 5 个,开工 2 个)"""
    if not found:
        return [Line(speech.say("No signed project is in the ledger yet."))]
    shown = found[:MOST_ROWS]
    return [Line(_rate(speech, each)) for each in shown] + _more(speech, len(found) - len(shown))


def nothing_started(speech: Speech, counts: Iterable[CountyCount]) -> list[Line]:
    """A rate of 0 may only mean that nobody has told the ledger."""
    known = list(counts)
    if not known or any(each.started for each in known):
        return []
    said = speech.say("The ledger has no start of construction yet; the rate follows when it has.")
    return [Line(said, Style.DETAIL)]


def not_counted(speech: Speech, metrics: Sequence[str]) -> list[Line]:
    """Which figures the ledger cannot give, and why."""
    return [
        Line(
            speech.say(
                _LACKING.get(metric, _UNCOUNTED),
                metric=metric_name(speech, metric),
            )
        )
        for metric in metrics
    ]


def ranking(
    speech: Speech,
    metric: str,
    rows: Sequence[Ranked],
    unranked: Sequence[str] = (),
    *,
    ascending: bool,
) -> list[Line]:
    """The places in order; who has the same figure shares a place. `unranked` have none yet."""
    name = metric_name(speech, metric)
    if not rows:
        return [Line(speech.say("{metric}: nothing to count yet.", metric=name))]
    wording = (
        sentence("{metric}, the lowest first · {day}")
        if ascending
        else sentence("{metric}, the highest first · {day}")
    )
    title = speech.say(wording, metric=name, day=speech.day(speech.today))
    lines = [Line(title, Style.TITLE)]
    rank = 0
    for place, row in enumerate(rows[:MOST_ROWS], start=1):
        rank = rank if place > 1 and row.value == rows[place - 2].value else place
        lines.append(Line(_ranked(speech, metric, rank, row)))
    lines += _more(speech, len(rows) - MOST_ROWS)
    if unranked:
        lines.append(Line(speech.say("None finished yet: {names}", names=speech.join(unranked))))
    return lines


def score_lines(speech: Speech, rows: Sequence[tuple[str, DepartmentScore]]) -> list[Line]:
    """算账: one line a department, and what the words mean."""
    if not rows:
        return [Line(speech.say("No task has been dispatched yet, so there is nothing to score."))]
    title = speech.say("Score · up to {day}", day=speech.day(speech.today))
    lines = [Line(title, Style.TITLE), *(Line(_score(speech, *row)) for row in rows)]
    note = speech.say(
        "On time: handed in by the limit, and checked. Days on which the clock stood still do not"
        " count. The speed of replies is not scored."
    )
    return [*lines, Line(note, Style.DETAIL)]


def metric_name(speech: Speech, metric: str) -> str:
    """A figure's name."""
    return speech.say(_METRICS[metric]) if metric in _METRICS else metric


def _rate(speech: Speech, each: CountyCount) -> str:
    if not each.signed:
        return speech.say("{county}: no signed project in the ledger yet", county=each.county)
    return speech.say(
        "{county}: rate of starts {rate} ({started} started of {signed} signed)",
        county=each.county,
        rate=percent(speech, each.started, each.signed),
        started=each.started,
        signed=each.signed,
    )


def _ranked(speech: Speech, metric: str, rank: int, row: Ranked) -> str:
    rate = percent(speech, row.part, row.whole) if metric != "逾期数" else ""
    return speech.say(
        _ROWS[metric], rank=rank, name=row.name, rate=rate, part=row.part, whole=row.whole
    )


def _score(speech: Speech, department: str, score: DepartmentScore) -> str:
    values = {
        "mark": LATE if score.late else EASY,
        "department": department,
        "open": score.open,
        "late": score.late,
    }
    if not score.finished:
        return speech.say(
            "{mark} {department}: none finished yet; open {open}, overdue {late}", **values
        )
    return speech.say(
        "{mark} {department}: finished {finished}, on time {on_time} ({rate}), late {behind};"
        " open {open}, overdue {late}",
        finished=score.finished,
        on_time=score.on_time,
        rate=percent(speech, score.on_time, score.finished),
        behind=score.behind,
        **values,
    )


def _more(speech: Speech, count: int) -> list[Line]:
    return [Line(speech.say_many("{n} more", "{n} more", count))] if count > 0 else []
