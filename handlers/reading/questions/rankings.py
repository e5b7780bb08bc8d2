"""Metrics and rankings in questions: 落地率排名前三的县区, 哪个部门逾期最少."""

import re
from dataclasses import dataclass

from handlers.reading.language.numbers import read_count

RATES = ("落地率", "开工率", "投资完成率")
ON_TIME = "按时办结率"
OVERDUE = "逾期数"
ASCENDING, DESCENDING = "asc", "desc"

_METRICS: list[tuple[tuple[str, ...], re.Pattern[str]]] = [
    (RATES, re.compile(r"[三3]大?项?个?(?:率|比率)")),
    ((RATES[0],), re.compile(r"(?:签约)?(?:项目)?落地率")),
    ((RATES[1],), re.compile(r"(?:项目)?(?<!转)开工率")),
    ((RATES[2],), re.compile(r"(?:完成)?投资(?:的)?完成(?:率|比例)|(?:完成)?投资(?:完成)?率")),
    (
        (ON_TIME,),
        re.compile(
            r"(?:按时|按期|准时|及时|如期)(?:办结|完成|办理|交账)?率|办结率"
            r"|(?:按时|按期|准时|及时|如期)(?:办结|完成)(?:情况)?(?=.{0,6}(?:最|排[名行]|前\d|垫底))"
        ),
    ),
]
_OVERDUE = re.compile(
    r"(?:逾期|超期|超时|过期|拖期|延误|拖得|拖拉|拖沓|磨蹭)(?:率|的?数量?|的?件数|任务数?|的?任务|的?件|的?事项|个数)?"
)
_N = r"(?:[\d一二两三四五六七八九十]{1,3}|[俩仨])"
_PAIRS = str.maketrans("俩仨", "二三")
_BY, _LOW, _HIGH = "[高低多少大小快慢好差]", "[低少小慢差]", "[高多大快好]"
_TO = "的?(?:排|数|列)?[到往至向→]"
_RANKED = re.compile(
    rf"排名|排行|排位|名次|次序|顺序|座次|排序|排[个一下队出]|排(?:一|个)?下|倒数|垫底|末位|末尾|靠前|靠后|领先|领跑|落后|(?<![目之以当提年])前{_N}|后{_N}[名位个家]|top\s?\d"
    rf"|第一|头一?名|头{_N}名|头一[个位家]|冠军|状元|榜|吊车尾|拖后腿|拉胯|老末|最(?:高|低|多|少|好|差|快|慢|狠|严重|大|小|后|拉|不行|弱|强|厉害|优)"
    rf"|{_BY}{_TO}{_BY}|先{_BY}后{_BY}|[升降倒逆正]序|{_BY}(?:的)?(?:排|放|摆)(?:在)?[前后]",
    re.IGNORECASE,
)
_RISING = re.compile(
    rf"倒数|垫底|末位|末尾|靠后|落后|吊车尾|拖后腿|拉胯|老末|最(?:低|少|差|慢|小|后|拉|不行|弱)|后{_N}[名位个家]|{_LOW}{_TO}{_HIGH}|先{_LOW}后{_HIGH}"
    rf"|{_LOW}(?:的)?(?:排|放|摆)(?:在)?(?:最)?前|{_HIGH}(?:的)?(?:排|放|摆)(?:在)?(?:最)?后|升序"
)
_COUNT = re.compile(
    rf"(?:(?<![目之以当提年])前|后|倒数第?|头|top\s?|最{_BY}的?前?)(?P<after>{_N})(?!季|年|月|天|周|[个]?工作)"
    rf"|(?:垫底|末尾|领跑|靠[前后]|领先|落后)的?(?P<behind>{_N})[个家名]|哪(?P<which>{_N})[个家名位]?(?![季年月天周件项])|(?P<before>{_N})[个家]?(?:县区|县|区|局|部门|单位)[^,。]{{0,10}}最|排名?第(?P<place>[\d一])",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:哪个?|哪一?[家个]|谁|何).{0,16}(?:最|第一|垫底|末位|倒数第一|拉胯|拖后腿|领跑|吊车尾)"
    r"|(?:最|第一|垫底|头一|冠军|末位|拖后腿|吊车尾|领跑).{0,10}(?:是|的是)?(?:哪个?|哪一?[家个]|谁|何)"
)
_SEVERAL = re.compile(r"哪几|哪些|几个|分别")
_DEPARTMENTS = re.compile(r"部门|[各哪]个?局|单位|委办局|局委|委局|科室|哪家|谁家")
_COUNTIES = re.compile(r"县|区(?!分)|地方|辖区|板块")


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
    return Ranking(of, metric, ASCENDING if _RISING.search(text) else DESCENDING, _read_n(text))


def _ranked(text: str, metric: str, departments: bool, counties: bool) -> str:
    if _COUNTIES.search(text) and metric in RATES:
        return "counties"
    if _DEPARTMENTS.search(text) or (departments and not counties):
        return "departments"
    if _COUNTIES.search(text) or counties or metric in RATES:
        return "counties"
    return "departments"


def _read_n(text: str) -> int | None:
    counted = _COUNT.search(text)
    said = next((each for each in counted.groups() if each), None) if counted else None
    if said:
        return read_count(said.translate(_PAIRS))
    return 1 if _ONE.search(text) and not _SEVERAL.search(text) else None
