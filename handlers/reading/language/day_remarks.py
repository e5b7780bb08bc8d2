"""Where a day ends and what is said about it begins: the hour, the place, the weekday."""

import re

DAY_CHARACTERS = "零〇○一二三四五六七八九十廿两壹贰叁肆伍陆柒捌玖拾\\d"
"""What the figures of a day are written with, for a character class."""

# Another day in a remark that could not be read for sure: rather ask.
UNREAD_DAY = re.compile(
    r"\d\s*(?:月|日|号(?![楼会厅院门馆路]))|\d[-/.]\d{1,2}[-/.]\d|[至到]\d|改|推迟|调整"
)
_BEFORE_REMARK = re.compile(r"[^,;。(\[]+(?=[,;。(\[])")
# 11月6日在市会展中心, 11月6日 市政府三楼: where it was, with no comma between.
_BEFORE_PLACE = re.compile(
    rf"[{DAY_CHARACTERS}年月份./-]{{3,12}}[日号\d]"
    r"(?=在|于|(?:上午|下午|晚上|早上|中午)?\s+[一-鿿]{2})"
)
_ABOUT = re.compile(
    r"[,;。(\[\s]{0,3}(?:左右|前后|上下|之?[前后](?!海|街)|以[前后]|或|大概|大约|可能)"
)


def find_first(text: str) -> str:
    """The day itself in front of the hour, the place or a remark; "" if they are not apart."""
    for pattern in (_BEFORE_REMARK, _BEFORE_PLACE):
        found = pattern.match(text)
        if found and not _ABOUT.match(text, found.end()):
            return found[0]
    return ""
