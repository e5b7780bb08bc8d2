"""What persons can and cannot do, as their apps would have it."""

import pytest

from bot.sandbox import NotPossible, Sandbox


def test_nobody_reads_or_writes_in_anothers_private_chat(sandbox: Sandbox) -> None:
    with pytest.raises(NotPossible):
        sandbox.say("office", 1004, "偷看")


def test_who_left_writes_no_more(sandbox: Sandbox) -> None:
    sandbox.people.leave(sandbox.cast.get_person("stranger"))
    with pytest.raises(NotPossible):
        sandbox.say("stranger", None, "还在")


def test_only_ones_own_text_can_be_changed(sandbox: Sandbox) -> None:
    said = sandbox.say("office", None, "你好")
    with pytest.raises(NotPossible):
        sandbox.edit("ecology", None, said["message_id"], "改了")


@pytest.mark.parametrize("text", ["", "  ", "甲" * 4097])
def test_a_message_has_1_to_4096_characters(sandbox: Sandbox, text: str) -> None:
    with pytest.raises(NotPossible):
        sandbox.say("office", None, text)


def test_a_deletion_is_not_told_to_the_bot(sandbox: Sandbox) -> None:
    said = sandbox.say("office", None, "你好")
    before = len(sandbox.updates())
    sandbox.delete("office", None, said["message_id"])
    assert sandbox.messages() == []
    assert len(sandbox.updates()) == before


def test_an_anonymous_administrator_writes_as_the_group(sandbox: Sandbox) -> None:
    said = sandbox.say("office", None, "通知", anonymous=True)
    assert said["from"]["id"] == 1087968824
    assert said["sender_chat"]["id"] == sandbox.group


def test_a_returned_message_does_not_change_later(sandbox: Sandbox) -> None:
    said = sandbox.say("office", None, "旧")
    sandbox.edit("office", None, said["message_id"], "新")
    assert said["text"] == "旧"
