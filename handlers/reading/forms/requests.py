"""Which messages ask for a registration: by the form's title, or in words."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

_OPEN, _CLOSE = r"[【\[({<《「『〈«#*\"=]", r"[】\])}>》」』〉»#*\"=]"
_TITLE = r"签\s?约\s?项\s?目\s?(?:信息)?(?:登\s?记|报备)(?:表|单|信息)?"
# Runs of brackets and gaps are counted, which keeps the search linear.
_HEADER = re.compile(
    rf"{_OPEN}{{1,4}}\s{{0,4}}{_TITLE}\s{{0,4}}{_CLOSE}{{0,4}}[ :]{{0,4}}"
    rf"|(?:^|(?<=\n))[ \t|]{{0,8}}(?:@\S{{1,32}}[ \t]{{1,4}})?{_TITLE}\s{{0,4}}"
    rf"(?:{_CLOSE}{{1,4}}[ :]{{0,4}}|[ :,;→|]{{1,4}}|(?=[\n(])|$)"
    rf"|(?:^|(?<=\n))[^\n,。;!?]{{1,24}}{_TITLE}[ :]{{0,4}}(?=[\n(;]|$)"
)
_MISTYPED = re.compile(
    rf"{_OPEN}{{1,4}}\s{{0,4}}([^\n{{}}【】\[\]()《》「」<>*#]{{5,8}})\s{{0,4}}{_CLOSE}{{1,4}}"
)
_WANTED = "签约项目登记"
_EXAMPLE = re.compile(
    r"模板|样表|样例|示例|范例|例如|格式如下|怎么填"
    r"|(?:必须|要|应|需要?|统一|记得|一定)(?:写|加|带|用|填)|空表|填表说明"
)
# 请按此格式填报 tells others to; 按群公告格式上报 is what somebody does.
_BY_FORMAT = re.compile(r"[^,。;!?\n]{0,20}(?:按|参照|使用|照).{0,8}(?:格式|填)[^,。;!?\n]{0,12}")
_TOLD = re.compile(r"请|各|大家|以后|今后|都|要(?!求)|应|须|务必|下次|再|此格式|该格式|以下|下面")
_DONE = re.compile(r"(?:格式|填).{0,4}(?:上报|报|登|好|完|发|写|了)")
_REQUEST = re.compile(r"登个?记|报备|建账|入库|录入|新增项目|申报|入账")
_ASKS = r"(?:登个?记(?:入账|上|入库)?|报备|建账|入账|录入|补报备?|补登|上报|报(?=一个|个|两个|俩))"
_LEAD_IN = re.compile(
    rf"^\s{{0,8}}(?:@\S{{1,32}}\s{{1,4}}){{0,2}}[^\n:;。|\t]{{0,30}}?{_ASKS}"
    r"(?:一下|一个|两个|几个|个|下|新|签约|项目|专案|这个|这|如下|信息|内容|哈|啊|吧|了|俩|吗|的|,|，){0,8}\s{0,4}[:→]"
)
_PLAIN_WISH = re.compile(
    rf"(?:请|麻烦|烦请|烦|帮|给|申请|现|特此?|向[^,。\n]{{1,8}}|补|代|要|想|我|俺|予以|协助)[^,。;!?\n:]{{0,14}}{_ASKS}"
    rf"|(?:^|\n)\s{{0,4}}(?:@\S{{1,32}}\s{{1,4}})?(?:请|先|再|补)?{_ASKS}(?:一下|一个|个|下|新|项目|俩|两个|这个|哈|啊){{0,3}}[:,\s]"
)
_NO_WISH = re.compile(
    r"(?:登记|报备|建账|上报)[^,。;!\n]{0,6}(?:[吗么?]|没有|了没|好了|完了|过了)|(?:已经?|都|统一|以后|晚点|再|怎么|几天)[^,。;!?\n]{0,4}(?:登记|报备)"
    r"|核[对实]|对照|外出报备|离[岗市]报备|请假|代办|纪要|周报|通报|截至|培训"
)
_OTHER_TITLE = re.compile(
    r"[【\[《](?![^【】\[\]《》]{0,10}(?:登记|报备|签约))[^【】\[\]《》\n]{0,16}"
    r"(?:周报|月报|日报|进度|进展|通报|纪要|简报|动态|快讯|通知|清单|督办|提醒)[^【】\[\]《》\n]{0,6}[】\]》]"
)
# What is told of a project that is in the ledger already.
_PROGRESS = re.compile(
    r"(?:进展|进度|完成投资|存在问题|下一?步|卡点|整改|办理情况|推进情况|完成情况|手续办理|开工情况)"
    r"[^\n:]{0,8}[:\n]"
)


def find_headers(plain: str) -> list[tuple[int, int]]:
    """Where the form's title stands, even mistyped: start and end of each."""
    found = [match.span() for match in _HEADER.finditer(plain)]
    return found or list(_find_mistyped(plain))


def _find_mistyped(plain: str) -> Iterator[tuple[int, int]]:
    for match in _MISTYPED.finditer(plain):
        title = re.sub(r"\s|[表单]$", "", match[1])
        if OSA.distance(title, _WANTED, score_cutoff=1) <= 1:
            yield match.span()


def is_example(plain: str) -> bool:
    """Whether a text speaks of how to fill in the form."""
    if _EXAMPLE.search(plain):
        return True
    by_format = [found[0] for found in _BY_FORMAT.finditer(plain)]
    return any(_TOLD.search(said) or not _DONE.search(said) for said in by_format)


def find_lead_in(plain: str) -> int:
    """Where the form begins behind words such as 麻烦登记一下: (0 if there are none)."""
    found = _LEAD_IN.match(plain)
    return found.end() if found else 0


def mentions_request(plain: str) -> bool:
    """Whether a text speaks of registering at all."""
    return _REQUEST.search(plain) is not None


def is_request(plain: str) -> bool:
    """Whether somebody plainly asks to register something now."""
    wishes = find_lead_in(plain) or _PLAIN_WISH.search(plain)
    return bool(wishes) and not _NO_WISH.search(plain)


def has_other_title(plain: str) -> bool:
    """Whether the message shows that it is something else: 【项目进度周报】, 目前进度:…"""
    return bool(_OTHER_TITLE.search(plain) or _PROGRESS.search(plain))
