"""Makes the pictures of the README again: python -m tests.browser.pictures [FOLDER]"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.stage import PATIENCE, PHONE, Group, launch, open_group, serve
from tests.needs import find_chromium

FOLDER = Path(__file__).parents[2] / "docs" / "images"
WIDE = ViewportSize(width=1280, height=900)
LARGEST = 300_000  # bytes of a picture


def main() -> int:
    """Writes group.png and phone.png; 1 when there is no Chromium, or a picture is too large."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("Chromium is missing: apt-get install chromium fonts-noto-cjk" + "\n")
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
        _begin_work(group)
        group.next_morning()
        digest = group.find("11月23日 周一")
        expect(digest).to_be_visible()
        group.play("环境局·丁")
        _tidy(group.page)
        card.evaluate("post => post.scrollIntoView({ block: 'start' })")
        return _shoot(group.page, path)


def take_phone(browser: Browser, path: Path) -> int:
    """A phone: when something is due, and how that was counted."""
    with serve() as address, open_group(browser, address, PHONE) as group:
        group.send_sample(0)
        _begin_work(group)
        group.next_morning()
        expect(group.find("11月23日 周一")).to_be_visible()
        group.send_sample(5)
        expect(group.find("17:30 到期", "次日起算")).to_be_visible()
        _tidy(group.page)
        return _shoot(group.page, path)


def _begin_work(group: Group) -> None:
    """One department is at work, one has taken its task, the others have not."""
    group.send_sample(4)
    group.play("自规局·丙")
    group.press("领账 · 自规局")
    expect(group.toast).to_contain_text("已领账")


def _tidy(page: Page) -> None:
    """Without what moves or goes away by itself."""
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
