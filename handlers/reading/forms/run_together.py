"""Labels that stand right behind a value: 项目名称某某工厂县区遂平县总投资5000万元.

Such a label is believed only where what stands between it and the next one is
just what its field takes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.reading.forms.labels import (
    LONGEST,
    Label,
    find_prefix_label,
    find_suffix_label,
    is_weak,
    read_label,
)
from handlers.reading.forms.loose import Looks
from handlers.reading.forms.prose import any_of
from handlers.reading.values import Field

_COPULA = re.compile(r"\s?(?:都?[是为]|:|=)?\s?")
# Too common in names to be labels within a word: 某某公司 某某项目.
_NEVER_WITHIN = frozenset(["项目", "公司", "企业", "单位", "名称", "姓名", "联系", "牵头", "部门"])
# Fields whose values can be told by their looks; the label of another must be a plain one.
_TYPED = frozenset(
    {Field.COUNTY, Field.INVESTMENT, Field.SIGNED_ON, Field.PHONE, Field.OWNER, Field.CONTACT}
)
# 合计总投资3亿元, 其中一期投资1亿元: not the project's own.
_OF_ANOTHER = re.compile(r"(?:[合共累总小]计|其中|[一二三首本前]期|平均|户均|亩均)(?:计划)?$")
_VALUE_END = re.compile(rf"(?:[\d元万亿县区日号]|{any_of('project_nouns')}|{any_of('offices')})$")
_ENDS_VALUE = {
    "公司": re.compile("(?:有限|责任|股份|集团|总|分|子)$"),
    "项目": re.compile(
        "[一-鿿](?<![元亿万县区日号司团社镇乡园])(?<!项目|基地|中心|工厂|市场|集群|农场|称[是为叫])$"
    ),
}
_LONGEST_VALUE = 100
_LONGEST_WORD = 1000
_FEWEST = 8
_STRONG = 4


@dataclass(frozen=True, slots=True)
class Cut:
    """A label within a line: where it begins, where its value begins."""

    start: int
    end: int
    label: Label
    said: str
    colon: bool
    shared: bool = False


def find_run_together(line: str, start: int, end: int, looks: Looks) -> list[Cut]:
    """The labels within a word, in order, each with a value that fits it."""
    if end - start < _FEWEST:
        return []
    end = min(end, start + _LONGEST_WORD)
    found: list[Cut] = []
    until = end
    for label in reversed(list(_list_labels(line, start, end))):
        cut = give_back(line, label)
        if _is_believed(cut, line[max(0, cut.start - 6) : cut.start], line[cut.end : until], looks):
            found.append(cut)
            until = cut.start
    return found[::-1] if any(cut.label.field for cut in found) else []


def give_back(line: str, cut: Cut) -> Cut:
    """The label without a word that ends the value before it (…生产线|项目总投资)."""
    for word, ends_value in _ENDS_VALUE.items():
        shorter = cut.said.removeprefix(word)
        before = line[max(0, cut.start - 4) : cut.start]
        if shorter != cut.said and ends_value.search(before):
            label = read_label(shorter, loose=False)
            if label and label.field is cut.label.field:
                return replace(cut, start=cut.start + len(word), said=shorter)
    return cut


def _is_believed(cut: Cut, before: str, value: str, looks: Looks) -> bool:
    if not 1 < len(value) <= _LONGEST_VALUE:
        return False
    plain = len(cut.said) >= _STRONG and not is_weak(cut.said)
    if cut.label.field is None:
        return plain
    if cut.label.field not in _TYPED and not plain:
        return False
    if cut.label.field is Field.OWNER and not (plain or _VALUE_END.search(before)):
        return False  # 驻马店市业主委员会服务有限公司 is one name
    return looks.fits(cut.label.field, value)


def _list_labels(line: str, start: int, end: int) -> Iterator[Cut]:
    """What reads like a label, longest first, none overlapping another."""
    at = start + 1
    while at < end - 1:
        length = find_prefix_label(line[at : min(at + LONGEST, end)])
        said = line[at : at + length] if length else ""
        label = read_label(said, loose=False) if said and said not in _NEVER_WITHIN else None
        if label is None:
            at += 1
            continue
        if _OF_ANOTHER.search(line[max(0, at - 6) : at]):
            at += len(said)
            continue
        copula = _COPULA.match(line, at + len(said), end)
        yield Cut(at, copula.end() if copula else at + len(said), label, said, colon=False)
        at += len(said)


def find_weak_suffix(line: str, begin: int, colon: int, looks: Looks) -> int | None:
    """Where a common word ends the text before a colon, if what follows makes it a label."""
    behind = re.split("[:,;。]", line[colon + 1 : colon + 61], maxsplit=1)[0]
    value = behind[: find_suffix_label(behind, weak=True)]
    for length in (4, 3, 2):
        said = line[max(begin, colon - length) : colon]
        known = find_prefix_label(said) == length and said not in _NEVER_WITHIN
        label = read_label(said, loose=False) if known else None
        if len(said) == length and label and label.field and looks.fits(label.field, value):
            return colon - length - begin
    return None
