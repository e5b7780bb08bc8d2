"""A message about tasks as its writer meant it: without slips, wide spacing, counting, tables.

Everything that is read of acts afterwards sees plain sentences: rows of a table become
lines, letters set apart (办 结) come together, and 领帐 or 己受理 are written right.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from handlers.reading.language.normalise import Text, is_circled

_WORDS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "cues.toml").read_text(encoding="utf-8")
)["slips"]
_RIGHT = {wrong: right for right, wrongs in _WORDS.items() for wrong in wrongs}
_SLIP = re.compile("|".join(sorted(map(re.escape, _RIGHT), key=len, reverse=True)))
# 己 and 以 for 已, before what is done.
_DONE = re.compile(
    r"(?:(?<![自知])[己巳]|(?<![予可所加难足得用给])以)(?=经?(?:受理|办|联系|领|收|对接|完成|批|核|补|退|签|发|交|给|送|与|和|跟|接|恢复|停|转|"
    r"通知|告知|出))"
)
# 12号任务23号办结, 任务7,20号联系了业主: behind a task and before what was done it is a day.
_DAY_BEHIND = re.compile(
    r"([\d一二两三四五六七八九十]号的?任务,?(?:已?于|在|本月)?|任务\s?\d{1,6}(?:已?于|在|本月|,(?=\d{1,2}号[一-鿿]{2})))"
    r"([\d一二三四五六七八九十]{1,3})号(?![\s的]?(?:任务|[、,:都均也各一全]|[和与及跟]\s?[\d一二三四五六七八九十]|(?:已?收到|领账)|$))"
)
# 预计30号办结 and 最迟5号出证 speak of days, 预计8号任务… of a task.
_DAY_AHEAD = re.compile(
    r"((?:预计|估计|争取|计划|最迟|最晚|大概|大约|打算|力争|定[在于]|改[到在]|拟[在于]|将于|安排在?|下个?月|本月|这个?月)[^,;。\n\d]{0,2}"
    r"\d{1,2})号(?!的?任务|[、和与及,]\s?\d{1,6}\s?号|\d|[明后今]天|[下本这]?周|月底)"
)
# On a card, where the task need not be named, what is still to come has a day as well: 25号上会.
_EVENT_DAY = re.compile(
    r"(?<![任务第\d、和与及])(\d{1,2}|[一二三四五六七八九十]{1,3})号(?=[上下]午|晚上|早上|左右|前后|到期|去现场|起(?!草)|[能可才就](?!领)|"
    r"出(?:证|文|结果|报告|批复|件)(?!了)|开(?:会|评审|听证|标|专家)|上(?:会|党组|局务)(?!了)|(?:评审|听证|专家|局务)会|"
    r"公示(?:期满|结束|开始|到期)(?!了))"
)
# Who signs below is no target and no reason: ——自规局用途管制科 老冯.
_UNIT = r"[^\W不没未无去来请转退等待的了是归属由给到交报\d]{1,12}[局委科处室办股心口]"
_CALLED = r"(?:[老小]?[一-鿿]|[一-鿿]{1,2}(?:科长|局长|主任|处长|所长|工|科|局|主任))"
_DATE = r"(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?"
_SIGNATURE = re.compile(
    rf"\n[ \t]*(?:-{{1,4}}[ \t]*(?:{_UNIT}[ \t]*(?:[一-鿿]{{1,4}})?|[老小]?{_CALLED})"
    rf"|{_UNIT}[ \t]+[一-鿿]{{2,4}}"
    rf"|{_UNIT}[老小]?{_CALLED}|{_UNIT}[ \t]*(?=\n))[ \t]*(?:\n[ \t]*{_DATE})?\s*$"
)
# Pictures of the keyboards' own, written out.
_EMOTICON = re.compile(
    r"\[(?:抱拳|强|握手|OK|ok|微笑|玫瑰|呲牙|庆祝|合十|憨笑|捂脸|流泪|大哭|加油|赞|鼓掌|奋斗|咖啡|太阳|爱心|偷笑|愉快|可怜|"
    r"旺柴|烟花|发怒|尴尬|嘿哈|机智|拥抱|胜利|耶|苦涩|叹气|拳头|敬礼|得意|害羞|调皮|撇嘴|难过|疑问|吃瓜|打脸|裂开|社会社会|心|作揖|收到)\]"
)
# 受理啦, 批喽: these say 了; 好嘞 does not.
_FINAL = re.compile(r"(?<![好得中行成妥对了])[啦喽嘞咯咧](?=$|[\s,;。:!?~()])")
# 8#任务, 8#已办结
_HASH = re.compile(r"(?<![\w#])(\d{1,6})#(?=\s?(?:任务|件|[已收办领受退转停延恢卡]))")
# ①③号 are tasks; any other circled number counts the parts of a message.
_CIRCLED_TASKS = re.compile(r"[①-⑳](?:[、,，和及]?[①-⑳]){0,20}号")
_BULLET = re.compile(
    r"^\s*(?:#{1,6}\s+)?[*_]*(?:[-*•·▪◆]\s+|[一二三四五六七八九十]{1,2}、\s*(?![\d一二三四五六七八九十]{1,4}号)|\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)\s*)?[*_]*"
)
# 一、5号任务已办结。二、6号…: counted within a line.
_COUNTED_PARTS = re.compile(
    r"(?:^|(?<=[;。:\n]))[ \t]*(?:([一二三四五六七八九十])、|(\d{1,2})[、.)])"
    r"(?=\s?(?:任务|第?[\d一二三四五六七八九十]{1,6}\s?号))"
)
_COUNTED = re.compile(r"^\s*(\d{1,2})\s*(?:[.、)]\s*|\s)(?=\S)")
_STARS = "*_`"
_SPACED = 5
# 四号 已 受 理, too few words to count; the blank between two figures (5 6 号) tells them apart.
_FIGURE = "[\\d一二两三四五六七八九十百零]"
_SPREAD = re.compile(rf"(?:任务 ?)?{_FIGURE}{{1,5}} ?号?(?: 任务)?(?: (?!{_FIGURE})[一-鿿]){{2,8}}")
_CELL = re.compile(r"\t|\|")
_NUMBER_COLUMN = re.compile(r"(?:任务)?(?:编?号|序号|任务)|任务编?号码?")
_CELL_NUMBER = re.compile(r"(?:任务|第)?\s*#?(\d{1,6})\s*号?(?:任务)?")
# What stands in such columns says nothing about the act.
_ASIDE = re.compile(r"承办|经办|联系|负责|责任|电话|时间|日期|姓名|项目|事项|县区|部门|单位")


def prepare(text: Text, card: int | bool | None = None) -> Text:
    """The text as it is read for acts; both writings stay in step.

    `card`: the task whose card is quoted (True: one whose number is not known), if any.
    """
    text = _mend(_drop_inner_counting(_close_up(_open_circles(_drop_signature(text)))))
    if card is not None and card is not False:
        text = Text(_mark_days(text.plain, card), text.shown)
    lines = list(_open_tables(_drop_counting([_drop_marks(line) for line in text.lines()])))
    return _join(lines)


def _join(lines: list[Text]) -> Text:
    return Text("\n".join(x.plain for x in lines), "\n".join(x.shown for x in lines))


def _mend(text: Text) -> Text:
    def put_right(found: re.Match[str]) -> str:
        return _RIGHT[found[0]]

    plain = _DONE.sub("已", _SLIP.sub(put_right, text.plain))
    plain = _EMOTICON.sub(lambda found: " " * len(found[0]), _FINAL.sub("了", plain))
    plain = _DAY_AHEAD.sub(r"\1日", _HASH.sub(r"\1号", plain))
    return Text(_DAY_BEHIND.sub(r"\1\2日", plain), text.shown)


def _drop_signature(text: Text) -> Text:
    signature = _SIGNATURE.search(text.plain)
    return text.cut(0, signature.start()) if signature else text


def _mark_days(plain: str, card: int | bool) -> str:
    def mark(found: re.Match[str]) -> str:
        return found[0] if card is not True and found[1] == str(card) else f"{found[1]}日"

    return _EVENT_DAY.sub(mark, plain)


def _open_circles(text: Text) -> Text:
    """①50号已交账,②51号… as lines of their own; circled numbers of tasks as figures."""
    tasks = [found.span() for found in _CIRCLED_TASKS.finditer(text.shown)]
    plain = shown = ""
    for at, said in enumerate(text.shown):
        own = is_circled(said) and any(start <= at < end for start, end in tasks)
        if own:
            further = is_circled(text.shown[at + 1])
            figure = f"{int(unicodedata.numeric(said))}{'、' * further}"
            plain, shown = plain + figure, shown + figure
        elif is_circled(said) or "⑴" <= said <= "⒛":
            plain, shown = plain + "\n", shown + "\n"
        else:
            plain, shown = plain + text.plain[at], shown + said
    return Text(plain, shown)


def _close_up(text: Text) -> Text:
    """1 号 任 务 办 结: every character stands alone, so the spaces mean nothing."""
    pieces = text.plain.split(" ")
    alone = sum(len(piece) <= 1 for piece in pieces)
    if _SPREAD.fullmatch(text.plain):
        alone = len(pieces)
    elif len(pieces) < _SPACED or alone < 0.8 * len(pieces):
        return text
    kept = [i for i, c in enumerate(text.plain) if c != " "]
    return Text("".join(text.plain[i] for i in kept), "".join(text.shown[i] for i in kept))


def _drop_marks(line: Text) -> Text:
    found = _BULLET.match(line.plain)
    return line.cut(found.end() if found else 0, len(line.plain)).strip(_STARS)


def _drop_inner_counting(text: Text) -> Text:
    """Parts that are counted 一、二、 or 1. 2. lose the count: it is no task's."""
    counted = list(_COUNTED_PARTS.finditer(text.plain))
    for group, order in ((1, "一二三四五六七八九十"), (2, [str(n) for n in range(1, 21)])):
        found = [each for each in counted if each[group]]
        if len(found) > 1 and [each[group] for each in found] == list(order)[: len(found)]:
            break
    else:
        return text
    plain, shown = text.plain, text.shown
    for each in found:
        blank = " " * len(each[0])
        plain = plain[: each.start()] + blank + plain[each.end() :]
        shown = shown[: each.start()] + blank + shown[each.end() :]
    return Text(plain, shown)


