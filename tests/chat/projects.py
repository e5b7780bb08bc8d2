"""What people post: registrations of invented projects."""

from tests.chat.stage import Message, Stage, text_of

NAME = "演练甲食品产业园"


def registration(name: str = NAME, /, **lines: str | None) -> str:
    """A complete registration; a line given as None is left out, others replace or follow."""
    stated: dict[str, str | None] = {
        "项目名称": name,
        "签约日期": "2026-11-19",
        "所在县区": "遂平县",
        "总投资": "5.2亿元",
        "项目类型": "工业",
        "环评类别": "报告表",
        "业主单位": "演练食品有限公司（虚构）",
        "联系人": "演练员",
        "联系电话": "13700000000",
        **lines,
    }
    written = [f"{label}：{value}" for label, value in stated.items() if value is not None]
    return "\n".join(["【签约项目登记】", *written])


async def register(stage: Stage, name: str = NAME, /, **lines: str | None) -> Message:
    """The office registers a project; gives its card. An industrial one has tasks 1 to 5."""
    message = await stage.say("office", registration(name, **lines))
    return stage.answer_to(message)


def line_of(stage: Stage, card: Message, number: int) -> str:
    """What a project's card, as it stands now, says of a task."""
    lines = text_of(stage.shown(card)).splitlines()
    return next(line for line in lines if f"{number}号" in line)
