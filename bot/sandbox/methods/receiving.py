"""The two ways to get updates: asking for them, and having them posted."""

import re
from urllib.parse import urlsplit

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.methods.registry import Handler, instant
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

LONGEST_POLL = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


async def get_updates(world: World, params: Json) -> list[Json]:
    """getUpdates: 1-100 updates, long polling up to 50 seconds."""
    _check_kinds(world, params)
    limit = params.get("limit", 100)
    if not 1 <= limit <= 100:
        limit = 100
    timeout = min(max(params.get("timeout", 0), 0), LONGEST_POLL)
    world.updates.allow(params.get("allowed_updates"))
    return await world.updates.poll(params.get("offset", 0), limit, timeout)


async def set_webhook(world: World, params: Json) -> bool:
    """setWebhook. Telegram wants https; the sandbox takes http too, but only on this machine."""
    _check_kinds(world, params)
    secret = params.get("secret_token", "")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if not params["url"]:
        return await delete_webhook(world, params)
    _check_url(params["url"])
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise bad_request("max_connections must be 1-100")
    await _replace(world, params)
    world.updates.allow(params.get("allowed_updates"))
    world.updates.use_webhook(True)
    world.webhook = Webhook(params["url"], secret, world.updates, world.call)
    return True


async def delete_webhook(world: World, params: Json) -> bool:
    """deleteWebhook."""
    await _replace(world, params)
    return True


async def _replace(world: World, params: Json) -> None:
    if world.webhook is not None:
        await world.webhook.stop()
        world.webhook = None
    world.updates.use_webhook(False)
    if params.get("drop_pending_updates"):
        world.updates.drop_pending()


def get_webhook_info(world: World, _params: Json) -> Json:
    """getWebhookInfo."""
    webhook = world.webhook
    info = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.count_pending(),
        "allowed_updates": sorted(world.updates.allowed),
    }
    if webhook and webhook.last_error:
        info["last_error_message"] = webhook.last_error
        info["last_error_date"] = world.unix_now()
    return info


def _check_kinds(world: World, params: Json) -> None:
    unknown = set(params.get("allowed_updates") or ()) - world.updates.kinds
    if unknown:
        raise bad_request(f"allowed_updates names no kind of update: {', '.join(sorted(unknown))}")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname is None or parts.scheme not in {"http", "https"}:
        raise bad_request("bad webhook: invalid URL")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


METHODS: dict[str, Handler] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": instant(get_webhook_info),
}
