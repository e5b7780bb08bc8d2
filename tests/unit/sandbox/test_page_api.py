"""What the page gets and does."""

import asyncio
from datetime import datetime
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox, StillClock
from tests.unit.sandbox.conftest import FRIDAY, Api


class Page:
    """The page's side."""

    def __init__(self, http: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self._http = http
        self._sandbox = sandbox

    async def get(self, path: str) -> Any:
        async with self._http.get(f"{self._sandbox.base_url}/api/{path}") as response:
            assert response.status == 200
            return await response.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        url = f"{self._sandbox.base_url}/api/{path}"
        async with self._http.post(url, json=body) as response:
            assert response.status == status, await response.text()
            return await response.json()


@pytest.fixture
def page(http: aiohttp.ClientSession, sandbox: Sandbox) -> Page:
    """The page of the running sandbox."""
    return Page(http, sandbox)


async def test_the_world_is_described(page: Page, sandbox: Sandbox) -> None:
    world = await page.get("world")
    assert world["group"]["id"] == sandbox.group
    assert {"id", "name", "role", "unit", "note"} <= world["people"][0].keys()
    assert world["chats"][0]["kind"] == "group"
    assert all(chat["with"] == chat["id"] for chat in world["chats"][1:])
    assert "虚构" in world["notice"]
    assert world["clock"] == {
        "now": FRIDAY.isoformat(),
        "weekday": "周五",
        "working": True,
        "kind_name": "工作日",
    }


async def test_samples_carry_dates_of_the_sandboxs_clock(page: Page) -> None:
    samples = (await page.get("world"))["samples"]
    assert "签约日期：2026-11-19" in samples[0]["text"]
    assert "签约日期：2026-11-20" in samples[1]["text"]
    assert not any("{" in sample["text"] for sample in samples)


async def test_a_message_sent_from_the_page_reaches_the_bot(page: Page, api: Api) -> None:
    group = api.sandbox.group
    said: dict[str, Any] = {"as": 1001, "chat_id": group, "text": "你好"}
    sent = await page.post("send", **said)
    (update,) = await api.result("getUpdates")
    assert update["message"]["message_id"] == sent["message_id"]
    body = {**said, "message_id": sent["message_id"], "text": "改了"}
    await page.post("edit", **body)
    await page.post("delete", **body)


async def test_events_are_numbered_and_can_be_followed(page: Page, api: Api) -> None:
    await api.send("<b>甲</b>", parse_mode="HTML")
    first = await page.get("events?after=0")
    kinds = [event["type"] for event in first["events"]]
    assert kinds == ["message", "call"]
    assert first["events"][0]["message"]["html"] == "<b>甲</b>"
    waiting = asyncio.create_task(page.get(f"events?after={first['seq']}"))
    await asyncio.sleep(0.05)
    api.sandbox.say("office", None, "来了")
    batch = await asyncio.wait_for(waiting, 2)
    assert [event["seq"] for event in batch["events"]] == [first["seq"] + 1]


async def test_a_press_from_the_page_waits_for_the_answer(page: Page, api: Api) -> None:
    markup = {"inline_keyboard": [[{"text": "领账", "callback_data": "take:5"}]]}
    card = await api.send("5号", reply_markup=markup)
    body = {"as": 1004, "chat_id": api.sandbox.group, "message_id": card["message_id"]}
    press = asyncio.create_task(page.post("press", **body, data="take:5"))
    (update,) = await api.result("getUpdates", timeout=5)
    query_id = update["callback_query"]["id"]
    await api.result("answerCallbackQuery", callback_query_id=query_id, text="已领账")
    assert (await press)["answer"] == {"text": "已领账", "show_alert": False}


async def test_refused_calls_are_shown_with_their_reason(page: Page, api: Api) -> None:
    await api.refusal("sendMessage", chat_id=4711, text="a")
    (call,) = (await page.get("calls"))["calls"]
    assert (call["method"], call["ok"]) == ("sendMessage", False)
    assert call["error"] == "Bad Request: chat not found"
    assert call["params"] == {"chat_id": 4711, "text": "a"}
    assert (await page.get(f"calls?after={call['seq']}"))["calls"] == []


@pytest.mark.parametrize(
    ("to", "now"),
    [
        ("next_working_morning", "2026-11-23T08:30:00+08:00"),
        ("+1h", "2026-11-20T10:00:00+08:00"),
        ("+90m", "2026-11-20T10:30:00+08:00"),
        ("2026-12-01T08:00:00+08:00", "2026-12-01T08:00:00+08:00"),
        ("2026-12-01T08:00:00", "2026-12-01T08:00:00+08:00"),
    ],
)
async def test_the_clock_moves_and_says_so(page: Page, sandbox: Sandbox, to: str, now: str) -> None:
    told: list[datetime] = []
    sandbox.on_clock_moved.append(told.append)
    assert (await page.post("clock", to=to))["now"] == now
    assert [moment.isoformat() for moment in told] == [now]
    events = (await page.get("events?after=0"))["events"]
    assert events[-1]["clock"]["now"] == now


async def test_a_closed_page_does_not_stop_what_the_clock_set_off(
    page: Page, sandbox: Sandbox
) -> None:
    done = asyncio.Event()

    async def work(_now: datetime) -> None:
        await asyncio.sleep(0.2)
        done.set()

    sandbox.on_clock_moved.append(work)
    closing = asyncio.create_task(page.post("clock", to="+1h"))
    await asyncio.sleep(0.1)
    closing.cancel()
    await asyncio.wait_for(done.wait(), 2)


@pytest.mark.parametrize("to", ["2026-11-19T08:00:00", "soon", "9999-01-01", "+1w"])
async def test_the_clock_does_not_go_back_or_nowhere(page: Page, sandbox: Sandbox, to: str) -> None:
    await page.post("clock", status=400, to=to)
    assert sandbox.world.clock.now() == FRIDAY


@pytest.mark.parametrize(
    ("day", "working", "kind"),
    [
        ("2026-02-14", True, "调休上班"),
        ("2026-02-16", False, "法定节假日"),
        ("2026-10-10", True, "调休上班"),
        ("2026-11-21", False, "周末"),
        ("2026-11-23", True, "工作日"),
    ],
)
async def test_the_day_is_named_after_its_kind(
    sandbox: Sandbox, day: str, working: bool, kind: str
) -> None:
    clock = StillClock(datetime.fromisoformat(f"{day}T08:00:00+08:00"))
    shown = Sandbox(sandbox.cast, clock, port=0).describe_clock()
    assert shown["working"] is working
    assert shown["kind_name"].startswith(kind)


async def test_files_go_up_and_only_pictures_are_shown(
    http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    form = aiohttp.FormData({"as": "1001", "chat_id": str(sandbox.group)})
    form.add_field("file", b"<script>", filename="页.html", content_type="text/html")
    async with http.post(f"{sandbox.base_url}/api/upload", data=form) as response:
        assert response.status == 200
    file_id = sandbox.messages()[-1]["document"]["file_id"]
    async with http.get(f"{sandbox.base_url}/api/file/{file_id}") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.content_type == "application/octet-stream"
        assert await response.read() == b"<script>"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"as": 4711, "chat_id": -1009000000001, "text": "a"},
        {"as": 1001, "chat_id": 1002, "text": "a"},
        {"as": 1001, "chat_id": -1009000000001, "text": ""},
        {"as": 1001, "chat_id": -1009000000001, "text": "a", "reply_to": 99},
    ],
)
async def test_what_makes_no_sense_is_answered_with_a_reason(
    page: Page, body: dict[str, Any]
) -> None:
    assert (await page.post("send", status=400, **body))["error"]


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
async def test_other_sites_cannot_reach_it_through_the_browser(
    http: aiohttp.ClientSession, sandbox: Sandbox, headers: dict[str, str]
) -> None:
    for path in ("/api/world", f"/bot{sandbox.token}/getMe"):
        async with http.get(sandbox.base_url + path, headers=headers) as response:
            assert response.status == 403


async def test_the_page_itself_is_served(http: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    async with http.get(sandbox.base_url) as response:
        assert response.content_type == "text/html"
    async with http.get(f"{sandbox.base_url}/../server.py") as response:
        assert response.status == 404
