"""A message as the page shows it."""

from bot.sandbox.entities import to_html
from bot.sandbox.errors import Json


def view_message(message: Json) -> Json:
    """The page's form of a Bot API Message; `html` is safe to insert as it is."""
    text, entities = _read_text(message)
    view: Json = {
        "message_id": message["message_id"],
        "date": message["date"],
        "from": _view_sender(message),
        "text": text,
        "html": to_html(text, entities),
        "buttons": _view_buttons(message),
    }
    if "edit_date" in message:
        view["edit_date"] = message["edit_date"]
    if "reply_to_message" in message:
        view["reply_to"] = _view_reply(message["reply_to_message"])
    if "document" in message:
        view["document"] = _view_document(message["document"])
    if "photo" in message:
        largest = message["photo"][-1]
        view["photo"] = {name: largest[name] for name in ("file_id", "width", "height")}
    service = _view_service(message)
    if service:
        view["service"] = service
    return view


def _read_text(message: Json) -> tuple[str, list[Json]]:
    if "text" in message:
        return message["text"], message.get("entities", [])
    return message.get("caption", ""), message.get("caption_entities", [])


def _view_sender(message: Json) -> Json:
    if "sender_chat" in message:
        chat = message["sender_chat"]
        return {"id": chat["id"], "name": chat["title"], "is_bot": False}
    sender = message["from"]
    return {"id": sender["id"], "name": sender["first_name"], "is_bot": sender["is_bot"]}


def _view_buttons(message: Json) -> list[list[Json]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[_view_button(button) for button in row] for row in rows]


def _view_button(button: Json) -> Json:
    view = {"text": button["text"]}
    if "callback_data" in button:
        view["data"] = button["callback_data"]
    if "url" in button:
        view["url"] = button["url"]
    return view


def _view_reply(message: Json) -> Json:
    text, _ = _read_text(message)
    return {"message_id": message["message_id"], "from": _view_sender(message), "text": text[:200]}


def _view_document(document: Json) -> Json:
    return {
        "file_id": document["file_id"],
        "name": document.get("file_name", ""),
        "size": document.get("file_size", 0),
        "mime_type": document.get("mime_type", ""),
    }


def _view_service(message: Json) -> Json | None:
    if "new_chat_members" in message:
        return {
            "kind": "joined",
            "names": [user["first_name"] for user in message["new_chat_members"]],
        }
    if "left_chat_member" in message:
        return {"kind": "left", "names": [message["left_chat_member"]["first_name"]]}
    if "pinned_message" in message:
        return {"kind": "pinned", "message_id": message["pinned_message"]["message_id"]}
    return None
