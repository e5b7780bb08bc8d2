"""What a clause of a sentence states of a project: 昨天下午平舆县和某某公司签了“某某工厂”.

Works clause by clause; whatever is understood is shown before it counts.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handlers.reading.language.dates import find_days
from handlers.reading.language.normalise import Text
from handlers.reading.naming.names import Names
from handlers.reading.naming.places import find_town
from handlers.reading.values import Field

WORDS = tomllib.loads((Path(__file__).parent / "loose.toml").read_text(encoding="utf-8"))
"""The lexicon of values and talk."""


def any_of(key: str) -> str:
    """An expression that fits each of a list of the lexicon."""
    return "|".join(WORDS[key])


_TALK_IN_NAME = re.compile(rf"^(?:{any_of('talk_begins')})|(?:{any_of('talk_within')})")
_ORGANISATION_END = re.compile(rf"(?:{any_of('organisations')})")
# What a company's name is not run together with.
_BEFORE_ORGANISATION = re.compile(rf"{any_of('before_organisation')}")
_BEFORE_PLACE = re.compile(rf"(?:.*(?:{any_of('before_place')}|[,(\s:]))?")
_BEHIND_PLACE = re.compile(rf"{any_of('behind_place')}|[\d(,)“「『《\"\s]|$")
_TIME = re.compile(
    r"(?:(?:上午|下午|中午|早上|晚上|今早|昨晚|当天|刚刚|刚才|刚|\d{1,2}[点时]半?|[一二两三四五六七八九十]{1,2}[点时]半?)|[\s,]){1,4}$"
)
_OTHER_PLACE = re.compile(
    r"(?:在|由)?(?![我本全各该俺咱两几外这那])([一-鿿]{2,3}(?:市|县|区))(?=的|这边|于|新签|$)"
)
_TOWN = re.compile(r"(?:在|落户|落地|选址|位于|于)(?=[一-鿿]{2,6}(?:镇|乡|街道|风景区|农场))")
_OPEN, _CLOSE, _INNER = '[“「『《"〝]', '[”」』》"〞]', '[^“”「」『』《》"〝〞]{2,60}'
_CALLED = re.compile(rf"(?:名叫|名为|名字[叫是]|取名|叫做?){_OPEN}?({_INNER})")
_QUOTED = re.compile(rf"{_OPEN}({_INNER}){_CLOSE}")
_SPEAKS_OF_PROJECT = re.compile("签|项目|登记|报备|入账|建账|投资|落户|落地")
_NOUN = any_of("project_nouns")
_PROJECT = re.compile(
    rf"(?:^|的|{any_of('before_place')})((?!{any_of('no_project')}|{any_of('said_of_project')})[^的,。]{{2,50}}项目)$"
)
# 签了一个某某生产线项目
_SIGNED = re.compile(
    rf"签(?:[了下约订署]){{0,2}}+(?:一个|个|的){{0,2}}+((?!{any_of('no_project')}|{any_of('said_of_project')})[^,。签一]{{2,40}}?(?:{_NOUN}))(?:一个)?$"
)
# 总投资1.4亿元的某某加工园
_AMOUNTING = re.compile(
    rf"^的((?!{any_of('no_project')}|{any_of('said_of_project')})[^的,。]{{2,40}}(?:{_NOUN}))$"
)
# 某某生产线项目落户遂平县
_LANDED = re.compile(
    rf"^(?:的)?((?!{any_of('no_project')})[^的,。]{{2,40}}?(?:{_NOUN}))(?:已|拟|将|正式|成功|签约)*(?:落户|落地|落址|选址|落(?=[在于到])|[在于](?=.{{2,20}}签))"
)
_PARTNER = re.compile(rf"[与和跟同](.{{2,40}}?(?:{any_of('organisations')}))[^,。]{{0,6}}签")
_INVESTOR = re.compile(
    rf"(?:^由?|由)(.{{2,40}}?(?:{any_of('organisations')}))[^,。]{{0,4}}(?:投资|投建|出资)"
)
_LED = re.compile(
    rf"(?:^由?|由|[,\s])([一-鿿]{{1,16}}?(?:{any_of('offices')}))(?:负责|来)?(?:牵头|包联|主责)"
)

Stated = tuple[Field, Text]


def read_sentence(part: Text, today: date, names: Names) -> Iterator[Stated]:
    """The values that a clause states, with their fields."""
    named = next(_find_names(part), None)
    place = find_place(part, today, names)
    if place:
        yield Field.COUNTY, place
    days = find_days(part.plain, today)
    if len(days) == 1 and "签" in part.plain:
        yield Field.SIGNED_ON, part.cut(*days[0][:2])
    partner = _PARTNER.search(part.plain) or _INVESTOR.search(part.plain)
    if partner:
        yield Field.OWNER, part.cut(*partner.span(1))
    led = _LED.search(part.plain)
    if led:
        yield Field.LEAD, part.cut(*led.span(1))
    if named:
        yield Field.NAME, named


def find_place(part: Text, today: date, names: Names) -> Text | None:
    """The county in which a clause says that something happens; not one in a company's name."""
    plain = part.plain
    taken = [*_list_organisations(plain), *(found.span() for found in _QUOTED.finditer(plain))]
    for mention in names.find_counties(plain):
        if any(start <= mention.start < end for start, end in taken):
            continue
        before, behind = plain[: mention.start], plain[mention.end :]
        if _leads_to_place(before[-20:], today) and _goes_on(behind[:20], today):
            return part.cut(mention.start, mention.end)
    return _find_town(part, names) or _find_elsewhere(part)


def _find_town(part: Text, names: Names) -> Text | None:
    for found in _TOWN.finditer(part.plain):
        town = find_town(part.plain[found.end() : found.end() + 10], names)
        if town:
            return part.cut(found.end(), found.end() + len(town[0]))
    return None


def _find_elsewhere(part: Text) -> Text | None:
    other = _OTHER_PLACE.match(part.plain)
    return part.cut(*other.span(1)) if other else None


def _leads_to_place(before: str, today: date) -> bool:
    bare = _TIME.sub("", before)
    if _BEFORE_PLACE.fullmatch(bare):
        return True
    return any(end == len(bare) for _, end, _ in find_days(bare, today))


def _goes_on(behind: str, today: date) -> bool:
    if _BEHIND_PLACE.match(behind):
        return True
    return any(start == 0 for start, _, _ in find_days(behind, today))


def _list_organisations(plain: str) -> Iterator[tuple[int, int]]:
    """Where companies are named in a clause: from the word before the name to its end."""
    low = 0
    for found in _ORGANISATION_END.finditer(plain):
        start = low
        for word in _BEFORE_ORGANISATION.finditer(plain, low, found.start()):
            start = word.end()
        yield start, found.end()
        low = found.end()


def _find_names(part: Text) -> Iterator[Text]:
    called = _CALLED.search(part.plain)
    quoted = _QUOTED.search(part.plain)
    if called:
        yield part.cut(*called.span(1))
    if quoted and (_SPEAKS_OF_PROJECT.search(part.plain) or part.plain.startswith("的")):
        yield part.cut(*quoted.span(1))
    for pattern in (_SIGNED, _LANDED, _PROJECT, _AMOUNTING):
        found = pattern.search(part.plain)
        if found and not _TALK_IN_NAME.search(found[1]):
            yield part.cut(*found.span(1))
