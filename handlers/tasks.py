"""领账、对账、交账: acts on tasks, by text and by button."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from handlers.reading.values import Act, ActKind, Acts, AskBack, WaitsFor
from handlers.reading.values import Why as AskWhy
from handlers.texts.toasts import done_text
from policy.life import OPEN, PauseKind, Step
from store.access import access_member
from store.actions import steps, updates
from store.actions.steps import StepDone, StepRequest
from store.context import Request, View
from store.errors import Refusal, Why
from store.ledger import Ledger
from store.outbox import ABOUT_TASK, Kind
from store.queries import projects
from store.queries.people import Group, pack_of
from store.queries.tasks import TaskRow, get_task_by_id, list_of_project, list_open

from .incoming import Heard, Pressed, Toast
from .speaking import speech_of

E = TypeVar("E", bound=StrEnum)

_STEPS = {
    ActKind.ACKNOWLEDGE: Step.ACKNOWLEDGE,
    ActKind.CONTACT: Step.CONTACT,
    ActKind.ACCEPT: Step.ACCEPT,
    ActKind.COMPLETE: Step.DELIVER,
    ActKind.RETURN: Step.RETURN,
    ActKind.TRANSFER: Step.TRANSFER,
    ActKind.PAUSE: Step.PAUSE,
    ActKind.RESUME: Step.RESUME,
    ActKind.CLOSE: Step.CLOSE,
    ActKind.MAKE_GOOD: Step.MAKE_GOOD,
}
_PAUSES = {WaitsFor.OWNER: PauseKind.CORRECTION, WaitsFor.PROCEDURE: PauseKind.PROCEDURE}
# States of the department's tasks on which an act without a number can be meant.
_MEANT = {
    Step.ACKNOWLEDGE: ("dispatched",),
    Step.CONTACT: ("dispatched", "acknowledged"),
    Step.RESUME: ("paused",),
    Step.CLOSE: ("delivered",),
    Step.MAKE_GOOD: ("delivered",),
}
# Kinds of posts that speak of one task, so that a reply to them is about it.
SPEAKS_OF_TASK = ABOUT_TASK | {Kind.STEPS_DONE}
MOST_PICKS = 9  # tasks that are offered with a button
_WHOLE_CARD = frozenset({Step.ACKNOWLEDGE, Step.CONTACT})


@dataclass(frozen=True, slots=True)
class _Meant:
    """The tasks that an act can be about, and whether it is clear that it is all of them.

    `numbers` of those that the message names itself may be of no task at all.
    """

    numbers: tuple[int, ...]
    clear: bool
    tasks: tuple[TaskRow, ...] = ()


async def on_acts(ledger: Ledger, heard: Heard, group: Group, reading: Acts) -> None:
    """What a message does to tasks: all of it, or nothing and a question back."""
    requests: list[StepRequest] = []
    reports: list[tuple[int, str]] = []
    for act in reading.acts:
        if isinstance(act, AskBack):
            await _ask_more(ledger, heard, group, act)
            return
        if act.kind not in _STEPS and act.kind is not ActKind.PROGRESS:
            raise Refusal(Why.NOT_YET, act=act.kind)
        meant = await ledger.ask(_find_meant, heard.request.at, heard, group, act)
        if not meant.clear:
            await _ask_which(ledger, heard, group, act.kind, meant.tasks)
            return
        if act.kind is ActKind.PROGRESS:
            reports += [(number, heard.text) for number in meant.numbers]
        else:
            requests += [_request(number, act, heard.text) for number in meant.numbers]
    await ledger.do(steps.carry_out, heard.request, group, requests, reports)


async def on_take(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """领账 on a card: every task of the department in the project."""
    return await _for_department(ledger, pressed, group, Step.ACKNOWLEDGE)


async def on_contact(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """已联系业主 on a card."""
    return await _for_department(ledger, pressed, group, Step.CONTACT)


async def on_step(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """A step by a task's own button."""
    task, step = await _pressed_task(ledger, pressed)
    return await _take(ledger, pressed, group, StepRequest(task.number, _member(Step, step)))


