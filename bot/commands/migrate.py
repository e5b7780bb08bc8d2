"""python -m bot migrate: bring the database to the tables of this version."""

import argparse

from bot.commands.exits import Exit
from bot.commands.usage import Parser

NAME = "migrate"
HELP = "把数据库升级到本版本的结构（run 启动时也会做）"


def add_arguments(parser: Parser) -> None:
    """None: the database is in the settings."""
    parser.epilog = "在一个事务里完成：要么全部升级，要么保持原样。升级前请先备份。"


def run(_arguments: argparse.Namespace) -> int:
    """Migrate, and say from where to where. Raises SettingsError or Failure."""
    from bot.commands.database import open_database
    from bot.settings import load_settings
    from store import migrate

    settings = load_settings()
    with open_database(settings) as engine:
        before = migrate.find_revision(engine)
        migrate.upgrade(engine)
        after = migrate.find_revision(engine)
    where = settings.store.shown_url
    if before == after:
        print(f"数据库已是最新（{after}）：{where}")
    elif before is None:
        print(f"数据库已建好（{after}）：{where}")
    else:
        print(f"数据库已从 {before} 升级到 {after}：{where}")
    return Exit.OK
