"""Every message gets one reading, whatever is in it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading import LONGEST, read_message
from handlers.reading.naming.names import Names
from handlers.reading.output import read_line, write_reading
from handlers.reading.values import (
    Act,
    ActKind,
    Acts,
    AskBack,
    Classified,
    Completion,
    Intent,
    Join,
    Nothing,
    Query,
    ReadingContext,
    TooLong,
    WaitsFor,
)
from policy.packs import load_pack
from tests.unit.reading.conftest import PROJECTS, TODAY

NAMES = Names.from_pack(load_pack("zhumadian"), PROJECTS)
PIECES = (
    "【签约项目登记】", "项目名称：", "签约日期:", "总投资（万元）", "县区", "\n", "\t", "，",
    "。", "5号", "任务", "收到", "退回",
    "原因：",
    "延期3天", "上周五", "2026年2月30日", "伍亿元", "遂平县",
    "住建局", "青禾饲料", "环评", "什么时候到期", "?", "秘密★",
    "/due",
    "@bot", "\u202e", "\x00", "簽約", "①", "|", "亿", "点", "-", "9" * 30,
)  # fmt: skip
contexts = st.builds(
    ReadingContext,
    st.just(TODAY),
    st.just(NAMES),
    addressed=st.booleans(),
    reply_to_task=st.sampled_from([None, True, False, 5]),
    completes_draft=st.booleans(),
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@settings(max_examples=300, deadline=None)
@given(text=texts, context=contexts)
def test_no_text_makes_the_reader_fail(text: str, context: ReadingContext) -> None:
    assert isinstance(write_reading(read_message(text, context)), dict)


@pytest.mark.parametrize(
    "text",
    ["(" * LONGEST, "1、" * 9999, "项目名称:" * 3999, "【签约项目登记】\n总投资:" + "1," * 9000,
     "\n" * LONGEST, "1号" * 9999, "<" * LONGEST, "@a" * 9999, "【秘密" * 6000],
    ids=lambda text: text[:6].strip(),
)  # fmt: skip
def test_a_long_text_is_read_in_a_moment(text: str, context: ReadingContext) -> None:
    began = time.monotonic()
    read_message(text, context)
    assert time.monotonic() - began < 5


def test_a_text_beyond_the_limit_is_not_read(context: ReadingContext) -> None:
    assert read_message("收" * (LONGEST + 1), context) == TooLong(LONGEST + 1)


@pytest.mark.parametrize(
    "text",
    ["【秘密】某项目选址", "机密★1年\n请转发", "密级：机密\n内容", "绝密★启用前",
     "关于选址的函\n秘密\n内容",
     "（机密）会议纪要", "秘 密★长期"],
)  # fmt: skip
def test_a_classification_mark_is_noticed(text: str, context: ReadingContext) -> None:
    assert isinstance(read_message(text, context), Classified)


@pytest.mark.parametrize(
    "text",
    [
        "该企业涉及商业秘密，请注意保密",
        "秘密",
        "【商业秘密】保护培训",
        "密级：无",
        "保密工作要做好",
        "机密文件不得发群里",
    ],
)
def test_talk_of_secrets_is_no_mark(text: str, context: ReadingContext) -> None:
    assert not isinstance(read_message(text, context), Classified)


def test_a_mark_wins_over_everything_else(context: ReadingContext) -> None:
    text = "【签约项目登记】机密★\n项目名称:甲\n签约日期:2026-11-02\n县区:遂平县\n总投资:2亿元"
    assert isinstance(read_message(text, context), Classified)


def test_a_bare_yes_in_the_group_is_nothing(context: ReadingContext) -> None:
    for text in ("收到", "好的", "1", "👍", "", " ", "\n"):
        assert read_message(text, context) == Nothing()


def test_a_pause_says_for_whom_it_waits(names: Names) -> None:
    context = ReadingContext(TODAY, names, reply_to_task=5)
    waits = {}
    for text in ("补正:缺少红线图", "因专家评审暂停计时", "暂停,领导出差"):
        reading = read_message(text, context)
        assert isinstance(reading, Acts)
        (act,) = reading.acts
        assert isinstance(act, Act)
        waits[text] = act.waits_for
    assert list(waits.values()) == [WaitsFor.OWNER, WaitsFor.PROCEDURE, None]


def test_an_act_that_lacks_something_keeps_what_was_understood(names: Names) -> None:
    context = ReadingContext(TODAY, names, reply_to_task=True)
    reading = read_message("申请延期3天", context)
    assert isinstance(reading, Acts)
    (asked,) = reading.acts
    assert isinstance(asked, AskBack)
    assert asked.about is not None
    assert asked.about.days == 3


def test_an_act_may_name_its_project_by_number(context: ReadingContext) -> None:
    reading = read_message("#2的环评已经受理", context)
    assert reading == Acts((Act(ActKind.ACCEPT, item="环评", project_number=2),))


def test_a_task_alone_is_asked_about_in_private_only(names: Names) -> None:
    private = ReadingContext(TODAY, names, addressed=True)
    for text in ("4号", "任务4", "4号?"):
        asked = read_message(text, private)
        assert isinstance(asked, Query)
        assert (asked.intent, asked.slots.tasks) == (Intent.DEADLINE_OF_ITEM, (4,))
        assert read_message(text, ReadingContext(TODAY, names)) == Nothing()


def test_a_weak_word_on_a_card_is_left_alone_though_it_answers_the_bot(names: Names) -> None:
    context = ReadingContext(TODAY, names, addressed=True, reply_to_task=4)
    for text in ("OK", "好的", "👌", "1"):
        assert read_message(text, context) == Nothing()


def test_a_question_on_a_quoted_card_is_about_its_task(names: Names) -> None:
    reading = read_message("还剩几天？", ReadingContext(TODAY, names, reply_to_task=7))
    assert isinstance(reading, Query)
    assert (reading.intent, reading.slots.tasks) == (Intent.DAYS_LEFT, (7,))


def test_a_question_to_a_person_is_not_answered(context: ReadingContext) -> None:
    assert read_message("@小刘 青禾饲料的环评什么时候到期", context) == Nothing()
    assert isinstance(read_message("@小刘 @机器人 青禾饲料的环评什么时候到期", context), Query)


def test_help_is_given_to_who_asks_the_bot(names: Names) -> None:
    asked = ReadingContext(TODAY, names, addressed=True)
    assert read_message("你能做什么", asked) == Query(Intent.HELP)


def test_joining_names_the_unit(context: ReadingContext) -> None:
    assert read_message("/join 遂平县", context) == Join(None, "遂平县", "遂平县")
    assert read_message("申请加入 市住建局", context) == Join(
        "市住房和城乡建设局", None, "市住建局"
    )


def test_a_reply_to_a_draft_completes_it(names: Names) -> None:
    context = ReadingContext(TODAY, names, completes_draft=True)
    assert isinstance(read_message("签约日期：2026-11-18\n总投资：5亿元", context), Completion)
    assert isinstance(read_message("项目：星河甲项目", context), Completion)
    assert isinstance(read_message("青禾饲料的环评什么时候到期", context), Query)


def test_prior_messages_make_a_repetition_a_duplicate(names: Names) -> None:
    form = "【签约项目登记】\n项目名称：甲项目\n签约日期：2026-11-02\n县区：{}\n总投资：2亿元"
    record = {"text": form.format("遂平"), "prior": [form.format("遂平县")]}
    assert read_line(record, names, TODAY)["projects"][0]["error"] == "duplicate"
    record = {"text": form.format("西平"), "prior": [form.format("遂平县")]}
    assert "error" not in read_line(record, names, TODAY)["projects"][0]


def test_a_policy_question_carries_the_answer_it_is_given(names: Names) -> None:
    found = read_line({"id": 1, "text": "环评报告书几个工作日？"}, names, TODAY, lambda _: "20")
    assert (found["intent"], found["answer"]) == ("policy_question", "20")