async def on_pause(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """补正 or 特别程序: the clock stops; the button's own name is the reason."""
    task, kind = await _pressed_task(ledger, pressed)
    pause = _member(PauseKind, kind)
    if pause not in _REASONS:
        raise Refusal(Why.OLD_BUTTON)
    request = StepRequest(task.number, Step.PAUSE, note=_REASONS[pause], pause=pause)
    return await _take(ledger, pressed, group, request)


async def on_transfer(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """The office gives a task to another department."""
    task, department = await _pressed_task(ledger, pressed)
    request = StepRequest(task.number, Step.TRANSFER, department=department)
    return await _take(ledger, pressed, group, request)


_REASONS = {PauseKind.CORRECTION: "补正", PauseKind.PROCEDURE: "特别程序"}


def _member(kind: type[E], value: str) -> E:
    """A press's argument as what it names; a forged one is like that of an old button."""
    try:
        return kind(value)
    except ValueError:
        raise Refusal(Why.OLD_BUTTON) from None


async def _pressed_task(ledger: Ledger, pressed: Pressed) -> tuple[TaskRow, str]:
    task_id, argument = pressed.press.number(), pressed.press.args[1]
    return await ledger.ask(get_task_by_id, pressed.request.at, task_id), argument


async def _take(ledger: Ledger, pressed: Pressed, group: Group, request: StepRequest) -> Toast:
    done = await ledger.do(steps.take_steps, pressed.request, group, [request])
    return _toast(ledger, pressed.request, group, done)


async def _for_department(ledger: Ledger, pressed: Pressed, group: Group, step: Step) -> Toast:
    project_id, department = pressed.press.number(), pressed.press.args[1]
    done = await ledger.do(steps.take_for_department, pressed.request, project_id, department, step)
    return _toast(ledger, pressed.request, group, done)


def _toast(ledger: Ledger, request: Request, group: Group, done: list[StepDone]) -> Toast:
    numbers = [each.number for each in done]
    return Toast(done_text(speech_of(ledger, group, request), done[0].step, numbers))


async def _ask_more(ledger: Ledger, heard: Heard, group: Group, ask: AskBack) -> None:
    """Asks for what the message does not say; for the task itself with a button for each."""
    if ask.why is AskWhy.WHICH_TASK and ask.about is not None:
        found = await ledger.ask(_find_any, heard.request.at, heard, group, ask)
        await _ask_which(ledger, heard, group, ask.about.kind, found, ask.candidates)
        return
    kind = None if ask.about is None else ask.about.kind
    named = [str(number) for number in ask.about.tasks[:1]] if ask.about else []
    values = {"why": ask.why, "act": kind, "candidates": named}
    await ledger.do(updates.warn, heard.request, group, "ask_back", values)


async def _ask_which(
    ledger: Ledger,
    heard: Heard,
    group: Group,
    kind: ActKind,
    found: tuple[TaskRow, ...],
    names: tuple[str, ...] = (),
) -> None:
    """Asks which task; where no task can be meant, tells the projects that may be."""
    values = {
        "why": AskWhy.WHICH_TASK,
        "act": kind,
        "candidates": () if found else names,
        "picks": [_pick(task) for task in found[:MOST_PICKS]],
        "others": max(0, len(found) - MOST_PICKS),
    }
    await ledger.do(updates.warn, heard.request, group, "ask_back", values)


def _pick(task: TaskRow) -> dict[str, Any]:
    """A task to choose, with what it is about: nobody knows the numbers by heart."""
    return {
        "id": task.id,
        "number": task.number,
        "item": task.item.name,
        "project": task.project_name,
    }


def _request(number: int, act: Act, words: str) -> StepRequest:
    """A hand-in keeps its own words: the document's number stands in them."""
    return StepRequest(
        number,
        _STEPS[act.kind],
        note=words if act.kind is ActKind.COMPLETE else act.reason,
        pause=_PAUSES[act.waits_for or WaitsFor.OWNER] if act.kind is ActKind.PAUSE else None,
        department=act.department,
    )


def _find_meant(view: View, heard: Heard, group: Group, act: Act) -> _Meant:
    """The tasks an act speaks of: by number, by the quoted post, by project and item."""
    if act.tasks:
        return _Meant(act.tasks, clear=True)
    post = heard.replied
    if post is not None and post.subject is not None and post.kind in SPEAKS_OF_TASK:
        quoted_task = get_task_by_id(view, post.subject)
        if act.item is None or quoted_task.item.key in _items(view, group, act.item):
            return _Meant((quoted_task.number,), clear=True)
        named = _named_beside(view, group, quoted_task, act.item)
        return _Meant(tuple(task.number for task in named), False, named)
    step = _STEPS.get(act.kind, Step.DELIVER)
    theirs = tuple(_of_sender(view, heard, _in_question(view, heard, group, act), step))
    numbers = tuple(task.number for task in theirs)
    quoted = post is not None and post.kind is Kind.CARD
    clear = len(numbers) == 1 or bool(numbers and quoted and step in _WHOLE_CARD)
    return _Meant(numbers, clear, theirs)


def _find_any(view: View, heard: Heard, group: Group, ask: AskBack) -> tuple[TaskRow, ...]:
    """The tasks that may be meant; where projects are likely only, those of all of them."""
    if ask.about is None:
        return ()
    likely = [replace(ask.about, project=name) for name in ask.candidates] or [ask.about]
    found = [task for act in likely for task in _find_meant(view, heard, group, act).tasks]
    return tuple({task.id: task for task in found}.values())


def _in_question(view: View, heard: Heard, group: Group, act: Act) -> list[TaskRow]:
    if act.project_number is not None:
        numbered = projects.find_by_number(view, group, act.project_number)
        found = list_of_project(view, numbered.id) if numbered else []
    elif act.project is not None:
        named = projects.list_by_name(view, group, act.project)
        found = [task for project in named for task in list_of_project(view, project.id)]
    elif (post := heard.replied) and post.kind is Kind.CARD and post.subject is not None:
        found = list_of_project(view, post.subject)
    else:
        found = list_open(view, group)
    wanted = None if act.item is None else _items(view, group, act.item)
    return [
        task for task in found if task.state in OPEN and (wanted is None or task.item.key in wanted)
    ]


def _named_beside(view: View, group: Group, quoted: TaskRow, item: str) -> tuple[TaskRow, ...]:
    """A reply to one task that names another item: which of the two is asked back."""
    wanted = _items(view, group, item)
    others = [t for t in list_of_project(view, quoted.project_id) if t.item.key in wanted]
    return (quoted, *(task for task in others if task.state in OPEN))


def _items(view: View, group: Group, said: str) -> frozenset[str]:
    """The keys of an item, or of all the items that a name such as 环评 means."""
    found = pack_of(view, group).find_items(said)
    return frozenset(item.key for item in found)


def _of_sender(view: View, heard: Heard, found: list[TaskRow], step: Step) -> list[TaskRow]:
    member = access_member(view, heard.person.user_id)
    states = _MEANT.get(step)
    return [
        task
        for task in found
        if (states is None or task.state in states)
        and (member.runs_ledger or task.department == member.department)
    ]
