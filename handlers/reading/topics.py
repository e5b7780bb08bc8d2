"""Questions about the policy itself: which rule somebody asks for."""

import re
import tomllib
from pathlib import Path

from handlers.reading.values import Topic

_TOPICS = tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))
_PATTERNS = [(Topic(name), re.compile("|".join(cues))) for name, cues in _TOPICS.items()]
_ASKS = re.compile(
    r"几|多少|多久|多长|什么时候|何时|哪天|时限|期限|规定|要求|标准|比例|目标|占比|吗|么|\?"
)
_ITEM_DAYS = re.compile(
    r"(?:几|多少)个?(?:工作)?[天日]|多久|多长时间|时限|期限|几个工作日|多少时间|(?:几|多少)天|工作日"
)


def find_topic(text: str, item: bool) -> Topic | None:
    """The rule that a plain text without any project asks for, or None.

    `item` says that it names an approval item: then the item's limit is asked for.
    """
    if item:
        return Topic.ITEM_DAYS if _ITEM_DAYS.search(text) else None
    if not _ASKS.search(text):
        return None
    return next((topic for topic, pattern in _PATTERNS if pattern.search(text)), None)
