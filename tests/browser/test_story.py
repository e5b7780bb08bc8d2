"""The page as a newcomer uses it: from the first look to what is overdue."""

from playwright.sync_api import expect

from tests.browser.stage import Group

REGISTER, HAND_OVER, INCOMPLETE, COMPLETE, ACCEPT, ASK, HAND_IN, OVERDUE = range(8)


def test_two_clicks_register_a_project_and_its_tasks(group: Group) -> None:
    group.choose_sample(REGISTER)
    expect(group.page.get_by_test_id("message-input")).to_have_value(
        "\n".join(
            [
                "【签约项目登记】",
                "项目名称：演练食品产业园",
                "签约日期：2026-11-19",
                "所在县区：遂平县",
                "总投资：5.2亿元",
                "项目类型：工业",
                "环评类别：报告表",
                "业主单位：演练食品有限公司（虚构）",
                "联系人：演练员甲",
                "联系电话：13700000000",
            ]
        )
    )
    group.send()
    card = group.find("#1 演练食品产业园")
    expect(card).to_contain_text("4号 市生态环境局 环评报告表")
    expect(group.buttons(card).filter(has_text="领账 · ")).to_have_count(4)


def test_a_department_takes_its_tasks_and_others_may_not(group: Group) -> None:
    card = group.send_sample(REGISTER)

    group.play("路人·癸")
    group.press("领账 · 生态环境局", card)
    expect(group.alert).to_contain_text("加入")
    group.page.get_by_role("button", name="知道了").click()

    group.play("住建局·己")
    group.press("领账 · 生态环境局", card)
    expect(group.alert).to_contain_text("您登记在市住房和城乡建设局")
    group.page.get_by_role("button", name="知道了").click()

    group.play("环境局·丁")
    group.press("领账 · 生态环境局", card)
    expect(group.toast).to_contain_text("4号已领账")
    expect(card).to_contain_text("4号 市生态环境局 环评报告表 · 已领账")
    expect(group.buttons(card).filter(has_text="领账 · 生态环境局")).to_have_count(0)


def test_mornings_bring_the_digest_and_the_board(group: Group) -> None:
    group.send_sample(REGISTER)
    group.next_morning()
    expect(group.now).to_contain_text("11月23日")  # a Monday: nothing happens at the weekend
    digest = group.find("11月23日 周一", "到期")
    expect(digest).to_contain_text("4号")
    group.next_morning()
    expect(group.find("11月24日 周二")).to_contain_text("逾期 1 个工作日")
    group.next_morning()
    expect(group.find("11月25日 周三")).to_contain_text("挂牌")


def test_the_samples_do_in_order_what_their_titles_say(group: Group) -> None:
    expect(group.send_sample(REGISTER)).to_contain_text("#1 演练食品产业园")
    draft = group.send_sample(HAND_OVER)
    expect(draft).to_contain_text("演练装备基地")
    expect(group.buttons(draft).filter(has_text="确认建账")).to_be_visible()
    expect(group.send_sample(INCOMPLETE)).to_contain_text("还差 2 项")
    expect(group.send_sample(COMPLETE)).to_contain_text("#2 演练物流园")
    expect(group.send_sample(ACCEPT)).to_contain_text("4号已受理")
    expect(group.send_sample(ASK)).to_contain_text("12月4日 周五 17:30")
    expect(group.send_sample(HAND_IN)).to_contain_text("4号 环评报告表 已交账")
    group.choose_sample(OVERDUE)
    group.send()
    expect(group.find("没有逾期")).to_be_visible()

    group.play("重点办·甲")
    group.press("确认建账")
    expect(group.find("#3 演练装备基地")).to_be_visible()
    group.press("销号")
    expect(group.toast).to_contain_text("4号已销号")


def test_an_answer_is_not_sent_before_its_question(group: Group) -> None:
    group.choose_sample(COMPLETE)
    expect(group.toast).to_contain_text("缺两行的登记")
    expect(group.page.get_by_test_id("message-input")).to_have_value("")


def test_each_step_of_the_tour_is_a_button(group: Group) -> None:
    group.take_step("选一条示例")
    group.take_step("发送")
    expect(group.find("#1 演练食品产业园")).to_be_visible()
    group.take_step("换部门领账")
    group.page.locator("button.pointed").click()
    expect(group.toast).to_contain_text("已领账")
    group.take_step("到次日看提醒")
    expect(group.find("11月23日 周一", "到期")).to_be_visible()
    group.take_step("再过两天看逾期")
    expect(group.find("11月24日 周二", "逾期")).to_be_visible()
    group.take_step("再过两天看逾期")
    expect(group.find("11月25日 周三", "挂牌")).to_be_visible()
    expect(group.page.get_by_test_id("hint")).to_be_hidden()
