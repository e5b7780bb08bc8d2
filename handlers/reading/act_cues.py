"""What in a sentence says that something was done to a task: cues, and what takes them back.

Each kind has patterns on the plain writing. A cue does not count where it is
denied (还没办结), ahead (预计下周办结), asked (办结了吗) or supposed (如果退回).
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from handlers.reading.values import ActKind

_REPORTED = "对账"

_WORDS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "act_cues.toml").read_text(encoding="utf-8")
)
_PATTERNS = {kind: re.compile("|".join(_WORDS[kind.value])) for kind in ActKind}

# These say "not mine" without the word 退回.
NOT_OURS = re.compile(
    r"(?:不(?:属于?|归|是|在)|非)(?:我们?|本|咱们?|我局|我委|我单位|本局)(?:[局委办科室]|单位|部门|这边|这里)?"
    r"(?:的|的?(?:职责|职能|权限|管辖|事权|业务|审批|负责|管|范围|事项|工作|任务|事))|"
    r"(?:不属于|不归)(?:我们?|本|咱们?|我局|本局)|(?:派|发|分|下)错(?:了|部门|单位)"
)

_DENIED = re.compile(
    r"(?:没有?|未|(?<![能可要行是])不|无法|尚未|还没有?|无需|不用|不需要?|无须|别|勿|不要|(?<!能)不能|"
    r"(?<!可)不可|不得|不予|不再|从未|暂不|难以|没能|不会|不是|尚|并非)"
    r"(?:能|予|再|曾|完全|正式|申请|收到|到|及时|被|给|办理|全部)?$"
)
_AHEAD = re.compile(
    r"(?:预计|争取|计划|力争|打算|准备|即将|马上(?:就)?|快要?|将|(?<![委员协例开商大])会(?![签议审商])|确保|保证|"
    r"等待?|待|尽快|尽早|尽量|抓紧|再|明天|后天|下周\S{0,2}|月底前?|本周内?|这周|周[一二三四五]前?|"
    r"\d{1,2}[号日]前?|以后|之后|可以|能够?|才能?|如期|按时|按期|稍后|随后|回头|正在|要求|申请|要|去|想|"
    r"(?<!申)请|麻烦|务必|记得|提醒|督促|催促)\S{0,6}?$"
)
# 已办结 is done, whatever else stands before it.
_DONE = re.compile(r"(?:已经?|刚刚?|均|都)$")
_SUPPOSED = re.compile(r"如果|要是|假如|倘若|万一|一旦|的话|除非|若(?!干)")
_ASKED = re.compile(
    r"[?]|吗(?:$|[,。;!])|(?:^|[^怎那这多])么[。!]?$|呢[。!]?$|是否|是不是|有没有|能不能|可不可以|要不要|行不行|"
    r"怎么|如何|咋|什么|哪[些个天里家]|谁|几[号天个件项]|多少|多久|为何|为啥|"
    r"(?:了|到|完|好|过|结|理|账)没有?[?。!~ ]*$|"
    r"^(?:请|麻烦|帮忙|帮我?|再)*(?:查|看|统计|列|汇总|问|说说)"
)
# Kinds that somebody may announce: 申请延期 and 请转 are the act itself.
_MAY_BE_AHEAD = frozenset({ActKind.EXTEND, ActKind.TRANSFER, ActKind.PAUSE, ActKind.RESUME,
                           ActKind.PROBLEM, ActKind.PROGRESS, ActKind.RETURN})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a text that says what is done."""

    kind: ActKind
    start: int
    end: int


def find_cues(text: str) -> list[Cue]:
    """The cues that count, in order of the text."""
    found = [
        Cue(kind, match.start(), match.end())
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
        if _counts(kind, text, match)
    ]
    return sorted(found, key=lambda cue: cue.start)


def _counts(kind: ActKind, text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 20) : match.start()]
    clause = re.split("[,;。\n]", before)[-1]
    if _DENIED.search(clause):
        return False
    if kind in _MAY_BE_AHEAD or match[0].startswith("已") or _DONE.search(clause):
        return True
    return not _AHEAD.search(clause)


def has_any(text: str) -> bool:
    """Whether any cue stands in the text, counting or not."""
    return any(pattern.search(text) for pattern in _PATTERNS.values())


def is_report(text: str) -> bool:
    """Whether the text is a report of the six verbs' third: 对账:…"""
    return text.lstrip(" ,:的").startswith(_REPORTED)


def is_asked(text: str) -> bool:
    """Whether the text asks instead of saying."""
    return _ASKED.search(text) is not None


def is_supposed(text: str) -> bool:
    """Whether the text speaks of what might be."""
    return _SUPPOSED.search(text) is not None
