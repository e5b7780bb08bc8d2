"""How a cue is meant: said, denied (还没办结), ahead (预计下周办结), hearsay (听说已办结), partly
(办结还差一个章) or as a mere word (办结时限).

Only what is simply said counts as an act. What is done in part, or not yet, may still be a
report of how far a task is; what is supposed or asked is nothing at all.
"""

import re
from enum import StrEnum

from handlers.reading.values import ActKind


class Mood(StrEnum):
    """How a cue is meant; only SAID counts as the act."""

    SAID = "said"
    DENIED = "denied"
    NOT_YET = "not_yet"
    AHEAD = "ahead"
    HEARSAY = "hearsay"
    PARTLY = "partly"
    MERE_WORD = "mere_word"
    OF_OTHERS = "of_others"


_DENIED = re.compile(
    r"(?:没有?|未|(?<![能可要行是])不|无法|尚未|还没有?|无需|不用|不需要?|无须|别|勿|不要|(?<!能)不能|甭|不必|不打算|"
    r"(?<!可)不可|不得|不予|不再|从未|暂不|难以|没能|无权|无从|不具备|不符合|不会|不是|不算|尚|并非|没法|未曾|谈不上)"
    r"(?:能|予|再|曾|完全|正式|申请|收到|到|及时|被|给|办理|全部|算|是|跟|和|与|急着?|着急|同意|建议|想|打算|宜|"
    r"应该?|主张|考虑|要求)?$"
)
# Taken back: 撤销8号的办结, 办结发错了.
_REVOKED = re.compile(
    r"(?:撤销|撤回|收回|取消|作废|更正)(?:了)?(?:刚才|刚刚|之前|上次|前面|昨天)?\S{0,3}?的?[\s,]?$"
)
_REVOKED_BEHIND = re.compile(
    r"[^,;。\n]{0,4}?(?:作废|发错|说错|打错|写错|点错|弄错|搞错|不算数|无效|撤销|撤回|收回|取消了)"
)
# Within a long cue: 清单明天发, 业主没联系上.
_NOT_INSIDE = re.compile(
    r"没|未|不(?!久)|明[天日]|后天|下周|正在|准备(?!的|好)|尽快|回头|稍后|晚点|待会|打算|计划|争取|即将|在[走印打校拟写]|待(?!遇)|估计|预计|有望|就?快(?=[下出])|(?<!节)能(?!评)(?:够)?(?=[下出发办拿批给])"
)
# 不用停表了, 停表原因没了: it is the end of the pause that is said so.
_ENDED = re.compile(r"不用|无需|不必|无须|不需要?|没了|不存在")
_WHOLE = frozenset({ActKind.CONTACT, ActKind.RESUME, ActKind.ACCEPT, ActKind.COMPLETE,
                    ActKind.TRANSFER})  # fmt: skip
