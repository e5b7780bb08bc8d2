"""A PostgreSQL for the tests: the one that is named, or a throw-away cluster.

    postgres_url          the server: a URL whose user may create databases (once a session)
    fresh_postgres_url    an empty database for this test alone, or a copy of the template
    postgres_template     the name of the database that fresh ones are copied from; override
                          it, session-wide, with a migrated one to save every test the migration

ZHUANBAN_TEST_POSTGRES names a server (postgresql://…) or a directory of PostgreSQL's programs.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.needs import POSTGRES

# What is thrown away need not survive a power cut; and it listens on a socket only,
# so that several may run side by side and nobody else gets at it.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "shared_buffers": "16MB",
    "max_connections": "50",
}


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a server on which databases may be created; its own database stays empty."""
    found = POSTGRES.require()
    if found.startswith(("postgresql://", "postgres://")):
        yield found
        return
    with throw_away_cluster(Path(found)) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template() -> str:
    """The database that fresh ones are copied from; nobody may be connected to it meanwhile."""
    return "template0"


@pytest.fixture
def fresh_postgres_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The URL of a database that only this test knows; it is dropped afterwards."""
    url = create_database(postgres_url, postgres_template)
    yield url
    drop_database(postgres_url, url)


def create_database(server: str, template: str = "template0") -> str:
    """Copies a database of that server (some 30 ms) and gives the URL of the copy."""
    name = f"zhuanban_{uuid4().hex}"
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def drop_database(server: str, url: str) -> None:
    """Drops what `create_database` made, whoever is still connected to it."""
    _execute(server, f'DROP DATABASE "{database_name(url)}" WITH (FORCE)')


def database_name(url: str) -> str:
    """The database in a URL: what `postgres_template` returns for a template made by hand."""
    return urlsplit(url).path.removeprefix("/")


def _execute(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def throw_away_cluster(programs: Path) -> Iterator[str]:
    """Runs a cluster of its own from `programs` (the directory of initdb); gives its URL."""
    home = Path(tempfile.mkdtemp(prefix="zhuanban-pg-"))
    owner = _unprivileged_user()
    if owner:
        os.chown(home, owner["user"], owner["group"])
    try:
        _create_cluster(programs, home, owner)
        _start_cluster(programs, home, owner)
        try:
            yield f"postgresql://postgres@/postgres?host={quote(str(home), safe='')}"
        finally:
            _run(home, owner, programs / "pg_ctl", "stop", "-D", home / "data", "-m", "immediate")
    finally:
        shutil.rmtree(home)


def _unprivileged_user() -> Mapping[str, Any]:
    """PostgreSQL refuses to run as root: root runs it as postgres, or as nobody."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}


def _create_cluster(programs: Path, home: Path, owner: Mapping[str, Any]) -> None:
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    _run(home, owner, programs / "initdb", "-D", home / "data", *options)
    lines = (f"{name} = '{value}'\n" for name, value in SETTINGS.items())
    with (home / "data/postgresql.conf").open("a") as settings:
        settings.writelines([*lines, f"unix_socket_directories = '{home}'\n"])


def _start_cluster(programs: Path, home: Path, owner: Mapping[str, Any]) -> None:
    log = home / "server.log"
    _run(home, owner, programs / "pg_ctl", "start", "-w", "-D", home / "data", "-l", log)


def _run(home: Path, owner: Mapping[str, Any], *command: str | Path) -> None:
    """Runs one of PostgreSQL's programs; raises RuntimeError with what it had to say."""
    said = home / "said.log"
    with said.open("ab") as output:
        status = subprocess.run(
            command,
            cwd=home,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **owner,
        )
    if status.returncode:
        log = home / "server.log"
        details = said.read_text() + (log.read_text() if log.exists() else "")
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{details}")
