"""The reason of an act: what introduces it (原因:, 因…, 卡点:), or what a text says besides.

Where nothing introduces it, the text is cut into clauses. Of each, the command itself and
what goes with it (我局, 申请, 一下) is taken away at both ends; clauses that say nothing
else are passed over, as are thanks, dates and names of persons. What is left is the reason.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handlers.reading.language.normalise import Text
from handlers.reading.values import ActKind

_WORDS = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))

_EDGES = "\0 \t\n,;。:!?、()[]\"'“”-~.—→|【】"
_CLAUSE = re.compile(r"[^,;。:!?()\[\]【】\n\s→|]+")
_MARKED = re.compile(
    r"(?:具体|主要)?(?:原因|理由|事由|缘由|情由)"
    r"(?:(?:可能|应该|估计|大概)?(?:是|为|如下|系|在于)[:, ]*|"
    r"(?:[我俺]|这里|就|先|简单|补充|说明|汇报|交代|[写说报讲列]|一?下|[哈啊呢嘛]){0,9}"
    r"[\]】)]?\s*[:,]\s*|[\]】)]\s*|[ \t]+)"
)
_NAMED = re.compile(
    r"(?:卡点|堵点|难点|问题|困难|瓶颈|补正(?:通知|材料|内容|事项)?)"
    r"(?:内容|情况|描述|说明|上报|相同|一样|一致|都是|均为)?(?:是|为|有|如下|在于)?\s*(?::|(?<=[是为于]))\s*"
)
_BECAUSE = re.compile(r"因为|由于|鉴于|(?<![原基起成诱])因(?!此|素|果|而|公|地)")
# 由于业主原因,… names no reason behind it.
_OF_BECAUSE = re.compile(r"(?:因为?|由于|鉴于)[^,;。:\n]{1,12}$")
# A line with a label of its own ends what is said before it.
_NEXT_LABEL = re.compile(r"\n[^\n:,;。]{2,8}:")
_POLITE = re.compile("|".join(f"(?:{each})" for each in _WORDS["polite"]))
_TAIL = re.compile(rf"(?:[,;。!?\s]*(?:{_POLITE.pattern}))+[,;。!?\s]*$")
_FILLER = "(?:" + "|".join([*_WORDS["filler"], _WORDS["names"]]) + ")"
_ASIDE = re.compile("|".join(f"(?:{each})" for each in _WORDS["aside"]))
# What is asked for in the end is no reason: 请重新核实后派发.
_REQUEST = re.compile("|".join(_WORDS["request"]))
_REQUESTS = re.compile(rf"[,;。!?\s]\s*(?:{_REQUEST.pattern})[^\n]*$")
_ANY_COMMAND = rf"{_FILLER}{{0,8}}(?:{'|'.join(_WORDS['commands']['any'])})"
_COMMAND_NEXT = re.compile(rf"[,;。\s]+{_ANY_COMMAND}")
_COMMAND_BEHIND = re.compile(_ANY_COMMAND)
# Says no more than the command: 需补正,停表.
_NO_REASON = re.compile("(?:需要?)?补正")
# What the owner asks for is why, and no command: 业主申请暂停,停表.
_OF_OWNERS = re.compile(r"(?:业主|企业|公司|建设单位|项目方|投资方)\S{0,3}?(?:申请|要求|提出|请求)")
# Joins the reason to what stands before it: 收到,但是4号不归我们管.
_JOINT = re.compile(
    r"[\s,\0]*(?:但是?|不过(?=[,\s\0不归属非是我本])|可是|然而|只是)[\s,\0]*(?=[^\s,\0])"
)
_SHORTEST = 2
_LONGEST_TAIL = 40
# Whose it is says why it goes there, where the clause does not hand it over itself.
_WHOSE = re.compile(
    r"(?:(?<![可还就但])是|归|属于?)[^,;。\n]{1,12}?(?:的$|的事|的活|的职|职责|职能|范围|业务|权限|管|负责)"
)
_HANDING = re.compile("转|移交|移送|改派|划|派|请|交给|[让给]")
_OWNER_BEFORE = re.compile(r"(?:业主|企业|公司|建设单位|项目方|投资方)(?:自己|主动|那边|方面)?$")
# Acts that say 请… of whom they go to, and of nothing that would be a reason.
_ASKING = frozenset({ActKind.TRANSFER, ActKind.RETURN, ActKind.EXTEND})
# Signs at the beginning of a line say nothing.
_MARKS = "❗❌⚠️🔴📌➡✅☑‼⭐★※#*·•-_~"
# So do the names with which a clause begins; within it they may say what is wrong: 卡在环评.
_LEADING = re.compile(f"[{re.escape(_MARKS)}]*(?:{_WORDS['names']})*")


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason as written, and from where to where the text is reason and no act."""

    said: str | None
    start: int
    end: int


# 退回的原因是什么 asks for the reason and states none.
_ASKED_FOR = re.compile(r"(?:到底|究竟)?是?(?:个?什么|个?啥|何|哪[些个条])[^,;。\n]{0,4}\W*$")