# 退回的材料, 停表的事, 退回过一次, 停表3天了: of acts, but none.
_TOLD_OF = re.compile(
    r"了?(?:的(?!话|原因|理由|事由|$|[\s,;。!])|过(?!去|来|了?$)|(?:表|计时)?(?:\d+|[一两三四五六七八九十几])[天次]了)"
)
# 材料补齐了就恢复
_AS_SOON_AS = re.compile(r"了?(?:[之以]后|后|就|再|才)")
# 待省厅系统恢复
_AWAITED = re.compile(r"(?:等(?!到)待?|待|直[到至])\S{1,12}$")
# Meant to be done, some time: 准备退回, 补正完再恢复.
_INTENDED = re.compile(
    r"(?:准备|打算|计划|考虑|商量|琢磨|想着?|预计|争取|稍后|回头|才能?|再|后就?|[了齐到完]就|一到就|可能要?|也许|差点|要不要?)"
    r"(?:把\S{1,4})?(?:先|予以|给)?$"
)
_AHEAD = re.compile(
    r"(?:预计|原定|原计划|本应|应于|争取|计划|力争|打算|准备|即将|马上(?:就)?|快要?|将|(?<![委员协例开商大])会(?![签议审商同])|确保|保证|"
    r"等待?|待|尽快|尽早|尽量|抓紧|再|明天|后天|下周\S{0,2}|月底前?|本周内?|这周|周[一二三四五]前?|"
    r"\d{1,2}[号日]前?|以后|之后|这[两几]天|近期|近日内?|今后|"
    r"[\d一二两三四五六七八九十]个?(?:工作)?[天日](?:以?内|后)|可以|能够?|才能?|"
    r"[点日号]前|必须|一定|如期|按时|按期|稍后|随后|回头|正在|正(?!式)|要求|申请|要(?!\S{0,3}的)|去|想|拟|还得|还要|还需|下一步|"
    r"(?<!申)请|麻烦|务必|记得|提醒|督促|催促)\S{0,6}?$"
)
# 今天就联系 is ahead, 今天就联系了 is not.
_THEN = re.compile(r"就(?!绪)\S{0,4}$|把\S{0,8}$")
_COMPLETED = re.compile(r"[了过]$|[上着好]$")
# 材料齐全后受理 is ahead, 审核后受理 is not.
_AFTERWARDS = re.compile(
    r"(?:齐全?|全|补|补正|到位|[提上递]?交|收到|批复|通过|期满|结束)后\S{0,2}$"
)
# Days that put off even what may be asked for in advance: 明天恢复计时.
_LATER = re.compile(
    r"(?:明[天日]|后天|下周[一二三四五六日天]?|下个?月|改天|过[几两]天|稍后|回头)\S{0,2}$"
)
_HEARSAY = re.compile(
    r"(?:可能|好像|似乎|估计|大概|也许|恐怕|或许|兴许|说不定|没准|不一定|据说|听说|以为|疑似|差一?点)\S{0,8}$|"
    r"(?:说|讲|(?<!名)称|提到|反映|显示|看到|看见)(?:过|起|是|好)?的?(?:已经?)?$"
)
_PARTLY = re.compile(
    r"(?:基本上?|大体上?|大致|差不多|几乎|初步|部分|一半|接近|近乎|快)(?:都|就|是|能)?(?:已经?)?$|"
    r"(?:其余|其他|其它|剩下|别的|除了?\S{1,10})(?:都|均|全)?(?:已经?)?$"
)
# 谢谢住建局8号提前办结: whoever did it, it is not reported here.
_THANKED = re.compile(r"(?:谢谢|感谢|多谢|恭喜|祝贺|庆祝|点赞|表扬)\S{0,14}$")
_PRAISED = re.compile(
    r"(?:谢谢|感谢|多谢|恭喜|祝贺|点赞|辛苦)[^,;。!\n]{0,3}?\ufffb+(?!(?:领导|同志|的|大力|积极)*(?:配合|支持|协助|帮[助忙]|协调))"
)
_ALLOWED = re.compile(r"(?:可以|同意|准予|能)(?:予以)?$")
_OUGHT = re.compile(r"(?:视同|原则上|理论上|应当|应该?)(?:都|就|是|能)?(?:已经?)?$")
# What is not quite done, and what makes a mere word of it: 办结还差一个章, 办结时限.
_NOT_QUITE = re.compile(
    r"了?(?:[还尚仍]|差|缺|一半|大半|过半|(?:一|大)?部分|\s?\d{1,2}(?:\.\d)?\s?%|百分之|[一二三四五六七八九]成)"
)
_TAKEN_BACK = re.compile(
    r"了?(?:不|没|吧|嘛|的(?:时|话|条件|标准|流程|前提|可能|[期时]限|日期|事[先就不]|那))"
)
_NO_ACT = re.compile(
    r"了?(?:需|要|待|得|难|率|中(?!心)|时限|期限|时间(?!:)|日期(?!:)|之?前|以前|"
    r"(?:之|以)?后(?![^,;。]*已)|与否|倒计时|条件|标准|流程|手续|材料|资料|清单|台账|模板|格式|事宜|工作(?!日))"
)
_LACKS = re.compile(r"(?:还|就|只|尚|仍)[差缺欠]")
_REST = re.compile(r"(?:其他|其余|其它|别的|剩下|剩余)[^,;。\n]{0,6}(?:还|在|没|未|等|尚)")
_IN_VAIN = re.compile(r"[^,;。但材资清\n]{0,6}?(?:未果|没|未|不[上到通])")
# 周五办结了 and 2月9日办结了 may be past days; which, is for `find_said_days` to tell.
_AT_DAY = re.compile(
    r"(?:(?<!下)(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}月)?\d{1,2}[日号])(?:上午|下午|中午|就)?$"
)
# 已办结 is done, whatever else stands before it.
_DONE = re.compile(
    r"(?:已经?|刚刚?|均|都)(?:[按如][期时]|提前|全部|正式|顺利|圆满|依法|同意|予以|都)*$"
)
_ELSEWHERE = re.compile(
    r"由(?!我|本|俺|咱)\S{1,12}$|(?:[县区省][一-鿿]{0,6}?(?:局|厅|委|办|里)|那边|那儿|那里|业主|企业|公司|他们|人家|对方|市里)"
    r"(?:窗口|自己|那边|那儿)?(?:也|都|均)?(?:已经?)?$"
)
# Somebody else does it: 由县局受理, 业主申请延期, 被省厅退回.
_BY_OTHERS: dict[ActKind, re.Pattern[str]] = {
    ActKind.ACCEPT: _ELSEWHERE,
    ActKind.COMPLETE: _ELSEWHERE,
    ActKind.EXTEND: re.compile(
        r"(?:业主|企业|公司|建设单位|项目方|投资方|会议?|评审会?|开标|活动)\S{0,2}?(?:申请|要求|请求|提出|希望|想|要)?$"
    ),
    # 科长让退回 is an order, 让省厅退回 a fate.
    ActKind.RETURN: re.compile(r"被\S{0,10}$|让(?![我俺咱先给]|把)\S{1,10}$"),
}

