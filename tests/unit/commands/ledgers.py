"""A small ledger in a file, and ways to spoil it."""

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from policy.hours import SHANGHAI
from store import migrate
from store.actions.groups import GroupSetup, MemberSetup, configure
from store.context import Request, Rules
from store.engine import open_engine
from store.ledger import Ledger

NOW = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
FILE = Path("data/zhuanban.db")
GROUP = GroupSetup(-1001, "专班", "zhumadian", "zh_Hans")


def make_ledger(settings: Settings, *members: MemberSetup) -> None:
    """A ledger with one group and these members, in three entries of the journal."""
    engine = open_engine(settings.store.url)
    migrate.upgrade(engine)
    ledger = Ledger(engine, Rules(settings.packs, settings.make_calendar(), settings.hours))
    try:
        for title in ("甲", "乙", "丙"):
            group = GroupSetup(GROUP.chat_id, title, GROUP.pack, GROUP.locale)
            asyncio.run(ledger.do(configure, Request(NOW, "config"), [group], members))
    finally:
        ledger.close()


def spoil(statement: str) -> None:
    """Change the file behind the ledger's back."""
    connection = sqlite3.connect(FILE)
    with connection:
        connection.execute(statement)
    connection.close()