def _drop_counting(lines: list[Text]) -> list[Text]:
    """Lines that are counted 1, 2, 3 lose the number: it is no task's."""
    counted = [(at, found) for at, x in enumerate(lines) if (found := _COUNTED.match(x.plain))]
    numbers = [int(found[1]) for _, found in counted]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return lines
    cut = {at: found.end() for at, found in counted}
    return [line.cut(cut.get(at, 0), len(line.plain)) for at, line in enumerate(lines)]


def _open_tables(lines: list[Text]) -> Iterator[Text]:
    """A table's rows, under a heading that names the column of numbers, as lines."""
    heading: list[str] = []
    for line in lines:
        cells = _cells(line)
        column = _find_number_column([cell.plain for cell in cells])
        if len(cells) > 1 and column is not None:
            heading = [cell.plain for cell in cells]
        elif heading and len(cells) > 1 and (row := _read_row(cells, heading)):
            yield row
        elif not re.fullmatch(r"[\s|:+-]+", line.plain) or not heading:
            heading = []
            yield line


def _cells(line: Text) -> list[Text]:
    cells, start = [], 0
    for found in _CELL.finditer(line.plain):
        cells.append(line.cut(start, found.start()))
        start = found.end()
    cells.append(line.cut(start, len(line.plain)))
    cells = [cell.strip(" ") for cell in cells]
    return cells[1:-1] if len(cells) > 2 and not cells[0].plain and not cells[-1].plain else cells


def _find_number_column(cells: list[str]) -> int | None:
    return next((at for at, cell in enumerate(cells) if _NUMBER_COLUMN.fullmatch(cell)), None)


def _read_row(cells: list[Text], heading: list[str]) -> Text | None:
    column = _find_number_column(heading) or 0
    number = _CELL_NUMBER.fullmatch(cells[column].plain) if column < len(cells) else None
    if number is None:
        return None
    said = [
        cell
        for at, cell in enumerate(cells[: len(heading)])
        if at != column and cell.plain and not _ASIDE.search(heading[at])
    ]
    task = f"{number[1]}号任务"
    return Text(
        ",".join([task, *(cell.plain for cell in said)]),
        ",".join([task, *(cell.shown for cell in said)]),
    )
