"""The check-up of the account on Telegram and of its place in the groups. It changes nothing."""

import asyncio
from collections.abc import Iterator

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import ChatMemberAdministrator, User, WebhookInfo

from bot.commands.doctor.findings import Finding, fault, fine, note
from bot.settings import DEFAULT_API, Group, Settings

PATIENCE = 10  # seconds for an answer
MANY_WAITING = 100

_GONE = {"left", "kicked"}


def check_telegram(settings: Settings) -> Iterator[Finding]:
    """The token, the way updates come in, privacy mode, and the rights in each group."""
    if settings.telegram.token is None:
        yield note(
            "令牌", "没有设置，run 会启动演练", "正式使用请设环境变量 ZHUANBAN_TELEGRAM__TOKEN"
        )
        return
    yield from asyncio.run(_collect(settings, settings.telegram.token.get_secret_value()))


async def _collect(settings: Settings, token: str) -> list[Finding]:
    server = TelegramAPIServer.from_base(settings.telegram.api_base)
    bot = Bot(token, session=AiohttpSession(api=server, timeout=PATIENCE))
    findings: list[Finding] = []
    try:
        await _look(bot, settings, findings)
    except (TelegramAPIError, ClientDecodeError) as error:
        findings.append(_explain_failure(error, settings))
    finally:
        await bot.session.close()
    return findings


async def _look(bot: Bot, settings: Settings, findings: list[Finding]) -> None:
    """Add what is found, up to where the server stops answering."""
    me = await bot.get_me()
    findings.append(fine("令牌", f"机器人 @{me.username} 可用（{settings.telegram.api_base}）"))
    findings.extend(check_webhook(await bot.get_webhook_info(), settings))
    administers = []
    for group in settings.groups:
        finding, administrator = await _check_group(bot, me, group)
        administers.append(administrator)
        findings.append(finding)
    findings.append(check_privacy(me, all(administers) and bool(administers)))


def check_webhook(info: WebhookInfo, settings: Settings) -> Iterator[Finding]:
    """Whether updates come in the way that the settings say."""
    wanted = settings.telegram.webhook_url
    if wanted and info.url == wanted:
        yield fine("接收消息", f"webhook {wanted}")
    elif wanted:
        yield note("接收消息", "webhook 还没有设到 Telegram", "启动 run 时会设好")
    elif info.url:
        yield fault(
            "接收消息",
            f"设置是长轮询，但这个机器人的 webhook 指向 {info.url}",
            "若另有程序在用请先停掉；没有的话启动 run 时会取消它",
        )
    else:
        yield fine("接收消息", "长轮询")
    if info.last_error_message:
        state = f"最近一次推送失败：{info.last_error_message}"
        yield note("接收消息", state, "检查 webhook_url 的证书、端口和反向代理")
    if info.pending_update_count > MANY_WAITING:
        yield note("接收消息", f"有 {info.pending_update_count} 条积压", "启动 run 后会依次处理")


def check_privacy(me: User, administers_all: bool) -> Finding:
    """Whether messages that do not address the bot reach it."""
    if me.can_read_all_group_messages:
        return fine("隐私模式", "已关闭，能看到群里的登记和报告")
    if administers_all:
        return fine("隐私模式", "开着，但在各群都是管理员，不受影响")
    return fault(
        "隐私模式",
        "开着，看不到群里的普通消息",
        "在 BotFather 用 /setprivacy 选 Disable，再把机器人移出群重新加入；或设为群管理员",
    )


async def _check_group(bot: Bot, me: User, group: Group) -> tuple[Finding, bool]:
    """What the bot may do in a group, and whether it is an administrator there."""
    about = f"群 {group.title}"
    try:
        member = await bot.get_chat_member(group.chat_id, me.id)
    except TelegramMigrateToChat as error:
        remedy = f"把 config.toml 里的 chat_id 改为 {error.migrate_to_chat_id}"
        return fault(about, "已升级为超级群，编号变了", remedy), False
    except (TelegramNetworkError, TelegramUnauthorizedError):
        raise
    except TelegramAPIError as error:
        return _explain_absence(about, group, error), False
    if member.status in _GONE:
        return fault(about, "机器人不在群里", "把机器人加进群"), False
    if not isinstance(member, ChatMemberAdministrator):
        return note(about, "不是管理员，不能置顶看板", "设为管理员，允许置顶消息"), False
    if not member.can_pin_messages:
        return note(about, "是管理员，但不能置顶看板", "在管理员权限里允许置顶消息"), True
    return fine(about, "是管理员，能置顶看板"), True


def _explain_absence(about: str, group: Group, error: TelegramAPIError) -> Finding:
    if isinstance(error, TelegramForbiddenError):
        return fault(about, "机器人被移出了群", "重新把机器人加进群")
    remedy = f"核对 chat_id {group.chat_id}，并把机器人加进群"
    return fault(about, f"Telegram 找不到（{error.message}）", remedy)


def _explain_failure(error: TelegramAPIError | ClientDecodeError, settings: Settings) -> Finding:
    base = settings.telegram.api_base
    if isinstance(error, TelegramUnauthorizedError | TelegramNotFound):
        return fault("令牌", f"{base} 不认这个令牌", "向 BotFather 核对，或用 /token 换一个")
    if isinstance(error, TelegramNetworkError):
        own = "检查网络或代理" if base == DEFAULT_API else "检查 telegram.api_base 和那台服务器"
        return fault("Bot API", f"连不上 {base}", own)
    return fault("Bot API", f"{base} 的回答不对（{error}）", "稍后再试，或检查 telegram.api_base")
