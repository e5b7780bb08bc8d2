"""Which task is meant is asked back with a button for each, and nothing is done on a guess."""

from policy.life import State
from tests.chat.projects import register
from tests.chat.stage import Stage, buttons_of, text_of


async def test_a_mistyped_project_is_asked_back_and_one_tap_does_it(stage: Stage) -> None:
    await register(stage, "星河甲食品园")
    await register(stage, "云岭机床基地")
    message = await stage.say("ecology", "星合甲食品园的环评报告表收到了，领账")
    (asked,) = stage.replies_to(message)
    assert "星河甲食品园" in text_of(asked)
    assert "环评报告表" in text_of(asked)
    (label,) = buttons_of(asked)
    await stage.press("ecology", asked, label)
    task = await stage.task(int(label.removesuffix("号")))
    assert task.state is State.ACKNOWLEDGED


async def test_the_tasks_to_choose_from_say_what_they_are_about(stage: Stage) -> None:
    await register(stage, "星河甲食品园")
    await register(stage, "云岭机床基地")
    message = await stage.say("ecology", "环评报告表已受理")
    asked = stage.answer_to(message)
    assert "星河甲食品园" in text_of(asked)
    assert "云岭机床基地" in text_of(asked)
    assert len(buttons_of(asked)) == 2
