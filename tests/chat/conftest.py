"""A fresh group for each test of the conversation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.stage import Stage, at, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Friday, 20 November 2026, nine in the morning."""
    async with open_stage(tmp_path, at("2026-11-20")) as opened:
        yield opened
