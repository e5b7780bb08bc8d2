"""What tests need is found, or named; the throw-away PostgreSQL works."""

import os
import subprocess
import sys

import psycopg
import pytest

from tests.needs import NEEDS, Need
from tests.repo.files import ROOT

PROBE = "tests/repo/test_needs.py::test_chromium_starts"


def run_probe(**environment: str) -> subprocess.CompletedProcess[str]:
    """Runs one test that needs Chromium as if the machine had none."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", PROBE]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    env |= {"ZHUANBAN_TEST_CHROMIUM": "none", **environment}
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_report_ends_with_what_was_not_run() -> None:
    done = run_probe(CI="")
    assert done.returncode == 0, done.stdout
    *_, not_run, totals = done.stdout.splitlines()
    assert not_run.startswith("Not run: 1 test, since Chromium is missing; to get it: apt-get")
    assert "1 skipped" in totals


def test_on_ci_what_is_missing_fails() -> None:
    done = run_probe(CI="true")
    assert done.returncode == 1, done.stdout
    assert "Chromium is missing; to get it: apt-get install chromium" in done.stdout


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.marker)
def test_what_is_named_is_not_looked_for(need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(need.variable, "named")
    assert need.found() == "named"


def test_each_test_has_a_database_of_its_own(postgres_url: str, fresh_postgres_url: str) -> None:
    assert fresh_postgres_url != postgres_url
    with psycopg.connect(fresh_postgres_url) as connection:
        connection.execute("CREATE TABLE project (name text)")
        connection.execute("INSERT INTO project VALUES ('专班')")
        assert connection.execute("SELECT name FROM project").fetchall() == [("专班",)]


def test_chromium_starts(chromium_path: str) -> None:
    done = subprocess.run(
        [chromium_path, "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip()
