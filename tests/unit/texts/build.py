"""Invented values to say something about; whatever a test does not name is None or plain."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from handlers.texts.post import Post
from handlers.texts.speech import Speech
from policy.calendar import Calendar
from policy.deadlines import days_left, days_overdue
from policy.hours import Hours
from policy.life import State
from policy.packs import load_pack
from policy.rights import Role
from policy.targets import landing_team, start_red_line, start_target
from store.queries.digest import Digest
from store.queries.drafts import Draft
from store.queries.people import Member
from store.queries.projects import Card, Project
from store.queries.tasks import TaskRow

NOW = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)  # Thursday, 08:30
TODAY = date(2026, 11, 26)
PACK = load_pack("zhumadian")
CALENDAR = Calendar()
ZH, HANT, EN = (Speech(locale, TODAY) for locale in ("zh_Hans", "zh_Hant", "en"))
LONG_NAME = "驻马店市" + "高端装备智能制造与绿色循环利用一体化" * 5 + "产业园二期"
T = TypeVar("T")

_DUE = {
    State.DISPATCHED: "take_due",
    State.ACKNOWLEDGED: "take_due",
    State.ACCEPTED: "finish_due",
    State.DELIVERED: "office_due",
    State.RETURNED: "office_due",
}


def task(number: int, item: str, state: State = State.DISPATCHED, **values: Any) -> TaskRow:
    """A task of an item; `due` is the limit of the clock that runs in its state."""
    found = PACK.item(item)
    due = values.setdefault("due", date(2026, 11, 27) if state in _DUE else None)
    if state in _DUE:
        values.setdefault(_DUE[state], due)
    plain = {
        "id": 100 + number,
        "group_id": 1,
        "project_id": 12,
        "number": number,
        "item": found,
        "department": found.department,
        "limit_days": found.days,
        "state": state,
        "version": 1,
        "take_due": due or TODAY,
        "provisional": False,
        "dispatched_at": NOW - timedelta(days=1),
        "project_number": 12,
        "project_name": "宏达食品加工产业园",
        "county": "遂平县",
        "late": days_overdue(CALENDAR, TODAY, due) if due else 0,
        "left": days_left(CALENDAR, TODAY, due) if due else None,
    }
    return _fill(TaskRow, plain | values)


def project(**values: Any) -> Project:
    """A registered project whose tasks are dispatched."""
    plain = {
        "id": 12,
        "group_id": 1,
        "number": 12,
        "code": "ZMD-2026-0012",
        "stage": "signed",
        "version": 1,
        "name": "宏达食品加工产业园",
        "county": "遂平县",
        "signed_on": date(2026, 11, 20),
        "investment_yuan": 520_000_000,
        "owner": "演练宏达食品有限公司",
        "contact": "张工",
        "phone": "13700000001",
        "template": "industrial",
        "choices": {"eia": "report"},
        "handed_over_at": NOW,
        "dispatch_due": date(2026, 11, 27),
        "registered_at": NOW,
        "dispatched_at": NOW,
        "undecided": (),
        "late": 0,
        "left": 1,
    }
    return _fill(Project, plain | values)


def card(*tasks: TaskRow, **values: Any) -> Card:
    """A project's card with these tasks."""
    of = project(**values)
    return _fill(
        Card,
        {
            "project": of,
            "tasks": tasks,
            "start_target": start_target(PACK, CALENDAR, of.signed_on),
            "red_line": start_red_line(PACK, CALENDAR, of.signed_on),
            "landing_team": landing_team(PACK, CALENDAR, of.signed_on),
            "used_days": 0,
            "approvals_days": 40,
        },
    )


def draft(**values: Any) -> Draft:
    """A hand-over that waits for the office."""
    plain = {
        "id": 7,
        "group_id": 1,
        "state": "waiting",
        "author_id": 1008,
        "author_name": "招商局·辛",
        "received_at": NOW,
        "due": date(2026, 11, 27),
        "fields": {
            "name": "宏达食品加工产业园",
            "county": "遂平县",
            "signed_on": "2026-11-20",
            "investment_yuan": 520_000_000,
        },
        "interpreted": [],
        "problems": [],
        "revision": 1,
        "amended": [],
        "by_office": False,
        "late": 0,
        "left": 1,
    }
    return _fill(Draft, plain | values)


def digest(**values: Any) -> Digest:
    """A morning; what is not named is empty."""
    names = [one.name for one in fields(Digest) if one.name != "day"]
    return Digest(day=TODAY, **(dict.fromkeys(names, ()) | values))


def member(**values: Any) -> Member:
    """Somebody who has asked to join."""
    plain = {
        "id": 3,
        "user_id": 1099,
        "name": "路人·癸",
        "role": Role.DEPARTMENT,
        "department": "市住房和城乡建设局",
        "state": "asked",
        "private_chat": False,
    }
    return _fill(Member, plain | values)


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of today."""
    return datetime(2026, 11, 26, hour, minute, tzinfo=Hours().zone)


def text(post: Post) -> str:
    """The lines of a post."""
    return "\n".join(line.text for line in post.lines)


def labels(post: Post) -> list[str]:
    """What stands on the buttons."""
    return [button.label for row in post.buttons for button in row]


def _fill(made: type[T], values: dict[str, Any]) -> T:
    named = [one.name for one in fields(made)]  # type: ignore[arg-type]  # only for dataclasses
    return made(**(dict.fromkeys(named) | values))
