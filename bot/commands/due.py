"""python -m bot due: count one deadline, and explain it."""

import argparse
import json
from datetime import date

from bot.commands.exits import Exit
from bot.commands.usage import Parser, WrongUsage

NAME = "due"
HELP = "推算一个期限，并说明是怎么数的"
LOCALE = "zh_Hans"


def add_arguments(parser: Parser) -> None:
    """The day on which the period begins, its length, and what stops it."""
    parser.epilog = (
        "例：python -m bot due 2026-11-16 5\n"
        "    python -m bot due 2026-11-16 5 --pause 2026-11-18..2026-11-20"
    )
    parser.inputs.add_argument("start", metavar="起算日", type=_read_day, help="当日不计，次日起算")
    parser.inputs.add_argument("days", metavar="天数", type=_read_days, help="默认为工作日")
    parser.choices.add_argument("--calendar-days", action="store_true", help="天数是自然日")
    parser.choices.add_argument(
        "--pause",
        metavar="始日..末日",
        type=_read_pause,
        action="append",
        default=[],
        help="停表的日子，含首尾，可写多次；未恢复的不写末日：2026-11-18..",
    )
    parser.choices.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the last day and how it was counted. Raises SettingsError or WrongUsage."""
    from bot.clock import Clock
    from bot.settings import load_settings
    from handlers.texts.deadlines import explain_deadline
    from handlers.texts.speech import Speech
    from policy.deadlines import DeadlineError, Pause, Period, Unit, count_deadline

    settings = load_settings()
    unit = Unit.CALENDAR_DAYS if arguments.calendar_days else Unit.WORKING_DAYS
    pauses = [Pause(first, last) for first, last in arguments.pause]
    try:
        period = Period(arguments.days, unit)
        deadline = count_deadline(settings.make_calendar(), arguments.start, period, pauses)
    except DeadlineError:
        raise WrongUsage("算不出来：日期超出了日历的年份（2004 至 2100）。") from None
    # A day of another year than this one is written with its year.
    speech = Speech(LOCALE, Clock(settings.zone).now().date(), settings.hours)
    why = explain_deadline(speech, deadline)
    if arguments.json:
        print(json.dumps(_as_json(deadline.due, deadline.provisional, why), ensure_ascii=False))
        return Exit.OK
    headline = speech.limit(deadline.due) if deadline.due else "停表中，恢复后才有期限"
    provisional = "（暂定）" if deadline.provisional else ""
    print("\n".join([f"{headline}{provisional}", *why]))
    return Exit.OK


def _as_json(due: date | None, provisional: bool, why: list[str]) -> dict[str, object]:
    answer: dict[str, object] = {
        "due": due.isoformat() if due else None,
        "provisional": provisional,
    }
    if due is None:
        answer["state"] = "paused"
    return {**answer, "why": why}


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，应写成 2026-11-16") from None


def _read_days(text: str) -> int:
    days = int(text) if text.isdecimal() else 0
    if days < 1:
        raise argparse.ArgumentTypeError(f"{text} 不行，天数应是 1 以上的整数")
    return days


def _read_pause(text: str) -> tuple[date, date | None]:
    first, dots, last = text.partition("..")
    if not dots or not first:
        raise argparse.ArgumentTypeError(f"{text} 应写成 2026-11-18..2026-11-20")
    pause = (_read_day(first), _read_day(last) if last else None)
    if pause[1] is not None and pause[1] < pause[0]:
        raise argparse.ArgumentTypeError(f"{text} 的末日早于始日")
    return pause
