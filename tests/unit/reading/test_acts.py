"""What rows of messages cannot show of acts: candidates, and the lexicon's own consistency."""

import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import handlers.reading
from handlers.reading import read_message
from handlers.reading.acts.acts import LONGEST
from handlers.reading.naming.names import Names
from handlers.reading.values import Act, ActKind, Acts, AskBack, Nothing, ReadingContext, Why
from tests.unit.reading.conftest import TODAY

LEXICON = Path(handlers.reading.__file__).parent / "acts" / "cues.toml"


def read_one(text: str, names: Names) -> Act | AskBack:
    reading = read_message(text, ReadingContext(TODAY, names))
    assert isinstance(reading, Acts)
    (act,) = reading.acts
    return act


@pytest.mark.parametrize("said", ["云岭数空机床基地", "松淘纸品循环利用"])
def test_nothing_is_done_on_a_project_that_was_guessed(said: str, names: Names) -> None:
    asked = read_one(f"{said}的用地预审办结了", names)
    assert isinstance(asked, AskBack)
    assert (asked.why, len(asked.candidates)) == (Why.WHICH_TASK, 1)
    assert asked.about == Act(ActKind.COMPLETE, item="用地预审")


def test_a_name_of_two_projects_is_asked_back_with_both(names: Names) -> None:
    asked = read_one("禾丰的用地预审办结了", names)
    assert isinstance(asked, AskBack)
    assert set(asked.candidates) == {"禾丰面业智能化改造", "禾丰饲料扩建"}


def test_an_act_on_several_items_is_one_act_each(names: Names) -> None:
    context = ReadingContext(TODAY, names)
    reading = read_message("青禾饲料的能评和用地预审都领账", context)
    act = Act(ActKind.ACKNOWLEDGE, project="青禾饲料加工园", item="节能审查")
    assert reading == Acts((act, replace(act, item="用地预审")))


def test_a_slip_is_as_long_as_the_word_it_stands_for() -> None:
    """Both writings of a text have to stay in step."""
    slips: dict[str, list[str]] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["slips"]
    assert [w for right, wrongs in slips.items() for w in wrongs if len(w) != len(right)] == []


@pytest.mark.parametrize(
    "text",
    ["> 【任务卡】12号 限10个工作日\n收到", "「12号 领账时限:今天」\n- - - - - -\n收到"],
)
def test_a_card_that_is_quoted_names_the_task(text: str, names: Names) -> None:
    assert read_one(text, names) == Act(ActKind.ACKNOWLEDGE, tasks=(12,))


@pytest.mark.parametrize(
    "text",
    ["①5号办结②6号办结", "一、5号办结。二、6号办结。", "1.5号办结；2.6号办结", "5号办结⑵6号办结"],
)
def test_what_counts_the_parts_names_no_task(text: str, names: Names) -> None:
    reading = read_message(text, ReadingContext(TODAY, names))
    assert isinstance(reading, Acts)
    done = [act.tasks for act in reading.acts if isinstance(act, Act)]
    assert done == [(5,), (6,)]


def test_who_leaves_tasks_out_is_asked_which_are_meant(names: Names) -> None:
    assert read_one("除6号外，5至8号都已办结", names) == AskBack(Why.UNCLEAR)


@pytest.mark.parametrize("unit", ["图纸已经审到第三轮，", "请加快，怎么办，", "材料，"])
@pytest.mark.parametrize("length", [1200, 3990])
def test_a_long_report_is_progress(unit: str, length: int, names: Names) -> None:
    text = f"5号进度：{unit * length}"[:length]
    act = read_one(text, names)
    assert isinstance(act, Act)
    assert (act.kind, act.tasks) == (ActKind.PROGRESS, (5,))


def test_a_long_answer_to_a_card_is_progress(names: Names) -> None:
    reading = read_message(
        "图纸改了一处又一处，" * 300, ReadingContext(TODAY, names, reply_to_task=5)
    )
    assert reading == Acts((Act(ActKind.PROGRESS),))


def test_a_long_text_without_a_task_is_left_alone(names: Names) -> None:
    text = "图纸改了一处又一处，" * 300 + "5号已办结"
    assert read_message(text, ReadingContext(TODAY, names)) == Nothing()


@pytest.mark.parametrize(
    "unit", ["5号", "因", "已受理，", "等5号，", "其余收到，", "青禾饲料能评，", "12"]
)
def test_a_long_act_is_read_in_a_moment(unit: str, names: Names) -> None:
    began = time.monotonic()
    context = ReadingContext(TODAY, names, reply_to_task=5)
    read_message(f"5号进度：{unit * LONGEST}"[:LONGEST], context)
    assert time.monotonic() - began < 5
