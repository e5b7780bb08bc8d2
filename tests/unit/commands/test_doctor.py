"""python -m bot doctor: a line a check, against a Bot API server on this machine."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.exceptions import TelegramMigrateToChat
from aiogram.methods import GetChatMember

from bot.commands.doctor.findings import Mark
from bot.commands.doctor.policy import check_calendar
from bot.sandbox import Fault, Sandbox, StillClock, load_cast
from bot.settings import load_settings
from policy.hours import SHANGHAI
from store.actions.groups import MemberSetup
from tests.unit.commands.conftest import Call, Called
from tests.unit.commands.ledgers import FILE, make_ledger, spoil

NOW = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
BUSY = ("发改委", "自规局", "生态环境局", "住建局", "城管局")


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Bot API server whose bot may do everything in its group."""
    server = Sandbox(load_cast(), StillClock(NOW), port=0)
    await server.start()
    yield server
    await server.stop()


def describe(sandbox: Sandbox, *, token: str = "", base: str = "", more: str = "") -> str:
    """A config.toml for the sandbox's group, with everybody there who is needed."""
    lines = [
        f'[telegram]\ntoken = "{token or sandbox.token}"\napi_base = "{base or sandbox.base_url}"',
        more,
        f'[[groups]]\nchat_id = {sandbox.group}\ntitle = "演练专班"',
        '[[members]]\nid = 1\nname = "甲"\nrole = "office"',
    ]
    lines += [
        f'[[members]]\nid = {number}\nname = "乙"\nrole = "department"\ndepartment = "{name}"'
        for number, name in enumerate(BUSY, start=2)
    ]
    return "\n".join(lines)


async def examine(call: Call) -> Called:
    """Calls doctor beside the server's event loop."""
    return await asyncio.to_thread(call, "doctor")


Write = Callable[[str], None]


async def test_everything_in_order(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox))
    called = await examine(call)
    assert called.code == 0, called.out
    assert "✗" not in called.out
    for line in (
        "✓ 设置：config.toml",
        "! 令牌：写在 config.toml 里 → 改放环境变量 ZHUANBAN_TELEGRAM__TOKEN，文件里删掉",
        "! 数据库：data/zhuanban.db 还没有 → 启动 run 时会建好",
        "✓ 成员：有审批任务的部门都有人",
        f"✓ 令牌：机器人 @{sandbox.cast.bot.username} 可用（{sandbox.base_url}）",
        "✓ 接收消息：长轮询",
        "✓ 群 演练专班：是管理员，能置顶看板",
        "✓ 隐私模式：已关闭，能看到群里的登记和报告",
        "没有必须处理的问题。",
    ):
        assert line in called.out.splitlines()
    assert not FILE.exists()
    assert {one.method for one in sandbox.calls} == {"getMe", "getWebhookInfo", "getChatMember"}


async def test_privacy_mode_matters_unless_the_bot_administers(
    sandbox: Sandbox, call: Call, write: Write
) -> None:
    write(describe(sandbox))
    sandbox.rights.privacy_mode = True
    called = await examine(call)
    assert "✓ 隐私模式：开着，但在各群都是管理员，不受影响" in called.out
    sandbox.rights.administrator = False
    called = await examine(call)
    assert called.code == 1
    assert "! 群 演练专班：不是管理员，不能置顶看板 → 设为管理员，允许置顶消息" in called.out
    assert "✗ 隐私模式：开着，看不到群里的普通消息 → 在 BotFather 用 /setprivacy" in called.out
    assert "有 1 项必须处理。" in called.out


async def test_rights_in_a_group(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox))
    sandbox.rights.can_pin = False
    assert "! 群 演练专班：是管理员，但不能置顶看板" in (await examine(call)).out
    sandbox.rights.in_group = False
    called = await examine(call)
    assert called.code == 1
    assert "✗ 群 演练专班：机器人" in called.out


async def test_a_group_that_is_not_there(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox).replace(str(sandbox.group), "-42"))
    called = await examine(call)
    assert called.code == 1
    assert "✗ 群 演练专班：Telegram 找不到（" in called.out
    assert "核对 chat_id -42，并把机器人加进群" in called.out


async def test_a_group_that_became_a_supergroup(
    sandbox: Sandbox, call: Call, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_bot: Bot, chat_id: int, user_id: int) -> None:
        raise TelegramMigrateToChat(GetChatMember(chat_id=chat_id, user_id=user_id), "moved", -1007)

    write(describe(sandbox))
    monkeypatch.setattr(Bot, "get_chat_member", refuse)
    called = await examine(call)
    assert called.code == 1
    assert "已升级为超级群，编号变了 → 把 config.toml 里的 chat_id 改为 -1007" in called.out


async def test_a_webhook_of_somebody_else(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox))
    await sandbox.world.call("setWebhook", {"url": "http://127.0.0.1:9/elsewhere"})
    called = await examine(call)
    assert called.code == 1
    assert "但这个机器人的 webhook 指向 http://127.0.0.1:9/elsewhere" in called.out


