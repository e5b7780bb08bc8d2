"""What the page asks for: the world, the events, and the acts of whoever one plays."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.calls import Desk
from bot.sandbox.cast import Person
from bot.sandbox.errors import ApiError, Json
from bot.sandbox.params import Upload
from bot.sandbox.people import NotPossible, People
from bot.sandbox.pictures import read_size
from bot.sandbox.world import World

LONGEST_WAIT = 25.0
_STEP = re.compile(r"\+(\d{1,4})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
Act = Callable[[Json], Awaitable[Json]]


class Timekeeper(Protocol):
    """What the page needs of the clock."""

    def describe_clock(self) -> Json:
        """{"now", "weekday", "working", "kind_name"}."""
        ...

    def next_morning(self) -> datetime:
        """The next working morning."""
        ...

    async def move_clock_to(self, moment: datetime) -> None:
        """Move the clock; ValueError when that is backwards."""
        ...


class PageApi:
    """The routes under /api/."""

    def __init__(self, world: World, people: People, desk: Desk, timekeeper: Timekeeper) -> None:
        self._world = world
        self._people = people
        self._desk = desk
        self._time = timekeeper

    def routes(self) -> list[web.RouteDef]:
        """For the application."""
        return [
            web.get("/api/world", self.get_world),
            web.get("/api/events", self.list_events),
            web.get("/api/calls", self.list_calls),
            web.get("/api/file/{file_id}", self.get_file),
            web.post("/api/upload", self.upload),
            *(web.post(f"/api/{name}", _acting(act)) for name, act in self._acts().items()),
        ]

    def _acts(self) -> dict[str, Act]:
        return {
            "send": self.send,
            "edit": self.edit,
            "delete": self.delete,
            "press": self.press,
            "clock": self.move_clock,
        }

    async def get_world(self, request: web.Request) -> web.Response:
        """Who and what there is."""
        cast, now = self._world.cast, self._world.clock.now()
        return web.json_response(
            {
                "group": {"id": cast.group.chat_id, "title": cast.group.title},
                "people": [_view_person(person) for person in cast.persons],
                "chats": self._view_chats(),
                "samples": [
                    {
                        "title": sample.title,
                        "text": sample.text_on(now),
                        "as": sample.person.id,
                        "chat": cast.group.chat_id,
                        "reply_to": sample.reply_to,
                    }
                    for sample in cast.samples
                ],
                "notice": cast.notice,
                "clock": self._time.describe_clock(),
                "group_per_minute": self._world.throttle.limits.group_per_minute,
                "bot": {"id": cast.bot.id, "name": cast.bot.name, "username": cast.bot.username},
            }
        )

    def _view_chats(self) -> list[Json]:
        chats: list[Json] = []
        for chat in self._world.chats.values():
            if chat.person is None:
                chats.append({"id": chat.id, "title": chat.title, "kind": "group"})
            else:
                title = self._world.cast.bot.name
                chats.append({"id": chat.id, "title": title, "kind": "private", "with": chat.id})
        return chats

    async def list_events(self, request: web.Request) -> web.Response:
        """Events after a number, waiting up to 25 seconds for the first."""
        after = _read_number(request, "after")
        events = await self._world.events.wait(after, LONGEST_WAIT)
        return web.json_response({"seq": self._world.events.last, "events": events})

    async def list_calls(self, request: web.Request) -> web.Response:
        """The calls the bot made, refused ones with the reason."""
        after = _read_number(request, "after")
        calls = [call.as_json() for call in self._desk.calls if call.seq > after]
        return web.json_response({"calls": calls})

    async def get_file(self, request: web.Request) -> web.Response:
        """A file of the chat.

        Pictures are shown, everything else is saved: it may be a page that would run.
        """
        file = self._world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        picture = read_size(file.content) is not None
        disposition = "inline" if picture else "attachment"
        headers = {
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        }
        kind = file.mime_type if picture else "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=headers)

    async def send(self, body: Json) -> Json:
        """Write a message as somebody."""
        message = self._people.say(
            self._read_person(body), int(body["chat_id"]), str(body["text"]), body.get("reply_to")
        )
        return {"message_id": message["message_id"]}

    async def edit(self, body: Json) -> Json:
        """Change a message as its author."""
        person = self._read_person(body)
        self._people.edit(person, int(body["chat_id"]), int(body["message_id"]), str(body["text"]))
        return {"message_id": body["message_id"]}

    async def delete(self, body: Json) -> Json:
        """Delete a message as its author."""
        self._people.delete(self._read_person(body), int(body["chat_id"]), int(body["message_id"]))
        return {"message_id": body["message_id"]}

    async def press(self, body: Json) -> Json:
        """Press a button as somebody and wait for the answer."""
        answer = await self._people.press(
            self._read_person(body),
            int(body["chat_id"]),
            int(body["message_id"]),
            str(body["data"]),
        )
        return {"answer": answer}

    async def upload(self, request: web.Request) -> web.Response:
        """Send a file as somebody: pictures as photos."""
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            raise web.HTTPBadRequest(text="a file is missing")
        upload = Upload(file.filename, file.file.read())
        photo = read_size(upload.content) is not None
        caption = str(form.get("caption", ""))

        async def act(body: Json) -> Json:
            person = self._read_person(body)
            sent = self._people.send_file(person, int(body["chat_id"]), upload, caption, photo)
            return {"message_id": sent["message_id"]}

        return await _answer(act, dict(form))

    async def move_clock(self, body: Json) -> Json:
        """To the next working morning, by a step such as +1h, or to a moment."""
        await self._time.move_clock_to(self._read_moment(str(body["to"])))
        return self._time.describe_clock()

    def _read_moment(self, text: str) -> datetime:
        now = self._world.clock.now()
        if text == "next_working_morning":
            return self._time.next_morning()
        step = _STEP.fullmatch(text)
        if step:
            return now + timedelta(**{_UNITS[step.group(2)]: int(step.group(1))})
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)

    def _read_person(self, body: Json) -> Person:
        who = body["as"]
        number = int(who) if str(who).lstrip("-").isdigit() else who
        return self._world.cast.get_person(number)


@web.middleware
async def guard_page(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Only this machine's own page may act: other sites in the same browser reach the port too."""
    names = [request.host]
    if "Origin" in request.headers:
        names.append(request.headers["Origin"].partition("://")[2])
    for name in names:
        if re.sub(r":\d+$", "", name) not in _HOSTS:
            raise web.HTTPForbidden(text="the sandbox answers on this machine only")
    response = await handler(request)
    if not response.prepared:  # a browser must not show yesterday's page, or a chat that is gone
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _acting(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        try:
            body = await request.json()
        except ValueError:
            return web.json_response({"error": "no valid JSON"}, status=400)
        return await _answer(act, body)

    return handler


async def _answer(act: Act, body: Any) -> web.Response:
    try:
        # Whoever closes the page in between leaves no half-done act behind.
        return web.json_response(await asyncio.shield(act(body)))
    except (KeyError, TypeError, ValueError, OverflowError, NotPossible) as error:
        return web.json_response({"error": str(error)}, status=400)
    except ApiError as error:
        return web.json_response({"error": error.description}, status=400)


def _view_person(person: Person) -> Json:
    return {
        "id": person.id,
        "key": person.key,
        "name": person.name,
        "role": person.role,
        "unit": person.department,
        "note": person.note,
    }


def _read_number(request: web.Request, name: str) -> int:
    text = request.query.get(name, "0")
    if not text.isdigit():
        raise web.HTTPBadRequest(text=f"{name} must be a number")
    return int(text)
