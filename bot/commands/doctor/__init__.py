"""python -m bot doctor: look at everything that a deployment needs, and say what to do."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.commands.doctor.findings import Finding, Mark
from bot.commands.exits import Exit
from bot.commands.usage import Parser
from bot.settings.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

NAME = "doctor"
HELP = "体检：设置、令牌、群权限、日历、数据库，逐项说明该做什么"


def add_arguments(parser: Parser) -> None:
    """None: it looks at what the settings name."""
    parser.epilog = "✓ 正常　! 请留意　✗ 必须处理（有 ✗ 时退出码为 1）。只看不改。"


def run(_arguments: argparse.Namespace) -> int:
    """Print a line a check; FOUND when something must be done, USAGE when settings are broken."""
    from bot.settings import load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        print(Finding(Mark.FAULT, "设置", str(error), "改好后再运行一次 doctor"))
        return Exit.USAGE
    marks = []
    for finding in _look(settings):
        print(finding, flush=True)
        marks.append(finding.mark)
    faults = marks.count(Mark.FAULT)
    print(f"\n有 {faults} 项必须处理。" if faults else "\n没有必须处理的问题。")
    return Exit.FOUND if faults else Exit.OK


def _look(settings: "Settings") -> Iterator[Finding]:
    from bot.clock import Clock
    from bot.commands.doctor import ledger, policy
    from bot.deferred import import_aiogram

    import_aiogram()
    from bot.commands.doctor import telegram

    now = Clock(settings.zone).now()
    yield from policy.check_settings(settings)
    yield from policy.check_packs(settings)
    yield from policy.check_calendar(settings, settings.hours.day_of(now))
    yield from ledger.check_database(settings, now)
    yield from telegram.check_telegram(settings)
