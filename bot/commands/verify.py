"""python -m bot verify: prove that nobody changed the journal."""

import argparse
from typing import TYPE_CHECKING

from bot.commands.exits import Exit, Failure
from bot.commands.usage import Parser

if TYPE_CHECKING:
    from sqlalchemy import Engine

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
    from store import migrate

    settings = load_settings()
    if missing := find_missing_file(settings):
        raise Failure(Exit.UNREACHABLE, f"没有 {missing} 这个数据库；请核对 store.url。")
    with open_database(settings) as engine:
        if migrate.find_revision(engine) is None:
            where = settings.store.shown_url
            raise Failure(Exit.UNREACHABLE, f"{where} 里还没有台账；先运行 python -m bot migrate。")
        count, broken = walk_journal(engine)
    print(f"台账日志{broken or f'完整：共 {count} 条，逐条相连'}。")
    return Exit.FOUND if broken else Exit.OK


def walk_journal(engine: "Engine") -> tuple[int, str]:
    """How many entries there are, and where and how the chain is broken ("" where it is whole).

    What a broken chain says of its own length is worth nothing, and is not asked.
    """
    from store import journal

    with engine.connect() as conn:
        try:
            broken = journal.verify(conn)
        except ValueError:
            # A column that its type cannot read: no entry was ever written like that.
            return 0, "有一条读不出来：它的内容被改过"
        if broken:
            return 0, f"在第 {broken.seq} 条断开：{REASONS.get(broken.reason, broken.reason)}"
        return journal.count(conn), ""
