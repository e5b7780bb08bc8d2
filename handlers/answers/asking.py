"""One question being answered: who asks, of which group, and the facts of its tasks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.reading.values import Intent, Slots
from handlers.texts.answers.facts import TaskFacts
from handlers.texts.speech import Speech
from handlers.texts.words import mark, short
from policy.life import State
from policy.packs import Pack
from store.context import View
from store.queries.people import Group, Member
from store.queries.tasks import TaskRow, waits_for

from .question import Question


@dataclass(frozen=True, slots=True)
class Asking:
    """What every answer is given. `member` is None for a stranger."""

    view: View
    speech: Speech
    group: Group
    pack: Pack
    member: Member | None
    question: Question
    private: bool

    @property
    def intent(self) -> Intent:
        """What is asked for."""
        return self.question.query.intent

    @property
    def slots(self) -> Slots:
        """What the question states."""
        return self.question.query.slots

    def facts(self, task: TaskRow) -> TaskFacts:
        """A task with where it stands."""
        department = self.short(task.department)
        return TaskFacts(
            task,
            department,
            self.pack.office.short if task.by_office else department,
            mark(self.speech, self.pack, task, self.view.now),
        )

    def all_facts(self, tasks: Iterable[TaskRow]) -> list[TaskFacts]:
        """The facts of each task, in the given order."""
        return [self.facts(task) for task in tasks]

    def detailed(self, found: Iterable[TaskFacts]) -> list[TaskFacts]:
        """The same with what each waits for: looked up for those that are shown only."""
        return [replace(facts, waits=self._waits(facts.task)) for facts in found]

    def short(self, department: str) -> str:
        """A department's short name; its full one when it is none of the pack's."""
        return short(self.pack, department)

    def _waits(self, task: TaskRow) -> tuple[str, ...]:
        if task.state is not State.CONTACTED:
            return ()
        return tuple(other.item.name for other in waits_for(self.view, task))
