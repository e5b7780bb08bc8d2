"""Members, the arrival in a group, and warnings."""

import pytest

from handlers.presses import read_press
from handlers.reading.values import ActKind
from handlers.reading.values import Why as AskWhy
from handlers.texts.greeting import Setup, greeting_post, no_ledger_post
from handlers.texts.people import join_decided_post, join_form_post, join_request_post
from handlers.texts.warnings import set_aside_post, warning_post
from policy.rights import Role
from tests.unit.texts.build import PACK, ZH, labels, member, text


def test_the_form_has_a_button_for_every_unit() -> None:
    post, more = join_form_post(ZH, PACK), join_form_post(ZH, PACK, counties=True)
    assert len(labels(post)) == len(PACK.departments) + 2
    assert labels(post)[-2:] == ["重点办", "县区…"]
    assert len(labels(more)) == len(PACK.counties)
    rows = (*post.buttons, *more.buttons)
    assert all(read_press(button.press) for row in rows for button in row)


def test_the_office_is_asked_and_its_answer_stays() -> None:
    asked = join_request_post(ZH, PACK, member())
    assert asked.lines[0].text == "路人·癸 申请加入，单位：市住房和城乡建设局"
    assert [b.press for b in asked.buttons[0]] == ["admit:3", "refuse:3"]
    admitted = join_request_post(ZH, PACK, member(state="active"))
    assert (text(admitted), admitted.buttons) == ("✓ 路人·癸 已登记在市住房和城乡建设局", ())
    refused = join_request_post(ZH, PACK, member(state="refused"))
    assert text(refused) == "路人·癸 的申请未通过（市住房和城乡建设局）"


def test_who_asked_is_told_what_to_do_now() -> None:
    assert labels(join_decided_post(ZH, PACK, member(state="active"))) == ["我的任务"]
    office = member(state="active", role=Role.OFFICE, department=None)
    assert text(join_decided_post(ZH, PACK, office)) == "路人·癸，您已登记在市重点项目办"
    assert "请与重点办核实" in text(join_decided_post(ZH, PACK, member(state="refused")))


def test_the_greeting_lists_what_is_left_to_set_up() -> None:
    empty = [one.name for one in PACK.departments]
    post = greeting_post(ZH, PACK, Setup({"reads_all": False, "pins": False}, False, empty))
    said = text(post)
    assert "/setprivacy" in said
    assert "市发改委、市自规局、市生态环境局、市住建局等 7 个部门" in said
    assert said.count("○") == 4
    assert "【签约项目登记】\n项目名称：" in said


def test_a_group_that_is_set_up_is_told_so() -> None:
    said = text(greeting_post(ZH, PACK, Setup({"reads_all": True, "pins": True}, True, [])))
    assert "✓ 已就绪" in said
    assert "○" not in said


def test_a_chat_without_a_ledger_is_given_its_line() -> None:
    assert "chat_id = -1009000000001" in text(no_ledger_post(ZH, -1009000000001))


WARNINGS: dict[str, tuple[dict[str, object], str]] = {
    "classified": ({"mark": "机密"}, "本条带有“机密”标志，内容没有保存。请立即撤回"),
    "too_long": ({"length": 9000}, "本条有 9000 字，太长没有读取，请分几条发"),
    "unknown_group": ({"chat_id": -1009}, "[[groups]] 下写入 chat_id = -1009"),
    "no_home_group": (
        {"user_id": 1099},
        "还不知道您在哪个专班，请先在专班群里点“申请加入”。您的账号编号（供管理员登记）：1099",
    ),
    "lines_known": ({"number": 12}, "#12 已是这样，无需更改"),
    "anonymous": ({}, "请关闭“匿名管理员”后重发"),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_warnings(name: str) -> None:
    values, said = WARNINGS[name]
    assert said in text(warning_post(ZH, name, values))


@pytest.mark.parametrize("why", AskWhy)
@pytest.mark.parametrize("act", [None, *ActKind])
def test_every_question_back_has_an_example(why: AskWhy, act: ActKind | None) -> None:
    values = {"why": why.value, "act": act and act.value, "candidates": ["6"]}
    said = text(warning_post(ZH, "ask_back", values))
    assert "{" not in said


def test_the_tasks_that_may_be_meant_stand_with_what_they_are_about() -> None:
    picks = [
        {"id": 16, "number": 6, "item": "用地预审", "project": "演练甲园"},
        {"id": 17, "number": 7, "item": "用地预审", "project": "演练乙园"},
    ]
    values = {"why": "which_task", "act": "acknowledge", "picks": picks, "others": 2}
    post = warning_post(ZH, "ask_back", values)
    assert text(post).split("\n")[1:] == [
        "6号 用地预审 · 演练甲园",
        "7号 用地预审 · 演练乙园",
        "另有 2 项",
    ]
    assert [[each.label for each in row] for row in post.buttons] == [["6号", "7号"]]


def test_the_projects_that_may_be_meant_are_named() -> None:
    values = {"why": "which_task", "act": "complete", "candidates": ["演练甲园", "演练乙园"]}
    assert "可能是：演练甲园、演练乙园" in text(warning_post(ZH, "ask_back", values))


def test_the_maintainers_hear_of_what_was_set_aside() -> None:
    post = set_aside_post(ZH, 77, "ValueError: <x>" * 500)
    assert "更新 77 多次处理失败，已搁置" in text(post)
    assert len(text(post)) < 1200
