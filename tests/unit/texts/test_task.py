"""One task: what is to be done, how its date was counted, and what the group hears of it."""

from datetime import date

from handlers.presses import read_press
from handlers.texts.task import task_post
from handlers.texts.task_news import (
    Done,
    delivered_post,
    made_good_post,
    overtaken_post,
    returned_post,
    steps_done_post,
)
from policy.deadlines import Pause, Period, Unit, count_deadline
from policy.life import State, Step
from tests.unit.texts.build import CALENDAR, LONG_NAME, NOW, PACK, ZH, at, labels, task, text

TWENTY = Period(20, Unit.WORKING_DAYS, "驻政办〔2021〕37号第二十四条")


def test_an_accepted_task_shows_its_date_and_how_it_was_counted() -> None:
    finish = count_deadline(
        CALENDAR, date(2026, 11, 20), TWENTY, [Pause(date(2026, 11, 25), date(2026, 11, 25))]
    )
    assert finish.due == date(2026, 12, 21)
    found = task(5, "eia_report", State.ACCEPTED, due=finish.due)
    post = task_post(ZH, PACK, found, finish, NOW)
    assert text(post).splitlines() == [
        "5号 环评报告书",
        "12月21日 周一 17:30 到期，还剩 17 个工作日",
        "市生态环境局 · #12 宏达食品加工产业园（遂平县）",
        "11月20日 周五受理，次日起算 20 个工作日（驻政办〔2021〕37号第二十四条）",
        "不计：11月25日（停表）；周末 10 天",
    ]
    assert labels(post) == ["交账", "停表：业主补正", "停表：特别程序"]


def test_a_new_task_says_until_when_it_is_to_be_taken() -> None:
    post = task_post(ZH, PACK, task(5, "eia_report"), None, NOW)
    assert post.lines[1].text == "请于 11月27日 周五 17:30 前领账并联系业主"
    assert "受理次日起算 20 个工作日（驻政办〔2021〕37号第二十四条）" in text(post)
    assert "不归本单位的，回复本条“退回：原因”" in text(post)
    assert labels(post) == ["领账", "已联系业主"]


def test_a_late_task_says_since_when() -> None:
    late = task(9, "construction_permit", State.ACCEPTED, due=date(2026, 11, 24), boarded_on=NOW)
    post = task_post(ZH, PACK, late, None, NOW, [task(1, "enterprise_approval")])
    assert post.lines[1].text == "逾期 2 个工作日，挂牌（时限 11月24日 周二 17:30）"
    assert "须先办结：1号 企业投资项目核准" in text(post)


def test_due_today_until_the_close_of_business() -> None:
    found = task(9, "land", State.ACCEPTED, due=date(2026, 11, 26))
    assert task_post(ZH, PACK, found, None, at(17, 0)).lines[1].text == "今天 17:30 到期"
    late = task_post(ZH, PACK, found, None, at(18, 0)).lines[1].text
    assert late == "今天 17:30 已到期（时限 11月26日 周四 17:30）"


def test_a_stopped_clock_says_for_whom_and_what_is_left() -> None:
    finish = count_deadline(CALENDAR, date(2026, 11, 20), TWENTY, [Pause(date(2026, 11, 25), None)])
    found = task(4, "eia_report", State.PAUSED, next_what="procedure", reason="专家评审")
    post = task_post(ZH, PACK, found, finish, NOW)
    assert post.lines[1].text == "停表，特别程序"
    assert "原因：专家评审" in text(post)
    assert "11月25日起停表：已计 2 天，余 18 天，恢复计时后再定到期日" in text(post)
    assert labels(post) == ["恢复计时", "交账"]


def test_every_state_has_a_post_and_its_buttons_can_be_read() -> None:
    for state in State:
        post = task_post(ZH, PACK, task(4, "land", state, closed_at=NOW), None, NOW)
        assert all(read_press(button.press) for row in post.buttons for button in row)
        assert len(post.lines[1].text) > 2


def test_a_returned_task_can_go_to_the_departments_that_approve_anything() -> None:
    found = task(6, "land", State.RETURNED, reason="不归本局")
    post = returned_post(ZH, PACK, found, NOW)
    assert text(post).splitlines() == [
        "6号 用地预审 被退回",
        "市自规局 · #12 宏达食品加工产业园（遂平县）",
        "不归本局",
        "已退回，重点办应于 11月27日 周五 17:30 前重新下达",
    ]
    assert labels(post) == ["重新下达", "转 发改委", "转 生态环境局", "转 住建局", "转 城管局"]


def test_a_hand_in_tells_the_office_what_to_do() -> None:
    found = task(6, "land", State.DELIVERED, document="驻自然资函〔2026〕88号")
    post = delivered_post(ZH, PACK, found, NOW)
    assert "驻自然资函〔2026〕88号" in text(post)
    assert "核验不通过的，回复本条“补账：原因”" in text(post)
    assert labels(post) == ["销号"]


def test_what_is_to_be_made_good_has_its_reason_and_its_date() -> None:
    found = task(6, "land", State.ACCEPTED, due=date(2026, 12, 2), reason="批文没有盖章")
    post = made_good_post(ZH, PACK, found, NOW)
    assert text(post).splitlines()[0] == "6号 用地预审 需补账"
    assert "12月2日 周三 17:30 到期，还剩 4 个工作日" in text(post)


def test_steps_by_text_are_confirmed_in_one_post() -> None:
    done = [
        Done(Step.ACKNOWLEDGE, task(5, "land", State.ACKNOWLEDGED)),
        Done(Step.ACKNOWLEDGE, task(6, "energy", State.ACKNOWLEDGED)),
        Done("report", task(7, "outfall", State.ACCEPTED)),
    ]
    post = steps_done_post(ZH, PACK, done, NOW)
    assert text(post) == "5、6号已领账。下一步：联系业主、送材料清单\n7号对账已记下"
    assert labels(post) == ["打开 5号", "打开 6号", "打开 7号"]
    closed = [Done(Step.CLOSE, task(5, "land", State.CLOSED))]
    assert steps_done_post(ZH, PACK, closed, NOW).buttons == ()


def test_an_acceptance_by_text_is_answered_with_the_date() -> None:
    accepted = [Done(Step.ACCEPT, task(5, "land", State.ACCEPTED, due=date(2026, 12, 2)))]
    post = steps_done_post(ZH, PACK, accepted, NOW)
    assert text(post) == "5号已受理，12月2日 周三 17:30 到期，还剩 4 个工作日"
    assert labels(post)[0] == "交账"


def test_news_that_were_overtaken_say_what_became_of_the_task() -> None:
    closed = task(4, "land", State.CLOSED, closed_at=NOW, changed_at=NOW, changed_by="重点办·甲")
    post = overtaken_post(ZH, closed)
    assert text(post) == "4号 用地预审 已销号（重点办·甲，今天 08:30）"
    assert post.buttons == ()


def test_somebodys_endless_words_fit() -> None:
    found = task(4, "eia_report", State.PAUSED, reason="长" * 5000, report="长" * 5000)
    post = task_post(ZH, PACK, found, None, NOW, [task(1, "land", project_name=LONG_NAME)])
    assert len(text(post)) < 1500
