"""How single values may be written, and what is said when they are not."""

import re
from datetime import date, time
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, SecretStr, StringConstraints
from pydantic_settings import NoDecode

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
_SPAN = re.compile(r"(\d{1,2}[:：]\d{2})\s*[-–—~～至到]\s*(\d{1,2}[:：]\d{2})")


def _read_time(value: Any) -> Any:
    """A time of day as people write it. A bare number would pass for seconds since midnight."""
    if isinstance(value, time):
        return value
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('应是 "08:30" 这样的时间')
    return f"{found[1]:0>2}:{found[2]}"


def read_hours(value: Any) -> Any:
    """The hours of business in one text; a table is left as it is."""
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value.strip())
    if found is None:
        raise ValueError('应是 "08:30-17:30" 这样的起止时间')
    return {"open": found[1], "close": found[2]}


def read_listen(value: Any) -> Any:
    """A host and port in one text; a table is left as it is."""
    if not isinstance(value, str):
        return value
    host, colon, port = value.rpartition(":")
    if not colon or not port.isdecimal():
        raise ValueError('应是 "127.0.0.1:8080" 这样的地址和端口')
    return {"host": host.strip("[]") or "127.0.0.1", "port": port}


def _check_token(token: SecretStr | None) -> SecretStr | None:
    """A token as BotFather gives it; an empty one is none."""
    text = token.get_secret_value().strip() if token else ""
    if text and not _TOKEN.fullmatch(text):
        raise ValueError("不像 BotFather 给的令牌，应是“数字:字母和数字”")
    return SecretStr(text) if text else None


def _check_webhook_secret(secret: SecretStr | None) -> SecretStr | None:
    """A secret that Telegram takes; an empty one is none."""
    text = secret.get_secret_value() if secret else ""
    if text and not _WEBHOOK_SECRET.fullmatch(text):
        raise ValueError("只能用字母、数字、下划线和减号，最多 256 个")
    return SecretStr(text) if text else None


def _check_zone(name: str) -> str:
    """A time zone that the system knows."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise ValueError("不是已知的时区，例如 Asia/Shanghai") from None
    return name


def _check_web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("应是 http:// 或 https:// 开头的地址")
    return text.rstrip("/")


def _check_database(text: str) -> str:
    if text.startswith("sqlite:///") and text.removeprefix("sqlite:///"):
        return text
    if re.match(r"postgresql(\+psycopg)?://", text):
        return text
    raise ValueError("应是 sqlite:///文件 或 postgresql://用户:密码@主机/库名")


def _split_commas(value: Any) -> Any:
    """A list as the environment has it: 2027-01-01,2027-02-05 (brackets and quotes do no harm)."""
    if not isinstance(value, str):
        return value
    parts = (part.strip("\"' ") for part in re.split(r"[,，;；\s]+", value.strip("[] ")))
    return [part for part in parts if part]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
WebAddress = Annotated[str, AfterValidator(_check_web_address)]
DatabaseAddress = Annotated[str, AfterValidator(_check_database)]
TimeOfDay = Annotated[time, BeforeValidator(_read_time)]
TimeZone = Annotated[Text, AfterValidator(_check_zone)]
Days = Annotated[tuple[date, ...], NoDecode, BeforeValidator(_split_commas)]
Token = Annotated[SecretStr | None, AfterValidator(_check_token)]
WebhookSecret = Annotated[SecretStr | None, AfterValidator(_check_webhook_secret)]
