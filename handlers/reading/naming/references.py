"""Task numbers as people say them: 5号, 1、3号, 任务12, 五号任务, 第3号; and projects: #12."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.reading.language.numbers import read_count
from handlers.reading.naming.names import Names

_N = r"(?:\d{1,6}|[一二两三四五六七八九十百零]{1,5})"
# 1号2号: after 号 nothing need stand between two numbers.
_JOIN = (
    r"(?:\s?(?:[、和与及跟&/]|,(?=\s?\d{1,6}(?!\d)\s?(?:号|[、,和与及已收均都全办领受退停一])))\s?"
    rf"|(?<=号)\s?(?={_N}\s?号))(?!\s?\d{{1,4}}\s?[年月.])"
)
_RANGE = r"\s?(?:-|~|至|到)\s?"
# 11月28号 is a day, 28号前 too; 3号楼 and 12号文 are other things.
_NOT_BEFORE = r"(?<![\d月.\-/一二三四五六七八九十百零年#第])(?<![^收接领拿][到至])"
_NOT_AFTER = (
    rf"(?!(?:{_N}号)?(?:楼|线|文|路|地|栋|厂|井|机|门|车|院|馆|公告|令|码|称|召|园|库|桥|站|片|仓|标|宗|桌|窗|柜|床|房|会议室|包间|病|选手|铺|岗|机组|炉|锅|罐|泵|梁|墩|隧|坑|店)|"
    r"晚上|凌晨|当[天日]|夜里|"
    r"前(?![天日几])|之前|以前|后(?![天续来])|之后|到期)"
)
# At most so many in a list: also keeps the search linear.
_MORE = "{0,40}"
_LIST = rf"{_N}(?:\s?号)?(?:(?:{_JOIN}|{_RANGE}){_N}(?:\s?号)?){_MORE}"
_REFERENCE = re.compile(
    rf"(?:任务\s?(?:编号|号)?\s?[:#]?|编号\s?[:为]?(?=\s?\d{{1,6}}号?的?任务)|[Nn][Oo]\.?(?=\s?\d{{1,6}}号?任务))\s?(?P<after>\d{{1,6}}(?:(?:{_JOIN}|{_RANGE})\d{{1,6}}){_MORE})"
    rf"(?:\s?号)?(?:的?任务(?!\s?\d))?"
    # 任务二十四,签收: spelt out, it is one only where the word ends with it, unlike 任务十分繁重.
    rf"|任务\s?(?:编号|号)?\s?:?\s?(?P<spelt>[一二两三四五六七八九十百零]{{1,6}}(?:(?:{_JOIN}|{_RANGE})[一二两三四五六七八九十百零]{{1,6}}){_MORE})"
    r"(?:\s?号|(?=$|[\s,;。!)\]】]|:(?=[收已领办退停延转受恢联])|(?<![务:\s][一十])(?:收[到了悉]|已|领[账取了]|签收|认领|受理|办[结完]|退回|停表|暂停|恢复|延期|转|交账|申请|[我俺本][局们]|请|因|卡)))"
    rf"|{_NOT_BEFORE}第?(?P<list>{_LIST})(?<=号)(?:的?任务)?{_NOT_AFTER}"
)
# 演环审〔2026〕1号, 遂发改字第12号: the numbers of documents, which every hand-in names.
_DOCUMENT = re.compile(
    r"(?:[\[(]\s?(?:19|20)\d\d年?\s?[\])]|字)\s?第?\s?\d{1,6}\s?号(?:\s?[、和与及]\s?\d{1,6}\s?号){0,40}"
)
_SINGLE = re.compile(rf"({_N})(?:\s?号)?(?:{_RANGE}({_N}))?")
_PROJECT = re.compile(r"(?<!\w)#\s*(\d{1,6})(?!\d)")
_WIDEST = 50


@dataclass(frozen=True, slots=True)
class Reference:
    """Where in a plain text tasks are named, and which."""

    start: int
    end: int
    numbers: tuple[int, ...]


def find_tasks(text: str, names: Names) -> list[Reference]:
    """The tasks named in a text by number; a list of numbers is one reference.

    A number within a project's name (某某一号产业园) names no task.
    """
    for mention in names.find_projects(text):
        blank = " " * (mention.end - mention.start)
        text = text[: mention.start] + blank + text[mention.end :]
    text = _DOCUMENT.sub(lambda found: " " * len(found[0]), text)
    return [
        Reference(found.start(), found.end(), tuple(dict.fromkeys(_numbers(found))))
        for found in _REFERENCE.finditer(text)
    ]


def _numbers(found: re.Match[str]) -> Iterator[int]:
    said = found["after"] or found["spelt"] or found["list"]
    for each in _SINGLE.finditer(said):
        first = read_count(each[1]) or 0
        last = read_count(each[2]) if each[2] else None
        yield first
        if last and first < last <= first + _WIDEST:
            yield from range(first + 1, last + 1)


def find_project_numbers(text: str) -> tuple[int, ...]:
    """The projects named by number: #12."""
    return tuple(int(found[1]) for found in _PROJECT.finditer(text))
