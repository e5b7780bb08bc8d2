"""Which kinds of act a text does, where it says several things: 收到,已联系业主 is a contact."""

import re

from handlers.reading.acts.aim import TAKEN
from handlers.reading.acts.cues import NOT_OURS, Cue, find_cues, is_report
from handlers.reading.acts.days import is_of_something
from handlers.reading.acts.moods import Mood
from handlers.reading.acts.reasons import Reason
from handlers.reading.values import ActKind

_STRONG = frozenset({ActKind.ACCEPT, ActKind.COMPLETE, ActKind.RETURN, ActKind.TRANSFER,
                     ActKind.PAUSE, ActKind.RESUME, ActKind.EXTEND})  # fmt: skip
# What gives way to what: 收到,已联系业主 is a contact.
_GIVES_WAY: dict[ActKind, frozenset[ActKind]] = {
    ActKind.ACKNOWLEDGE: frozenset(ActKind) - {ActKind.ACKNOWLEDGE},
    ActKind.CONTACT: _STRONG | {ActKind.PROBLEM, ActKind.MAKE_GOOD},
    ActKind.ACCEPT: frozenset({ActKind.COMPLETE, ActKind.PAUSE, ActKind.EXTEND, ActKind.RESUME,
                               ActKind.PROGRESS, ActKind.MAKE_GOOD}),
    ActKind.PROGRESS: (_STRONG - {ActKind.ACCEPT})
    | {ActKind.PROBLEM, ActKind.CONTACT, ActKind.MAKE_GOOD, ActKind.CLOSE},
    ActKind.PROBLEM: (_STRONG - {ActKind.ACCEPT}) | {ActKind.MAKE_GOOD},
    ActKind.PAUSE: frozenset({ActKind.MAKE_GOOD}),  # 不通过,请补充…
    ActKind.RESUME: frozenset({ActKind.COMPLETE}),
    ActKind.RETURN: frozenset({ActKind.MAKE_GOOD}),
    ActKind.COMPLETE: frozenset({ActKind.MAKE_GOOD}),
    # 已办结,请予销号 is a department's hand-in; the office says 销号 alone.
    ActKind.CLOSE: frozenset({ActKind.COMPLETE, ActKind.MAKE_GOOD}),
}  # fmt: skip
_HALF_DONE = re.compile(
    r"(?:进度|进展|完成|目前|现在?|当前|办到|推进|才|(?<!节)约|大概|到)[^,;。\n]{0,4}?"
    r"(?:(?<!\d)\d{1,2}(?:\.\d)?\s?%|百分之(?!百)|[一二三四五六七八九]成|一半|大半|过半|(?:公示|评审|审核?|会签|审查|编制|踏勘)中)|"
    r"(?:还|仍|尚)(?:然|旧)?[在没未](?!补|跟)|正在(?:公示|评审|审|等|会签|走|编|踏勘|办理?(?!移|归|存))"
)
_LOOKS_BACK = 24
_EVERYDAY = re.compile("[弄整搞做][完罢好妥]")
_CLAUSE_END = re.compile("[,;。:!\n]")
_STAGE = re.compile(
    r"(?:初审|复审|踏勘|勘查|勘察|公示|评审|论证|编制|测绘|资料|材料|第[一二三]步|阶段|环节|[这那]块|首批|前置|现场|听证|检测|部分|签批|会签|"
    r"受理|对接|联系|补正|整改|修改|前期|沟通|一半|大半|初稿|核查|会审|图审|审图|审查|技术)[^,;。后]{0,4}$"
)


# 已受理并办结, 已联系业主已办结: what stands before is an act of its own, and done, too.
_DONE_TOO = re.compile(
    r"(?:[并且]|已经?(?:受理|联系|对接)了?[^,;。\n后]{0,4}?(?:[并且、]|已经?))(?:已经?|于?[今当昨][天日]|同时|都|均|一并)*$"
)


def read_kinds(
    plain: str, reason: Reason | None, joint: int | None
) -> tuple[list[ActKind], list[Cue]]:
    """The kinds of act that a text does, and all cues outside its reason."""
    if is_report(plain):
        return [ActKind.PROGRESS], []
    cues = [cue for cue in find_cues(plain, joint) if not _is_reason(cue, reason, plain)]
    said = [cue for cue in cues if cue.mood is Mood.SAID and not is_stage(cue, plain)]
    kinds = list(dict.fromkeys(cue.kind for cue in said))
    if ActKind.ACCEPT in kinds:
        beside = {
            ActKind.PROGRESS: not _tells_how_far(said, plain),
            ActKind.RESUME: _only_completed_papers(said, plain),
        }
        kinds = [kind for kind in kinds if not beside.get(kind)]
    if not set(kinds) - {ActKind.ACKNOWLEDGE} and NOT_OURS.search(plain):
        kinds = [ActKind.RETURN]
    taken = TAKEN.search(plain) is not None and {ActKind.RETURN, ActKind.TRANSFER} & set(kinds)
    left = [
        kind
        for kind in kinds
        if (taken and kind is ActKind.ACKNOWLEDGE)
        or not _GIVES_WAY.get(kind, frozenset()) & set(kinds)
    ]
    return left, cues


def is_half_done(kinds: list[ActKind], said: str) -> bool:
    """Whether what is handed in is in the same breath told to be on its way: 已办结,进度35%."""
    return kinds == [ActKind.COMPLETE] and _HALF_DONE.search(said) is not None


def _tells_how_far(cues: list[Cue], plain: str) -> bool:
    """Whether it goes on from the acceptance: 已受理,正在公示, but not 审核通过,现予受理."""
    accepted = min(cue.start for cue in cues if cue.kind is ActKind.ACCEPT)
    return any(
        cue.kind is ActKind.PROGRESS
        and cue.start > accepted
        and not plain.startswith(("还", "就", "只"), cue.start)
        for cue in cues
    )


def _only_completed_papers(cues: list[Cue], plain: str) -> bool:
    """Whether nothing but 材料补齐 speaks of going on: beside 受理 that is no resumption."""
    return all("补" in plain[c.start : c.end] for c in cues if c.kind is ActKind.RESUME)


def _is_reason(cue: Cue, reason: Reason | None, plain: str) -> bool:
    if reason is None or not reason.start <= cue.start < reason.end:
        return False
    # 卡点:… and 补正:… are both the cue and what introduces the reason.
    return cue.start > reason.start or plain.startswith(("原因", "理由"), reason.start)


def is_stage(cue: Cue, plain: str) -> bool:
    """Whether what is done is a stage only: 初审已办结, 勘界做完了."""
    if cue.kind is not ActKind.COMPLETE:
        return False
    if _STAGE.search(plain[: cue.start]):
        return _DONE_TOO.search(plain, max(0, cue.start - _LOOKS_BACK), cue.start) is None
    clause = _CLAUSE_END.split(plain[: cue.start])[-1]
    return _EVERYDAY.match(plain, cue.start) is not None and is_of_something(clause)
