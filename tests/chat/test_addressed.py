"""Who speaks to the assistant gets an answer; who speaks to others does not."""

import pytest

from tests.chat.stage import Stage, text_of

BOT = "@zhuanban_rehearsal_bot"


@pytest.mark.parametrize("words", [f"{BOT} 今晚月亮圆不圆", BOT])
async def test_who_mentions_it_and_is_not_understood_is_told_what_it_understands(
    stage: Stage, words: str
) -> None:
    await stage.say("suiping", words)
    assert "没听懂" in text_of(stage.last())


async def test_in_private_everything_is_spoken_to_it(stage: Stage) -> None:
    await stage.whisper("suiping", "你在忙什么")
    assert "没听懂" in text_of(stage.last(stage.private("suiping")))


@pytest.mark.parametrize("words", [f"{BOT} 谢谢", f"{BOT} 好的👌", "今晚月亮圆不圆", "@路人 在吗"])
async def test_politeness_and_talk_to_others_get_no_answer(stage: Stage, words: str) -> None:
    before = len(stage.posts())
    await stage.say("suiping", words)
    assert len(stage.posts()) == before
