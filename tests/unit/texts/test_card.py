"""A project's card: the deciding thing first, one next step for each, and never too long."""

from datetime import date

from bot.channels.markup import to_html
from handlers.texts.card import card_post
from policy.life import OPEN, State
from store.queries.choices import list_undecided
from store.queries.tasks import TaskRow
from tests.unit.texts.build import (
    CALENDAR,
    EN,
    LONG_NAME,
    NOW,
    PACK,
    ZH,
    at,
    card,
    labels,
    task,
    text,
)

NEW = [
    task(1, "enterprise_approval"),
    task(2, "energy"),
    task(3, "land"),
    task(4, "eia_report"),
    task(5, "construction_permit"),
]


def test_a_new_project_in_the_order_in_which_it_is_read() -> None:
    post = card_post(ZH, PACK, card(*NEW), NOW)
    assert text(post).splitlines() == [
        "#12 宏达食品加工产业园",
        "请于 11月27日 周五 17:30 前领账并联系业主",
        "遂平县 · 5.2亿元 · 11月20日 周五签约",
        "业主 演练宏达食品有限公司 张工 137****0001",
        "开工：目标 2027年2月18日 周四，红线 3月31日 周三（暂定，2027年放假安排未公布）",
        "落地推进小组 11月27日 周五 前成立",
        "审批 5 项已下达；共 40 个工作日，已用 0",
        "○ 1号 市发改委 企业投资项目核准 · 受理后 1 个工作日",
        "○ 2号 市发改委 节能审查 · 受理后 6 个工作日",
        "○ 3号 市自规局 用地预审 · 受理后 10 个工作日",
        "○ 4号 市生态环境局 环评报告书 · 受理后 20 个工作日",
        "○ 5号 市住建局 施工许可证 · 受理后 1 个工作日",
    ]
    assert labels(post) == [
        "领账 · 发改委",
        "领账 · 自规局",
        "领账 · 生态环境局",
        "领账 · 住建局",
        "登记落地小组成立",
    ]
    assert post.buttons[0][0].press == "take:12:市发展和改革委员会"


def test_what_is_late_comes_first() -> None:
    late = task(3, "land", State.ACCEPTED, due=date(2026, 11, 24), boarded_on=date(2026, 11, 25))
    today = task(6, "greenery", State.ACCEPTED, due=date(2026, 11, 26))
    lines = text(card_post(ZH, PACK, card(NEW[0], today, late), NOW)).splitlines()
    assert lines[1] == "逾期 1 项 · 今天到期 1 项"
    assert lines[-3:] == [
        "🔴 3号 市自规局 用地预审 · 逾期 2 个工作日，挂牌",
        "○ 1号 市发改委 企业投资项目核准 · 受理后 1 个工作日",
        "◐ 6号 市城管局 绿地树木审批 · 今天 17:30 到期",
    ]


def test_a_limit_passes_at_the_close_of_business() -> None:
    today = task(6, "greenery", State.ACCEPTED, due=date(2026, 11, 26))
    before = text(card_post(ZH, PACK, card(today), at(17, 29)))
    after = text(card_post(ZH, PACK, card(today), at(17, 30)))
    assert "◐ 6号 市城管局 绿地树木审批 · 今天 17:30 到期" in before
    assert "🔴 6号 市城管局 绿地树木审批 · 今天 17:30 已到期" in after


def test_every_state_has_its_few_words() -> None:
    tasks = [
        task(1, "enterprise_approval", State.CLOSED, closed_at=NOW),
        task(2, "energy", State.DELIVERED),
        task(3, "land", State.RETURNED),
        task(4, "eia_report", State.PAUSED, next_what="owner"),
        task(5, "construction_permit", State.CONTACTED),
        task(7, "municipal", State.ACCEPTED, due=date(2027, 1, 5), provisional=True),
        task(8, "water_relocation", State.ACKNOWLEDGED),
        task(9, "outfall", State.CANCELLED),
        task(10, "greenery", State.TRANSFERRED),
    ]
    said = text(card_post(ZH, PACK, card(*tasks), NOW))
    for line in (
        "◐ 2号 市发改委 节能审查 · 已交账，待核验",
        "◐ 3号 市自规局 用地预审 · 已退回，待重新下达",
        "‖ 4号 市生态环境局 环评报告书 · 停表，等业主补正",
        "○ 5号 市住建局 施工许可证 · 待 2、3、4号办结",
        "○ 7号 市城管局 市政设施建设审批 · 2027年1月5日 周二到期（暂定）",
        "○ 8号 市城管局 供排水设施审核 · 已领账，待联系业主",
        "✓ 9号 市生态环境局 排污口审核 · 已取消",
        "✓ 已销号：1号 企业投资项目核准",
        "审批 8 项，已销号 1；共 40 个工作日，已用 0",
    ):
        assert line in said
    assert "10号" not in said


