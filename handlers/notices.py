"""What a waiting notice says at the moment at which it is sent: one renderer for each kind.

A notice holds ids and never words, so that it speaks of the ledger as it is now, in its
group's language; what has become pointless meanwhile says nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from handlers.answers import render_answer
from handlers.speaking import DEFAULT
from handlers.texts.amendments import amended_post, project_name, proposal_post
from handlers.texts.card import card_post, superseded_card
from handlers.texts.digest import digest_post
from handlers.texts.drafts import draft_post, drafts_post, expired_post, name_of, superseded_post
from handlers.texts.greeting import Setup, greeting_post, no_ledger_post
from handlers.texts.people import join_decided_post, join_form_post, join_request_post
from handlers.texts.post import Line, Post, Style
from handlers.texts.refusals import refusal_post
from handlers.texts.speech import Speech
from handlers.texts.task import task_post
from handlers.texts.task_news import (
    Done,
    delivered_post,
    made_good_post,
    overtaken_post,
    returned_post,
    steps_done_post,
)
from handlers.texts.toasts import asked_text
from handlers.texts.warnings import set_aside_post, warning_post
from policy.life import State
from policy.packs import Pack
from policy.rights import Role
from store.context import View
from store.errors import Refusal
from store.outbox import Kind, Notice, find_standing
from store.queries.digest import get_digest
from store.queries.drafts import find_entry, get_draft, list_twins
from store.queries.people import (
    Group,
    find_member,
    get_group,
    get_member,
    list_active,
    list_empty_departments,
    pack_of,
)
from store.queries.projects import Card, get_card, get_project
from store.queries.tasks import TaskRow, explain_finish, get_task, get_task_by_id, waits_for

_News = Callable[[Speech, Pack, TaskRow, datetime], Post]


def render(view: View, notice: Notice) -> Post | None:
    """The post of a notice, or None when there is nothing to say any more."""
    group = _find_group(view, notice)
    speech = Speech(group.locale if group else DEFAULT, view.today, view.rules.hours)
    try:
        post = _render(view, notice, speech, group)
    except Refusal:  # what it speaks of is gone
        return None
    if post is None or not notice.again:
        return post
    again = Line(speech.say("Sent again: the first try was cut off"), Style.DETAIL)
    return replace(post, lines=(*post.lines, again))


def _render(view: View, notice: Notice, speech: Speech, group: Group | None) -> Post | None:
    if notice.kind in _ANYWHERE:
        return _ANYWHERE[notice.kind](view, notice, speech)
    if group is None:
        return no_ledger_post(speech, notice.chat_id) if notice.kind is Kind.GREETING else None
    return _OF_GROUP[notice.kind](_Telling(view, notice, speech, group))


class _Telling:
    """A notice of a group, with what its renderers look up."""

    def __init__(self, view: View, notice: Notice, speech: Speech, group: Group) -> None:
        self.view = view
        self.notice = notice
        self.speech = speech
        self.group = group

    @property
    def pack(self) -> Pack:
        return pack_of(self.view, self.group)

    @property
    def subject(self) -> int:
        if self.notice.subject is None:
            raise ValueError(f"notice {self.notice.id} ({self.notice.kind}) is about nothing")
        return self.notice.subject

    def task(self) -> TaskRow:
        return get_task_by_id(self.view, self.subject)


def _card(of: _Telling) -> Post:
    card = get_card(of.view, of.subject)
    private = _may_see_phone(of, card)
    return card_post(of.speech, of.pack, card, of.view.now, private=private)


def _draft(of: _Telling) -> Post:
    draft = get_draft(of.view, of.subject)
    project = get_project(of.view, draft.project_id) if draft.project_id else None
    if project and draft.is_proposal:
        return proposal_post(of.speech, of.pack, draft, project)
    if draft.is_open:
        before = next((one for one in list_twins(of.view, draft) if one.id < draft.id), None)
        return draft_post(of.speech, of.pack, draft, find_entry(of.view, draft), before)
    return draft_post(of.speech, of.pack, draft, project.number if project else None)


def _drafts(of: _Telling) -> Post:
    return drafts_post(of.speech, [get_draft(of.view, each) for each in of.notice.data["drafts"]])


def _amended(of: _Telling) -> Post:
    return amended_post(of.speech, get_project(of.view, of.subject).number, of.notice.data)


def _expired(of: _Telling) -> Post | None:
    drafts = [get_draft(of.view, each) for each in of.notice.data["drafts"]]
    return expired_post(of.speech, drafts)


def _superseded(of: _Telling) -> Post | None:
    """An older post of a card or draft; None where somebody has deleted it."""
    if find_standing(of.view, of.notice.chat_id, of.notice.kind, of.subject) is None:
        return None
    subject = of.notice.data["of"]
    if of.notice.data["kind"] == Kind.CARD:
        return superseded_card(of.speech, get_project(of.view, subject))
    draft = get_draft(of.view, subject)
    name = name_of(of.speech, draft)
    if draft.is_proposal and draft.project_id:
        name = project_name(of.speech, get_project(of.view, draft.project_id))
    return superseded_post(of.speech, name)


def _task(of: _Telling) -> Post:
    task = of.task()
    finish, needed = explain_finish(of.view, task), waits_for(of.view, task)
    return task_post(of.speech, of.pack, task, finish, of.view.now, needed)


def _returned(of: _Telling) -> Post | None:
    return _news(of, returned_post, (State.RETURNED,))


def _delivered(of: _Telling) -> Post | None:
    return _news(of, delivered_post, (State.DELIVERED,))


def _made_good(of: _Telling) -> Post | None:
    return _news(of, made_good_post, (State.ACCEPTED, State.PAUSED))


def _news(of: _Telling, told: _News, states: tuple[State, ...]) -> Post | None:
    """News that a step has overtaken are not told any more; where they stand, they say so."""
    task = of.task()
    if task.state in states:
        return told(of.speech, of.pack, task, of.view.now)
    return overtaken_post(of.speech, task) if of.notice.edits else None


def _steps_done(of: _Telling) -> Post:
    done = []
    for one in of.notice.data["done"]:
        if "task" in one:
            task = get_task_by_id(of.view, one["task"])
        else:
            task = get_task(of.view, of.group, one["number"])
        done.append(Done(one["step"], task))
    return steps_done_post(of.speech, of.pack, done, of.view.now)


def _digest(of: _Telling) -> Post | None:
    """A digest that was held up until another day is overtaken by that day's own."""
    digest = get_digest(of.view, of.group)
    if digest.is_empty or of.notice.data.get("day") != of.view.today.isoformat():
        return None
    return digest_post(of.speech, of.pack, digest, of.view.now)


