"""Whom a message speaks to: the bot (@台账助手), a person (@小刘, 张科长,…), or just anybody."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from handlers.reading.language.normalise import Text

_AT = re.compile(r"(?<![\w.])@([\w一-鿿]{1,32})(?![\w.]*@)")
_BOT = re.compile(r"\w*bot", re.IGNORECASE)
# A name so long is taken out of what somebody wrote right behind it: @台账助手正阳县落地率.
_LONG_NAME = 3
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严华金魏陶姜戚谢邹喻柏水窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳"
    "鲍史唐费岑薛雷贺倪汤罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛米贝戴宋茅庞熊纪舒屈项祝董梁杜阮"
    "蓝闵季麻贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房缪丁宣邓单洪包左石崔吉龚程邢裴陆荣翁段侯武刘"
    "景龙叶黎白蒲赖乔温庄晏瞿阎习艾容向古易廖耿满匡文欧沃关牛申冉游闫付肖曾涂聂尚詹"
)
_TITLES = (
    "(?:副?(?:局|处|科|县|市|区|镇|乡|部|组|队|站|厅|司|院|校|股)长|副?主任|副?书记|秘书长?|助理|专员|经理|老师|师傅|同志"
    "|局|处|科|总|工|董|姐|哥|叔|姨)"
)
_PERSON = re.compile(
    rf"\s*(?:[小老阿][{_SURNAMES}]|[{_SURNAMES}][一-鿿]?{_TITLES})(?:您?好|啊|呀|哎)?\s*(?:[,:!~、]|\s|$)"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A text without its mentions of the bot; whether it has such, and whether it is for others."""

    text: Text
    to_bot: bool
    to_others: bool


def read_address(text: Text, bot_names: Collection[str]) -> Address:
    """Takes the bot's mentions out of a text and says who else is spoken to."""
    known = {name.lower() for name in bot_names}
    to_bot = to_others = False
    plain, shown, at = "", "", 0
    for found in _AT.finditer(text.plain):
        length = _find_bot(found[1].lower(), known)
        if length:
            to_bot = True
            plain += text.plain[at : found.start()] + " "
            shown += text.shown[at : found.start()] + " "
            at = found.start(1) + length
        else:
            to_others = True
    rest = Text(plain + text.plain[at:], shown + text.shown[at:]).strip(" \t")
    return Address(rest, to_bot, to_others or _PERSON.match(rest.plain) is not None)


def _find_bot(said: str, known: Collection[str]) -> int:
    """How much of what stands behind an @ is the bot's name; 0 where it is somebody else."""
    if said in known or _BOT.fullmatch(said):
        return len(said)
    names = (name for name in known if len(name) >= _LONG_NAME and said.startswith(name))
    # Behind a name in Latin letters others may go on: @botany.
    return max((len(n) for n in names if not n.isascii() or not said[len(n)].isascii()), default=0)