_YOURS = re.compile(
    r"(?:你们?|您|贵[局委办单])(?:[那这]边|[那这]?个|[那这]|的|手[里上]的?|单?位|局)*的?\s?$"
)
_SUPPOSED = re.compile(
    r"如果|如有|如遇|若有|(?<![主重需只])要是|假如|倘若|万一|一旦|的话(?!费)|除非|(?:应该|大概|估计)[^,;。\n]{0,10}了吧|若(?!干)"
)
_DOUBTED = re.compile(
    r"听说|据说|据(?:反映|了解|悉|称|报)|明明|听\S{1,4}[说讲]|不知道?(?:是?真|真假|准不准|属实)|不确定|拿不准|不保真|小道消息|传言|记不清|好像|似乎|貌似"
)
# What its writer has not made up his mind about: 可能要退,等会开完再定.
_UNDECIDED = re.compile(
    r"可能|也许|或许|兴许|说不定|估计|大概|恐怕|没准|不一定|没想好|拿不定|说不好|不好说|(?:还|尚)?[没未](?:最终)?(?:定|决定|想好)|"
    r"(?:再|另行)(?:定|议|说(?!明)|决定|研究|商量|看看?|想想)|看情况|要不[,先]?(?![要能])|等[^,;。\n]{0,12}(?:定夺|拍板|回来定|商量)|先放[一着]放?"
)
_ASKED = re.compile(
    r"[?]|吗(?:$|[,。;!])|(?:^|[^怎那这多])么[。!]?$|(?<!着)呢[。!]?$|是否(?![^,;。:?\n]{1,8}:)|是不是|有没有|能不能|可不可以|要不要|行不行|"
    r"怎么|如何|(?<!材料)(?<!资料)咋|什么|哪(?!怕|(?:了|一步了?)?:)|谁|(?:有|还剩|剩|派)几[号天个件项]|几[天日]了|多少|多久|为何|为啥|"
    r"(?:啥|何|几|多会儿?)时|何日|多会儿?|(?<![\d前])几[号月]|啥(?=[。!~ ]*$|原因)|"
    r"(?:了|到|完|好|过|结|理|账)没有?[?。!~ ]*$|"
    r"^(?:请|麻烦|帮忙|帮我?|再)*(?:查|看(?!过)|统计|列|汇总|问|说说)(?!明)"
)
# What nobody knows, what somebody was told, and what goes on is no question:
# 没写清楚是哪个项目, 要啥材料都说清了, 8号停表,公示呢.
_EMBEDDED = re.compile(
    r"谁[^,;。?\n]{0,6}谁|看看?(?:一下)?该?归?谁[^,;。?\n]{0,3}$|(?:不清楚|没写清?楚?|没说清?楚?|不知道?|不明确?|弄不清|看不出|没有?注明|未注明|没标)[^,;。?\n]*"
    r"|(?:告诉|告知|说|讲|交[代待]|列|写|知道|晓得|明白)[^,;。?\n吗没]{0,10}(?:哪些|什么(?!时)|啥(?!时)|怎么|咋|如何)[^,;。?\n吗没]{0,8}了(?=$|[,;。!])"
    r"|(?:哪些|什么(?!时)|啥(?!时)|怎么(?![还又没才])|咋(?![还又没才])|如何)[^,;。?\n吗没]{0,10}(?:告诉|告知|[说讲列写发给]|交[代待])[^,;。?\n吗没]{0,6}了(?=$|[,;。!])"
    r"|(?<=[在正还等补改])[^,;。?\n]{0,8}呢(?=$|[,;。!])|(?:公示|评审|审核|[走等跑][^,;。?\n]{0,6}|会签|踏勘|听证|检测|鉴定|论证|盖章|补正)呢(?=$|[,;。!])"
)
# A request put as a question is a request: 能否延期2天? 延两天中不?
_POLITELY = re.compile(
    r"(?:能否|可否|能不能|可不可以|是否可以|可以|能)[^,;。]{0,8}(?:延|宽限|展期|[推挪缓宽晚])|"
    r"(?:延|宽限|展期|再给|多给|再[宽来要加]|[推挪缓晚拖])[^,;。?]{0,14}(?:中不中?|行不行?|行吗|可以吗|可以不|可否|成不成?|好吗|好不好|如何|妥否|可行否|是否可行)"
)
# Kinds that somebody may announce: 申请延期 and 请转 are the act itself.
_MAY_BE_AHEAD = frozenset({ActKind.EXTEND, ActKind.TRANSFER, ActKind.PAUSE, ActKind.RESUME,
                           ActKind.PROBLEM, ActKind.PROGRESS, ActKind.RETURN})  # fmt: skip
