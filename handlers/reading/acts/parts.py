"""The parts of an act: its days, how far it is, to whom it goes, whom it waits for."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from handlers.reading.language.dates import find_days
from handlers.reading.language.numbers import read_count, read_number
from handlers.reading.naming.names import Names
from handlers.reading.values import WaitsFor, Why

LONGEST_EXTENSION = 10
# Stand, character by character, for names that were taken out of a text.
PROJECT, DEPARTMENT, ITEM = "\ufffa", "\ufffb", "\ufffc"

_NUMBER = r"[\d一二两俩三仨四五六七八九十百壹贰叁肆伍陆柒捌玖拾]"
_DAYS = re.compile(
    rf"(\d{{1,4}}(?:\.\d+)?|{_NUMBER}{{1,4}}|半)\s*个?(半)?\s*(工作日|工作天|自然日|日历日|日历天|天|日(?!前|之前))"
)
_COLUMN = re.compile(r"(?:天数|工作日数|延期工作日|延期天数)\s*:\s*(\d{1,4}(?:\.\d+)?)(?!\d|月|-)")
_SPOKEN = {"俩": 2, "仨": 3}
_RANGE = re.compile(
    rf"{_NUMBER}\s*(?:-|~|至|到|或|、)\s*{_NUMBER}+\s*个?(?:工作)?[日天]|[一二两三四五六七八九][二三四五六七八九][个天日]"
)
_UNTIL = re.compile(r"(?:到|至)\s*$")
_END_OF = re.compile(r"(?:到|至)\s*(?P<end>本月底|这个月底|月底|月末|年底|年末|本周末|周末)")
_ASKS_FOR = re.compile(r"延|宽|展期|[推挪缓晚拖]|[再多加]")
_CLAUSE_END = ",;。\n"
_PERCENT = re.compile(
    r"(\d{1,3})(?:\.\d+)?\s*%|百分之([\d零一二两三四五六七八九十百]{1,4})|(?<![一二三四五六七八九])([一二三四五六七八九])成(?![一二三四五六七八九]%)([一二三四五六七八九半])?"
)
_REACHED = re.compile(r"(?:[到至达为是现→]|目前|现在|当前|->|=>|--)了?\s*$")

_PROCEDURE = re.compile(
    r"听证|招标|拍卖|检验|检测|检疫|鉴定|评审|论证|公示|勘验|勘测|监测|特别程序|专家|评估|审图"
)
_OWNER = re.compile(
    r"补[正齐充交件报]|业主|企业|申请人|材料|资料|图纸|缺|建设单位|项目方|投资方|修改|整改"
)

_TARGET_FILLER = re.compile(
    r"^(?:得|申请|需要?|应该?|建议|麻烦|拟|要|现|已|帮忙|把它?|把这个|该|转|改|划|移交|"
    r"给|由|到|至|交|往|请|办|送|移|派|相关|有关|其他|其它|别的|对口|主管|部门|单位|局|"
    r"一下|吧|了|处理|办理|负责|承办|去|的|:|→|>|-|\s|出|走|过)+"
)
_UNIT_END = (
    r"(?:局|委员?会?|办公室|办|中心|厅|院|[支大总]队|站|公司|政府|管委会|"
    r"科|处|所|县|区|乡|镇|银行|部)"
)
_UNIT = re.compile(rf"(?!处理|办理)\w{{1,12}}?{_UNIT_END}")
_RESPONSIBLE = re.compile(rf"(?:由|归|属于?|是)(?!我|本|俺|咱)\w{{1,12}}?{_UNIT_END}")


@dataclass(frozen=True, slots=True)
class Term:
    """How long an extension is to be, or why it cannot be told; where that stands."""

    days: int | None = None
    until: date | None = None
    why: Why | None = None
    start: int = 0
    end: int = 0


def read_term(plain: str, today: date) -> Term:
    """The working days or the day that an extension asks for."""
    until = _find_until(plain, today)
    if until:
        return until
    counts = [(found, found[1]) for found in _COLUMN.finditer(plain)]
    counts = counts or [(found, "") for found in _DAYS.finditer(_blank_days(plain, today))]
    asked = [each for each in counts if _asks_for(plain, each[0])] or counts
    if len({(found[1], column) for found, column in asked}) != 1 or _RANGE.search(plain):
        return Term(why=Why.NO_DAYS)
    found, column = asked[0]
    if column:
        return _judge_count(column, "", found, plain)
    if any(each[3].startswith(("自然", "日历")) for each, _ in asked):
        return Term(why=Why.NO_DAYS)
    return _judge_count(found[1], found[2], found, plain)


def _find_until(plain: str, today: date) -> Term | None:
    for start, end, found in find_days(plain, today):
        if not _UNTIL.search(plain[:start]):
            continue
        if found is None or found.day <= today:
            return Term(why=Why.BAD_DAYS)
        return Term(until=found.day, start=start, end=end)
    named = _END_OF.search(plain)
    if named is None:
        return None
    day = _end_of(named["end"], today)
    if day is None or day <= today:
        return Term(why=Why.NO_DAYS)
    return Term(until=day, start=named.start("end"), end=named.end())


def _end_of(said: str, today: date) -> date | None:
    if "年" in said:
        return date(today.year, 12, 31)
    if "月" in said:
        return today.replace(day=monthrange(today.year, today.month)[1])
    return None  # 周末 is Saturday or Sunday


def _blank_days(plain: str, today: date) -> str:
    for start, end, _ in find_days(plain, today):
        plain = plain[:start] + "\0" * (end - start) + plain[end:]
    return plain


def _asks_for(plain: str, found: re.Match[str]) -> bool:
    """Whether the clause up to the figure speaks of the extension: 延期2天,要等5天才出."""
    start = max(plain.rfind(mark, 0, found.start()) for mark in _CLAUSE_END) + 1
    return _ASKS_FOR.search(plain, start, found.start()) is not None


def _judge_count(said: str, half: str | None, found: re.Match[str], plain: str) -> Term:
    if said == "半":
        return Term(why=Why.BAD_DAYS)
    number = _SPOKEN.get(said) or read_number(said)
    if number is None:
        return Term(why=Why.NO_DAYS)
    negative = plain[: found.start()].endswith(("-", "负"))
    if half or negative or number != int(number) or not 1 <= number <= LONGEST_EXTENSION:
        return Term(why=Why.BAD_DAYS)
    return Term(days=int(number), start=found.start(), end=found.end())


def read_percent(plain: str) -> int | None:
    """How far a task is, in percent; of two figures the one that was reached (从30%到65%)."""
    found = list(_PERCENT.finditer(plain))
    if len(found) > 1:
        found = [each for each in found if _REACHED.search(plain[: each.start()])]
    percents = {_read_percent(each) for each in found}
    percent = percents.pop() if len(percents) == 1 else None
    return percent if percent is not None and percent <= 100 else None


def _read_percent(found: re.Match[str]) -> int | None:
    percent = read_count(found[1] or found[2] or found[3])
    if percent is None or not found[3]:
        return percent
    rest = 5 if found[4] == "半" else read_count(found[4]) if found[4] else 0
    return percent * 10 + (rest or 0)


def read_target(plain: str, after: int, names: Names) -> tuple[str | None, Why | None]:
    """The department to which a task is to go (from `after` on), or why it is unknown."""
    clause = re.split("[,;。!\n]", plain[after:])[0]
    found = {name for mention in names.find_departments(clause) for name in mention.names}
    if len(found) == 1:
        return found.pop(), None
    if len(found) > 1:
        return None, Why.CONTRADICTORY
    if _UNIT.match(_TARGET_FILLER.sub("", clause.strip())):
        return None, Why.UNKNOWN_DEPARTMENT
    elsewhere = {name for mention in names.find_departments(plain) for name in mention.names}
    if len(elsewhere) == 1:
        return elsewhere.pop(), None
    return None, Why.UNKNOWN_DEPARTMENT if _RESPONSIBLE.search(plain) else Why.NO_TARGET


def read_waits_for(plain: str) -> WaitsFor | None:
    """Whom a pause waits for: the owner's papers, or a procedure of Art. 45 行政许可法."""
    if re.search("补正", plain):
        return WaitsFor.OWNER
    if _PROCEDURE.search(plain):
        return WaitsFor.PROCEDURE
    return WaitsFor.OWNER if _OWNER.search(plain) else None
