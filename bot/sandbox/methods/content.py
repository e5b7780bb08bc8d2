"""What a message is made of: text with entities, a keyboard, the message it replies to."""

from bot.sandbox.entities import count_units, find_entities, sort_entities
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.keyboards import check_keyboard
from bot.sandbox.markup import parse_html
from bot.sandbox.world import Chat, World, reply_snapshot

MOST_TEXT = 4096
MOST_CAPTION = 1024
_MENTION = "tg://user?id="


def read_text(world: World, params: Json) -> Json:
    """`text` and `entities` of a message; raises 400 when empty, too long or broken in markup."""
    text, entities = _read_formatted(world, params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if count_units(text) > MOST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(world: World, params: Json) -> Json:
    """`caption` and `caption_entities`, or nothing; raises 400 when too long or broken."""
    text, entities = _read_formatted(world, params, "caption", "caption_entities")
    if count_units(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content


def read_markup(chat: Chat, params: Json) -> Json:
    """The inline keyboard to store with the message; other markups leave no trace in a Message."""
    markup = params.get("reply_markup", {})
    check_keyboard(markup, chat.private)
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}


def read_reply(world: World, chat: Chat, params: Json) -> Json:
    """`reply_to_message`, or nothing; raises 400 when it is not there, unless that was allowed."""
    reply = params.get("reply_parameters")
    if reply is None:
        return {}
    target_chat = world.get_chat(reply["chat_id"]) if "chat_id" in reply else chat
    message = target_chat.messages.get(reply.get("message_id", 0))
    if target_chat is chat and message is not None:
        return {"reply_to_message": reply_snapshot(message)}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def check_thread(params: Json) -> None:
    """The sandbox's group has no topics: a thread id is a mistake there."""
    if "message_thread_id" in params:
        raise bad_request("message thread not found")


def _read_formatted(
    world: World, params: Json, text_name: str, entities_name: str
) -> tuple[str, list[Json]]:
    source: str = params.get(text_name, "")
    mode: str = params.get("parse_mode", "")
    if not mode:
        text, entities = source, [dict(item) for item in params.get(entities_name, [])]
    elif mode.lower() == "html":
        text, entities = parse_html(source)
    elif mode.lower() in {"markdown", "markdownv2"}:
        raise bad_request(f"parse mode {mode} is not part of the sandbox")
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = _trim(text, entities)
    entities = [kept for item in entities if (kept := _resolve(world, item))]
    return text, sort_entities([*entities, *find_entities(text, entities)])


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram cuts blanks at both ends; entities move along."""
    cut = count_units(text) - count_units(text.lstrip())
    text = text.strip()
    length = count_units(text)
    moved = []
    for entity in entities:
        first = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, length)
        if end > first:
            moved.append({**entity, "offset": first, "length": end - first})
    return text, moved


def _resolve(world: World, entity: Json) -> Json | None:
    """A link to a person becomes a mention of a known person, and plain text otherwise."""
    url = entity.get("url", "")
    if entity["type"] != "text_link" or not url.startswith(_MENTION):
        return entity
    number = url.removeprefix(_MENTION)
    person = world.cast.find_person(int(number)) if number.isdigit() else None
    if person is None:
        return None
    plain = {name: entity[name] for name in ("offset", "length")}
    return {"type": "text_mention", **plain, "user": world.user(person)}
