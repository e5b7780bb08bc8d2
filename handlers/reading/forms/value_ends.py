"""Where a labelled value ends, when talk or values of other fields follow it on its line."""

import re

from handlers.reading.forms.layout import ARROW
from handlers.reading.forms.loose import PERSON_AND_PHONE, Looks, is_talk
from handlers.reading.forms.prose import WORDS, any_of
from handlers.reading.language.normalise import Text
from handlers.reading.values import Field

_STRONG = re.compile(rf"\||\t|{ARROW}| / |[①-⑳]")
_CLAUSE = re.compile(r"[,;。!~]|(?<!\d)/(?!\d)|\s+")
_BRACKETED = re.compile(r"\(([^()]{2,80})\)?\s*$")
_THANKS = re.compile(r"[请谢烦望盼]|麻烦|辛苦|多谢|感谢")
# 总投资1.4亿元的“某某园”
_AMOUNT_OF = re.compile(r"[^,;。的]{2,24}[元亿万币金wW](?=的.)")
# What people say when they are done: 牵头单位写市环保局就中.
_PARTICLES = re.compile(
    r"(?:就(?:中|行|好|成|可以?)(?:了|啦|哈)?|即可|哈+|哦+|啊|呗|啦|嘞|哟|谢谢.{0,4}|吧|呢|咯|[~!。,;])+$"
)
# What follows within these belongs to them: 联系人:张三,137…
_PERSONAL = frozenset({Field.CONTACT, Field.PHONE})
# Values that end another where they stand behind a gap: 11月6日 高新区.
_PLAIN_LOOKS = frozenset({Field.COUNTY, Field.SIGNED_ON, Field.INVESTMENT})
# Fields whose readers take what follows into account: 5亿元,其中一期2亿元.
_OWN_READERS = frozenset({Field.INVESTMENT, Field.SIGNED_ON})
# How a whole value of these ends; what follows belongs to it only if it is another such.
_ENDS = {
    Field.OWNER: re.compile(rf"(?:{any_of('organisations')})[)\]]?[”」』\"]?$"),
    Field.LEAD: re.compile(rf"(?:{any_of('offices')})$"),
    Field.NAME: re.compile(rf"(?:{any_of('project_nouns')}|期)[)\]]?[”」』》\"]?$"),
    Field.COUNTY: re.compile(r"[县区镇乡村路园市号]$|街道$"),
}
_NEVER_GOES_ON = re.compile("[系属是为由]")
_PERSONAL_PART = re.compile(
    rf"(?:[{WORDS['surnames']}][一-鿿·]{{1,3}}|[一-鿿]{{0,6}}(?:经理|总监?|主任|女士|先生|董事长|[局科]长))?"
    r"[\s:,]{0,2}(?:[一-鿿]{2,4})?[\s:]{0,2}(?:\+?[\d -]{7,20})?"
)
_NO_PARTICLES = frozenset({Field.NAME, Field.BATCH})


def split_value(region: Text, field: Field | None, looks: Looks) -> tuple[Text, Text]:
    """The value, and what behind it is talk or a value of another field."""
    strong = _STRONG.search(region.plain)
    end = strong.start() if strong else len(region.plain)
    if field is Field.INVESTMENT:
        amount = _AMOUNT_OF.match(region.plain, 0, end)
        end = amount.end() if amount else end
    if field is Field.OWNER:
        person = PERSON_AND_PHONE.search(region.plain, 1, end)
        end = person.start() if person else end
    end = _find_end(region.plain, end, field, looks)
    value, rest = region.cut(0, end), region.cut(end, len(region.plain))
    value = _without_half_bracket(value)
    bracket = _find_leaving_bracket(value.plain, field, looks)
    if bracket is not None:
        return value.cut(0, bracket), region.cut(bracket, len(region.plain))
    if field not in _NO_PARTICLES:
        tail = _PARTICLES.search(value.plain[-12:])
        value = value.cut(0, len(value.plain) - len(tail[0])) if tail else value
    return value, rest


def _find_end(plain: str, end: int, field: Field | None, looks: Looks) -> int:
    """Where the first clause begins that no longer belongs to the value."""
    at = _CLAUSE.search(plain, 0, end)
    while at:
        until = _CLAUSE.search(plain, at.end(), end)
        clause = plain[at.end() : until.start() if until else end].strip()
        before = plain[: at.start()][-60:]
        leaves = _leaves if at[0].strip() else _leaves_behind_gap
        if clause and leaves(before, clause, field, looks):
            return at.start()
        at = until
    return end


def _leaves(before: str, clause: str, field: Field | None, looks: Looks) -> bool:
    """Whether a clause behind a value no longer belongs to it."""
    if field in _OWN_READERS:
        return _states_other(clause, field, looks)
    if is_talk(clause) and not clause.startswith(("其中", "含", "包括")):
        return True
    if field is Field.CONTACT and not _PERSONAL_PART.fullmatch(clause):
        return True
    return _is_whole(before, clause, field) or _states_other(clause, field, looks)


def _is_whole(before: str, clause: str, field: Field | None) -> bool:
    ends = _ENDS.get(field) if field else None
    if ends is None or not ends.search(before):
        return False
    return not ends.search(clause) or _NEVER_GOES_ON.match(clause) is not None


def _states_other(clause: str, field: Field | None, looks: Looks) -> bool:
    stated = {found.field for found in looks.read_part(_plain(clause)) if found.sure}
    return bool(stated - {field}) and not (field in _PERSONAL and stated <= _PERSONAL)


def _leaves_behind_gap(before: str, word: str, field: Field | None, looks: Looks) -> bool:
    if _THANKS.match(word):
        return True
    if field is Field.OWNER and _is_whole(before, word, field):
        return True
    if _is_whole(before, word, field) and (is_talk(word) or _states_other(word, field, looks)):
        return True
    stated = looks.find_field(word)
    return stated in _PLAIN_LOOKS and stated is not field and field not in _PERSONAL


def _find_leaving_bracket(plain: str, field: Field | None, looks: Looks) -> int | None:
    """Where a bracket begins, at the end of a value, that states something else or just talks."""
    found = _BRACKETED.search(plain[-90:])
    if found is None or field in _PERSONAL or field in _OWN_READERS or not found.start():
        return None
    start = len(plain) - len(plain[-90:]) + found.start()
    if not found[0].rstrip().endswith(")"):
        return start
    parts = [part.strip() for part in re.split("[,;、。]", found[1]) if part.strip()]
    stated = {each.field for part in parts for each in looks.read_part(_plain(part)) if each.sure}
    if field is Field.OWNER and is_talk(found[1]):
        return start
    if field is Field.NAME and stated == {Field.COUNTY}:
        return None  # 某某基地(遂平县) may well be its name
    return start if stated - {field} else None


def _without_half_bracket(value: Text) -> Text:
    """Without a bracket at its end whose other half belongs to something else."""
    value = value.strip(" \t")
    plain = value.plain
    if plain.endswith("(") or (plain.endswith(")") and plain.count("(") < plain.count(")")):
        return value.cut(0, len(plain) - 1)
    return value


def _plain(text: str) -> Text:
    return Text(text, text)
