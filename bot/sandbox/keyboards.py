"""What Telegram accepts as an inline keyboard, beyond the shape that the spec describes."""

import re

from bot.sandbox.errors import Json, bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_DATA_BYTES = 64
_NOT_ACTIONS = {"text", "icon_custom_emoji_id", "style"}
_URL = re.compile(r"(https?://|tg://)[^\s]+", re.IGNORECASE)


def check_keyboard(markup: Json, private: bool) -> None:
    """Raises a 400 for an inline keyboard that Telegram would not show; other markups pass."""
    rows: list[list[Json]] = markup.get("inline_keyboard", [])
    if any(not row or len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request(f"inline keyboard rows must have 1-{MOST_IN_A_ROW} buttons")
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request(f"reply markup is too long: more than {MOST_BUTTONS} buttons")
    for row in rows:
        for button in row:
            _check_button(button, private)


def _check_button(button: Json, private: bool) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = button.keys() - _NOT_ACTIONS
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(
            f"inline keyboard button must have exactly one action, has {', '.join(sorted(actions))}"
        )
    if (
        "callback_data" in button
        and not 1 <= len(button["callback_data"].encode()) <= MOST_DATA_BYTES
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _URL.fullmatch(button["url"]):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: URL host is empty"
        )
    if "web_app" in button and not private:
        raise bad_request("BUTTON_TYPE_INVALID")
