"""Metrics and rankings in questions: 落地率排名前三的县区, 哪个部门逾期最少."""

import re
from dataclasses import dataclass

from handlers.reading.numbers import read_count

RATES = ("落地率", "开工率", "投资完成率")
ON_TIME = "按时办结率"
OVERDUE = "逾期数"

_METRICS: list[tuple[tuple[str, ...], re.Pattern[str]]] = [
    (RATES, re.compile(r"三项?个?(?:率|比率)|三大率")),
    ((RATES[0],), re.compile(r"(?:签约)?(?:项目)?落地率")),
    ((RATES[1],), re.compile(r"(?:项目)?开工率")),
    ((RATES[2],), re.compile(r"投资完成(?:率|比例)|投资(?:完成)?率")),
    ((ON_TIME,), re.compile(r"(?:按时|按期|准时|及时|如期)(?:办结|完成|办理)?率|办结率")),
]
_OVERDUE = re.compile(r"(?:逾期|超期|超时|过期)(?:率|数量?|件数|任务数?)?")
_RANKED = re.compile(
    r"排名|排行|排位|名次|排[个一下]|倒数|垫底|末位|靠前|靠后|领先|落后|前[\d一二两三四五六七八九十]+|后[\d一二两三四五六七八九十]+[名位个家]|"
    r"第一|最(?:高|低|多|少|好|差|快|慢|严重|大|小|后)|从[高低多少]到[高低多少]"
)
_RISING = re.compile(
    r"倒数|垫底|末位|靠后|落后|最(?:低|少|差|慢|小|后)|后[\d一二两三四五六七八九十]+[名位个家]|从[低少]到"
)
_COUNT = re.compile(
    r"(?:前|后|倒数第?|最[高低多少好差快慢]的?前?)([\d一二两三四五六七八九十]{1,3})(?!季|年|月)|排名?第([\d一])"
)
_ONE = re.compile(
    r"(?:哪个?|哪一?[家个]|谁|何).{0,14}(?:最|第一|垫底|末位|倒数第一)|(?:最|第一|垫底).{0,8}(?:是|的是)?(?:哪个?|哪一?[家个]|谁)"
)
_SEVERAL = re.compile(r"哪几|哪些|几个")
_DEPARTMENTS = re.compile(r"部门|[各哪]个?局|单位|委办局|局委|科室|哪家")
_COUNTIES = re.compile(r"县|区(?!分)|地方")


@dataclass(frozen=True, slots=True)
class MetricMention:
    """A metric named in a plain text."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is ranked by what; `n` None where no number is asked."""

    of: str
    metric: str
    order: str
    n: int | None


def find_metrics(text: str) -> list[MetricMention]:
    """The metrics that a text names, in order."""
    found = [
        MetricMention(match.start(), match.end(), names)
        for names, pattern in _METRICS
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda each: each.start)


def find_ranking(text: str, departments: bool, counties: bool) -> Ranking | None:
    """The ranking that a plain text asks for; the flags say what it names besides."""
    if not _RANKED.search(text):
        return None
    metrics = [name for each in find_metrics(text) for name in each.names]
    overdue = _OVERDUE.search(text) is not None
    if not metrics and not overdue:
        return None
    metric = metrics[0] if metrics else OVERDUE
    of = _ranked(text, metric, departments, counties)
    return Ranking(of, metric, "asc" if _RISING.search(text) else "desc", _read_n(text))


def _ranked(text: str, metric: str, departments: bool, counties: bool) -> str:
    if _DEPARTMENTS.search(text) or (departments and not counties):
        return "departments"
    if _COUNTIES.search(text) or counties or metric in RATES:
        return "counties"
    return "departments"


def _read_n(text: str) -> int | None:
    counted = _COUNT.search(text)
    if counted:
        return read_count(counted[1] or counted[2])
    return 1 if _ONE.search(text) and not _SEVERAL.search(text) else None
