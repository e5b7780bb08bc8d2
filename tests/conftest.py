"""Tests that need PostgreSQL or Chromium run where there is one, and say so where there is none."""

from collections.abc import Generator

import pytest

from tests.needs import CHROMIUM, NEEDS, Need

pytest_plugins = ["tests.postgres"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test that asks for a fixture of a need, so that `-m "not postgres"` is right."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for need in NEEDS:
            if fixtures & need.fixtures:
                item.add_marker(need.marker)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips, or on CI fails, a test whose need is not met."""
    for need in NEEDS:
        if item.get_closest_marker(need.marker):
            need.require()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> Generator[None, None, None]:
    """Ends the report with what was not run and how to run it."""
    yield
    for need in NEEDS:
        count = _count_skipped(terminalreporter, need)
        if count:
            tests = "1 test" if count == 1 else f"{count} tests"
            terminalreporter.write_line(f"Not run: {tests}, since {need.reason}.", yellow=True)


def _count_skipped(terminalreporter: pytest.TerminalReporter, need: Need) -> int:
    """Tests that were skipped for the want of this need."""
    skipped = terminalreporter.stats.get("skipped", [])
    return sum(need.reason in str(report.longrepr) for report in skipped)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of the Chromium that Playwright is to start."""
    return CHROMIUM.require()
