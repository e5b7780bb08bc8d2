"""python -m bot read: JSON lines of messages in, what was understood out."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.exits import Exit, Failure
from bot.commands.usage import Parser

if TYPE_CHECKING:
    from bot.settings import Settings
    from handlers.reading.naming.names import Names
    from handlers.reading.output import Answer
    from policy.packs import Pack

NAME = "read"
HELP = "读懂消息：每行一条 JSON 进，每行一条 JSON 出，不入账"
LOCALE = "zh_Hans"

Read = Callable[[Mapping[str, Any]], dict[str, Any]]

_KINDS = {
    "today": (str, "2026-11-23 这样的日期"),
    "reply_to_task": (bool | int, "true 或任务的号数"),
    "prior": (list, "列表"),
}


class _NotARecord(ValueError):
    """A line that is no message; the sentence says why."""


def add_arguments(parser: Parser) -> None:
    """The file with the names that the ledger knows."""
    parser.epilog = (
        '例：echo \'{"id": "1", "text": "5号任务收到"}\' | python -m bot read\n'
        "每行的键：id、text，以及需要时的 today、reply_to_task、prior。\n"
        "读不了的行在输出里带 error，其余照读（退出码 1）。"
    )
    parser.choices.add_argument(
        "--ledger", metavar="文件", type=Path, help="台账里的名称（JSON）；不写则用设置里的数据库"
    )


def run(arguments: argparse.Namespace) -> int:
    """Answer each line; FOUND when one of them was no message. Raises SettingsError or Failure."""
    from bot.clock import make_clock
    from bot.settings import load_settings

    settings = load_settings()
    clock = make_clock(settings.start, settings.clock.speed, settings.zone)
    pack = _pack_of(settings)
    ledger = _load_ledger(arguments.ledger) if arguments.ledger else {}
    now = clock.now()
    today = _today_of(ledger) or settings.hours.day_of(now)
    names = _names_of(settings, pack, ledger if arguments.ledger else None, now)
    return _answer_lines(_make_reader(settings, pack, names, today))


def _answer_lines(read: Read) -> int:
    """Read standard input to its end, a line out for each line in."""
    code = Exit.OK
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        found = _answer(read, line)
        if "error" in found:
            code = Exit.FOUND
        print(_write(found), flush=True)
    return code


def _answer(read: Read, line: bytes) -> dict[str, Any]:
    """What one line comes to. Whatever is wrong with it, the others are read."""
    record: dict[str, Any] = {}
    try:
        record = _parse(line)
        return read(record)
    except _NotARecord as error:
        reason = str(error)
    except Exception as error:
        reason = f"这一行读不了（{type(error).__name__}：{error}）"
    return {"id": record.get("id"), "kind": "none", "error": reason}


def _parse(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _NotARecord("不是 UTF-8 编码") from None
    except (ValueError, RecursionError):
        raise _NotARecord("不是 JSON") from None
    if not isinstance(record, dict):
        raise _NotARecord('应是一个 JSON 对象，例如 {"id": "1", "text": "…"}')
    return record


def _check(record: Mapping[str, Any]) -> None:
    if not isinstance(record.get("text"), str):
        raise _NotARecord("没有 text，或者它不是文字")
    for key, (kind, meant) in _KINDS.items():
        if record.get(key) is not None and not isinstance(record[key], kind):
            raise _NotARecord(f"{key} 应是 {meant}")
    try:
        date.fromisoformat(record.get("today") or "2026-11-23")
    except ValueError:
        raise _NotARecord(f"today 应是 {_KINDS['today'][1]}") from None


def _write(found: Mapping[str, Any]) -> str:
    """One line of JSON; what UTF-8 cannot write, half a surrogate pair, is escaped."""
    text = json.dumps(found, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(found)
    return text


def _make_reader(settings: "Settings", pack: "Pack", names: "Names", today: date) -> Read:
    from handlers.reading.output import read_line

    answer = _make_answer(settings, pack, today)

    def read(record: Mapping[str, Any]) -> dict[str, Any]:
        _check(record)
        return read_line(record, names, today, answer)

    return read


def _make_answer(settings: "Settings", pack: "Pack", today: date) -> "Answer":
    from handlers.reading.values import Query
    from handlers.texts.answers.policy import answer_policy
    from handlers.texts.speech import Speech

    speech = Speech(LOCALE, today, settings.hours)

    def answer(query: Query) -> str:
        return "\n".join(line.text for line in answer_policy(speech, pack, query.slots))

    return answer


def _pack_of(settings: "Settings") -> "Pack":
    """The pack of the first group; without groups the first that comes with the assistant."""
    key = settings.groups[0].pack if settings.groups else min(settings.packs)
    return settings.packs[key]


def _load_ledger(path: Path) -> dict[str, Any]:
    try:
        ledger = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Failure(Exit.USAGE, f"{path} 读不出来（{error.strerror}）。") from None
    except ValueError:
        raise Failure(Exit.USAGE, f"{path} 不是 UTF-8 的 JSON。") from None
    if not isinstance(ledger, dict):
        raise Failure(Exit.USAGE, f"{path} 应是一个 JSON 对象，键有 projects、departments 等。")
    return ledger


def _today_of(ledger: Mapping[str, Any]) -> date | None:
    if not ledger.get("today"):
        return None
    try:
        return date.fromisoformat(ledger["today"])
    except (TypeError, ValueError):
        raise Failure(Exit.USAGE, "台账文件里的 today 应写成 2026-11-23。") from None


def _names_of(
    settings: "Settings", pack: "Pack", ledger: Mapping[str, Any] | None, now: datetime
) -> "Names":
    from bot.commands.database import list_project_names
    from handlers.reading.naming.names import Names

    if ledger is not None:
        return Names.from_ledger(pack, ledger)
    return Names.from_pack(pack, list_project_names(settings, pack, now))
