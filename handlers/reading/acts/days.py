"""Whether 5号 names a task at all, or a day: 5号收到快递, 26号开会,收到请回复."""

import re

from handlers.reading.acts.cues import Cue
from handlers.reading.acts.moods import Mood
from handlers.reading.values import ActKind

# What reports of tasks speak of, and other people's sentences do not.
_OF_OFFICES = re.compile(
    r"对账|审|评|签|批|公示|踏勘|勘|核查|材料|资料|编制|图|盖章|流程|窗口|科室|业主|企业|办理|听证|检测|进度|"
    r"%|百分之|成(?!绩|功|立|员|都)|领导|办结|受理|推进|卡点|进展|领账|交账"
)
# What the work is told of in besides, where a card is answered.
_OF_WORK = re.compile(
    r"会|纪要|挂网|程序|意见|件|报|证|局|厅|委|省里|市里|县里|表|时间|时限|改|补|交|退|转|停|领|接|办|查|测|验|章|文|手续"
)
_MANNERS = re.compile(
    "谢|辛苦|恭喜|祝贺|点赞|佩服|厉害|加油|[你您@]|哈哈|呵呵|嘿嘿|大家|各位|加班|吃饭|下班"
)
# What was received or done stands behind, and is no task.
_OBJECT = re.compile(
    r"了?(?![了啦喽嘞哈吧呀啊的待需可已均]|完毕|并|销号|交账|任务|通知|谢|马上|立即|后|请|与|和|及|给|[这那]|此|该)[一-鿿]"
)
# What is on a day: 15号工资卡着没发.
_EVENT = re.compile(
    r"(?:[那当]天|的?[一-鿿]{0,4}?(?:会议|例会|开会|大会|的会|培训|活动|工资|奖金|聚餐|吃饭|婚礼|酒席|航班|飞机|高铁|火车|车票|快递|面试|考试|体检|"
    r"讲座|团建|大厅|食堂|公交|高速|航线|银行|商场|医院|地铁|自来水|比赛|演出|生日|放假|调休|值班|加班|出差|请假|酒店|停电|停水|下雨|下雪|党课|接待|上班|搬家))"
)
# Words of everybody's days; what stands between the number and them tells whose they are.
_EVERYDAY = re.compile(r"收到|接[到了]|签收|知[悉道晓]|明白|完成|办好|办完|搞定|[弄整搞做][完好妥]")
_SUBJECT = re.compile(
    r"(?:[^一-鿿]|[今昨前]天|[今昨]日|上[午周]|下午|中午|早上|今早|周[一二三四五六日]|刚刚?|刚才|才|终于|已经?|于|正式|全部|"
    r"均|都|也|一并|同步|按期|提前|[年月日]|[我本俺咱][们局委科]*|各?科室?|老[一-鿿]|[一二两三四五六七八九十]|个|件|项|"
    r"事项|任务|的|[那这该此]|张|单|证[照书]?|本|许可证?|批[复文]|意见书?|核准|文件|手续|材料|审[批核]|办理|经|窗口|"
    r"关于|报告|现在?|先|就|了|后|[和与及跟]|收到|领账|齐|结束|活儿?|事儿?)*"
)


def is_day(kinds: list[ActKind], cues: list[Cue], plain: str, joint: int | None) -> bool:
    """Whether 5号 is rather a day: 5号收到快递, 5号办好了护照 speak of other things than tasks."""
    if _EVENT.match(plain, 0 if joint is None else joint + 1):
        return True
    if plain.startswith(":", joint or 0) or not set(kinds) <= {
        ActKind.ACKNOWLEDGE,
        ActKind.COMPLETE,
        ActKind.PROGRESS,
    }:
        return False
    if kinds == [ActKind.PROGRESS]:
        return _OF_OFFICES.search(plain) is None
    said = [cue for cue in cues if cue.kind in kinds and cue.mood is Mood.SAID]
    number = -1 if joint is None else joint
    return bool(said) and all(_is_of_a_day(cue, plain, number + 1) for cue in said)


def is_of_offices(plain: str) -> bool:
    """Whether a text speaks of what offices do for tasks, whatever it says of that."""
    told = _OF_OFFICES.search(plain) or _OF_WORK.search(plain)
    return told is not None and _MANNERS.search(plain) is None


def is_of_something(plain: str) -> bool:
    """Whether what a text says before 做完了 is a thing of its own, not the task: 勘界做完了."""
    return _SUBJECT.fullmatch(plain) is None


def _is_of_a_day(cue: Cue, plain: str, behind_number: int) -> bool:
    if _OBJECT.match(plain, cue.end):
        return True
    if cue.start < behind_number or not _EVERYDAY.search(plain, cue.start, cue.end):
        return False
    return _SUBJECT.fullmatch(plain, behind_number, cue.start) is None
