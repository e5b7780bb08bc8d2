"""Makes the pictures of the README again: python -m tests.browser.pictures [FOLDER]"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from tests.browser.stage import PATIENCE, PHONE, Group, launch, open_group, serve
from tests.needs import find_chromium

FOLDER = Path(__file__).parents[2] / "docs" / "images"
WIDE = ViewportSize(width=1280, height=900)
MARGIN = 24  # pixels above and under the posts
LARGEST = 300_000  # bytes of a picture


def main() -> int:
    """Writes group.png and phone.png; 1 when there is no Chromium, or a picture is too large."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("Chromium is missing: apt-get install chromium fonts-noto-cjk\n")
        return 1
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = launch(playwright, chromium)
        sizes = [
            take_group(browser, folder / "group.png"),
            take_phone(browser, folder / "phone.png"),
        ]
        browser.close()
    return int(max(sizes) > LARGEST)


def take_group(browser: Browser, path: Path) -> int:
    """The group on a desktop, one morning: the card of a project, and the digest under it."""
    with serve() as address, open_group(browser, address, WIDE) as group:
        card = group.send_sample(0)
        _begin_work(group, card)
        digest = _see_morning(group)
        group.play("环境局·丁")
        _tidy(group.page)
        _fit(group.page, WIDE, card, digest)
        return _shoot(group.page, path)


def take_phone(browser: Browser, path: Path) -> int:
    """A phone, the same morning: the digest, when something is due, and how that was counted."""
    with serve() as address, open_group(browser, address, PHONE) as group:
        card = group.send_sample(0)
        _begin_work(group, card)
        group.send_sample(4)
        digest = _see_morning(group)
        answer = group.send_sample(5)
        expect(answer).to_contain_text("次日起算")
        _tidy(group.page)
        _fit(group.page, PHONE, digest, answer)
        return _shoot(group.page, path)


def _begin_work(group: Group, card: Locator) -> None:
    """Two departments took their tasks and talked to the owner, one has yet to; one did nothing."""
    for person, department in (("自规局·丙", "自规局"), ("环境局·丁", "生态环境局")):
        group.play(person)
        group.press(f"领账 · {department}", card)
        expect(group.buttons(card).filter(has_text=f"领账 · {department}")).to_have_count(0)
        group.press(f"· {department}", card)
        expect(group.toast).to_contain_text("已联系业主")
    group.play("住建局·己")
    group.press("领账 · 住建局", card)
    expect(group.toast).to_contain_text("已领账")


def _see_morning(group: Group) -> Locator:
    """The digest of the next working morning."""
    group.next_morning()
    digest = group.find("11月23日 周一", "待领账")
    expect(digest).to_be_visible()
    return digest


def _fit(page: Page, window: ViewportSize, first: Locator, last: Locator) -> None:
    """Makes the window as high as it takes to see one post and all after it."""
    wanted = last.evaluate("(end, top) => end.getBoundingClientRect().bottom - top", _top(first))
    room: int = page.locator("#stream").evaluate("stream => stream.clientHeight")
    height = window["height"] + round(wanted) - room + MARGIN
    page.set_viewport_size(ViewportSize(width=window["width"], height=height))
    page.locator("#stream").evaluate("stream => stream.scrollTo(0, stream.scrollHeight)")


def _top(post: Locator) -> float:
    top: float = post.evaluate("post => post.getBoundingClientRect().top")
    return top


def _tidy(page: Page) -> None:
    """Without what moves, goes away by itself, or is for trying only."""
    page.locator("#samples-toggle").click()
    close = page.locator("#hint-close")
    if close.is_visible():
        close.click()
    page.locator("#toasts > *").evaluate_all("nodes => nodes.forEach((node) => node.remove())")
    page.mouse.move(0, 0)


def _shoot(page: Page, path: Path) -> int:
    page.evaluate("document.activeElement?.blur()")
    page.screenshot(path=path, scale="css", animations="disabled")
    size = path.stat().st_size
    sys.stdout.write(f"{path} {size // 1000} KB\n")
    return size


if __name__ == "__main__":
    sys.exit(main())
