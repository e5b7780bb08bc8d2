"""python -m bot read: a line out for each line in, whatever the others are."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.commands.conftest import Call, Called

LEDGER = {
    "today": "2026-11-23",
    "projects": ["宏达食品加工产业园"],
    "departments": ["市生态环境局"],
    "items": ["环评报告书", "环评报告表"],
    "counties": ["遂平县"],
    "tasks": [5],
}


@pytest.fixture
def read(call: Call, place: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads these lines against a ledger file; gives how it ended, and the objects it wrote."""
    (place / "ledger.json").write_text(json.dumps(LEDGER), encoding="utf-8")

    def read_lines(
        *lines: str, ledger: str | None = "ledger.json"
    ) -> tuple[Called, list[dict[str, Any]]]:
        stdin = io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        called = call("read", *(["--ledger", ledger] if ledger else []))
        return called, [json.loads(line) for line in called.out.splitlines()]

    return read_lines


def record(text: str, **more: object) -> str:
    """One line of input."""
    return json.dumps({"id": "x", "text": text, **more}, ensure_ascii=False)


def test_each_kind_of_message(read: Any) -> None:
    form = "【签约项目登记】项目名称：甲项目，签约日期：2026-11-18，县区：遂平县，总投资：1亿元"
    called, found = read(record(form), record("5号任务收到"), record("宏达食品的环评什么时候到期"))
    assert called.code == 0
    assert [one["kind"] for one in found] == ["registration", "act", "query"]
    assert found[0]["projects"][0]["investment_yuan"] == 100_000_000
    assert found[2]["slots"]["projects"] == ["宏达食品加工产业园"]


def test_today_is_the_records_or_the_ledgers(read: Any) -> None:
    text = "【签约项目登记】项目名称：甲项目，签约日期：昨天，县区：遂平县，总投资：1亿元"
    _, found = read(record(text), record(text, today="2026-11-10"))
    assert [one["projects"][0]["signed_on"] for one in found] == ["2026-11-22", "2026-11-09"]


def test_without_either_today_is_the_clocks(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUANBAN_CLOCK__START", "2026-11-05T09:00")
    text = "【签约项目登记】项目名称：甲项目，签约日期：昨天，县区：遂平县，总投资：1亿元"
    called, found = read(record(text), ledger=None)
    assert called.code == 0
    assert found[0]["projects"][0]["signed_on"] == "2026-11-04"


def test_a_question_about_the_policy_is_answered(read: Any) -> None:
    _, found = read(record("环评报告书几天办完"))
    assert found[0]["intent"] == "policy_question"
    assert "1" in found[0]["answer"]
    assert "第二十四条" in found[0]["answer"]


BAD = {
    "{": "不是 JSON",
    "[" * 100_000: "不是 JSON",
    "[]": '应是一个 JSON 对象，例如 {"id": "1", "text": "…"}',
    '{"id": "x"}': "没有 text，或者它不是文字",
    '{"id": "x", "text": 5}': "没有 text，或者它不是文字",
    '{"id": "x", "text": "a", "today": "gestern"}': "today 应是 2026-11-23 这样的日期",
    '{"id": "x", "text": "a", "today": 7}': "today 应是 2026-11-23 这样的日期",
    '{"id": "x", "text": "a", "prior": "b"}': "prior 应是 列表",
    '{"id": "x", "text": "a", "reply_to_task": "5"}': "reply_to_task 应是 true 或任务的号数",
}


@pytest.mark.parametrize(("line", "reason"), BAD.items(), ids=BAD.values())
def test_a_bad_line_does_not_stop_the_others(read: Any, line: str, reason: str) -> None:
    called, found = read(record("5号收到"), line, "", record("5号收到"))
    assert called.code == 1
    assert [one["kind"] for one in found] == ["act", "none", "act"]
    assert found[1]["error"] == reason


def test_half_a_character_does_no_harm(read: Any) -> None:
    called, found = read('{"id": "\\ud800", "text": "5号收到 \\ud83d"}')
    assert called.code == 0
    assert found[0]["id"] == "\ud800"


def test_a_broken_ledger_file_is_named(call: Call, place: Path) -> None:
    (place / "l.json").write_text("{", encoding="utf-8")
    called = call("read", "--ledger", "l.json")
    assert (called.code, called.err) == (2, "l.json 不是 UTF-8 的 JSON。\n")