async def test_a_webhook_that_is_still_to_be_set(
    sandbox: Sandbox, call: Call, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHUANBAN_TELEGRAM__WEBHOOK_SECRET", "s")
    monkeypatch.setenv("ZHUANBAN_TELEGRAM__WEBHOOK_URL", "http://127.0.0.1:9/ours")
    write(describe(sandbox))
    assert "! 接收消息：webhook 还没有设到 Telegram" in (await examine(call)).out
    await sandbox.world.call("setWebhook", {"url": "http://127.0.0.1:9/ours"})
    assert "✓ 接收消息：webhook http://127.0.0.1:9/ours" in (await examine(call)).out


async def test_a_token_that_is_refused(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox, token="123:wrong"))
    called = await examine(call)
    assert called.code == 1
    assert f"✗ 令牌：{sandbox.base_url} 不认这个令牌" in called.out


async def test_an_api_that_is_not_there(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox, base="http://127.0.0.1:1"))
    called = await examine(call)
    assert called.code == 1
    assert "✗ Bot API：连不上 http://127.0.0.1:1 → 检查 telegram.api_base" in called.out


async def test_an_api_that_talks_nonsense(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox))
    sandbox.set_faults(lambda method: Fault(status=502) if method == "getWebhookInfo" else None)
    called = await examine(call)
    assert called.code == 1
    assert "✓ 令牌：" in called.out
    assert f"✗ Bot API：{sandbox.base_url} 的回答不对" in called.out


async def test_a_rehearsal_with_a_real_token(sandbox: Sandbox, call: Call, write: Write) -> None:
    write(describe(sandbox, more="[clock]\nspeed = 60"))
    called = await examine(call)
    assert called.code == 1
    assert "✗ 时钟：演练时钟，从现在起，60 倍速，而令牌是真的" in called.out


def test_without_anything_there_is_nothing_that_must_be_done(call: Call) -> None:
    called = call("doctor")
    assert called.code == 0
    assert "! 群：还没有配置群 → 在 config.toml 里写 [[groups]]" in called.out
    assert "! 令牌：没有设置，run 会启动演练" in called.out


def test_broken_settings(call: Call, write: Write) -> None:
    write("[clock]\nspeed = 0\n")
    called = call("doctor")
    assert called.code == 2
    assert called.out == (
        "✗ 设置：config.toml：clock.speed：应大于 0，写的是 0 → 改好后再运行一次 doctor\n"
    )


GROUP = '[[groups]]\nchat_id = -1001\ntitle = "专班"\n'


def test_departments_without_anybody(call: Call, write: Write) -> None:
    write(f'{GROUP}[[members]]\nid = 7\nname = "乙"\nrole = "department"\ndepartment = "发改委"')
    called = call("doctor")
    assert called.code == 1
    assert "✗ 成员：没有重点办的人，没人能建账和批准加入" in called.out
    assert "✗ 成员：这些部门没有人，任务没人领：市自然资源和规划局、市生态环境局" in called.out


def test_members_who_joined_count_as_well(call: Call, write: Write) -> None:
    write(GROUP)
    members = [MemberSetup(1, "甲", "office")]
    for number, one in enumerate(load_settings().packs["zhumadian"].departments, start=2):
        members.append(MemberSetup(number, "乙", "department", None, one.name))
    make_ledger(load_settings(), *members)
    called = call("doctor")
    assert called.code == 0, called.out
    assert "✓ 成员：有审批任务的部门都有人" in called.out
    assert "✓ 台账日志：完整，共 3 条" in called.out


def test_a_journal_that_was_changed(call: Call) -> None:
    make_ledger(load_settings())
    spoil("DELETE FROM journal WHERE seq = 2")
    called = call("doctor")
    assert called.code == 1
    assert "✗ 台账日志：在第 2 条断开：这一条不见了 →" in called.out


def test_a_database_that_cannot_be_used(call: Call) -> None:
    FILE.parent.mkdir()
    FILE.write_text("no database\n" * 1000)
    called = call("doctor")
    assert called.code == 1
    assert "✗ 数据库：数据库用不了：" in called.out


@pytest.mark.parametrize(
    ("text", "today", "line"),
    [
        ("", date(2026, 5, 4), "✓ 日历：放假安排到 2026-12-31 为止"),
        (
            "",
            date(2026, 11, 2),
            "! 日历：到 2026-12-31 为止，2027 年的期限是暂定 → 通知一般在 11 月",
        ),
        (
            "",
            date(2027, 1, 4),
            "✗ 日历：2027 年放假安排未录入，期限都是暂定 → 升级 chinesecalendar",
        ),
        (
            "[calendar]\nholidays = [2027-01-01]",
            date(2026, 5, 4),
            "! 日历：2027 年只录了一部分，期限仍是暂定 → holidays 还缺 2027-02-05、",
        ),
    ],
)
def test_how_far_the_calendar_reaches(write: Write, text: str, today: date, line: str) -> None:
    write(text)
    found = list(check_calendar(load_settings(), today))
    assert any(str(finding).startswith(line) for finding in found), list(map(str, found))


def test_a_finding_without_a_remedy_is_short() -> None:
    (finding,) = check_calendar(load_settings(), date(2026, 5, 4))
    assert finding.mark is Mark.FINE
    assert "→" not in str(finding)
