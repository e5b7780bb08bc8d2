"""A ledger with an invented task force in it, for the tests of the store and of the chat.

    force = await make_ledger("sqlite:////tmp/…/ledger.sqlite3")
    project = await force.register(name="宏达食品")
    await force.step(1, Step.ACKNOWLEDGE, by=REFORM)
    force.now = morning(2026, 11, 17)
    task = await force.task(1)
    force.close()

The pack is zhumadian's; it is Monday, 16 November 2026, nine o'clock, until somebody
sets `now`. Without an eia in the fields the office still has to choose one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

from policy.calendar import Calendar
from policy.hours import SHANGHAI, Hours
from policy.life import Step
from policy.moments import PauseKind
from policy.packs import load_pack
from store.actions.groups import GroupSetup, MemberSetup, configure
from store.actions.registration import ProjectInput, receive
from store.actions.steps import StepDone, StepRequest, take_steps
from store.context import Request, Rules, Tx, View
from store.engine import open_engine
from store.ledger import Ledger
from store.migrate import upgrade
from store.queries.people import Group, find_group
from store.queries.projects import Project, list_projects
from store.queries.tasks import TaskRow, get_task, list_of_project

P = ParamSpec("P")
R = TypeVar("R")

CHAT = -1001111111111
GROUP = GroupSetup(CHAT, "重点项目专班(虚构)", "zhumadian", "zh_Hans")

# Accounts. Everybody is invented.
ADMIN, OFFICE, OFFICE_2 = 100, 101, 102
REFORM, LAND, ECOLOGY, ECOLOGY_2, HOUSING, CITY = 201, 202, 203, 204, 205, 206
COUNTY, LEADER, OWNER, STRANGER = 301, 401, 501, 999

PEOPLE = (
    MemberSetup(ADMIN, "管小理", "admin"),
    MemberSetup(OFFICE, "王小办", "office"),
    MemberSetup(OFFICE_2, "赵小办", "office"),
    MemberSetup(REFORM, "李小改", "department", department="市发展和改革委员会"),
    MemberSetup(LAND, "陈小地", "department", department="市自然资源和规划局"),
    MemberSetup(ECOLOGY, "孙小环", "department", department="市生态环境局"),
    MemberSetup(ECOLOGY_2, "周小环", "department", department="市生态环境局"),
    MemberSetup(HOUSING, "吴小建", "department", department="市住房和城乡建设局"),
    MemberSetup(CITY, "郑小城", "department", department="市城市管理局"),
    MemberSetup(COUNTY, "冯小县", "county", department="遂平县"),
    MemberSetup(LEADER, "褚小导", "leader"),
    MemberSetup(OWNER, "卫小主", "owner"),
)

# An industrial project gets these tasks, by number; the reform commission has the first two.
ITEMS = ("enterprise_approval", "energy", "land", "eia_form", "construction_permit")
DEPARTMENT_OF = {1: REFORM, 2: REFORM, 3: LAND, 4: ECOLOGY, 5: HOUSING}


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the local day."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


MONDAY = at(2026, 11, 16)


@cache
def rules(holidays: tuple[date, ...] = (), workdays: tuple[date, ...] = ()) -> Rules:
    """The zhumadian pack, the published calendar (and corrections), 17:30."""
    return Rules({"zhumadian": load_pack("zhumadian")}, Calendar(holidays, workdays), Hours())


def fields(name: str = "宏达食品产业园", **changes: Any) -> dict[str, Any]:
    """A complete registration of an industrial project, as the reading gives it."""
    stated: dict[str, Any] = {
        "name": name,
        "signed_on": "2026-11-13",
        "county": "遂平县",
        "investment_yuan": 500_000_000,
        "currency": "CNY",
        "amount": 500_000_000,
        "kind": "工业",
        "eia": "form",
    }
    return {key: value for key, value in {**stated, **changes}.items() if value is not None}


@dataclass
class TaskForce:
    """A ledger with its group, and who acts in it; `now` is whatever the test says."""

    ledger: Ledger
    group: Group
    now: datetime = MONDAY
    messages: Iterator[int] = field(default_factory=lambda: count(1000))

    def request(
        self, by: int | None = OFFICE, *, chat: int = CHAT, update: int | None = None
    ) -> Request:
        """Somebody's next message in the group, or the clock's request when `by` is None."""
        actor = "clock" if by is None else f"user:{by}"
        return Request(self.now, actor, by, chat, next(self.messages), update)

    async def do(
        self,
        action: Callable[Concatenate[Tx, P], R],
        by: int | None = OFFICE,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """One action, asked for by this account (None: the clock)."""
        return await self.ledger.do(action, self.request(by), *args, **kwargs)

    async def ask(
        self, query: Callable[Concatenate[View, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """One query as of now."""
        return await self.ledger.ask(query, self.now, *args, **kwargs)

    async def register(
        self, name: str = "宏达食品产业园", by: int = OFFICE, **changes: Any
    ) -> Project:
        """A project that the office registers at once, with its tasks; None removes a field."""
        await self.do(receive, by, self.group, [ProjectInput(fields(name, **changes))])
        return (await self.ask(list_projects, self.group))[0]

    async def step(
        self,
        number: int,
        step: Step,
        by: int,
        note: str | None = None,
        pause: PauseKind | None = None,
        department: str | None = None,
    ) -> StepDone:
        """One step of one task."""
        asked = StepRequest(number, step, note, pause, department)
        return (await self.do(take_steps, by, self.group, [asked]))[0]

    async def task(self, number: int) -> TaskRow:
        """The group's task with this number."""
        return await self.ask(get_task, self.group, number)

    async def tasks(self, project: Project) -> list[TaskRow]:
        """A project's tasks by number."""
        return await self.ask(list_of_project, project.id)

    async def finish(self, number: int, by: int) -> None:
        """A task from where it stands to its close."""
        await self.step(number, Step.DELIVER, by)
        await self.step(number, Step.CLOSE, OFFICE)

    def close(self) -> None:
        """Lets the database go."""
        self.ledger.close()


async def make_ledger(
    url: str,
    *,
    now: datetime = MONDAY,
    under: Rules | None = None,
    people: tuple[MemberSetup, ...] = PEOPLE,
    patience: float = 5.0,
) -> TaskForce:
    """A migrated ledger at this address, with the group and its people set up."""
    engine = open_engine(url)
    upgrade(engine)
    ledger = Ledger(engine, under or rules(), patience)
    await ledger.do(configure, Request(now, "config"), [GROUP], people)
    group = await ledger.ask(find_group, now, CHAT)
    assert group is not None
    return TaskForce(ledger, group, now)