def find_stated_reason(text: Text) -> Reason | None:
    """The reason behind 原因:, 因…, 由于…, 卡点:, 补正:."""
    plain = text.plain
    marked = _MARKED.search(plain)
    if marked and _OF_BECAUSE.search(plain[: marked.start()]):
        marked = None
    marked = marked or _NAMED.search(plain)
    if marked and _ASKED_FOR.match(plain, marked.end()):
        return None
    if marked:
        end = _end_of_stated(plain, marked.end())
        return Reason(_clean(text.cut(marked.end(), end)), marked.start(), end)
    because = _BECAUSE.search(plain)
    if because is None:
        return None
    command = _COMMAND_NEXT.search(plain, because.end()) or _COMMAND_BEHIND.search(
        plain, because.end()
    )
    # 停表,因企业自己申请中止: what the owner does is why, where the command stands before.
    own = command and _OWNER_BEFORE.search(plain, because.end(), command.start())
    if own and _COMMAND_BEHIND.search(plain, 0, because.start()):
        command = None
    end = command.start() if command else len(plain)
    return Reason(_clean(text.cut(because.end(), end)), because.start(), end)


def _end_of_stated(plain: str, start: int) -> int:
    label = _NEXT_LABEL.search(plain, start)
    end = label.start() if label else len(plain)
    command = re.compile(
        r"[,;。](?=(?:故|所以|因此|特|现|拟|我局)?(?:申请|恳请|请求|特此申请)"
        + r"(?:延|退|转|暂停|停表|中止))"
    ).search(plain, start, end)
    return command.start() if command else end


def find_other_reason(text: Text, kind: ActKind) -> str | None:
    """What a text says besides the command itself, as written: 退回,不属于我局职责."""
    runs = list(_find_runs(text.plain, kind))
    if not runs:
        return None
    start, end = max(runs, key=lambda run: run[1] - run[0])
    if _NO_REASON.fullmatch(text.plain, start, end):
        return None
    return _clean(text.cut(start, end))


def _find_runs(plain: str, kind: ActKind) -> Iterator[tuple[int, int]]:
    """Where clauses with something to say follow one another."""
    run: tuple[int, int] | None = None
    found_any = False
    for clause in _CLAUSE.finditer(plain.replace("--", ",,")):
        content = _find_content(clause[0], kind)
        beside = found_any or (kind in _ASKING and clause.start() > 0)
        if content and beside and _REQUEST.match(clause[0]):
            content = None
        if content is None:
            if run:
                yield run
            run = None
            continue
        found_any = True
        start, end = clause.start() + content[0], clause.start() + content[1]
        cut_short = content[1] < len(clause[0])
        run = (run[0], end) if run and content[0] == 0 else (start, end)
        if cut_short:
            yield run
            run = None
    if run:
        yield run


def _find_content(clause: str, kind: ActKind) -> tuple[int, int] | None:
    """The part of a clause that is neither command nor manners; None if nothing is left."""
    if _ASIDE.fullmatch(clause) or _POLITE.fullmatch(clause):
        return None
    whose = kind is ActKind.TRANSFER and _WHOSE.search(clause) and not _HANDING.search(clause)
    if whose or _OF_OWNERS.match(clause):
        return 0, len(clause)
    pieces, alone = _pieces(kind)
    first = _LEADING.match(clause)
    begin = first.end() if first else 0
    if _scan(alone, clause, begin).end == len(clause):
        return None
    head = _scan(pieces, clause, begin)
    start = head.end if head.commands else 0
    end = _find_tail(pieces, clause)
    # A command at both ends, or one that runs through: the longer rest is what is said.
    if start >= end:
        start, end = (0, end) if end >= len(clause) - start else (start, len(clause))
    return (start, end) if end - start >= _SHORTEST else None


@dataclass(frozen=True, slots=True)
class _Scan:
    """How far a clause is command and what goes with it, and whether a command is in it."""

    end: int
    commands: bool


def _scan(pieces: re.Pattern[str], clause: str, start: int) -> _Scan:
    """Piece by piece, never going back: linear in the clause."""
    at, commands = start, False
    while (found := pieces.match(clause, at)) and found.end() > at:
        commands = commands or found.lastgroup == "command"
        at = found.end()
    return _Scan(at, commands)


def _find_tail(pieces: re.Pattern[str], clause: str) -> int:
    """Where the command begins with which a clause ends; its length if there is none."""
    for start in range(max(0, len(clause) - _LONGEST_TAIL), len(clause)):
        tail = _scan(pieces, clause, start)
        if tail.commands and tail.end == len(clause):
            return start
    return len(clause)


@cache
def _pieces(kind: ActKind) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A piece of an act's command, and what is one where it stands alone."""
    said = _WORDS["commands"].get(kind.value, ["(?!)"])
    alone = [*said, *_WORDS["alone"].get(kind.value, [])]
    # 卡在环评 is stuck there: behind a problem a name is the reason.
    names = [] if kind is ActKind.PROBLEM else [_WORDS["names"]]
    beside = "|".join([*_WORDS["filler"], *names, _WORDS["trailing"]])
    return (
        re.compile(f"(?P<command>{'|'.join(said)})|{beside}"),
        re.compile(f"(?P<command>{'|'.join(alone)})|{beside}"),
    )


def _clean(text: Text) -> str | None:
    request = _REQUESTS.search(text.plain, _SHORTEST)
    cut = text.cut(0, request.start()) if request else text
    polite = _TAIL.search(cut.plain)
    cut = cut.cut(0, polite.start()) if polite else cut
    joint = _JOINT.match(cut.plain)
    cut = cut.cut(joint.end(), len(cut.plain)) if joint else cut
    said = cut.strip(_EDGES).shown.strip(" \t\n，；。：！、“”\"'（）【】")
    return said or None
