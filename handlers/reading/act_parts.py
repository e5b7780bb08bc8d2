"""The parts of an act: its reason, its days, how far it is, to whom it goes, whom it waits for."""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reading.dates import find_days
from handlers.reading.names import Names
from handlers.reading.normalise import Text
from handlers.reading.numbers import read_count, read_number
from handlers.reading.values import ActKind, WaitsFor, Why

LONGEST_EXTENSION = 10
# Stands, character by character, for a name that was taken out of a text.
NAME = "\ufffc"

_EDGES = " \t,;。:!、()[]\"'“”-~."
_CLAUSE = re.compile(r"[^,;。:!()\n\s]+")
_MARKED = re.compile(r"(?:原因|理由|事由|缘由)(?:是|为|如下|系)?[: ,]*")
_NAMED = re.compile(
    r"(?:卡点|堵点|难点|问题|困难|补正(?:通知|材料|内容|事项)?)(?:是|为|有|如下)?:\s*"
)
_BECAUSE = re.compile(r"因为|由于|鉴于|(?<![原基起成诱])因(?!此|素|果|而|公|地)")
_POLITE = re.compile(
    r"(?:[,;。!\s]*(?:谢谢|感谢|多谢|辛苦了?|请(?:领导)?(?:批准|审批|批示|审核|同意|知悉|予以批准|予以支持|予以同意|支持|理解)|"
    r"望(?:批准|同意|予以批准|理解|支持)|妥否请批示|特此(?:申请|说明|报告)|敬请批准|为盼|可以吗|是否可以|行吗))+[,;。!?\s]*$"
)
_FILLER = (
    rf"(?:{NAME}+的?|恳请|敬请|"
    r"申请|请求|请|现|已经|已|予以|建议|只能|先|特|拟|应该?|需要?|须|我局|"
    r"我委|本局|我们|我单位|该|此|这个|任务|事项|项目|件|故|所以|因此|特此|麻烦|"
    r"帮忙|同意|给予|给|做|将|把|它|再|也|就|都|要|收到|好的|您好|领导|各位"
    r")"
)
_COMMANDS: dict[ActKind, str] = {
    ActKind.RETURN: (
        r"退[回件还](?:任务|处理|重点办|你们|办公室|贵办|一下)?|退给(?:重点办|你们)|退了"
    ),
    ActKind.PAUSE: (
        r"暂停(?:计时|办理|审批|受理|时限)?|停表|停止计时|停计(?:时)?|停钟|中止(?:计时|办理)?|暂缓(?:办理)?|"
        r"不计入(?:办理|审批)?(?:时限|期限|时间)|计时|补正$|需要?补正$|办理$|特别程序$"
    ),
    ActKind.EXTEND: (
        r"(?:延期|延长|宽限|展期|推迟|顺延|延后|延)(?:办理|办结|时限|期限)?(?:至|到)?|办理$|办结$|"
        r"[\d一二两三四五六七八九十.]+个?半?(?:工作|自然)?[日天周月](?:时间)?|时间|期限|时限"
    ),
    ActKind.MAKE_GOOD: (
        r"退回|补账|打回|(?:办结|交账|销号|核[验查]|验收|审核|复核)?(?:结果)?[为:]?不(?:予)?(?:通过|合格)"
    ),
    ActKind.PROBLEM: r"卡点|堵点|难点|存在|遇到|反映|上报|有个?|一个|问题|困难|报",
}
_COMMAND_AFTER = re.compile(
    rf"{_FILLER}{{0,8}}(?:退[回件]|暂停|停表|停止计时|停计|中止|暂缓|延期|延长|宽限|展期|推迟|顺延|恢复计时|"
    r"转[办交给由市]|移交)"
)
_TRAILING = r"(?:吧|了|啦|哈|的|处理|办理|一下|即可|谢谢|呢|啊|哦)"

_DAYS = re.compile(
    r"(\d{1,4}(?:\.\d+)?|[一二两三四五六七八九十百]{1,4})\s*个?(半)?\s*(工作日|工作天|自然日|日历日|日历天|天|日(?!前|之前))"
)
_RANGE = re.compile(
    r"[\d一二两三四五六七八九十]\s*(?:-|~|至|到|或|、)\s*[\d一二两三四五六七八九十]+\s*个?(?:工作)?[日天]"
)
_UNTIL = re.compile(r"(?:到|至|延至|延到)$")
_PERCENT = re.compile(
    r"(\d{1,3})(?:\.\d+)?\s*%|百分之([\d零一二两三四五六七八九十百]{1,4})|([一二三四五六七八九])成"
)

_PROCEDURE = re.compile(
    r"听证|招标|拍卖|检验|检测|检疫|鉴定|评审|论证|公示|勘验|勘测|监测|特别程序|专家|评估|审图"
)
_OWNER = re.compile(
    r"补[正齐充交件报]|业主|企业|申请人|材料|资料|图纸|缺|建设单位|项目方|投资方|修改|整改"
)

