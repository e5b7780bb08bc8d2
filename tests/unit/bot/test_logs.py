"""No token and no password reaches the log."""

import logging

import pytest

from bot.logs import MaskingFormatter, mask

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
        record = logging.LogRecord(
            "x", logging.ERROR, "x.py", 1, "failed", (), (ValueError, error, error.__traceback__)
        )
    written = MaskingFormatter().format(record)
    assert "ValueError" in written
    assert TOKEN not in written


@pytest.mark.parametrize("text", ["10:30 至 17:30", "项目 12：已登记", "2026-11-20T08:00:00"])
def test_what_is_no_secret_stays(text: str) -> None:
    assert mask(text) == text
