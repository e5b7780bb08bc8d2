"""The rehearsal on a free port, and its page in Chromium as somebody in the group uses it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, Playwright, ViewportSize, expect

from bot.rehearsal import run_sandbox
from bot.settings import Clock, load_settings

# A Friday: the first working day after it is the Monday, and all of it is in a published year.
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
PATIENCE = 15.0  # seconds for the server to start, and for what is expected to be seen

# Chromium as root, without a screen, and without calling anybody by itself.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def serve(start: datetime = FRIDAY) -> Iterator[str]:
    """The address of a fresh rehearsal that begins at `start`."""
    server = _Server(start)
    server.begin()
    try:
        yield server.address
    finally:
        server.end()


class _Server:
    """The rehearsal in a thread of its own: Playwright's loop has the main one."""

    def __init__(self, start: datetime) -> None:
        self.address = ""
        self._settings = load_settings().model_copy(update={"clock": Clock(start=start)})
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="rehearsal", daemon=True)
        self._failure: BaseException | None = None

    def begin(self) -> None:
        """Returns when the page answers; raises what the rehearsal ended with."""
        self._thread.start()
        if not self._ready.wait(PATIENCE):
            raise TimeoutError("the rehearsal did not begin")
        if self._failure is not None:
            raise self._failure

    def end(self) -> None:
        """Returns when nothing of it is left."""
        self._loop.call_soon_threadsafe(self._work.cancel)
        self._thread.join(PATIENCE)

    def _serve(self) -> None:
        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            self._work = asyncio.ensure_future(run_sandbox(self._settings, 0, self._announce))
            await self._work

        try:
            with suppress(asyncio.CancelledError):
                asyncio.run(main())
        except BaseException as failure:
            self._failure = failure
        finally:
            self._ready.set()

    def _announce(self, address: str) -> None:
        self.address = address
        self._ready.set()


def launch(playwright: Playwright, chromium: str) -> Browser:
    """The Chromium at this path."""
    return playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))


@contextmanager
def open_group(
    browser: Browser, address: str, viewport: ViewportSize = DESKTOP, *, dark: bool = False
) -> Iterator["Group"]:
    """The page in a window; a phone's window is touched. It must not have complained at the end."""
    phone = viewport["width"] < 600
    context = browser.new_context(
        viewport=viewport,
        is_mobile=phone,
        has_touch=phone,
        device_scale_factor=2 if phone else 1,
        color_scheme="dark" if dark else "light",
        locale="zh-CN",
    )
    try:
        group = Group(context.new_page())
        group.page.goto(address)
        expect(group.posts).to_have_count(1)  # the greeting
        yield group
        assert not group.complaints
    finally:
        context.close()


class Group:
    """The group as one person after the other uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )

    @property
    def posts(self) -> Locator:
        """What the assistant has said in the open chat, oldest first."""
        return self.page.locator("article.from-bot")

    @property
    def last(self) -> Locator:
        """Its latest post."""
        return self.posts.last

    @property
    def alert(self) -> Locator:
        """The dialog that has to be read."""
        return self.page.get_by_test_id("alert")

    @property
    def toast(self) -> Locator:
        """The short answer to a press."""
        return self.page.get_by_test_id("toast")

    @property
    def calls(self) -> Locator:
        """The calls in the inspector."""
        return self.page.get_by_test_id("inspector-call")

    @property
    def now(self) -> Locator:
        """The clock."""
        return self.page.get_by_test_id("clock-now")

    def find(self, *words: str) -> Locator:
        """The assistant's latest post that has all the words in it."""
        found = self.posts
        for word in words:
            found = found.filter(has_text=word)
        return found.last

    def play(self, name: str) -> None:
        """Be somebody else: chosen by name, as in the field before the text."""
        select = self.page.get_by_test_id("person-select")
        label = select.locator("option", has_text=name).first.text_content()
        select.select_option(label=label)

    def choose_sample(self, at: int) -> None:
        """One click on a sample: its text is in the field, in its speaker's name."""
        self.page.get_by_test_id(f"sample-{at}").click()

    def send(self) -> None:
        """One click on 发送."""
        self.page.get_by_test_id("send").click()

    def send_sample(self, at: int) -> Locator:
        """A sample, sent; returns the post that follows."""
        before = self.posts.count()
        self.choose_sample(at)
        self.send()
        expect(self.posts.nth(before)).to_be_visible()
        return self.posts.nth(before)

    def press(self, label: str, post: Locator | None = None) -> None:
        """One click on a button under a post; by default the latest with such a label."""
        buttons = (post or self.page).get_by_test_id("inline-button")
        buttons.filter(has_text=label).last.click()

    def buttons(self, post: Locator) -> Locator:
        """The buttons under a post."""
        return post.get_by_test_id("inline-button")

    def next_morning(self) -> None:
        """One click on the clock; returns when it shows the morning."""
        before = self.now.get_attribute("datetime") or ""
        self.page.get_by_test_id("clock-next-morning").click()
        expect(self.now).not_to_have_attribute("datetime", before)
        expect(self.now).to_contain_text("08:30")

    def take_step(self, label: str) -> None:
        """The tour's next step, which is a button."""
        step = self.page.get_by_test_id("tour-step")
        expect(step).to_contain_text(label)
        step.click()

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width
