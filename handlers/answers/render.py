"""An answer is looked up when it is sent: from a notice to a post."""

from collections.abc import Callable
from dataclasses import replace

from handlers.reading.values import Intent
from handlers.texts.answers.help import nothing_own_line
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.refusals import refusal_post
from handlers.texts.speech import Speech
from policy.rights import Role
from store.access import access_member
from store.context import View
from store.errors import Refusal, Why
from store.outbox import Notice
from store.queries.people import Group, find_home, get_group, pack_of

from .asking import Asking
from .deadlines import answer_deadline
from .drafts import answer_drafts
from .figures import answer_board, answer_ranking, answer_rates
from .help import answer_help, answer_policy_question, answer_problems, answer_start
from .lists import answer_department, answer_due, answer_overdue, answer_untaken, own_tasks
from .paging import ask_button
from .projects import answer_own, answer_responsible, answer_status
from .question import Question, question_from_data
from .scope import AskBack

_OPEN_TO_ALL = frozenset({Intent.HELP, Intent.START, Intent.POLICY_QUESTION})
"""What says nothing of the ledger."""


def render_answer(view: View, notice: Notice, speech: Speech) -> Post | None:
    """The post that answers a question, from the ledger as it is now.

    Who is no active member reads nothing of the ledger, and is told how to join.
    None when the notice is no question, or nobody is left to be answered.
    """
    try:
        question = question_from_data(notice.data)
    except (KeyError, ValueError, TypeError):
        return None
    group = _group(view, notice, question)
    if group is None:
        return refusal_post(speech, Why.NO_HOME_GROUP, {})
    query = replace(question.query, also=())
    asked = [replace(question, query=each) for each in (query, *question.query.also)]
    return _join([_answer(view, notice, speech, group, each) for each in asked])


def _answer(view: View, notice: Notice, speech: Speech, group: Group, question: Question) -> Post:
    try:
        member = access_member(view, question.user_id)
    except Refusal as refusal:
        if question.query.intent not in _OPEN_TO_ALL:
            return refusal_post(speech, refusal.why, refusal.data)
        member = None
    private = notice.chat_id != group.chat_id
    asking = Asking(view, speech, group, pack_of(view, group), member, question, private)
    try:
        return _ANSWERS[asking.intent](asking)
    except AskBack as back:
        return back.post


def _join(posts: list[Post]) -> Post:
    """The answers to all that one message asks, in one post; what is the same is said once."""
    first, *others = dict.fromkeys(posts)
    for post in others:
        lines = _under_heading(first.lines, post.lines)
        pressed = _once(first.buttons + post.buttons)
        first = Post(lines, pressed, first.silent and post.silent)
    return first


def _under_heading(lines: tuple[Line, ...], more: tuple[Line, ...]) -> tuple[Line, ...]:
    """Two answers one below the other; the second without its title if it is under it already."""
    title = next((line for line in reversed(lines) if line.style is Style.TITLE), None)
    if more and more[0] == title:
        return (*lines, *more[1:])
    return (*lines, Line(""), *more)


def _once(rows: tuple[tuple[Button, ...], ...]) -> tuple[tuple[Button, ...], ...]:
    """The rows without the buttons that stand in one before; a row left empty is none."""
    seen: set[Button] = set()
    kept: list[tuple[Button, ...]] = []
    for row in rows:
        new = tuple(button for button in dict.fromkeys(row) if button not in seen)
        seen.update(new)
        if new:
            kept.append(new)
    return tuple(kept)


def answer_mine(asking: Asking) -> Post:
    """我的任务: a department's open tasks, what waits for the office, or a county's projects."""
    member = asking.member
    if member is not None and member.role is Role.DEPARTMENT and member.department:
        return own_tasks(asking, member.department)
    post = answer_own(asking)
    if post is not None:
        return post
    return Post((nothing_own_line(asking.speech),), ((ask_button(asking, Intent.BOARD),),))


def _group(view: View, notice: Notice, question: Question) -> Group | None:
    if notice.group_id is not None:
        return get_group(view, notice.group_id)
    return None if question.user_id is None else find_home(view, question.user_id)


_ANSWERS: dict[Intent, Callable[[Asking], Post]] = {
    Intent.DEADLINE_OF_PROJECT: answer_deadline,
    Intent.DEADLINE_OF_ITEM: answer_deadline,
    Intent.DAYS_LEFT: answer_deadline,
    Intent.OVERDUE_OF_DEPARTMENT: answer_overdue,
    Intent.OVERDUE_ALL: answer_overdue,
    Intent.DUE_WITHIN: answer_due,
    Intent.PROJECT_STATUS: answer_status,
    Intent.DEPARTMENT_TASKS: answer_department,
    Intent.MY_TASKS: answer_mine,
    Intent.UNACKNOWLEDGED: answer_untaken,
    Intent.BOARD: answer_board,
    Intent.WHO_IS_RESPONSIBLE: answer_responsible,
    Intent.POLICY_QUESTION: answer_policy_question,
    Intent.COUNTY_RATES: answer_rates,
    Intent.RANKING: answer_ranking,
    Intent.PROBLEMS_OPEN: answer_problems,
    Intent.DRAFTS: answer_drafts,
    Intent.HELP: answer_help,
    Intent.START: answer_start,
}
