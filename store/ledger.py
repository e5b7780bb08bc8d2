"""The one asynchronous door to the ledger: `do` an action, `ask` a query.

Actions and queries are plain synchronous functions. On SQLite one writer thread
commits together what waits together, each action in its savepoint: a durable
commit costs about the same for one action as for sixty. On PostgreSQL a small
pool runs each action in a transaction of its own.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError

from .context import Request, Rules, Tx, View
from .engine import is_sqlite
from .errors import AlreadyProcessed, LedgerError
from .tables import processed_updates

BATCH = 64
READERS = 4
PATIENCE = 30.0  # seconds for which a locked or lost database is waited for
PAUSE = 0.2

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class _Job:
    action: Callable[..., Any]
    request: Request
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    future: Future[Any] = field(default_factory=Future)

    def run(self, conn: Connection, rules: Rules) -> Any:
        """The action and the mark that its update was processed, in the caller's transaction."""
        request = self.request
        if request.update_id is not None:
            _mark_processed(conn, request.update_id, request.at)
        return self.action(Tx(conn, request.at, rules, request), *self.args, **self.kwargs)


class Ledger:
    """Runs actions and queries beside the event loop; `close` waits for what was begun."""

    def __init__(self, engine: Engine, rules: Rules) -> None:
        self.engine = engine
        self.rules = rules
        self.after_commit: list[Callable[[], None]] = []
        self._writes = engine.execution_options(writes=True)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._pool = ThreadPoolExecutor(READERS, "ledger")
        self._writer: threading.Thread | None = None
        if is_sqlite(engine):
            self._writer = threading.Thread(target=self._write, name="ledger-writer", daemon=True)
            self._writer.start()

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
        stayed out of reach.
        """
        job = _Job(action, request, args, kwargs)
        if self._writer:
            self._jobs.put(job)
            result: R = await asyncio.wrap_future(job.future)
        else:
            result = await self._in_pool(self._do_alone, job)
        for listener in self.after_commit:
            listener()
        return result

    async def ask(
        self,
        query: Callable[Concatenate[View, P], R],
        now: datetime,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Runs one query as of `now`, on a connection that is rolled back afterwards."""

        def read() -> R:
            with self.engine.connect() as conn:
                return query(View(conn, now, self.rules), *args, **kwargs)

        return await self._in_pool(read)

    def close(self) -> None:
        """Finishes what was begun and lets the connections go."""
        if self._writer:
            self._jobs.put(None)
            self._writer.join()
        self._pool.shutdown(wait=True)
        self.engine.dispose()

    async def _in_pool(self, function: Callable[..., R], *args: Any) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *args)

    def _do_alone(self, job: _Job) -> Any:
        def attempt() -> Any:
            with self._writes.begin() as conn:
                return job.run(conn, self.rules)

        return _patiently(attempt)

    def _write(self) -> None:
        open_for_work = True
        while open_for_work:
            jobs, open_for_work = self._take_waiting()
            if jobs:
                self._commit_together(jobs)

    def _take_waiting(self) -> tuple[list[_Job], bool]:
        first = self._jobs.get()
        if first is None:
            return [], False
        jobs = [first]
        while len(jobs) < BATCH:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return jobs, False
            jobs.append(job)
        return jobs, True

    def _commit_together(self, jobs: list[_Job]) -> None:
        try:
            outcomes = _patiently(lambda: self._run_batch(jobs))
        except Exception as error:
            outcomes = [(None, error)] * len(jobs)
        for job, (result, failure) in zip(jobs, outcomes, strict=True):
            if failure is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(failure)

    def _run_batch(self, jobs: list[_Job]) -> list[tuple[Any, Exception | None]]:
        outcomes: list[tuple[Any, Exception | None]] = []
        with self._writes.begin() as conn:
            for job in jobs:
                try:
                    with conn.begin_nested():
                        outcomes.append((job.run(conn, self.rules), None))
                except OperationalError:
                    raise  # locked or lost: the whole batch again
                except Exception as error:
                    outcomes.append((None, error))
        return outcomes


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


def _patiently(attempt: Callable[[], R]) -> R:
    """Repeats what a locked or lost database refused, for PATIENCE seconds."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except DBAPIError as error:
            if not _may_pass(error):
                raise
            if time.monotonic() > give_up:
                raise LedgerError(f"the database cannot be written: {error.orig}") from error
            time.sleep(PAUSE)


def _may_pass(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    words = str(error.orig)
    return isinstance(error, OperationalError) and any(
        hint in words for hint in ("locked", "busy", "connection", "deadlock", "full")
    )
