"""The morning: by urgency, then by department, and at most about a dozen lines."""

from datetime import date

from bot.channels.markup import to_html
from handlers.texts.digest import digest_post
from policy.life import State
from tests.unit.texts.build import (
    EN,
    LONG_NAME,
    NOW,
    PACK,
    ZH,
    digest,
    draft,
    labels,
    project,
    task,
    text,
)

LATE = (
    task(5, "eia_report", State.ACCEPTED, due=date(2026, 11, 24), boarded_on=date(2026, 11, 25)),
    task(9, "construction_permit", due=date(2026, 11, 25), project_name="金麦面业智能化生产线"),
)
DUE_TODAY = (task(6, "land", State.ACCEPTED, due=date(2026, 11, 26)),)
TOMORROW = (task(7, "greenery", State.ACKNOWLEDGED, due=date(2026, 11, 27)),)
MANY = tuple(
    task(at, PACK.items[at % 13].key, State.ACCEPTED, due=date(2026, 11, 24 if at % 3 else 26))
    for at in range(1, 200)
)


def test_a_morning_in_the_order_in_which_it_is_read() -> None:
    post = digest_post(ZH, PACK, digest(late=LATE, today=DUE_TODAY, soon=TOMORROW), NOW)
    assert text(post).splitlines() == [
        "11月26日 周四",
        "逾期 2 · 挂牌 1 · 即将到期 2 · 未领 1",
        "逾期",
        "🔴 市生态环境局 5号 宏达食品加工产业园 环评报告书 逾期 2 个工作日，挂牌",
        "🔴 市住建局 9号 金麦面业智能化生产线 施工许可证 未领账，逾期 1 个工作日",
        "今天 17:30 到期",
        "◐ 市自规局 6号 宏达食品加工产业园 用地预审",
        "11月27日 周五到期",
        "◐ 市城管局 7号 宏达食品加工产业园 绿地树木审批，待联系业主",
    ]
    assert labels(post) == ["我的任务"]


def test_the_office_is_counted_as_strictly() -> None:
    checks = (
        task(20, "land", State.DELIVERED),
        task(21, "energy", State.RETURNED, due=date(2026, 11, 25)),
    )
    post = digest_post(
        ZH,
        PACK,
        digest(to_register=(draft(),), to_dispatch=(project(left=0),), to_check=checks),
        NOW,
    )
    assert text(post).splitlines() == [
        "11月26日 周四",
        "重点办",
        "○ 待建账：宏达食品加工产业园，还剩 1 个工作日",
        "◐ 待下达：宏达食品加工产业园，今天到期",
        "○ 待核验：20号，还剩 1 个工作日",
        "🔴 待重新下达：21号，逾期 1 个工作日",
    ]
    assert labels(post) == ["待补登记"]


def test_two_hundred_tasks_are_summed_up_by_department() -> None:
    found = digest(
        late=tuple(t for t in MANY if t.late),
        today=tuple(t for t in MANY if not t.late),
        untaken=tuple(task(300 + at, "land") for at in range(7)),
        to_register=tuple(draft(id=at, fields={"name": LONG_NAME}) for at in range(9)),
    )
    post = digest_post(ZH, PACK, found, NOW)
    assert len(post.lines) <= 12
    assert len(to_html(post)) < 4096
    assert (
        "🔴 市自规局：逾期 10（5号2天、31号2天、44号2天、70号2天、83号2天…）、今天到期 5"
        in text(post)
    )
    assert labels(post) == ["我的任务", "全部逾期 133 项", "待补登记"]


def test_a_few_tasks_with_the_longest_names_stay_short() -> None:
    tasks = tuple(task(at, "feasibility", project_name=LONG_NAME) for at in range(8))
    post = digest_post(ZH, PACK, digest(untaken=tasks), NOW)
    assert max(len(line.text) for line in post.lines) < 50


def test_in_english() -> None:
    post = digest_post(EN, PACK, digest(late=LATE), NOW)
    assert (
        "🔴 市生态环境局 no. 5 宏达食品加工产业园 环评报告书 2 working days overdue, on the board"
        in text(post)
    )
