"""Sending, editing, deleting and pinning messages; answering presses."""

from bot.sandbox.entities import count_units
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.methods.content import (
    check_thread,
    read_caption,
    read_markup,
    read_reply,
    read_text,
)
from bot.sandbox.methods.registry import Handler, instant
from bot.sandbox.world import Chat, World, reply_snapshot

MOST_ANSWER = 200
DELETABLE = 48 * 3600  # seconds
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def post_message(world: World, params: Json, body: Json) -> Json:
    """Send `body` (what the message carries) with the call's reply and keyboard."""
    chat = world.access_chat(params["chat_id"])
    check_thread(params)
    content = {**body, **read_reply(world, chat, params), **read_markup(chat, params)}
    world.throttle.spend(chat.id, chat.private)
    return world.add_message(chat, world.bot_user, content)


def send_message(world: World, params: Json) -> Json:
    """sendMessage."""
    return post_message(world, params, read_text(world, params))


def edit_text(world: World, params: Json) -> Json:
    """editMessageText; without `reply_markup` the keyboard goes, as on Telegram."""
    chat, message = _get_own(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = {**read_text(world, params), **read_markup(chat, params)}
    return _apply_edit(world, chat, message, content, {"text", "entities", "reply_markup"})


def edit_caption(world: World, params: Json) -> Json:
    """editMessageCaption."""
    chat, message = _get_own(world, params)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    content = {**read_caption(world, params), **read_markup(chat, params)}
    return _apply_edit(
        world, chat, message, content, {"caption", "caption_entities", "reply_markup"}
    )


def edit_markup(world: World, params: Json) -> Json:
    """editMessageReplyMarkup."""
    chat, message = _get_own(world, params)
    return _apply_edit(world, chat, message, read_markup(chat, params), {"reply_markup"})


def _get_own(world: World, params: Json) -> tuple[Chat, Json]:
    if "chat_id" not in params or "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = world.access_chat(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.cast.bot.id:
        raise bad_request("message can't be edited")
    return chat, message


def _apply_edit(world: World, chat: Chat, message: Json, content: Json, parts: set[str]) -> Json:
    if content == {name: message[name] for name in parts if name in message}:
        raise bad_request(_NOT_MODIFIED)
    world.throttle.spend(chat.id, chat.private)
    for name in parts:
        message.pop(name, None)
    message.update(content, edit_date=world.unix_now())
    world.note_message(chat, message, "edited")
    return message


def delete_message(world: World, params: Json) -> bool:
    """deleteMessage: everything as an administrator who may, else its own of 48 hours."""
    chat = world.access_chat(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _may_delete(world, chat, message):
        raise bad_request("message can't be deleted")
    remove_message(world, chat, params["message_id"])
    return True


def _may_delete(world: World, chat: Chat, message: Json) -> bool:
    if not chat.private and world.rights.administrator and world.rights.can_delete:
        return True
    own = message["from"]["id"] == world.cast.bot.id
    return (own or chat.private) and world.unix_now() - message["date"] < DELETABLE


def remove_message(world: World, chat: Chat, message_id: int) -> None:
    """Take a message out of the chat, whoever asked for it. Bots are not told."""
    del chat.messages[message_id]
    world.events.add("deleted", chat_id=chat.id, message_id=message_id)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
        _note_pins(world, chat)


def pin_message(world: World, params: Json) -> bool:
    """pinChatMessage; the group gets the service message, and the bot the update about it."""
    chat = _access_pins(world, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    if message["message_id"] in chat.pinned:
        return True
    chat.pinned.append(message["message_id"])
    _note_pins(world, chat)
    service = {"pinned_message": reply_snapshot(message)}
    world.updates.put("message", world.add_message(chat, world.bot_user, service))
    return True


def unpin_message(world: World, params: Json) -> bool:
    """unpinChatMessage: the named one, or the latest."""
    chat = _access_pins(world, params)
    message_id = params.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    _note_pins(world, chat)
    return True


def unpin_all(world: World, params: Json) -> bool:
    """unpinAllChatMessages."""
    chat = _access_pins(world, params)
    chat.pinned.clear()
    _note_pins(world, chat)
    return True


def _access_pins(world: World, params: Json) -> Chat:
    chat = world.access_chat(params["chat_id"])
    if not chat.private and not (world.rights.administrator and world.rights.can_pin):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _note_pins(world: World, chat: Chat) -> None:
    world.events.add("pinned", chat_id=chat.id, message_id=chat.pinned[-1] if chat.pinned else None)


def answer_callback(world: World, params: Json) -> bool:
    """answerCallbackQuery, once, in time, at most 200 characters."""
    text = params.get("text", "")
    if count_units(text) > MOST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": params.get("show_alert", False)}
    press = world.callbacks.answer(params["callback_query_id"], answer)
    world.events.add("callback_answer", person=press.person_id, query_id=press.query_id, **answer)
    return True


def send_action(world: World, params: Json) -> bool:
    """sendChatAction."""
    chat = world.access_chat(params["chat_id"])
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.add("action", chat_id=chat.id, action=params["action"])
    return True


def set_reaction(world: World, params: Json) -> bool:
    """setMessageReaction: a bot may set one emoji."""
    chat = world.access_chat(params["chat_id"])
    if params["message_id"] not in chat.messages:
        raise bad_request("message to react not found")
    reactions: list[Json] = params.get("reaction", [])
    if len(reactions) > 1 or any(item["type"] != "emoji" for item in reactions):
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [item["emoji"] for item in reactions]
    world.events.add("reaction", chat_id=chat.id, message_id=params["message_id"], emoji=emoji)
    return True


def copy_message(world: World, params: Json) -> Json:
    """copyMessage of text, photos and documents."""
    source = world.access_chat(params["from_chat_id"]).messages.get(params["message_id"])
    if source is None:
        raise bad_request("message to copy not found")
    kept = ("text", "entities", "photo", "document", "caption", "caption_entities")
    body = {name: source[name] for name in kept if name in source}
    if not body.keys() & {"text", "photo", "document"}:
        raise bad_request("message can't be copied")
    if "caption" in params and "text" not in body:
        body = {name: body[name] for name in ("photo", "document") if name in body}
        body |= read_caption(world, params)
    return {"message_id": post_message(world, params, body)["message_id"]}


METHODS: dict[str, Handler] = {
    "sendMessage": instant(send_message),
    "editMessageText": instant(edit_text),
    "editMessageCaption": instant(edit_caption),
    "editMessageReplyMarkup": instant(edit_markup),
    "deleteMessage": instant(delete_message),
    "pinChatMessage": instant(pin_message),
    "unpinChatMessage": instant(unpin_message),
    "unpinAllChatMessages": instant(unpin_all),
    "answerCallbackQuery": instant(answer_callback),
    "sendChatAction": instant(send_action),
    "setMessageReaction": instant(set_reaction),
    "copyMessage": instant(copy_message),
}
