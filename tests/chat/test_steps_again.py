"""Steps on what was done before or goes on elsewhere."""

from policy.life import State
from tests.chat.projects import register
from tests.chat.stage import Stage, text_of


async def test_what_is_taken_already_does_not_stop_the_rest(stage: Stage) -> None:
    await register(stage)
    await register(stage, "演练乙物流园")
    await stage.say("land", "3号收到")
    said = stage.answer_to(await stage.say("land", "3号、8号收到"))
    assert "3、8号已领账" in text_of(said)
    assert (await stage.task(8)).state is State.ACKNOWLEDGED


async def test_a_transferred_task_names_its_new_number(stage: Stage) -> None:
    await register(stage)
    await stage.say("office", "3号转市住建局")
    said = text_of(stage.answer_to(await stage.say("land", "3号收到")))
    assert "6号" in said