# Telling of a plan or of hearsay is a report all the same.
_ALWAYS = frozenset({ActKind.PROGRESS, ActKind.PROBLEM})
DONE_FOR_GOOD = frozenset({ActKind.ACCEPT, ActKind.COMPLETE, ActKind.CLOSE})


def find_mood(kind: ActKind, text: str, start: int, end: int, clause: str) -> Mood:
    """How the cue at `start:end` is meant; `clause` is what of its clause stands before."""
    if _is_denied(kind, text, start, end, clause):
        return Mood.DENIED
    if kind in _WHOLE and _NOT_INSIDE.search(_leave_ended(kind, text[start:end])):
        return Mood.NOT_YET
    others = _BY_OTHERS.get(kind)
    if others and others.search(clause):
        return Mood.OF_OTHERS
    if kind in _ALWAYS:
        return Mood.SAID
    if _HEARSAY.search(clause):
        return Mood.HEARSAY
    if kind in _MAY_BE_AHEAD:
        return _find_mood_of_wish(kind, text[end:], clause)
    return _find_mood_of_done(kind, text, start, end, clause)


def _leave_ended(kind: ActKind, cue: str) -> str:
    return _ENDED.sub(" ", cue) if kind is ActKind.RESUME else cue


def _is_denied(kind: ActKind, text: str, start: int, end: int, clause: str) -> bool:
    if _DENIED.search(clause) and not text.startswith(("别", "不"), start):
        return True
    if kind in _ALWAYS:
        return False
    return _REVOKED.search(clause) is not None or _REVOKED_BEHIND.match(text, end) is not None


