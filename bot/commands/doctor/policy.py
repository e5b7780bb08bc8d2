"""The check-up of the settings, the packs, the calendar and the clock."""

from collections.abc import Iterator
from datetime import date

from bot.commands.doctor.findings import Finding, fault, fine, note
from bot.settings import Settings
from policy.calendar import Calendar

NOTICE_MONTH = 11
"""The State Council's notice for the next year has come out in November, lately."""


def check_settings(settings: Settings) -> Iterator[Finding]:
    """The file, the groups, the token's place, and whether the clock is a rehearsal's."""
    where = settings.file or "没有 config.toml，用的都是默认值"
    yield fine("设置", where)
    if not settings.groups:
        yield note("群", "还没有配置群", "在 config.toml 里写 [[groups]]")
    if settings.token_in_file:
        yield note(
            "令牌", f"写在 {settings.file} 里", "改放环境变量 ZHUANBAN_TELEGRAM__TOKEN，文件里删掉"
        )
    if settings.clock.rehearses:
        yield _describe_rehearsal(settings)


def check_packs(settings: Settings) -> Iterator[Finding]:
    """The packs that groups work under; that they are in order was seen when they were loaded."""
    used = {group.pack for group in settings.groups} or set(settings.packs)
    for key in sorted(used):
        pack = settings.packs[key]
        size = (
            f"{len(pack.items)} 个事项，{len(pack.departments)} 个部门，{len(pack.counties)} 个县区"
        )
        yield fine(f"政策包 {key}", f"{pack.name}，{pack.source}，{size}")


def check_calendar(settings: Settings, today: date) -> Iterator[Finding]:
    """How far the notices on holidays reach, and whether the next one is due."""
    calendar = settings.make_calendar()
    known = calendar.covered_through
    remedy = "升级 chinesecalendar，或把国务院的通知写进 [calendar] holidays 和 workdays"
    if not calendar.is_known(today):
        yield fault("日历", f"{today.year} 年放假安排未录入，期限都是暂定", remedy)
    elif known.year == today.year and today.month >= NOTICE_MONTH:
        state = f"到 {known} 为止，{today.year + 1} 年的期限是暂定"
        yield note("日历", state, f"通知一般在 11 月公布，公布后{remedy}")
    else:
        yield fine("日历", f"放假安排到 {known} 为止")
    yield from _check_begun_years(calendar, settings)


def _check_begun_years(calendar: Calendar, settings: Settings) -> Iterator[Finding]:
    """A year whose notice somebody began to type in, and which therefore does not count yet."""
    given = (*settings.calendar.holidays, *settings.calendar.workdays)
    for year in sorted({day.year for day in given}):
        if calendar.is_known(date(year, 1, 1)):
            continue
        missing = calendar.list_unnamed_holidays(year)
        lacks = (
            f"holidays 还缺 {'、'.join(map(str, missing))}" if missing else "workdays 还没有一天"
        )
        yield note("日历", f"{year} 年只录了一部分，期限仍是暂定", f"{lacks}，补齐后才算正式")


def _describe_rehearsal(settings: Settings) -> Finding:
    start = f"从 {settings.start:%Y-%m-%d %H:%M} 起" if settings.start else "从现在起"
    state = f"演练时钟，{start}，{settings.clock.speed:g} 倍速"
    if settings.telegram.token is None:
        return note("时钟", state)
    return fault("时钟", f"{state}，而令牌是真的", "正式使用请去掉 [clock] 的 start 和 speed")
