"""Called wrongly, the command line says what to write instead; the exit codes mean something."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from tests.repo.files import ROOT
from tests.unit.commands.conftest import Call

WRONG = {
    (
        "dew",
    ): "没有 dew 这个命令，是不是 due？有：run、sandbox、read、due、doctor、migrate、verify。",
    ("backup", "x"): "没有 backup 这个命令。有：run、sandbox、read、due、doctor、migrate、verify。",
    ("due",): "还缺：起算日、天数。用法见 python -m bot due --help",
    ("due", "16.11.2026", "5"): "起算日：16.11.2026 不是日期，应写成 2026-11-16。"
    "用法见 python -m bot due --help",
    (
        "due",
        "2026-11-16",
        "0",
    ): "天数：0 不行，天数应是 1 以上的整数。用法见 python -m bot due --help",
    (
        "due",
        "2026-11-16",
        "5",
        "--pause",
    ): "--pause 后面要跟一个值。用法见 python -m bot due --help",
    ("due", "2026-11-16", "5", "--pause", "2026-11-18"): "--pause：2026-11-18 应写成 "
    "2026-11-18..2026-11-20。用法见 python -m bot due --help",
    ("due", "2026-11-16", "5", "--pause", "2026-11-18..2026-11-17"): "--pause："
    "2026-11-18..2026-11-17 的末日早于始日。用法见 python -m bot due --help",
    (
        "due",
        "2026-11-16",
        "5",
        "--calender-days",
    ): "不认识：--calender-days，是不是 --calendar-days？用法见 python -m bot due --help",
    ("due", "2026-11-16", "100000"): "算不出来：日期超出了日历的年份（2004 至 2100）。",
    ("sandbox", "--port", "http"): "--port：http 不是端口，应是 0 至 65535 的整数。"
    "用法见 python -m bot sandbox --help",
    ("read", "--ledger", "gone.json"): "gone.json 读不出来（No such file or directory）。",
}


@pytest.mark.parametrize(("words", "sentence"), WRONG.items())
def test_wrong_usage_ends_in_one_sentence(
    call: Call, words: tuple[str, ...], sentence: str
) -> None:
    called = call(*words)
    assert (called.code, called.out) == (2, "")
    assert called.err.strip() == sentence


def test_without_a_command_it_says_what_there_is(call: Call) -> None:
    called = call()
    assert called.code == 2
    assert all(f"  {name} " in called.out for name in COMMANDS)


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("help",)])
def test_who_asks_for_help_gets_it(call: Call, words: tuple[str, ...]) -> None:
    assert call(*words).code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(
    capsys: pytest.CaptureFixture[str], call: Call, name: str
) -> None:
    for words in ((name, "--help"), ("help", name)):
        with pytest.raises(SystemExit) as ended:
            call(*words)
        assert ended.value.code == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"用法：python -m bot {name}")
        assert COMMANDS[name].HELP in shown


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in {"due"}])
def test_broken_settings_end_every_command(
    call: Call, write: Callable[[str], None], name: str
) -> None:
    write("[store]\nurl = 3\n")
    called = call(name)
    assert called.code == 2
    assert "config.toml：store.url：应是加引号的文字" in called.out + called.err
    assert "Traceback" not in called.err


def run_bot(*words: str, place: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """`python -m bot` as a process of its own, started elsewhere."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=place,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "LC_ALL": "C"},
        input=stdin,
        encoding="utf-8",
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_it_runs_from_any_directory(place: Path) -> None:
    done = run_bot("due", "2026-11-16", "5", "--json", place=place)
    assert done.returncode == 0, done.stderr
    assert '"due": "2026-11-23"' in done.stdout


def test_it_reads_and_writes_utf8_whatever_the_locale(place: Path) -> None:
    done = run_bot("read", place=place, stdin='{"id": "一", "text": "5号任务收到"}\n')
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('{"id": "一"')


def test_wrong_usage_of_the_process(place: Path) -> None:
    done = run_bot("verfy", place=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert "是不是 verify？" in done.stderr


def test_a_command_imports_only_what_it_needs() -> None:
    heavy = {"aiogram", "aiohttp", "alembic", "jieba", "sqlalchemy"}
    code = "import sys, bot.__main__; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())