def test_each_department_has_one_next_step() -> None:
    def steps(*tasks: TaskRow) -> list[str]:
        formed = card(*tasks, team_formed_on=date(2026, 11, 23))
        return labels(card_post(ZH, PACK, formed, NOW))

    dispatched, taken = task(1, "energy"), task(2, "proposal", State.ACKNOWLEDGED)
    accepted = task(3, "feasibility", State.ACCEPTED, due=date(2026, 12, 3))
    assert steps(dispatched, taken, accepted) == ["领账 · 发改委"]
    assert steps(taken, accepted) == ["已联系 · 发改委"]
    assert steps(accepted) == ["办理 · 发改委"]
    assert steps(task(4, "land", State.DELIVERED), task(5, "outfall", State.RETURNED)) == [
        "核验 4号",
        "重新下达 5号",
    ]
    assert steps(task(6, "land", State.CLOSED)) == []


def test_one_open_task_opens_at_once_and_several_as_a_list() -> None:
    one = task(3, "feasibility", State.ACCEPTED, due=date(2026, 12, 3))
    other = task(4, "proposal", State.ACCEPTED, due=date(2026, 12, 3))
    assert card_post(ZH, PACK, card(one), NOW).buttons[0][0].press == "task:103"
    both = card_post(ZH, PACK, card(one, other), NOW)
    assert both.buttons[0][0].press == "tasks:12:市发展和改革委员会"


def test_what_the_office_has_to_choose_has_its_buttons_and_its_clock() -> None:
    undecided = list_undecided(PACK, "industrial", {})
    post = card_post(ZH, PACK, card(*NEW[:3], undecided=undecided, dispatched_at=None), NOW)
    assert "待重点办选定：环评类别\n应于 11月27日 周五 17:30 前下达" in text(post)
    assert [button.press for button in post.buttons[0]] == [
        "choose:12:eia:report",
        "choose:12:eia:form",
    ]
    late = card(undecided=undecided, dispatched_at=None, late=2)
    assert "下达逾期 2 个工作日" in text(card_post(ZH, PACK, late, NOW))


def test_the_phone_is_masked_in_a_group_and_whole_in_private() -> None:
    assert "13700000001" not in text(card_post(ZH, PACK, card(), NOW))
    assert "13700000001" in text(card_post(ZH, PACK, card(), NOW, private=True))
    without = text(card_post(ZH, PACK, card(phone=None), NOW))
    assert "业主电话未登记，请告知重点办" in without


def test_a_foreign_amount_stays_in_its_currency() -> None:
    post = card_post(ZH, PACK, card(investment_yuan=None, currency="USD", amount=8_000_000), NOW)
    assert "遂平县 · 800万美元 · 11月20日 周五签约" in text(post)


def test_thirteen_tasks_and_the_longest_name_fit() -> None:
    states = [state for state in State if state in OPEN]
    tasks = [
        task(10**6 + at, item.key, states[at % len(states)], reason="理由" * 500)
        for at, item in enumerate(PACK.items)
    ]
    post = card_post(ZH, PACK, card(*tasks, name=LONG_NAME[:100], owner="公司" * 60), NOW)
    assert len(text(post)) < 2000
    assert len(to_html(post)) < 4096
    assert "城市管理" not in text(post)  # short names only


def test_what_looks_like_markup_stays_text() -> None:
    post = card_post(ZH, PACK, card(name="<b>{x}</b> & [a](b)"), NOW)
    assert post.lines[0].text == "#12 <b>{x}</b> & [a](b)"


def test_in_english_only_names_are_chinese() -> None:
    said = text(card_post(EN, PACK, card(*NEW, name="Park", owner="Ltd", contact="Z"), NOW))
    assert "Take the tasks and contact the owner by Fri 27 Nov 17:30" in said
    assert "○ no. 2 市发改委 节能审查: 6 working days from acceptance" in said


def test_a_landing_team_is_asked_for_until_it_is_formed() -> None:
    late = card_post(ZH, PACK, card(signed_on=date(2026, 11, 2)), NOW)
    assert "🔴 落地推进小组未成立，应于 11月9日 周一 前成立" in text(late).splitlines()
    formed = card(team_formed_on=date(2026, 11, 23))
    assert "落地推进小组" not in text(card_post(ZH, PACK, formed, NOW))
    assert CALENDAR.is_working(date(2026, 11, 27))
