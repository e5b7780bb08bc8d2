"""The ledger's database, for the commands that look at it without starting the assistant."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.exits import Exit, Failure
from bot.settings import Settings
from policy.packs import Pack

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from store.context import View

_SQLITE = "sqlite:///"


@contextmanager
def open_database(settings: Settings) -> Iterator["Engine"]:
    """A connection pool that is closed afterwards.

    Raises Failure(UNREACHABLE) for whatever goes wrong with the database, within as well.
    """
    from sqlalchemy.exc import DBAPIError

    from store.engine import open_engine
    from store.errors import LedgerError

    try:
        engine = open_engine(settings.store.url)
        try:
            yield engine
        finally:
            engine.dispose()
    except LedgerError as error:
        raise Failure(Exit.UNREACHABLE, f"数据库用不了：{error}") from error
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())
        raise Failure(Exit.UNREACHABLE, f"数据库用不了：{said}") from error


def find_missing_file(settings: Settings) -> Path | None:
    """The file of an SQLite database that is not there yet; opening it would make an empty one."""
    if not settings.store.url.startswith(_SQLITE):
        return None
    file = Path(settings.store.url.removeprefix(_SQLITE).partition("?")[0])
    return None if file.exists() else file


def view_ledger(conn: "Connection", settings: Settings, now: datetime) -> "View":
    """What queries read from: the ledger as it is at `now`, under the rules of the settings."""
    from store.context import Rules, View

    return View(conn, now, Rules(settings.packs, settings.make_calendar(), settings.hours))


def list_project_names(settings: Settings, pack: Pack, now: datetime) -> list[str]:
    """The names of the projects under a pack; none where there is no ledger yet.

    Raises Failure(UNREACHABLE) when there is one that cannot be read.
    """
    if find_missing_file(settings):
        return []
    from store import migrate
    from store.queries.people import list_groups
    from store.queries.projects import list_projects

    with open_database(settings) as engine:
        if migrate.find_revision(engine) is None:
            return []
        with engine.connect() as conn:
            view = view_ledger(conn, settings, now)
            groups = [group for group in list_groups(view) if group.pack == pack.key]
            found = [one.name for group in groups for one in list_projects(view, group)]
    return list(dict.fromkeys(found))
