"""How a date was counted, in sentences (what any answer about a deadline must show)."""

from handlers.texts.speech import Speech, sentence
from policy.deadlines import Cause, Deadline, LeftOut, Unit

_COUNTED = {
    ("accepted", Unit.WORKING_DAYS): sentence(
        "Accepted on {start}; {days} working days from the next day{basis}"
    ),
    ("accepted", Unit.CALENDAR_DAYS): sentence(
        "Accepted on {start}; {days} calendar days from the next day{basis}"
    ),
    ("signed", Unit.WORKING_DAYS): sentence(
        "Signed on {start}; {days} working days from the next day{basis}"
    ),
    ("signed", Unit.CALENDAR_DAYS): sentence(
        "Signed on {start}; {days} calendar days from the next day{basis}"
    ),
    ("", Unit.WORKING_DAYS): sentence(
        "{days} working days, counted from the day after {start}{basis}"
    ),
    ("", Unit.CALENDAR_DAYS): sentence(
        "{days} calendar days, counted from the day after {start}{basis}"
    ),
}


def explain_deadline(speech: Speech, deadline: Deadline, began: str = "") -> list[str]:
    """How a deadline was counted, one thought a line.

    From which day, how many days and by which rule; which days were left out, by name; which
    weekends were worked; where its end moved; whether it stands still, and whether it may
    still change. `began`: what happened on the first day: "accepted", "signed", or not said.
    """
    lines = [_counted(speech, deadline, began), _left_out(speech, deadline)]
    if deadline.worked_weekends:
        days = speech.join(speech.day(day) for day in deadline.worked_weekends)
        lines.append(speech.say("Worked in return for holidays, and counted: {days}", days=days))
    if deadline.moved_from and deadline.due:
        lines.append(
            speech.say(
                "{end} is a rest day, so it ends on {due}",
                end=speech.day(deadline.moved_from),
                due=speech.day(deadline.due),
            )
        )
    if deadline.paused_since:
        lines.append(_stopped(speech, deadline))
    lines.append(provisional_note(speech, deadline))
    return [line for line in lines if line]


def provisional_note(speech: Speech, deadline: Deadline) -> str:
    """Why a date may still move; "" when it may not."""
    if not deadline.provisional:
        return ""
    last = deadline.due or deadline.paused_since or deadline.start
    return speech.say(
        "Provisional: the rest days of {year} are not published; it is counted anew then",
        year=last.year,
    )


def _counted(speech: Speech, deadline: Deadline, began: str) -> str:
    period = deadline.period
    basis = speech.say(" ({basis})", basis=period.basis) if period.basis else ""
    wording = _COUNTED[began, period.unit]
    return speech.say(wording, start=speech.day(deadline.start), days=period.days, basis=basis)


def _left_out(speech: Speech, deadline: Deadline) -> str:
    found = deadline.left_out
    parts = [_named(speech, one) for one in found if one.cause is not Cause.WEEKEND]
    weekends = sum(_length(one) for one in found if one.cause is Cause.WEEKEND)
    if weekends:
        parts.append(speech.say_many("{n} day of weekends", "{n} days of weekends", weekends))
    return speech.say("Left out: {parts}", parts=speech.say("; ").join(parts)) if parts else ""


def _named(speech: Speech, one: LeftOut) -> str:
    days = speech.span(one.first, one.last)
    if one.cause is Cause.PAUSE:
        return speech.say("{days} (clock stopped)", days=days)
    if not one.name:
        return speech.say("{days} (holiday)", days=days)
    return speech.say("{days} ({name})", days=days, name=one.name)


def _length(one: LeftOut) -> int:
    return (one.last - one.first).days + 1


def _stopped(speech: Speech, deadline: Deadline) -> str:
    since = deadline.paused_since or deadline.start
    if not deadline.paused:
        return speech.say("The clock stands still since {day}", day=speech.plain_day(since))
    return speech.say(
        "The clock stands still since {day}: {counted} counted, {left} left;"
        " the date follows when it runs again",
        day=speech.plain_day(since),
        counted=deadline.counted,
        left=deadline.remaining,
    )