def _find_mood_of_wish(kind: ActKind, behind: str, clause: str) -> Mood:
    """How a cue is meant that is an act as soon as it is asked for: 申请退回, 请转住建局."""
    if _TOLD_OF.match(behind):
        return Mood.MERE_WORD
    if kind is ActKind.EXTEND:
        return Mood.SAID
    if kind is ActKind.RESUME and (_AS_SOON_AS.match(behind) or _AWAITED.search(clause)):
        return Mood.AHEAD
    # 因下周评审暂停计时: the day belongs to the reason.
    put_off = _LATER.search(clause) and not re.search("[因等]|由于", clause)
    return Mood.AHEAD if put_off or _INTENDED.search(clause) else Mood.SAID


def _find_mood_of_done(kind: ActKind, text: str, start: int, end: int, clause: str) -> Mood:
    """How a cue is meant that is an act only once it is done: 办结, 受理, 已联系."""
    if _PARTLY.search(clause):
        return Mood.PARTLY
    if _THANKED.search(clause):
        return Mood.OF_OTHERS
    if kind is ActKind.CLOSE and _ALLOWED.search(clause):
        return Mood.SAID
    if _OUGHT.search(clause):
        return Mood.AHEAD
    done = text.startswith("已", start) or _DONE.search(clause) is not None
    behind = _find_mood_behind(kind, text[end:], done)
    if behind is not Mood.SAID or done:
        return behind
    afterwards = _AFTERWARDS.search(clause) and not text.startswith("了", end)
    then = _THEN.search(clause) and not _is_completed(text, start, end)
    ahead = afterwards or then or _AHEAD.search(_AT_DAY.sub("", clause))
    return Mood.AHEAD if ahead else Mood.SAID


def _is_completed(text: str, start: int, end: int) -> bool:
    return text.startswith(("了", "啦"), end) or _COMPLETED.search(text[start:end]) is not None


def _find_mood_behind(kind: ActKind, behind: str, done: bool) -> Mood:
    """What is said behind a cue that takes it back; SAID if nothing."""
    if kind is ActKind.CONTACT:
        return Mood.DENIED if _IN_VAIN.match(behind) else Mood.SAID
    if kind not in DONE_FOR_GOOD:
        return Mood.SAID
    if kind is ActKind.CLOSE and behind.startswith("吧") and not done:
        return Mood.SAID  # 5号销号吧 is the office's word
    if _TAKEN_BACK.match(behind) or (not done and _NO_ACT.match(behind)):
        return Mood.MERE_WORD
    lacks = kind is not ActKind.ACCEPT and (_LACKS.search(behind) or _REST.search(behind))
    return Mood.PARTLY if lacks or _NOT_QUITE.match(behind) else Mood.SAID


def is_asked(text: str) -> bool:
    """Whether the text asks instead of saying; a polite request is none."""
    text = _EMBEDDED.sub("", text)
    return _ASKED.search(text) is not None and not _POLITELY.search(text)


def is_supposed(text: str) -> bool:
    """Whether the text speaks of what might be."""
    return _SUPPOSED.search(text) is not None


def is_undecided(text: str) -> bool:
    """Whether the writer has not decided, or leaves it open."""
    return _UNDECIDED.search(text) is not None


def is_doubted(text: str) -> bool:
    """Whether the whole text is hearsay, or its writer does not know."""
    return _DOUBTED.search(text) is not None


def is_praise(text: str) -> bool:
    """Whether a department is thanked for what was done: it was hardly the writer's act.

    Departments stand in the text as signs.
    """
    return _PRAISED.search(text) is not None


def is_of_others(text: str, joint: int | None) -> bool:
    """Whether a person is spoken to of a task of theirs: @李科 你那个8号已办结.

    `joint` is where the task's number stood.
    """
    before = text[: joint or 0]
    return _YOURS.search(before) is not None
