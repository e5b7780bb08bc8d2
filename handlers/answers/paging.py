"""At most about a dozen lines, then a button for the rest."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from handlers.reading.values import Intent, Query, Slots
from handlers.texts.answers import buttons
from handlers.texts.answers.facts import TaskFacts
from handlers.texts.answers.tasks import task_buttons
from handlers.texts.post import Button, Line, Post

from .asking import Asking
from .question import ask_press
from .scope import Scope

MOST_ROWS = 10
T = TypeVar("T")


def list_post(
    asking: Asking,
    scope: Scope,
    header: Sequence[Line],
    found: Sequence[TaskFacts],
    extra: Sequence[Button] = (),
) -> Post:
    """A list of tasks with a button for each, so that the next step is one tap away."""
    shown = cut(asking, found)
    rows = [scope.row(asking.speech, facts) for facts in shown]
    pressed = [*task_buttons(asking.speech, shown), *footer(asking, found, extra)]
    return Post((*header, *rows), tuple(pressed))


def cut(asking: Asking, found: Sequence[TaskFacts]) -> Sequence[TaskFacts]:
    """The part that is shown now."""
    return asking.detailed(cut_any(asking, found))


def cut_any(asking: Asking, found: Sequence[T]) -> Sequence[T]:
    """The part of a list that is shown now, whatever it lists."""
    start = _start(asking, found)
    return found[start : start + MOST_ROWS]


def count_left(asking: Asking, found: Sequence[object]) -> int:
    """How many come after what is shown now."""
    return max(0, len(found) - _start(asking, found) - MOST_ROWS)


def footer(
    asking: Asking, found: Sequence[object], extra: Sequence[Button] = ()
) -> list[tuple[Button, ...]]:
    """The last row of buttons: what was left out, and where else to look."""
    row = [*extra]
    if left := count_left(asking, found):
        more = ask_press(_shortened(asking), _start(asking, found) + MOST_ROWS)
        row.insert(0, Button(buttons.more_label(asking.speech, left), more))
    return [tuple(row)] if row else []


def _start(asking: Asking, found: Sequence[object]) -> int:
    return asking.question.offset if asking.question.offset < len(found) else 0


def _shortened(asking: Asking) -> Query:
    """The question with short names, so that a button can carry it; its meaning is the same."""
    slots, pack = asking.slots, asking.pack
    return Query(
        asking.intent,
        replace(
            slots,
            departments=tuple(asking.short(name) for name in slots.departments),
            counties=tuple(
                found.short if (found := pack.find_county(name)) else name
                for name in slots.counties
            ),
        ),
    )


def ask_button(asking: Asking, intent: Intent, slots: Slots | None = None) -> Button:
    """A button that asks another question."""
    query = Query(intent, slots or Slots())
    return Button(buttons.ask_label(asking.speech, query), ask_press(query))
