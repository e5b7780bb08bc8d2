"""Questions about the policy itself: which rule somebody asks for."""

import re
import tomllib
from pathlib import Path

from handlers.reading.values import Topic

_TOPICS = tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))
_PATTERNS = [(Topic(name), re.compile("|".join(cues))) for name, cues in _TOPICS.items()]
_RULES = re.compile(
    r"规定|规矩|文件|法定|政策|\d号文|标准|按.{0,4}(?:要求|文|规)|承诺|办法|一般|通常|正常|原则上"
)
_LENGTH = re.compile(
    r"(?:几|多少)个?(?:工作|自然|日历)?[天日]|多久|多长|时限|期限|多少时间|多少小时|工作日|天数|几周|几个月"
)
_ASKS_DAYS = re.compile(
    _LENGTH.pattern
    + r"|什么时[候间]|啥时|何时|哪[一]?[天日]|几号|几月|多会|最[迟晚]|规定|要求|标准|红线"
)
_ASKS_MORE = re.compile(r"比例|目标|占比|百分之|几成|频率|多少|几次|怎么安排")
# What is not laid down in days alone.
_NOT_OF_DAYS = frozenset({Topic.SIGNING_SCHEDULE, Topic.CONVERSION_TARGET})


def is_of_the_rules(text: str) -> bool:
    """Whether a plain text speaks of what is laid down: 按规定, 文件要求, 37号文."""
    return _RULES.search(text) is not None


def find_topic(text: str, item: bool, day: bool) -> Topic | None:
    """The rule that a plain text asks for, or None.

    `item` says that it names an approval item: then the item's limit is asked for. `day`
    says that it asks for a day: that is a task's, unless it speaks of the rules.
    """
    if item:
        lasts = _LENGTH.search(text) and (not day or _RULES.search(text))
        return Topic.ITEM_DAYS if lasts else None
    topic = next((topic for topic, pattern in _PATTERNS if pattern.search(text)), None)
    asks = _ASKS_DAYS.search(text) or (topic in _NOT_OF_DAYS and _ASKS_MORE.search(text))
    return topic if asks else None
