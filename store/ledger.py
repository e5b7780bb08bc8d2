"""The one asynchronous door to the ledger: `do` an action, `ask` a query.

Actions and queries are plain synchronous functions. On SQLite one writer thread
commits together what waits together, each action in its savepoint: a durable
commit costs about the same for one action as for sixty. On PostgreSQL a small
pool runs each action in a transaction of its own.
"""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, insert, select

from .context import Request, Rules, Tx, View
from .engine import is_sqlite
from .errors import AlreadyProcessed, LedgerError
from .patience import PATIENCE, patiently
from .tables import processed_updates
from .writer import Work, Writer

READERS = 4

P = ParamSpec("P")
R = TypeVar("R")


class Ledger:
    """Runs actions and queries beside the event loop; `close` waits for what was begun.

    Args:
        engine: the migrated database.
        rules: the packs, the calendar and the close of business.
        patience: seconds for which a locked or lost database is waited for.

    `after_commit` are called in the event loop after each action that took effect.

    """

    def __init__(self, engine: Engine, rules: Rules, patience: float = PATIENCE) -> None:
        self.engine = engine
        self.rules = rules
        self.after_commit: list[Callable[[], None]] = []
        self._patience = patience
        self._writes = engine.execution_options(writes=True)
        self._reads = engine
        if not is_sqlite(engine):
            # All that a query reads is of one moment, as it is with SQLite.
            self._reads = engine.execution_options(isolation_level="REPEATABLE READ")
        self._pool = ThreadPoolExecutor(READERS, "ledger")
        self._writer = Writer(self._writes, patience) if is_sqlite(engine) else None

    async def do(
        self,
        action: Callable[Concatenate[Tx, P], R],
        request: Request,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Runs one action in one transaction and gives its result once it is durable.

        Raises what the action raised (nothing was changed then), AlreadyProcessed
        for an update that had its effect before, LedgerError when the database
        stayed out of reach or the ledger is closed. Whoever is cancelled while
        waiting may find the action done.
        """

        def work(conn: Connection) -> R:
            if request.update_id is not None:
                _mark_processed(conn, request.update_id, request.at)
            tx = Tx(conn, request.at, self.rules, request=request)
            result = action(tx, *args, **kwargs)
            if tx.changes:
                raise RuntimeError(f"{action.__name__} changed rows and wrote no entry about it")
            return result

        future: Future[R] = self._submit(work)
        future.add_done_callback(partial(self._committed, asyncio.get_running_loop()))
        return await asyncio.wrap_future(future)

    async def ask(
        self,
        query: Callable[Concatenate[View, P], R],
        now: datetime,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Runs one query as of `now`, on a connection that is rolled back afterwards."""

        def read() -> R:
            with self._reads.connect() as conn:
                return query(View(conn, now, self.rules), *args, **kwargs)

        return await asyncio.wrap_future(self._in_pool(read))

    def close(self) -> None:
        """Finishes what was begun and lets the connections go; what comes later is refused."""
        if self._writer:
            self._writer.close()
        self._pool.shutdown(wait=True)
        self.engine.dispose()

    def _submit(self, work: Work) -> Future[Any]:
        if self._writer:
            return self._writer.submit(work)

        def alone() -> Any:
            with self._writes.begin() as conn:
                return work(conn)

        return self._in_pool(alone)

    def _in_pool(self, attempt: Callable[[], R]) -> Future[R]:
        try:
            return self._pool.submit(patiently, attempt, self._patience)
        except RuntimeError:
            raise LedgerError("the ledger is closed") from None

    def _committed(self, loop: asyncio.AbstractEventLoop, future: Future[Any]) -> None:
        if not future.cancelled() and future.exception() is None:
            # A loop that is closed by now has nobody left to tell.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        for listener in self.after_commit:
            listener()


def is_processed(view: View, update_id: int) -> bool:
    """Whether this update had its effect before."""
    return _is_processed(view.conn, update_id)


def _is_processed(conn: Connection, update_id: int) -> bool:
    known = select(processed_updates.c.update_id).where(processed_updates.c.update_id == update_id)
    return conn.execute(known).first() is not None


def _mark_processed(conn: Connection, update_id: int, now: datetime) -> None:
    if _is_processed(conn, update_id):
        raise AlreadyProcessed
    conn.execute(insert(processed_updates).values(update_id=update_id, at=now, outcome="done"))
