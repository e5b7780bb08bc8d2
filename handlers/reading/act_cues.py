"""What in a sentence says that something was done to a task: cues, and what takes them back.

Each kind has patterns on the plain writing. A cue does not count where it is
denied (还没办结), ahead (预计下周办结), asked (办结了吗), supposed (如果退回),
hearsay (昨天说的办结), or unfinished by what stands around it (基本办结, 办结时限).
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
    r"\d{1,2}[号日]前?|以后|之后|(?<![早上中下午天])就(?!绪)|[\d一二两三四五六七八九十]个?(?:工作)?[天日](?:以?内|后)|可以|能够?|才能?|如期|按时|按期|稍后|随后|回头|正在|要求|申请|要|去|想|"
    r"(?<!申)请|麻烦|务必|记得|提醒|督促|催促)\S{0,6}?$"
)
# 材料齐全后受理 is ahead, 审核后受理 is not.
_AFTERWARDS = re.compile(
    r"(?:齐全?|全|补|补正|到位|[提上递]?交|收到|批复|通过|期满|结束)后\S{0,2}$"
)
# Days that put off even what may be asked for in advance: 明天恢复计时.
_LATER = re.compile(
    r"(?:明[天日]|后天|下周[一二三四五六日天]?|下个?月|改天|过[几两]天|稍后|回头)\S{0,2}$"
)
_HEARSAY = re.compile(
    r"(?:可能|好像|似乎|估计|大概|也许|恐怕|据说|听说|以为|疑似|差一?点)\S{0,4}$|"
    r"(?:说|讲|(?<!名)称|提到|反映)(?:过|起|是|好)?的?(?:已经?)?$"
)
_PARTLY = re.compile(
    r"(?:基本上?|大体上?|大致|差不多|几乎|初步|部分|一半|接近|近乎|快)"
    r"(?:都|就|是|能)?(?:已经?)?$"
)
_OUGHT = re.compile(r"(?:视同|原则上|理论上|应当|应该?)(?:都|就|是|能)?(?:已经?)?$")
# What takes it back, and what besides makes a mere word of it: 办结时限, 办结需3天.
_NOT_QUITE = (
    r"[还尚仍]|差|缺|不|没|吧|嘛|一半|大半|过半|(?:一|大)?部分|"
    r"的(?:时|话|条件|标准|流程|前提|可能|[期时]限|日期)"
)
_TAKEN_BACK = re.compile(rf"了?(?:{_NOT_QUITE})")
_UNFINISHED = re.compile(
    rf"了?(?:{_NOT_QUITE}|需|要|待|得|难|率|中(?!心)|时限|期限|时间|日期|之?前|以前|"
    r"(?:之|以)?后(?![^,;。]*已)|与否|倒计时|条件|标准|流程|手续)"
)
_LACKS = re.compile(r"(?:还|就|只|尚|仍)[差缺欠]")
_IN_VAIN = re.compile(r"[^,;。]{0,6}?(?:未果|没|未|不[上到通])")
# 周五办结了 and 2月9日办结了 may be past days; which, is for `find_said_days` to tell.
_AT_DAY = re.compile(
    r"(?:(?<!下)(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}月)?\d{1,2}[日号])(?:上午|下午|中午|就)?$"
)
# 已办结 is done, whatever else stands before it.
_DONE = re.compile(
    r"(?:已经?|刚刚?|均|都)(?:[按如][期时]|提前|全部|正式|顺利|圆满|依法|同意|予以|都)*$"
)
_SUPPOSED = re.compile(r"如果|要是|假如|倘若|万一|一旦|的话|除非|若(?!干)")
_ASKED = re.compile(
    r"[?]|吗(?:$|[,。;!])|(?:^|[^怎那这多])么[。!]?$|呢[。!]?$|是否|是不是|有没有|能不能|可不可以|要不要|行不行|"
    r"怎么|如何|咋|什么|哪(?!怕)|谁|几[号天个件项]|多少|多久|为何|为啥|"
    r"(?:了|到|完|好|过|结|理|账)没有?[?。!~ ]*$|"
    r"^(?:请|麻烦|帮忙|帮我?|再)*(?:查|看|统计|列|汇总|问|说说)"
)
# Kinds that somebody may announce: 申请延期 and 请转 are the act itself.
_MAY_BE_AHEAD = frozenset({ActKind.EXTEND, ActKind.TRANSFER, ActKind.PAUSE, ActKind.RESUME,
                           ActKind.PROBLEM, ActKind.PROGRESS, ActKind.RETURN})  # fmt: skip
# Telling of a plan or of hearsay is a report all the same.
_ALWAYS = frozenset({ActKind.PROGRESS, ActKind.PROBLEM})
_DONE_FOR_GOOD = frozenset({ActKind.ACCEPT, ActKind.COMPLETE, ActKind.CLOSE})


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a text that says what is done."""

    kind: ActKind
    start: int
    end: int


def find_cues(text: str, joint: int | None = None) -> list[Cue]:
    """The cues that count, in order of the text.

    `joint` is where a task's number was taken out of it: what stands on both
    sides belongs together (明天4号办结).
    """
    found = [
        Cue(kind, match.start(), match.end())
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
        if _counts(kind, text, match, _clause_before(text, match.start(), joint))
    ]
    return sorted(found, key=lambda cue: cue.start)


def find_unfinished(text: str, joint: int | None = None) -> bool:
    """Whether something is said to be nearly or partly done: 基本办结."""
    return any(
        _PARTLY.search(_clause_before(text, match.start(), joint))
        for kind in _DONE_FOR_GOOD
        for match in _PATTERNS[kind].finditer(text)
    )


def _clause_before(text: str, at: int, joint: int | None) -> str:
    before = text[max(0, at - 20) : at]
    if joint is not None and max(0, at - 20) <= joint < at:
        cut = joint - max(0, at - 20)
        before = before[:cut] + before[cut + 1 :]
    return re.split("[,;。\n]", before)[-1]


def _counts(kind: ActKind, text: str, match: re.Match[str], clause: str) -> bool:
    if _DENIED.search(clause):
        return False
    if kind in _ALWAYS:
        return True
    if _HEARSAY.search(clause):
        return False
    if kind in _MAY_BE_AHEAD:
        return kind is ActKind.EXTEND or not _is_put_off(clause)
    if _PARTLY.search(clause) or _OUGHT.search(clause):
        return False
    done = match[0].startswith("已") or _DONE.search(clause) is not None
    if _is_unfinished(kind, text[match.end() :], done):
        return False
    if done:
        return True
    afterwards = _AFTERWARDS.search(clause) and not text.startswith("了", match.end())
    return not (afterwards or _AHEAD.search(_AT_DAY.sub("", clause)))


def _is_put_off(clause: str) -> bool:
    # 因下周评审暂停计时: the day belongs to the reason.
    return _LATER.search(clause) is not None and not re.search("[因等]|由于", clause)


def _is_unfinished(kind: ActKind, behind: str, done: bool) -> bool:
    if kind is ActKind.CONTACT:
        return _IN_VAIN.match(behind) is not None
    if kind not in _DONE_FOR_GOOD:
        return False
    if kind is ActKind.CLOSE and behind.startswith("吧") and not done:
        return False  # 5号销号吧 is the office's word
    if (_TAKEN_BACK if done else _UNFINISHED).match(behind):
        return True
    return kind is not ActKind.ACCEPT and _LACKS.search(behind) is not None


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
