"""Chromium for a file of tests, and a fresh rehearsal for each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.stage import PATIENCE, PHONE, Group, launch, open_group, serve


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Chromium. For a file and no longer, since Playwright's loop stands in the way of others."""
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = launch(playwright, chromium_path)
        yield browser
        browser.close()


@pytest.fixture
def address() -> Iterator[str]:
    """A fresh rehearsal on Friday, 20 November 2026, nine in the morning."""
    with serve() as address:
        yield address


@pytest.fixture
def group(browser: Browser, address: str) -> Iterator[Group]:
    """Its page on a desktop."""
    with open_group(browser, address) as group:
        yield group


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Group]:
    """Its page on a phone."""
    with open_group(browser, address, PHONE) as group:
        yield group
