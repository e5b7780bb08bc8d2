"""The page itself: on a phone, after a reload, with the inspector, and where posts have to wait."""

from playwright.sync_api import Browser, expect

from tests.browser.stage import PHONE, Group, open_group

FINGER = 40  # pixels that a finger needs
UNZOOMED = 16  # pixels of a field's text, below which phones zoom in


def test_on_a_phone_everything_is_at_hand(phone: Group) -> None:
    expect(phone.page.get_by_role("heading", name="一个人，演一个专班")).to_be_in_viewport()
    phone.choose_sample(0)
    expect(phone.page.get_by_test_id("send")).to_be_in_viewport()
    phone.send()
    card = phone.find("#1 演练食品产业园")
    expect(card.get_by_text("#1 演练食品产业园")).to_be_in_viewport()  # read from its beginning
    assert phone.overflow() == 0
    for button in phone.buttons(card).all():
        assert (button.bounding_box() or {"height": 0})["height"] >= FINGER
    size = phone.page.get_by_test_id("message-input").evaluate(
        "field => parseFloat(getComputedStyle(field).fontSize)"
    )
    assert size >= UNZOOMED

    phone.play("环境局·丁")
    phone.press("领账 · 生态环境局", card)
    expect(phone.toast).to_contain_text("4号已领账")
    phone.next_morning()
    expect(phone.last).to_contain_text("11月23日 周一")
    assert phone.overflow() == 0


def test_the_inspector_shows_the_calls_and_none_refused(group: Group) -> None:
    group.send_sample(0)
    group.page.get_by_test_id("inspector-toggle").click()
    expect(group.calls.filter(has_text="sendMessage").first).to_be_visible()
    expect(group.page.get_by_test_id("refused-count")).to_be_hidden()
    group.page.get_by_test_id("inspector-refused-only").click()
    expect(group.calls).to_have_count(0)


def test_a_private_chat_is_between_one_person_and_the_assistant(group: Group) -> None:
    group.send_sample(0)
    group.play("自规局·丙")
    group.page.get_by_test_id("chat-item").filter(has_text="与助手私聊").click()
    group.page.get_by_role("button", name="我的任务").click()
    expect(group.last).to_contain_text("3号")
    group.play("路人·癸")
    expect(group.posts).to_have_count(0)


def test_a_reload_forgets_nothing(browser: Browser, address: str) -> None:
    with open_group(browser, address) as group:
        group.send_sample(0)
        group.page.reload()
        expect(group.find("#1 演练食品产业园")).to_be_visible()
        expect(group.page.get_by_test_id("sample-0")).to_have_class("sample sent")
        expect(group.page.get_by_test_id("tour-step")).to_contain_text("换部门领账")


def test_the_page_says_when_posts_have_to_wait(group: Group) -> None:
    """Twenty a minute are Telegram's limit for a group; beyond it the page must not look dead."""
    expect(group.page.get_by_test_id("budget")).to_be_hidden()
    group.page.evaluate(
        """async () => {
          const { people, group } = await (await fetch("api/world")).json();
          const as = people.find((person) => person.role === "office").id;
          const body = JSON.stringify({ as, chat_id: group.id, text: "现在有哪些逾期" });
          const headers = { "Content-Type": "application/json" };
          const asking = { method: "POST", headers, body };
          for (let n = 0; n < 22; n += 1) await fetch("api/send", asking);
        }"""
    )
    expect(group.page.get_by_test_id("budget")).to_contain_text("每分钟限发 20 条")
    expect(group.page.get_by_test_id("refused-count")).to_be_hidden()


def test_in_the_dark_the_text_stands_out(browser: Browser, address: str) -> None:
    with open_group(browser, address, PHONE, dark=True) as group:
        light, dark = group.last.locator(".bubble").evaluate(
            """bubble => [getComputedStyle(bubble).color, getComputedStyle(bubble).backgroundColor]
              .map((colour) => Math.max(...colour.match(/\\d+/g).slice(0, 3).map(Number)))"""
        )
        assert light - dark > 150
