"""Calls are held against the Bot API's own description."""

import pytest
from aiogram import Bot

from bot.sandbox import Sandbox
from bot.sandbox.methods import METHODS
from bot.sandbox.spec import Mismatch, load_spec
from tests.unit.sandbox.conftest import Api


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    answer = await api.call("sendPigeon", chat_id=1)
    assert (answer["status"], answer["ok"]) == (404, False)


async def test_a_method_outside_the_sandbox_is_refused_and_recorded(
    api: Api, sandbox: Sandbox
) -> None:
    reason = await api.refusal("getUserProfilePhotos", user_id=1001)
    assert "not part of the sandbox" in reason
    assert [call.method for call in sandbox.refusals] == ["getUserProfilePhotos"]


async def test_a_missing_parameter_is_named(api: Api, sandbox: Sandbox) -> None:
    assert '"text" is required' in await api.refusal("sendMessage", chat_id=sandbox.group)


async def test_an_unknown_parameter_is_named(api: Api, sandbox: Sandbox) -> None:
    reason = await api.refusal("sendMessage", chat_id=sandbox.group, text="a", txet="b")
    assert '"txet" is not known to sendMessage' in reason


async def test_a_parameter_for_another_kind_of_chat_is_refused_not_ignored(
    api: Api, sandbox: Sandbox
) -> None:
    reason = await api.refusal(
        "sendMessage", chat_id=sandbox.group, text="a", business_connection_id="b"
    )
    assert "business_connection_id" in reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 5),
        ("disable_notification", "perhaps"),
        ("entities", {"type": "bold"}),
        ("entities", [{"type": "bold", "offset": 0}]),
        ("entities", [{"type": "loud", "offset": 0, "length": 1}]),
        ("reply_parameters", "no json"),
        ("reply_markup", {"inline_keyboard": [[{"txt": "a", "callback_data": "b"}]]}),
        ("reply_markup", {"inline_keyboard": [{"text": "a", "callback_data": "b"}]}),
        ("reply_markup", '{"inline_keyboard": [[{"text": 1, "callback_data": "b"}]]}'),
    ],
)
async def test_a_value_of_a_wrong_type_is_refused_at_any_depth(
    api: Api, sandbox: Sandbox, name: str, value: object
) -> None:
    params = {"chat_id": sandbox.group, "text": "a", name: value}
    assert name in await api.refusal("sendMessage", **params)


async def test_the_place_of_a_mistake_is_shown(api: Api, sandbox: Sandbox) -> None:
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}, {"text": 7}]]}
    reason = await api.refusal(
        "sendMessage", chat_id=sandbox.group, text="a", reply_markup=keyboard
    )
    assert "reply_markup.inline_keyboard[0][1].text: expected String" in reason


async def test_forms_carry_numbers_booleans_and_json_as_text(api: Api, sandbox: Sandbox) -> None:
    answer = await api.form(
        "sendMessage",
        chat_id=str(sandbox.group),
        text="12",
        disable_notification="true",
        reply_markup='{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}',
    )
    assert answer["result"]["text"] == "12"
    assert answer["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "b"


async def test_a_body_that_is_no_json_is_refused(api: Api, sandbox: Sandbox) -> None:
    url = f"{sandbox.base_url}/bot{sandbox.token}/getMe"
    headers = {"Content-Type": "application/json"}
    async with api.session.post(url, data=b"{", headers=headers) as response:
        assert response.status == 400


async def test_a_wrong_token_is_unauthorized(api: Api, sandbox: Sandbox) -> None:
    async with api.session.get(f"{sandbox.base_url}/bot1:wrong/getMe") as response:
        assert response.status == 401


async def test_the_token_is_never_in_the_record(bot: Bot, sandbox: Sandbox) -> None:
    await bot.get_me()
    assert sandbox.token not in str([call.as_json() for call in sandbox.calls])


async def test_aiograms_bot_knows_itself(bot: Bot, sandbox: Sandbox) -> None:
    me = await bot.get_me()
    assert me.username == sandbox.cast.bot.username
    assert me.can_read_all_group_messages
    sandbox.rights.privacy_mode = True
    assert not (await bot.get_me()).can_read_all_group_messages


def test_every_method_of_the_sandbox_is_in_the_spec() -> None:
    assert METHODS.keys() <= load_spec().methods.keys()


def test_results_are_held_against_the_spec_too() -> None:
    with pytest.raises(Mismatch, match="first_name"):
        load_spec().check_result("getMe", {"id": 1, "is_bot": True})


def test_a_discriminating_field_must_have_its_value() -> None:
    with pytest.raises(Mismatch):
        load_spec().check({"status": "member", "user": {}}, ("ChatMemberOwner",), "member")
