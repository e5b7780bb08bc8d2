"""Keeping a process going until it is told to stop, and saying in one sentence why it cannot."""

import asyncio
import errno
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot.commands.exits import Exit, Failure
from bot.commands.sandbox import NAME
from bot.commands.usage import PROGRAM
from bot.deferred import import_aiogram
from bot.logs import set_up_logging
from bot.settings import Settings

SANDBOX_PORT = 8088


def serve(settings: Settings) -> int:
    """Serve on Telegram until told to stop. Raises Failure."""
    set_up_logging()
    import_aiogram()
    from bot import wiring
    from store.errors import LedgerError

    print(f"接入 {settings.telegram.api_base}（按 Ctrl+C 停止）", flush=True)
    try:
        _run_until_stopped(wiring.run(settings))
    except wiring.TokenRefused:
        sentence = f"{settings.telegram.api_base} 不认这个令牌，请核对 ZHUANBAN_TELEGRAM__TOKEN。"
        raise Failure(Exit.USAGE, sentence) from None
    except LedgerError as error:
        raise Failure(Exit.UNREACHABLE, f"数据库用不了：{error}") from None
    except OSError as error:
        listen = settings.telegram.webhook_listen
        raise _explain_port(error, listen.port, "改 telegram.webhook_listen") from error
    return Exit.OK


def serve_sandbox(settings: Settings, port: int = SANDBOX_PORT) -> int:
    """Serve the page until told to stop. Raises Failure."""
    set_up_logging()
    import_aiogram()
    from bot.rehearsal import run_sandbox
    from store.errors import LedgerError

    try:
        _run_until_stopped(run_sandbox(settings, port, _announce))
    except LedgerError as error:
        raise Failure(Exit.UNREACHABLE, f"数据库用不了：{error}") from None
    except OSError as error:
        other = f"换一个：{PROGRAM} {NAME} --port {port + 1}"
        raise _explain_port(error, port, other) from error
    return Exit.OK


def _announce(address: str) -> None:
    print(f"演练已就绪，请在浏览器打开 {address} （按 Ctrl+C 停止）", flush=True)


def _explain_port(error: OSError, port: int, remedy: str) -> Exception:
    if error.errno == errno.EADDRINUSE:
        return Failure(Exit.USAGE, f"端口 {port} 已被占用，请{remedy}。")
    if error.errno == errno.EACCES:
        return Failure(Exit.USAGE, f"不允许使用端口 {port}，请{remedy}。")
    return error


def _run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` until it ends, or until SIGINT or SIGTERM cancels it.

    A second signal is no longer caught, so that whoever is in a hurry can end it at once.
    """

    async def main() -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.ensure_future(work)

        def stop() -> None:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
            task.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(main())
