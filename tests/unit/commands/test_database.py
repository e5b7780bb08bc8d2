"""python -m bot migrate and verify, on databases in order and out of order."""

import inspect
import re
from collections.abc import Callable

import pytest

from bot.commands.database import list_project_names
from bot.commands.verify import REASONS
from bot.settings import load_settings
from store import journal
from tests.unit.commands.conftest import Call
from tests.unit.commands.ledgers import FILE, NOW, make_ledger, spoil


def test_migrate_makes_the_database_and_says_so(call: Call) -> None:
    first, second = call("migrate"), call("migrate")
    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("数据库已建好（")
    assert second.out.startswith("数据库已是最新（")
    assert FILE.is_file()


def test_a_journal_in_order_is_verified(call: Call) -> None:
    make_ledger(load_settings())
    called = call("verify")
    assert (called.code, called.out) == (0, "台账日志完整：共 3 条，逐条相连。\n")


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE journal SET actor = 'user:7' WHERE seq = 2", "在第 2 条断开：它的内容被改过"),
        ("UPDATE journal SET changes = '[' WHERE seq = 2", "有一条读不出来：它的内容被改过"),
        ("UPDATE journal SET at = 'gestern' WHERE seq = 2", "有一条读不出来：它的内容被改过"),
        ("DELETE FROM journal WHERE seq = 2", "在第 2 条断开：这一条不见了"),
        ("DELETE FROM journal_head", "日志的末尾没有记载了"),
        ("UPDATE journal SET previous = 'x' WHERE seq = 3", "在第 3 条断开：它与前一条接不上"),
    ],
)
def test_a_journal_that_was_changed_is_found_out(call: Call, statement: str, reason: str) -> None:
    make_ledger(load_settings())
    spoil(statement)
    called = call("verify")
    assert (called.code, called.err) == (1, "")
    assert called.out.startswith("台账日志")
    assert called.out.endswith(f"{reason}。\n")


def test_every_way_to_break_the_chain_has_its_sentence() -> None:
    assert set(re.findall(r'Broken\([^"]*"([^"]+)"', inspect.getsource(journal))) == set(REASONS)


def test_verify_makes_no_database(call: Call) -> None:
    called = call("verify")
    assert called.code == 3
    assert called.err == "没有 data/zhuanban.db 这个数据库；请核对 store.url。\n"
    assert not FILE.exists()


def test_an_empty_database_has_no_journal(call: Call) -> None:
    FILE.parent.mkdir()
    FILE.touch()
    called = call("verify")
    assert called.code == 3
    assert "还没有台账；先运行 python -m bot migrate" in called.err


@pytest.mark.parametrize("command", ["migrate", "verify", "read"])
def test_a_file_that_is_no_database(call: Call, command: str) -> None:
    FILE.parent.mkdir()
    FILE.write_text("this is a letter, and no database\n" * 100)
    called = call(command)
    assert called.code == 3
    assert called.err.startswith("数据库用不了：")
    assert called.err.count("\n") == 1


def test_a_ledger_that_lost_a_table(call: Call) -> None:
    make_ledger(load_settings())
    spoil("DROP TABLE journal")
    called = call("verify")
    assert (called.code, called.err) == (3, "数据库用不了：no such table: journal\n")


@pytest.mark.parametrize("command", ["migrate", "verify"])
def test_a_server_that_is_not_there(call: Call, write: Callable[[str], None], command: str) -> None:
    write('[store]\nurl = "postgresql://zhuanban:open-sesame@127.0.0.1:1/ledger"\n')
    called = call(command)
    assert called.code == 3
    assert called.err.startswith("数据库用不了：")
    assert "open-sesame" not in called.err


def test_a_database_of_a_newer_version_is_left_alone(call: Call) -> None:
    make_ledger(load_settings())
    spoil("UPDATE alembic_version SET version_num = '9999'")
    called = call("migrate")
    assert called.code == 3
    assert "9999" in called.err


def test_the_names_of_the_database_are_read() -> None:
    settings = load_settings()
    pack = settings.packs["zhumadian"]
    assert list_project_names(settings, pack, NOW) == []
    make_ledger(settings)
    spoil(
        "INSERT INTO projects (group_id, number, code, stage, version, name, county, signed_on,"
        " choices, handed_over_at, dispatch_due, registered_at)"
        " VALUES (1, 1, 'ZMD-2026-0001', 'signed', 1, '甲项目', '遂平县', '2026-11-18',"
        " '{}', '2026-11-18 09:00:00', '2026-11-19', '2026-11-18 09:00:00')"
    )
    assert list_project_names(settings, pack, NOW) == ["甲项目"]
