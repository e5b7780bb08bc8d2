"""Who the bot is, and who is in which chat."""

from bot.sandbox.cast import Person
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.methods.registry import Handler, instant
from bot.sandbox.world import Chat, World

_ADMINISTRATOR = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_send_welcome_messages",
    ),
    False,
)
_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)
_IN_GROUP = {"creator", "administrator", "member"}


def get_me(world: World, _params: Json) -> Json:
    """getMe, with what privacy mode means for the bot."""
    return {
        **world.bot_user,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.rights.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, params: Json) -> Json:
    """getChat."""
    chat = world.access_chat(params["chat_id"])
    full = {
        **chat.as_object(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]]
    return full


def get_member(world: World, params: Json) -> Json:
    """getChatMember; 400 for somebody Telegram does not know."""
    chat = _get_group(world, params)
    if params["user_id"] == world.cast.bot.id:
        return bot_member(world, world.rights.in_group)
    person = world.cast.find_person(params["user_id"])
    if person is None:
        raise bad_request("member not found" if not chat.private else "user not found")
    return member_object(world, person)


def list_administrators(world: World, params: Json) -> list[Json]:
    """getChatAdministrators: the persons, and the bot itself where bots are asked for."""
    _get_group(world, params)
    found = [
        member_object(world, person)
        for person in world.cast.persons
        if world.status[person.id] in {"creator", "administrator"}
    ]
    if params.get("return_bots") and world.rights.administrator:
        found.append(bot_member(world, True))
    return found


def count_members(world: World, params: Json) -> int:
    """getChatMemberCount, the bot included."""
    chat = world.access_chat(params["chat_id"])
    if chat.private:
        return 2
    return 1 + sum(status in _IN_GROUP for status in world.status.values())


def leave_chat(world: World, params: Json) -> bool:
    """leaveChat."""
    chat = _get_group(world, params)
    before = bot_member(world, True)
    world.rights.in_group = False
    world.add_message(chat, world.bot_user, {"left_chat_member": world.bot_user})
    note_bot_member(world, chat, world.bot_user, before)
    return True


def member_object(world: World, person: Person) -> Json:
    """A person as a ChatMember of the group."""
    status = world.status[person.id]
    member: Json = {"status": status, "user": world.user(person)}
    if status == "creator":
        member["is_anonymous"] = False
    if status == "administrator":
        member |= _rights(can_pin=True, can_delete=True)
    return member


def bot_member(world: World, in_group: bool) -> Json:
    """The bot as a ChatMember of the group."""
    if not in_group:
        return {"status": "left", "user": world.bot_user}
    if not world.rights.administrator:
        return {"status": "member", "user": world.bot_user}
    rights = _rights(world.rights.can_pin, world.rights.can_delete)
    return {"status": "administrator", "user": world.bot_user, **rights}


def note_bot_member(world: World, chat: Chat, who: Json, before: Json) -> None:
    """Tell the bot, by my_chat_member, what it became in the group."""
    change = {
        "chat": chat.as_object(),
        "from": who,
        "date": world.unix_now(),
        "old_chat_member": before,
        "new_chat_member": bot_member(world, world.rights.in_group),
    }
    world.updates.put("my_chat_member", change)


def _rights(can_pin: bool, can_delete: bool) -> Json:
    return {
        **_ADMINISTRATOR,
        "can_manage_chat": True,
        "can_invite_users": True,
        "can_delete_messages": can_delete,
        "can_pin_messages": can_pin,
        "can_manage_topics": False,
    }


def _get_group(world: World, params: Json) -> Chat:
    chat = world.access_chat(params["chat_id"])
    if chat.private:
        raise bad_request("method is available for supergroup and channel chats only")
    return chat


METHODS: dict[str, Handler] = {
    "getMe": instant(get_me),
    "getChat": instant(get_chat),
    "getChatMember": instant(get_member),
    "getChatAdministrators": instant(list_administrators),
    "getChatMemberCount": instant(count_members),
    "leaveChat": instant(leave_chat),
}
