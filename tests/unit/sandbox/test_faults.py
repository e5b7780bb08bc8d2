"""Faults on demand: what aiogram makes of them, and whether the server acted."""

import asyncio
from collections.abc import Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter

from bot.sandbox import Fault, Sandbox


def once(fault: Fault, method: str = "sendMessage") -> Callable[[str], Fault | None]:
    """A hook that strikes the first call of the method."""
    left = [fault]

    def hook(called: str) -> Fault | None:
        return left.pop() if called == method and left else None

    return hook


async def test_a_connection_cut_before_acting_leaves_no_message(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_faults(once(Fault(cut_before=True)))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(sandbox.group, "a")
    assert sandbox.messages() == []
    await bot.send_message(sandbox.group, "a")


async def test_a_connection_cut_after_acting_leaves_the_message(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_faults(once(Fault(cut_after=True)))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(sandbox.group, "a")
    assert [message["text"] for message in sandbox.messages()] == ["a"]


@pytest.mark.parametrize("status", [500, 502])
async def test_a_proxys_page_is_no_json(bot: Bot, sandbox: Sandbox, status: int) -> None:
    sandbox.set_faults(once(Fault(status=status)))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(sandbox.group, "a")
    assert sandbox.messages() == []
    assert sandbox.refusals[0].error == f"fault: status {status}"


async def test_too_many_requests_on_demand(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_faults(once(Fault(retry_after=3)))
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(sandbox.group, "a")
    assert refused.value.retry_after == 3


async def test_a_delay_holds_the_call_back(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_faults(once(Fault(delay=0.2)))
    sending = asyncio.create_task(bot.send_message(sandbox.group, "a"))
    await asyncio.sleep(0.1)
    assert sandbox.messages() == []
    await sending
    assert len(sandbox.messages()) == 1


async def test_faults_can_be_switched_off(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_faults(lambda _: Fault(status=502))
    sandbox.set_faults(None)
    await bot.send_message(sandbox.group, "a")
