"""Help, the first words, what is policy, and what cannot be answered yet."""

from handlers.presses import Verb, press
from handlers.reading.values import Intent
from handlers.texts.answers import buttons
from handlers.texts.answers import help as words
from handlers.texts.answers.policy import answer_policy
from handlers.texts.answers.tasks import LONGEST_NAME
from handlers.texts.post import Button, Post
from handlers.texts.words import clip
from policy.life import State
from store.queries.projects import list_projects

from .asking import Asking
from .paging import ask_button
from .scope import list_open_facts, read_scope


def answer_help(asking: Asking) -> Post:
    """What this person can post, reply and ask."""
    known = list_projects(asking.view, asking.group) if asking.member else []
    example = clip(known[0].name, LONGEST_NAME) if known else None
    lines = words.help_lines(asking.speech, asking.member, example)
    return Post(tuple(lines), _start_buttons(asking))


def answer_start(asking: Asking) -> Post:
    """The first words in a private chat."""
    account = asking.question.user_id if asking.private else None
    lines = words.start_lines(asking.speech, asking.pack, asking.member, account)
    return Post(tuple(lines), _start_buttons(asking, with_help=True))


def answer_policy_question(asking: Asking) -> Post:
    """What the policy says; open to everybody."""
    return Post(tuple(answer_policy(asking.speech, asking.pack, asking.slots)))


def answer_problems(asking: Asking) -> Post:
    """卡点 are not registered yet: which tasks stand still, and what to do meanwhile."""
    found = list_open_facts(asking, read_scope(asking))
    stuck = [
        facts
        for facts in found
        if facts.task.state in (State.PAUSED, State.RETURNED)
        or (facts.late and facts.task.boarded_on is not None)
    ]
    return Post(tuple(words.problems_lines(asking.speech, stuck)))


def _start_buttons(asking: Asking, *, with_help: bool = False) -> tuple[tuple[Button, ...], ...]:
    if asking.member is None:
        join = Button(buttons.join_label(asking.speech), press(Verb.JOIN, ""))
        return ((join,),)
    row = [ask_button(asking, Intent.MY_TASKS), ask_button(asking, Intent.BOARD)]
    return ((*row, ask_button(asking, Intent.HELP)),) if with_help else (tuple(row),)
