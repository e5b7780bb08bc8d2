"""What in a sentence says that something was done to a task: the places, and which of them count.

Each kind has patterns (`cues.toml`) on the plain writing. Of two cues in one place the
longer counts, and none counts that its mood takes back (`moods.py`).
"""

import re
import tomllib
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from handlers.reading.acts.moods import Mood, find_mood
from handlers.reading.values import ActKind

_REPORTED = re.compile(
    r"[\s,:的\[【(]*(?:对账|(?:报告|汇报|通报|反馈|说明|说|讲|更新|最新|报|目前|当前)?(?:一下|下|个)?的?"
    r"(?:办理|工作|任务)?(?:进展|进度|情况(?=:))(?:情况|汇报|更新)?(?:[:,]|(?<=情况)|(?<=汇报)))"
)
_LOOKS_BACK = 24
# No sentence has so many cues of a kind; a text that repeats one is not worth the time.
_MOST = 40


def _load_patterns() -> dict[ActKind, re.Pattern[str]]:
    path = Path(__file__).parent / "cues.toml"
    lexicon = tomllib.loads(path.read_text(encoding="utf-8"))
    words: dict[str, str] = lexicon["words"]
    patterns = {}
    for kind in ActKind:
        pattern = "|".join(lexicon["cues"][kind.value])
        for word, meant in words.items():
            pattern = pattern.replace(f"{{{word}}}", meant)
        patterns[kind] = re.compile(pattern)
    return patterns


_PATTERNS = _load_patterns()

# These say "not mine" without the word 退回.
NOT_OURS = re.compile(
    r"(?:不(?:属于?|归|是|在)|非)(?:我们?|本|咱们?|俺们?|我局|我委|我单位|本局)(?:[局委办科室]|单位|部门|这边|这里)?"
    r"(?:的|的?(?:职责|职能|权限|管辖|事权|业务|审批|负责|管|范围|事项|工作|任务|事))|"
    r"(?:不属于|不归)(?:我们?|本|咱们?|俺们?|我局|本局)|(?:派|分|下)(?:错|偏)(?:了|部门|单位)|发错(?:部门|单位|给我)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a text that says what is done, and how it is meant."""

    kind: ActKind
    start: int
    end: int
    mood: Mood = Mood.SAID


def find_cues(text: str, joint: int | None = None) -> list[Cue]:
    """The cues in order of the text, whatever their mood.

    `joint` is where a task's number was taken out of it: what stands on both
    sides belongs together (明天4号办结).
    """
    found = [
        Cue(kind, match.start(), match.end())
        for kind, pattern in _PATTERNS.items()
        for match in islice(pattern.finditer(text), _MOST)
        if match.end() > match.start()
    ]
    judged = [
        replace(
            cue,
            mood=find_mood(
                cue.kind, text, cue.start, cue.end, _clause_before(text, cue.start, joint)
            ),
        )
        for cue in found
    ]
    left = [cue for cue in judged if not any(_covers(other, cue) for other in judged)]
    return sorted(left, key=lambda cue: cue.start)


def _covers(long: Cue, short: Cue) -> bool:
    """Whether a cue of another kind says more in the same place."""
    return (
        long.kind is not short.kind
        and long.mood is not Mood.NOT_YET
        and long.start <= short.start
        and short.end <= long.end
        and long.end - long.start > short.end - short.start
    )


def _clause_before(text: str, at: int, joint: int | None) -> str:
    low = max(0, at - _LOOKS_BACK)
    before = text[low:at]
    if joint is not None and low <= joint < at:
        before = before[: joint - low] + before[joint - low + 1 :]
    return re.split("[,;。:!\n]", before)[-1]


def is_report(text: str) -> bool:
    """Whether the text is a report of the six verbs' third: 对账:…"""
    return _REPORTED.match(text) is not None
