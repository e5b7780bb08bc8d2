"""A fresh group for each test of the conversation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.client.session.aiohttp import AiohttpSession

from tests.chat.stage import Stage, at, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Friday, 20 November 2026, nine in the morning."""
    async with open_stage(tmp_path, at("2026-11-20")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_farewell(monkeypatch: pytest.MonkeyPatch) -> None:
    """aiogram waits a quarter of a second for encrypted connections to close; here are none."""

    async def close(session: AiohttpSession) -> None:
        if session._session is not None:
            await session._session.close()

    monkeypatch.setattr(AiohttpSession, "close", close)
