"""SQLite's single writer: a thread that commits together what waits together."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from .engine import may_pass
from .errors import LedgerError
from .patience import patiently

BATCH = 64

Work = Callable[[Connection], Any]


@dataclass(slots=True)
class _Job:
    work: Work
    future: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: Any = None
    failure: BaseException | None = None


class Writer:
    """Runs work in transactions of `engine`, one batch after the other, each in its savepoint."""

    def __init__(self, engine: Engine, patience: float) -> None:
        self._engine = engine
        self._patience = patience
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._open = True
        self._door = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> Future[Any]:
        """Queues work; its result comes when it is durable. Raises LedgerError once closed."""
        job = _Job(work)
        with self._door:
            if not self._open:
                raise LedgerError("the ledger is closed")
            self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finishes what was submitted, and ends the thread."""
        with self._door:
            if self._open:
                self._open = False
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            jobs = [first, *self._take_waiting()]
            # Whoever was cancelled while waiting is left out; from here on nobody can be.
            wanted = [job for job in jobs if job.future.set_running_or_notify_cancel()]
            for job, outcome in zip(wanted, self._commit(wanted), strict=True):
                _deliver(job, outcome)

    def _take_waiting(self) -> list[_Job]:
        jobs: list[_Job] = []
        while len(jobs) < BATCH - 1:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:  # the end; put back for the loop, since nothing can come after it
                self._jobs.put(None)
                break
            jobs.append(job)
        return jobs

    def _commit(self, jobs: list[_Job]) -> list[_Outcome]:
        """Commits the jobs together, or, where one of them spoils the batch, one by one."""
        try:
            return patiently(lambda: self._run_batch(jobs), self._patience)
        except BaseException as failure:
            if len(jobs) == 1 or isinstance(failure, LedgerError):
                return [_Outcome(failure=failure)] * len(jobs)
        return [outcome for job in jobs for outcome in self._commit([job])]

    def _run_batch(self, jobs: list[_Job]) -> list[_Outcome]:
        with self._engine.begin() as conn:
            return [_run_one(conn, job) for job in jobs]


def _run_one(conn: Connection, job: _Job) -> _Outcome:
    try:
        with conn.begin_nested():
            return _Outcome(job.work(conn))
    except DBAPIError as error:
        if may_pass(error):
            raise  # nothing of the batch can be kept: the whole of it again
        return _Outcome(failure=error)
    except BaseException as error:
        return _Outcome(failure=error)


def _deliver(job: _Job, outcome: _Outcome) -> None:
    if outcome.failure is None:
        job.future.set_result(outcome.result)
    else:
        job.future.set_exception(outcome.failure)