_TARGET_FILLER = re.compile(
    r"^(?:给|由|到|至|交|往|请|办|送|移|派|相关|有关|其他|别的|部门|单位|一下|吧|了|处理|办理|负责|承办|去)+"
)
_UNIT = re.compile(
    r"\w{0,12}?(?:局|委员?会?|办公室|办|中心|厅|院|大队|站|公司|政府|管委会|科|处|所|县|区|乡|镇|银行|部)"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason as written, and from where on the text is reason and no longer act."""

    said: str | None
    start: int
    end: int


def find_stated_reason(text: Text) -> Reason | None:
    """The reason behind 原因:, 因…, 由于…, 卡点:, 补正:."""
    plain = text.plain
    marked = _MARKED.search(plain) or _NAMED.search(plain)
    if marked:
        return Reason(_clean(text.cut(marked.end(), len(plain))), marked.start(), len(plain))
    because = _BECAUSE.search(plain)
    if because is None:
        return None
    rest = plain[because.end() :]
    command = _COMMAND_AFTER.search(rest)
    end = because.end() + (command.start() if command else len(rest))
    return Reason(_clean(text.cut(because.end(), end)), because.start(), end)


def find_other_reason(text: Text, kind: ActKind) -> str | None:
    """What a text says besides the command itself, as written: 退回,不属于我局职责."""
    command = re.compile(rf"{_FILLER}*(?:{_COMMANDS.get(kind, '$^')}|{_TRAILING}|{_FILLER})*")
    spans: list[tuple[int, int]] = []
    for clause in _CLAUSE.finditer(text.plain):
        start = clause.start()
        rest = _strip_command(clause[0], command, kind)
        if len(rest) > 1:
            offset = clause[0].find(rest)
            spans.append((start + offset, start + offset + len(rest)))
    if not spans:
        return None
    return _clean(text.cut(spans[0][0], spans[-1][1]))


def _strip_command(clause: str, command: re.Pattern[str], kind: ActKind) -> str:
    if command.fullmatch(clause) or _POLITE.fullmatch(clause):
        return ""
    found = re.search(rf"{_FILLER}*(?:{_COMMANDS.get(kind, '$^')})", clause)
    if kind is ActKind.PAUSE and found and "补正" in found[0]:
        return clause
    if not found or not found[0]:
        return clause
    after = re.sub(rf"^(?:{_COMMANDS[kind]}|{_TRAILING}|{_FILLER})+", "", clause[found.end() :])
    before = clause[: found.start()]
    return after if len(after) > len(before) else before


def _clean(text: Text) -> str | None:
    polite = _POLITE.search(text.plain)
    cut = text.cut(0, polite.start()) if polite else text
    said = cut.strip(_EDGES).shown.strip(" \t，；。：！、“”\"'")
    return said or None


def read_days(plain: str, today: date) -> tuple[int | None, date | None, Why | None]:
    """The working days or the day that an extension asks for, or why it cannot be told."""
    for start, end, found in find_days(plain, today):
        if _UNTIL.search(plain[:start]):
            if found is None or found.day <= today:
                return None, None, Why.BAD_DAYS
            return None, found.day, None
        plain = plain[:start] + "\0" * (end - start) + plain[end:]
    counts = {m[0].replace(" ", ""): m for m in _DAYS.finditer(plain)}
    if len(counts) != 1 or _RANGE.search(plain):
        return None, None, Why.NO_DAYS
    match = next(iter(counts.values()))
    number = read_number(match[1])
    if number is None or "自然" in match[3] or "日历" in match[3]:
        return None, None, Why.NO_DAYS
    negative = plain[: match.start()].endswith(("-", "负"))
    if match[2] or negative or number != int(number) or not 1 <= number <= LONGEST_EXTENSION:
        return None, None, Why.BAD_DAYS
    return int(number), None, None


def read_percent(plain: str) -> int | None:
    """How far a task is, in percent, if a figure says so."""
    found = _PERCENT.search(plain)
    if not found:
        return None
    percent = read_count(found[1] or found[2] or found[3])
    percent = percent * 10 if percent is not None and found[3] else percent
    return percent if percent is not None and percent <= 100 else None


def read_target(plain: str, after: int, names: Names) -> tuple[str | None, Why | None]:
    """The department to which a task is to go (the cue ends at `after`), or why it is unknown."""
    clause = re.split("[,;。!\n]", plain[after:])[0]
    found = {name for mention in names.find_departments(clause) for name in mention.names}
    if len(found) == 1:
        return found.pop(), None
    if len(found) > 1:
        return None, Why.CONTRADICTORY
    if _UNIT.match(_TARGET_FILLER.sub("", clause.strip())):
        return None, Why.UNKNOWN_DEPARTMENT
    elsewhere = {name for mention in names.find_departments(plain) for name in mention.names}
    return (elsewhere.pop(), None) if len(elsewhere) == 1 else (None, Why.NO_TARGET)


def read_waits_for(plain: str) -> WaitsFor | None:
    """Whom a pause waits for: the owner's papers, or a procedure of Art. 45 行政许可法."""
    if re.search("补正", plain):
        return WaitsFor.OWNER
    if _PROCEDURE.search(plain):
        return WaitsFor.PROCEDURE
    return WaitsFor.OWNER if _OWNER.search(plain) else None
