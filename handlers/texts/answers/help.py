"""What one can post, reply and ask, by role; and the first words in a private chat."""

from collections.abc import Sequence

from handlers.texts.answers.facts import TaskFacts
from handlers.texts.answers.tasks import full_row
from handlers.texts.people import unit_of
from handlers.texts.post import Line, Style
from handlers.texts.speech import Speech, sentence
from policy.packs import Pack
from policy.rights import Role
from store.queries.people import Member

MOST_STUCK = 8

_FORM = sentence("[Signed project]\nName:\nCounty:\nSigned on:\nTotal investment:")
_ASK = (
    sentence("When is the environmental report of {project} due"),
    sentence("What is overdue at the ecology bureau"),
    sentence("What is due this week"),
)
_WORDS = sentence("In a word: my tasks, overdue, due, board, project")
_FOR_OFFICE = (
    sentence("Register: post the form, it counts at once"),
    sentence("Handed over by others: press “confirm” under the draft"),
    sentence("To correct what is in the ledger: edit its message, or reply to its card"),
    sentence("Handed in: press “close” under it; if it does not do: no. 5 make good: reason"),
    sentence("Returned: no. 5 to the housing bureau"),
)
_FOR_DEPARTMENT = (
    sentence("Take: press the button on the card, or reply “received”"),
    sentence("Contacted: no. 5 owner contacted"),
    sentence("Application complete: no. 5 accepted; the limit runs from the next day"),
    sentence("Something lacks: no. 5 correction: what lacks; the clock stops"),
    sentence("Finished: no. 5 finished, document number"),
    sentence("Not yours: no. 5 return: reason"),
)
_FOR_COUNTY = (
    sentence("Hand over a signed project: post the form; the office confirms it"),
    sentence("To correct what is in the ledger: edit its message, or reply to its card"),
    sentence("Registrations that wait to be completed: drafts"),
    sentence("Your county's projects: my tasks"),
)
_BY_ROLE = {
    Role.ADMIN: _FOR_OFFICE,
    Role.OFFICE: _FOR_OFFICE,
    Role.DEPARTMENT: _FOR_DEPARTMENT,
    Role.COUNTY: _FOR_COUNTY,
}
_WITH_FORM = frozenset({Role.ADMIN, Role.OFFICE, Role.COUNTY})


def help_lines(speech: Speech, member: Member | None, example: str | None) -> list[Line]:
    """Short, and only what this person can do; `example` is a project of theirs to ask about."""
    lines = [Line(speech.say("What you can say"), Style.TITLE)]
    if member is None:
        lines.append(
            Line(speech.say("You are not in the ledger yet: ask to join, the office admits."))
        )
    else:
        lines += [Line(speech.say(each)) for each in _BY_ROLE.get(member.role, ())]
    named = example or speech.say("the project")
    lines.append(Line(speech.say("Ask in plain words"), Style.HEADING))
    lines += [Line(speech.say(each, project=named)) for each in _ASK]
    lines.append(Line(speech.say(_WORDS)))
    if member is not None and member.role in _WITH_FORM:
        lines.append(Line(speech.say(_FORM), Style.COPY))
    return lines


def start_lines(
    speech: Speech, pack: Pack, member: Member | None, account: int | None = None
) -> list[Line]:
    """Who the assistant takes this person for, and what is possible here.

    `account`: in private, the number of a stranger's account, which the config may need.
    """
    hello = Line(speech.say("I keep the task force's ledger: ask me when something is due."))
    if member is None:
        ask = speech.say("You are not in the ledger yet: ask to join, the office admits.")
        lines = [hello, Line(ask)]
        if account is not None:
            number = speech.say(
                "Your account's number, for the administrator: {account}", account=account
            )
            lines.append(Line(number, Style.DETAIL))
        return lines
    said = speech.say(
        "You are registered as {name}, {unit}.",
        name=member.name,
        unit=unit_of(speech, pack, member),
    )
    return [hello, Line(said)]


def problems_lines(speech: Speech, stuck: Sequence[TaskFacts]) -> list[Line]:
    """Problems are not registered yet; which tasks stand still, and what to do."""
    lines = [
        Line(
            speech.say(
                "Problems are not registered here yet. Tell the office in the group; a task that"
                " waits for the owner is stopped with: no. 5 correction: reason"
            )
        )
    ]
    if not stuck:
        return [*lines, Line(speech.say("No task stands still at the moment."))]
    title = speech.say("Standing still or on the board {count}", count=len(stuck))
    lines.append(Line(title, Style.HEADING))
    lines += [full_row(speech, each) for each in stuck[:MOST_STUCK]]
    left = len(stuck) - MOST_STUCK
    if left > 0:
        lines.append(Line(speech.say_many("{n} more", "{n} more", left)))
    return lines


def nothing_own_line(speech: Speech) -> Line:
    """Who has no tasks of their own."""
    return Line(speech.say("No tasks are kept under your name. The board shows everything."))
