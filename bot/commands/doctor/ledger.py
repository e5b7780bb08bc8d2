"""The check-up of the database, and of who is there to do the work. It writes nothing."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Engine

from bot.commands.database import find_missing_file, open_database, view_ledger
from bot.commands.doctor.findings import Finding, fault, fine, note
from bot.commands.exits import Failure
from bot.commands.verify import walk_journal
from bot.settings import Settings
from policy.packs import Pack
from policy.rights import Role
from store import migrate
from store.queries.people import list_active

Staff = set[tuple[Role, str | None]]
"""Which roles are filled, and for which department."""


def check_database(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the ledger can be used and is whole, and whether each department has somebody."""
    staff: Staff = {(member.role, member.department) for member in settings.members}
    if missing := find_missing_file(settings):
        yield note("数据库", f"{missing} 还没有", "启动 run 时会建好")
    else:
        try:
            with open_database(settings) as engine:
                yield from _check_ledger(engine, settings)
                staff |= _list_staff(engine, settings, now)
        except Failure as failure:
            yield fault("数据库", str(failure), "按上面说的处理，或核对 store.url")
    yield from check_staff(settings, staff)


def check_staff(settings: Settings, staff: Staff) -> Iterator[Finding]:
    """Whether every department with approvals to do, and the office, has a member."""
    if not settings.groups:
        return
    used = sorted({group.pack for group in settings.groups})
    roles = {role for role, _ in staff}
    if not roles & {Role.OFFICE, Role.ADMIN}:
        yield fault("成员", "没有重点办的人，没人能建账和批准加入", "在 [[members]] 写一位 office")
    empty = [name for key in used for name in _list_empty(settings.packs[key], staff)]
    if empty:
        yield fault(
            "成员",
            f"这些部门没有人，任务没人领：{'、'.join(empty)}",
            "写进 [[members]]，或请他们在群里申请加入",
        )
    else:
        yield fine("成员", "有审批任务的部门都有人")


def _check_ledger(engine: Engine, settings: Settings) -> Iterator[Finding]:
    migrate.check(engine)
    yield fine("数据库", f"{settings.store.shown_url}，可写，结构是最新的")
    count, broken = walk_journal(engine)
    if broken:
        yield fault("台账日志", broken, "停用并保留现场，从备份恢复后比对")
    else:
        yield fine("台账日志", f"完整，共 {count} 条")


def _list_staff(engine: Engine, settings: Settings, now: datetime) -> Staff:
    with engine.connect() as conn:
        members = list_active(view_ledger(conn, settings, now))
    return {(member.role, member.department) for member in members}


def _list_empty(pack: Pack, staff: Staff) -> list[str]:
    busy = {item.department for item in pack.items}
    names = [one.name for one in pack.departments if one.name in busy]
    return [name for name in names if (Role.DEPARTMENT, name) not in staff]
