"""python -m bot verify: prove that nobody changed the journal."""

import argparse
from typing import TYPE_CHECKING

from bot.commands.exits import Exit, Failure
from bot.commands.usage import Parser

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.settings import Settings
    from store.journal import Broken

NAME = "verify"
HELP = "核验台账日志：逐条检查，有没有被改动、删除或添加"

REASONS = {
    "the entry is missing": "这一条不见了",
    "it does not follow the entry before it": "它与前一条接不上",
    "its content was changed": "它的内容被改过",
    "the entry was added": "这一条是添上去的",
    "the end of the chain is not known any more": "日志的末尾没有记载了",
}


def add_arguments(parser: Parser) -> None:
    """None: the database is in the settings."""
    parser.epilog = (
        "每条日志都带着前一条的指纹，改动任何一条都会从那里断开（退出码 1）。只读，不改。"
    )


def run(_arguments: argparse.Namespace) -> int:
    """Walk the chain; FOUND when it is broken. Raises SettingsError or Failure."""
    from bot.commands.database import find_missing_file, open_database
    from bot.settings import load_settings

    settings = load_settings()
    if missing := find_missing_file(settings):
        raise Failure(Exit.UNREACHABLE, f"没有 {missing} 这个数据库；请核对 store.url。")
    with open_database(settings) as engine:
        count, broken = _walk(engine, settings)
    if broken:
        print(describe_break(broken))
        return Exit.FOUND
    print(f"台账日志完整：共 {count} 条，逐条相连。")
    return Exit.OK


def describe_break(broken: "Broken") -> str:
    """Where the chain is broken, and how."""
    reason = REASONS.get(broken.reason, broken.reason)
    return f"台账日志在第 {broken.seq} 条断开：{reason}。"


def _walk(engine: "Engine", settings: "Settings") -> "tuple[int, Broken | None]":
    from sqlalchemy.exc import DBAPIError

    from store import journal, migrate

    if migrate.find_revision(engine) is None:
        where = settings.store.shown_url
        raise Failure(Exit.UNREACHABLE, f"{where} 里还没有台账；先运行 python -m bot migrate。")
    try:
        with engine.connect() as conn:
            broken = journal.verify(conn)
            # What a broken chain says of its own length is worth nothing.
            return (0 if broken else journal.count(conn)), broken
    except DBAPIError as error:
        raise Failure(Exit.UNREACHABLE, f"台账日志读不出来：{error.orig}") from error
