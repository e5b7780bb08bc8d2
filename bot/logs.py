"""What the process writes about itself, and what must never be in it."""

import asyncio
import logging
import re
import sys

_TOKEN = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{20,}")
_PASSWORD = re.compile(r"(\w+://[^:/@\s]*):[^@\s]+@")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class MaskingFormatter(logging.Formatter):
    """Writes a record, tracebacks included, without tokens and passwords in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry, masked."""
        return mask(super().format(record))


def mask(text: str) -> str:
    """The text with stars in place of bot tokens and of passwords in addresses."""
    return _PASSWORD.sub(r"\1:***@", _TOKEN.sub("***", text))


def is_fault(record: logging.LogRecord) -> bool:
    """Tell a fault from work that was broken off because the process stops.

    The scheduler reports both alike, with a traceback.
    """
    kind = record.exc_info[0] if record.exc_info else None
    return kind is None or not issubclass(kind, asyncio.CancelledError)


def set_up_logging(level: int = logging.INFO) -> None:
    """Write the process's log to standard error; libraries only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(MaskingFormatter(_FORMAT))
    handler.addFilter(is_fault)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("aiogram", "aiohttp", "apscheduler", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
