"""Classification marks (密级标志): 机密★, 【秘密】, 密级:绝密, a line of its own.

Only marks count. 商业秘密 and 请注意保密 in a sentence are none.
"""

import re

_GRADE = r"(?:绝\s?密|机\s?密|秘\s?密)"
_TERM = r"(?:级|件|文件|资料)?\s*(?:[★☆*※]\s*[\w\s]{0,12}|[:\s]?\d{1,2}\s?年)?"
_MARKS = re.compile(
    rf"[【\[(<《〈{{]\s*{_GRADE}\s*{_TERM}\s*[】\])>》〉}}]"
    rf"|(?<![\w]){_GRADE}\s*(?:级|件)?\s*[★☆※]"
    rf"|(?<![\w]){_GRADE}\s*(?:级|件)?\s*\*\s*(?:\d|长期|启用|特急)"
    rf"|(?:密\s?级|保密等级|涉密等级|秘密等级)\s*(?:为|是|[:])\s*[【\[(]?\s*{_GRADE}"
)
_OWN_LINE = re.compile(rf"{_GRADE}\s*{_TERM}\s*(?:特急|特提|加急|急件|平急)?")
_LONGEST_LINE = 30


def find_mark(plain: str) -> str | None:
    """The classification mark that a plain text carries, or None."""
    found = _MARKS.search(plain)
    if found:
        return found[0].strip()
    lines = [line.strip() for line in plain.split("\n") if line.strip()]
    if len(lines) < 2:
        return None
    short = (line for line in lines if len(line) <= _LONGEST_LINE)
    return next((line for line in short if _OWN_LINE.fullmatch(line)), None)
