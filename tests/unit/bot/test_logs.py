"""No token and no password reaches the log."""

import asyncio
import logging

import pytest

from bot.logs import MaskingFormatter, is_fault, mask

TOKEN = "7000000001:AAinvented-Invented_invented-inv"


def test_tokens_and_passwords_are_masked() -> None:
    assert (
        mask(f"POST https://api.example/bot{TOKEN}/getMe")
        == "POST https://api.example/bot***/getMe"
    )
    assert mask("postgresql://u:p4ss@h/d") == "postgresql://u:***@h/d"


def test_a_traceback_is_masked_too() -> None:
    try:
        raise ValueError(f"bad url /bot{TOKEN}/getMe")
    except ValueError as error:
        record = report(error)
    written = MaskingFormatter().format(record)
    assert "ValueError" in written
    assert TOKEN not in written


def report(error: BaseException | None) -> logging.LogRecord:
    """A log entry about this."""
    about = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), about)


def test_what_the_stop_broke_off_is_no_fault() -> None:
    assert is_fault(report(None))
    assert is_fault(report(ValueError()))
    assert not is_fault(report(asyncio.CancelledError()))


@pytest.mark.parametrize("text", ["10:30 至 17:30", "项目 12：已登记", "2026-11-20T08:00:00"])
def test_what_is_no_secret_stays(text: str) -> None:
    assert mask(text) == text
