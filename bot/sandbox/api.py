"""The Bot API over HTTP: reading requests, answering them, handing out files."""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.sandbox.calls import Desk
from bot.sandbox.errors import ApiError, Json, bad_request, too_many_requests
from bot.sandbox.faults import Fault, FaultHook, no_faults
from bot.sandbox.params import Upload
from bot.sandbox.world import World

_PROXY_PAGE = (
    "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"
)


class BotApi:
    """The routes under /bot<token>/ and /file/bot<token>/."""

    def __init__(self, world: World, desk: Desk, token: str) -> None:
        self.fault: FaultHook = no_faults
        self._world = world
        self._desk = desk
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        """For the application."""
        return [
            web.route("*", "/bot{token}/{method}", self.answer),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call: faults first, then the method."""
        if request.match_info["token"] != self._token:
            return _refuse(ApiError(401, "Unauthorized"))
        method = request.match_info["method"]
        fault = self.fault(method) or Fault()
        try:
            raw = await _read_request(request)
        except ApiError as error:
            self._desk.record(method, {}, error.description)
            return _refuse(error)
        await asyncio.sleep(fault.delay)
        if fault.cut_before or fault.status or fault.retry_after:
            self._desk.record(method, raw, fault.reason)
            return self._fail(request, fault)
        response = await self._call(method, raw)
        return _cut(request) if fault.cut_after else response

    async def _call(self, method: str, raw: Json) -> web.Response:
        try:
            result = await self._desk.carry_out(method, raw)
        except ApiError as error:
            return _refuse(error)
        return _json({"ok": True, "result": result}, 200)

    def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.cut_before:
            return _cut(request)
        if fault.retry_after:
            return _refuse(too_many_requests(fault.retry_after))
        page = _PROXY_PAGE.format(f"{fault.status} {HTTPStatus(fault.status).phrase}")
        return web.Response(status=fault.status, text=page, content_type="text/html")

    async def download(self, request: web.Request) -> web.Response:
        """A file by the path that getFile gave."""
        if request.match_info["token"] != self._token:
            return _refuse(ApiError(401, "Unauthorized"))
        for file in self._world.files.values():
            if file.path == request.match_info["path"]:
                return web.Response(body=file.content, content_type="application/octet-stream")
        return _refuse(ApiError(404, "Not Found"))


def _json(body: Json, status: int) -> web.Response:
    return web.Response(
        status=status, text=json.dumps(body, ensure_ascii=False), content_type="application/json"
    )


def _refuse(error: ApiError) -> web.Response:
    return _json(error.body(), error.code)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)  # goes nowhere: the connection is closed


async def _read_request(request: web.Request) -> dict[str, Any]:
    """Query and body together, the body winning; raises 400 for a body of another kind."""
    params: dict[str, Any] = dict(request.query)
    if request.method not in {"GET", "POST"}:
        raise ApiError(405, "Method Not Allowed")
    if request.content_type == "application/json":
        params |= await _read_json(request)
    elif request.content_type in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        params |= await _read_form(request)
    elif await request.read():
        raise bad_request(f"unsupported content type {request.content_type}")
    return params


async def _read_form(request: web.Request) -> dict[str, Any]:
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse the form") from None
    return {name: await _read_part(value) for name, value in form.items()}


async def _read_part(value: Any) -> str | Upload:
    if isinstance(value, web.FileField):
        content = await asyncio.to_thread(value.file.read)
        return Upload(value.filename, content)
    return value.decode() if isinstance(value, bytes | bytearray) else str(value)


async def _read_json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("object expected as a request body")
    return body
