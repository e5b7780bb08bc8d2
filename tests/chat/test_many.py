"""A message with many projects: one answer for all of them, and nothing twice."""

from tests.chat.projects import registration
from tests.chat.stage import Stage, buttons_of, count_rows, text_of


def several(count: int, /, **lines: str | None) -> str:
    """Registrations of so many projects."""
    return "\n\n".join(registration(f"演练{n}号产业园", **lines) for n in range(1, count + 1))


async def test_many_drafts_are_one_post(stage: Stage) -> None:
    message = await stage.say("attraction", several(10))
    said = stage.answer_to(message)
    lines = text_of(said).splitlines()
    assert lines[:2] == ["本条 10 个项目还没建账", "待重点办确认 10"]
    assert len(lines) <= 9
    assert buttons_of(said) == ["待补登记"]
    assert await count_rows(stage, "drafts") == 10
    await stage.press("attraction", said, "待补登记")
    assert "演练1号产业园" in text_of(stage.last())


async def test_what_they_lack_is_named(stage: Stage) -> None:
    both = several(8) + "\n\n" + registration("演练缺额园", 总投资=None)
    said = text_of(stage.answer_to(await stage.say("attraction", both)))
    assert "待重点办确认 8 · 差内容 1" in said
    assert "演练缺额园：差总投资" in said


async def test_a_few_have_a_post_each(stage: Stage) -> None:
    message = await stage.say("attraction", several(8))
    assert len(stage.replies_to(message)) == 8


async def test_the_same_project_twice_is_one(stage: Stage) -> None:
    one = registration()
    message = await stage.say("office", f"{one}\n\n{one}")
    assert len(stage.replies_to(message)) == 1
    assert len(await stage.projects()) == 1
    message = await stage.say("attraction", "\n\n".join([registration("演练乙园")] * 3))
    assert len(stage.replies_to(message)) == 1


async def test_the_same_name_with_another_sum_is_not_swallowed(stage: Stage) -> None:
    message = await stage.say("office", f"{registration()}\n\n{registration(总投资='9亿元')}")
    assert any("没有重复登记" in text_of(post) for post in stage.replies_to(message))
