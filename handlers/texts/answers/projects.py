"""A project in a few lines, who is responsible for what, and what waits for the office."""

from collections.abc import Sequence

from handlers.texts.amendments import project_name
from handlers.texts.answers.deadlines import not_dispatched_line, project_title, start_lines
from handlers.texts.answers.facts import Overview, ProjectFacts, TaskFacts
from handlers.texts.answers.tasks import LONGEST_NAME, limit_text, number_text, project_row
from handlers.texts.card import money_of
from handlers.texts.post import Line, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import EASY, LATE, SOON, clip
from policy.life import State
from store.queries.digest import Proposal
from store.queries.drafts import Draft
from store.queries.projects import Project

MOST_TASKS = 4
MOST_CHECKS = 10
MOST_WAITING = 5

_STAGES = {
    "reserve": sentence("in reserve"),
    "signed": sentence("signed"),
    "started": sentence("under construction"),
    "in_production": sentence("in production"),
    "on_target": sentence("on target"),
    "ended": sentence("ended"),
}


def stage_name(speech: Speech, stage: str) -> str:
    """储备、签约、开工 …"""
    return speech.say(_STAGES[stage]) if stage in _STAGES else stage


def status_lines(speech: Speech, facts: ProjectFacts, *, full: bool) -> list[Line]:
    """Where a project is: what is late, how many approvals are done, what is most urgent."""
    project = facts.card.project
    lines = [project_title(speech, project), *_late(speech, facts), Line(_signed(speech, project))]
    if facts.card.tasks:
        lines.append(Line(_approvals(speech, facts)))
    if full:
        lines += start_lines(speech, facts)
    if facts.undecided and project.dispatched_at is None:
        lines.append(not_dispatched_line(speech, project, facts.undecided))
    shown = facts.open[: MOST_TASKS if full else 1]
    lines += [project_row(speech, each) for each in shown]
    if full and len(facts.open) > MOST_TASKS:
        left = len(facts.open) - MOST_TASKS
        lines.append(Line(speech.say_many("{n} more", "{n} more", left)))
    return lines


def asked_status_lines(
    speech: Speech, facts: ProjectFacts, asked: Sequence[Line], takers: Sequence[str]
) -> list[Line]:
    """Where one item of a project is: `asked` says it, `takers` have taken it."""
    lines = [project_title(speech, facts.card.project), *asked]
    if takers:
        lines.append(Line(speech.say("Taken by {name}", name=speech.join(takers)), Style.DETAIL))
    if facts.card.tasks:
        lines.append(Line(_approvals(speech, facts), Style.DETAIL))
    return lines


def office_lines(
    speech: Speech,
    drafts: Sequence[Draft],
    proposals: Sequence[Proposal],
    undispatched: Sequence[Project],
    checks: Sequence[TaskFacts],
) -> list[Line]:
    """What waits for the office, its own limits first."""
    count = len(drafts) + len(proposals) + len(undispatched) + len(checks)
    if not count:
        return [Line(speech.say("Nothing waits for the office."))]
    lines = [Line(speech.say("Waiting for the office: {count}", count=count), Style.TITLE)]
    if drafts:
        lines.append(Line(speech.say("To be registered"), Style.HEADING))
        lines += [Line(_draft(speech, draft)) for draft in drafts[:MOST_WAITING]]
        lines += _more(speech, len(drafts) - MOST_WAITING)
    if proposals:
        lines.append(Line(speech.say("Changes to be confirmed"), Style.HEADING))
        lines += [Line(_proposal(speech, each)) for each in proposals[:MOST_WAITING]]
        lines += _more(speech, len(proposals) - MOST_WAITING)
    if undispatched:
        lines.append(Line(speech.say("To be dispatched"), Style.HEADING))
        lines += [Line(_undispatched(speech, each)) for each in undispatched[:MOST_WAITING]]
        lines += _more(speech, len(undispatched) - MOST_WAITING)
    if checks:
        lines.append(Line(speech.say("To be checked"), Style.HEADING))
        lines += [_check(speech, each) for each in checks[:MOST_WAITING]]
        lines += _more(speech, len(checks) - MOST_WAITING)
    return lines


def county_lines(speech: Speech, county: str, shown: Sequence[Overview], count: int) -> list[Line]:
    """A county's projects, the one with the most urgent task first."""
    if not shown:
        return [Line(speech.say("{county} has no project in the ledger yet.", county=county))]
    said = speech.say_many("{county}: {n} project", "{county}: {n} projects", count, county=county)
    lines = [Line(said, Style.TITLE)]
    lines += [overview_line(speech, each) for each in shown]
    return lines + _more(speech, count - len(shown))