def _greeting(of: _Telling) -> Post:
    empty = list_empty_departments(of.view, of.group)
    has_office = any(member.role is Role.OFFICE for member in list_active(of.view))
    return greeting_post(of.speech, of.pack, Setup(of.notice.data, has_office, empty))


def _join_form(of: _Telling) -> Post:
    return join_form_post(of.speech, of.pack, counties=of.notice.data.get("counties", False))


def _join_request(of: _Telling) -> Post:
    return join_request_post(of.speech, of.pack, get_member(of.view, of.subject))


def _join_decided(of: _Telling) -> Post | None:
    member = get_member(of.view, of.subject)
    if member.state == "asked":
        return Post((Line(asked_text(of.speech)),))
    return join_decided_post(of.speech, of.pack, member)


def _refusal(_: View, notice: Notice, speech: Speech) -> Post:
    return refusal_post(speech, notice.data["why"], notice.data.get("values", {}))


def _warning(_: View, notice: Notice, speech: Speech) -> Post:
    return warning_post(speech, notice.data["name"], notice.data.get("values", {}))


def _set_aside(_: View, notice: Notice, speech: Speech) -> Post:
    return set_aside_post(speech, notice.data["update"], notice.data["error"])


_ANYWHERE: dict[Kind, Callable[[View, Notice, Speech], Post | None]] = {
    Kind.ANSWER: render_answer,
    Kind.REFUSAL: _refusal,
    Kind.WARNING: _warning,
    Kind.SET_ASIDE: _set_aside,
}
_OF_GROUP: dict[Kind, Callable[[_Telling], Post | None]] = {
    Kind.CARD: _card,
    Kind.DRAFT: _draft,
    Kind.DRAFTS: _drafts,
    Kind.SUPERSEDED: _superseded,
    Kind.TASK: _task,
    Kind.RETURNED: _returned,
    Kind.DELIVERED: _delivered,
    Kind.MADE_GOOD: _made_good,
    Kind.AMENDED: _amended,
    Kind.EXPIRED: _expired,
    Kind.STEPS_DONE: _steps_done,
    Kind.DIGEST: _digest,
    Kind.GREETING: _greeting,
    Kind.JOIN_FORM: _join_form,
    Kind.JOIN_REQUEST: _join_request,
    Kind.JOIN_DECIDED: _join_decided,
}


def _find_group(view: View, notice: Notice) -> Group | None:
    return None if notice.group_id is None else get_group(view, notice.group_id)


def _may_see_phone(of: _Telling, card: Card) -> bool:
    """In private: the office, and the departments that have to reach the owner."""
    if of.notice.chat_id == of.group.chat_id:
        return False
    member = find_member(of.view, of.notice.chat_id)
    if member is None or member.state != "active":
        return False
    return member.runs_ledger or member.department in {task.department for task in card.tasks}
