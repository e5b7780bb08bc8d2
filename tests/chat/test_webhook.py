"""The webhook, end to end: Telegram posts, and only with the secret."""

import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.settings.model import Listen
from bot.wiring import Assistant
from tests.chat.projects import NAME, registration
from tests.chat.stage import NEVER, at, count_rows, open_stage, text_of

SECRET = "演练".encode().hex() + "_invented"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def hook() -> dict[str, Any]:
    """The settings of a webhook on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "webhook_url": f"http://127.0.0.1:{port}/updates",
        "webhook_secret": SecretStr(SECRET),
        "webhook_listen": Listen(host="127.0.0.1", port=port),
    }


async def test_updates_come_by_webhook(tmp_path: Path, hook: dict[str, Any]) -> None:
    async with open_stage(tmp_path, at("2026-11-20"), telegram=hook) as stage:
        message = await stage.say("office", registration())
        card = stage.answer_to(message)
        toast = await stage.press("ecology", card, "领账 · 生态环境局")
        assert toast["text"].startswith("4号已领账")
        assert not [call for call in stage.sandbox.calls if call.method == "getUpdates"]
        await stage.restart()
        await stage.say("ecology", "4号已联系业主")
        assert "已联系业主" in text_of(stage.shown(card))


async def test_only_who_knows_the_secret_is_heard(tmp_path: Path, hook: dict[str, Any]) -> None:
    async with open_stage(tmp_path, at("2026-11-20"), telegram=hook) as stage:
        message = stage.sandbox.say("office", None, registration())
        await stage.settle()
        forged = {"update_id": 5, "message": {**message, "text": registration("演练乙")}}
        async with aiohttp.ClientSession() as session:
            for headers in ({}, {HEADER: "wrong"}, {HEADER: SECRET + "x"}, {HEADER: "\xff"}):
                status = await _post(session, hook["webhook_url"], forged, headers)
                assert status == 403
        assert [project.name for project in await stage.projects()] == [NAME]


async def test_what_is_no_update_is_refused_and_what_is_broken_set_aside(
    tmp_path: Path, hook: dict[str, Any]
) -> None:
    async with open_stage(tmp_path, at("2026-11-20"), telegram=hook) as stage:
        headers = {HEADER: SECRET}
        async with aiohttp.ClientSession() as session:
            bodies: tuple[object, ...] = ([], "x", {}, {"update_id": "x"})
            for body in bodies:
                assert await _post(session, hook["webhook_url"], body, headers) == 400
            broken = {"update_id": 5, "message": {"message_id": "x"}}
            assert await _post(session, hook["webhook_url"], broken, headers) == 200
        assert await count_rows(stage, "processed_updates WHERE outcome = 'set_aside'") == 1


async def test_without_a_secret_it_does_not_start(tmp_path: Path, hook: dict[str, Any]) -> None:
    async with open_stage(tmp_path, at("2026-11-20")) as stage:
        await stage.stop()
        telegram = stage.settings.telegram.model_copy(update=hook | {"webhook_secret": None})
        settings = stage.settings.model_copy(update={"telegram": telegram})
        with pytest.raises(ValueError, match="secret"):
            await Assistant(settings, stage.clock, tick=NEVER).start()
        await stage.start()


async def _post(
    session: aiohttp.ClientSession, url: str, body: object, headers: dict[str, str]
) -> int:
    async with session.post(url, json=body, headers=headers) as response:
        return response.status