def overview_line(speech: Speech, one: Overview) -> Line:
    """🔴 #12 宏达食品加工产业园 逾期 1,在办 6"""
    if one.late:
        wording = sentence("{mark} #{number} {name}: {late} overdue of {open} open")
    elif one.at_office:
        wording = sentence("{mark} #{number} {name}: {late} late at the office, {open} open")
    elif one.waits_for_dispatch:
        wording = sentence("{mark} #{number} {name}: not dispatched yet")
    elif not one.open:
        wording = sentence("{mark} #{number} {name}: {stage}, nothing open")
    else:
        wording = sentence("{mark} #{number} {name}: {open} open")
    return Line(
        speech.say(
            wording,
            mark=_mark(one),
            number=one.project.number,
            name=clip(one.project.name, LONGEST_NAME),
            late=one.late or one.at_office,
            open=len(one.open),
            stage=stage_name(speech, one.project.stage),
        )
    )


def _mark(one: Overview) -> str:
    """The worst mark among a project's tasks; late, too, while the office has not dispatched."""
    if one.late or one.at_office or one.project.late:
        return LATE
    return SOON if one.soon else EASY


def _signed(speech: Speech, project: Project) -> str:
    day = speech.plain_day(project.signed_on)
    signed = speech.say("signed {day}", day=day)
    return " · ".join(part for part in (project.county, money_of(speech, project), signed) if part)


_APPROVALS = sentence("Approvals: {closed} of {all} closed, {used} of {days} working days used")
_APPROVALS_IN_TIME = sentence(
    "Approvals: {closed} of {all} closed, none overdue, {used} of {days} working days used"
)


def _late(speech: Speech, facts: ProjectFacts) -> list[Line]:
    """🔴 逾期 2 项 · 🔴 重点办超时 1; nothing where nothing is late."""
    late, office = facts.late, facts.at_office
    parts = [
        speech.say_many("🔴 {n} task overdue", "🔴 {n} tasks overdue", late) if late else "",
        speech.say("🔴 beyond the limit at the office {count}", count=office) if office else "",
    ]
    said = [part for part in parts if part]
    return [Line(" · ".join(said))] if said else []


def _approvals(speech: Speech, facts: ProjectFacts) -> str:
    card = facts.card
    counted = [t for t in card.tasks if t.state not in (State.TRANSFERRED, State.CANCELLED)]
    none_late = facts.open and not (facts.late or facts.at_office)
    return speech.say(
        _APPROVALS_IN_TIME if none_late else _APPROVALS,
        closed=sum(task.state is State.CLOSED for task in counted),
        all=len(counted),
        used=card.used_days,
        days=card.approvals_days,
    )


_CONFIRM = sentence("{name}, from {author}: confirm by {time}")
_CONFIRM_LATE = sentence("{name}, from {author}: to be confirmed, {time}")
_CHANGE = sentence("{project}, proposed by {author}: confirm by {time}")
_CHANGE_LATE = sentence("{project}, proposed by {author}: to be confirmed, {time}")


def _draft(speech: Speech, draft: Draft) -> str:
    name = draft.fields.get("name") or speech.say("(no name yet)")
    if draft.problems:
        return speech.say("{name}, from {author}: incomplete", name=name, author=draft.author_name)
    wording = _CONFIRM_LATE if draft.late else _CONFIRM
    return speech.say(wording, name=name, author=draft.author_name, time=_time(speech, draft))


def _proposal(speech: Speech, one: Proposal) -> str:
    wording = _CHANGE_LATE if one.draft.late else _CHANGE
    return speech.say(
        wording,
        project=project_name(speech, one.project),
        author=one.draft.author_name,
        time=_time(speech, one.draft),
    )


def _time(speech: Speech, draft: Draft) -> str:
    if draft.late:
        return speech.late(draft.late)
    return limit_text(speech, draft.due, provisional=False)


def _undispatched(speech: Speech, project: Project) -> str:
    time = speech.late(project.late) if project.late else speech.limit(project.dispatch_due)
    return speech.say(
        "#{number} {name}: choose {choices}, {time}",
        number=project.number,
        name=project.name,
        choices=speech.join(choice.name for choice in project.undecided),
        time=time,
    )


def _check(speech: Speech, facts: TaskFacts) -> Line:
    return Line(
        speech.say(
            "{mark} {number} {project} {item} ({department}): {status}",
            mark=facts.mark,
            number=number_text(speech, facts),
            project=clip(facts.task.project_name, LONGEST_NAME),
            item=facts.task.item.name,
            department=facts.department,
            status=_office_status(speech, facts),
        )
    )


def _office_status(speech: Speech, facts: TaskFacts) -> str:
    task = facts.task
    if task.state is State.RETURNED:
        return speech.say("returned: {reason}", reason=task.reason or "")
    time = speech.late(task.late) if task.late else speech.left(task.left or 0)
    return speech.say("handed in, {time}", time=time)


def _more(speech: Speech, count: int) -> list[Line]:
    return [Line(speech.say_many("{n} more", "{n} more", count))] if count > 0 else []
