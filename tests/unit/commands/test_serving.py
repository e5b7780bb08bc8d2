"""python -m bot run and sandbox: as processes, started, used, stopped, and refused."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.commands import serving
from bot.sandbox import Sandbox, StillClock, load_cast
from bot.settings import Settings
from policy.hours import SHANGHAI
from tests.repo.files import ROOT
from tests.unit.commands.conftest import Call

NOW = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)


def find_port() -> int:
    """A port that nobody uses."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def start(*words: str, place: Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """`python -m bot` as a process; ended afterwards, whatever it did."""
    settings = {f"ZHUANBAN_{name}": value for name, value in variables.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """The first line of output with these words; "" when it ended without."""
    assert process.stdout
    return next((line for line in process.stdout if words in line), "")


@pytest_asyncio.fixture
async def api() -> AsyncIterator[Sandbox]:
    """A Bot API server."""
    server = Sandbox(load_cast(), StillClock(NOW), port=0)
    await server.start()
    yield server
    await server.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_answers_and_stops_when_told(place: Path, number: signal.Signals) -> None:
    port = find_port()
    with start("sandbox", "--port", str(port), place=place) as process:
        address = f"http://127.0.0.1:{port}"
        assert address in read_until(process, "演练已就绪")
        with urllib.request.urlopen(address, timeout=5) as page:
            assert page.status == 200
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert "Traceback" not in err
    assert not list(place.iterdir())


def test_a_port_that_is_taken(place: Path) -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with start("sandbox", "--port", str(port), place=place) as process:
            _, err = process.communicate(timeout=60)
            assert process.returncode == 2
            last = f"端口 {port} 已被占用，请换一个：python -m bot sandbox --port {port + 1}。"
            assert err.splitlines()[-1] == last


async def test_with_a_token_it_serves_until_told_to_stop(api: Sandbox, place: Path) -> None:
    address = {"TELEGRAM__TOKEN": api.token, "TELEGRAM__API_BASE": api.base_url}
    with start("run", place=place, **address) as process:
        await api.wait_until(lambda: any(one.method == "getUpdates" for one in api.calls), 60)
        process.send_signal(signal.SIGTERM)
        await api.wait_until(lambda: process.poll() is not None, 60)
        assert process.returncode == 0, process.stderr and process.stderr.read()
    assert (place / "data" / "zhuanban.db").is_file()


async def test_a_token_that_is_refused(api: Sandbox, place: Path) -> None:
    address = {"TELEGRAM__TOKEN": "123:wrong", "TELEGRAM__API_BASE": api.base_url}
    with start("run", place=place, **address) as process:
        await api.wait_until(lambda: process.poll() is not None, 60)
        assert process.returncode == 2
        assert process.stderr
        last = process.stderr.read().splitlines()[-1]
        assert last == f"{api.base_url} 不认这个令牌，请核对 ZHUANBAN_TELEGRAM__TOKEN。"


def test_a_database_that_cannot_be_used(place: Path) -> None:
    (place / "letter.db").write_text("no database\n" * 1000)
    variables = {"TELEGRAM__TOKEN": "123:invented", "STORE__URL": "sqlite:///letter.db"}
    with start("run", place=place, **variables) as process:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 3
        assert err.splitlines()[-1].startswith("数据库用不了：")
        assert "Traceback" not in err


def test_without_a_token_it_says_that_it_rehearses(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Settings] = []

    def begin(settings: Settings) -> int:
        begun.append(settings)
        return 0

    monkeypatch.setattr(serving, "serve_sandbox", begin)
    called = call("run")
    assert (called.code, len(begun)) == (0, 1)
    assert called.out == "没有设置令牌（ZHUANBAN_TELEGRAM__TOKEN），启动演练。\n"
