"""Why something was not done, with the next step, and what flashes up after a press."""

import pytest

from handlers.texts.refusals import LONGEST, refusal_post, refusal_text
from handlers.texts.speech import Speech
from handlers.texts.toasts import (
    REPORT,
    asked_text,
    choice_text,
    confirmed_text,
    declined_text,
    done_text,
    joined_text,
)
from policy.life import State, Step
from store.errors import Refusal, Why
from tests.unit.texts.build import EN, HANT, LONG_NAME, NOW, ZH, labels

SPEECHES = (ZH, HANT, EN)
NEXT_STEP = ("下一步", "请", "发“", "不用", "须由")
EVERYTHING = {
    "number": 10**6,
    "theirs": LONG_NAME,
    "yours": LONG_NAME,
    "name": LONG_NAME,
    "said": LONG_NAME,
    "unit": LONG_NAME,
    "by": LONG_NAME,
    "state": State.DELIVERED,
    "step": Step.ACKNOWLEDGE,
    "at": NOW.isoformat(),
}


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("speech", SPEECHES, ids=lambda speech: speech.locale)
def test_every_refusal_fits_into_the_answer_to_a_press(speech: Speech, why: Why) -> None:
    for data in ({}, EVERYTHING):
        said = refusal_text(speech, Refusal(why, **data))
        assert 5 < len(said) <= LONGEST
        assert "{" not in said


@pytest.mark.parametrize("why", Why)
def test_every_refusal_says_what_to_do(why: Why) -> None:
    said = refusal_text(ZH, Refusal(why, **EVERYTHING))
    assert any(hint in said for hint in NEXT_STEP)


def test_the_wrong_department() -> None:
    refusal = Refusal(
        Why.WRONG_DEPARTMENT, number=5, theirs="市生态环境局", yours="市住房和城乡建设局"
    )
    assert refusal_text(ZH, refusal) == (
        "5号任务是市生态环境局的，您登记在市住房和城乡建设局，不能办理。"
        "如果该转给您，请重点办说：5号转市住房和城乡建设局"
    )


def test_who_was_faster_and_when() -> None:
    done = Refusal(Why.ALREADY_DONE, number=5, step="acknowledge", by="孙小环", at=NOW.isoformat())
    assert refusal_text(ZH, done) == "5号的“领账”已有人办过（孙小环 今天 08:30），不用再办"
    unknown = Refusal(Why.ALREADY_DONE, number=5, step="report", by=None, at=None)
    assert refusal_text(ZH, unknown) == "5号的“对账”已有人办过，不用再办"


def test_who_decided_on_a_draft_but_not_who_was_admitted() -> None:
    draft = Refusal(Why.ALREADY_DECIDED, state="registered", name="王小办")
    assert refusal_text(ZH, draft) == "已经处理过了（王小办），不用再点"
    person = Refusal(Why.ALREADY_DECIDED, state="active", name="路人·癸")
    assert refusal_text(ZH, person) == "已经处理过了，不用再点"


def test_a_step_that_is_not_possible_names_both() -> None:
    refusal = Refusal(Why.STEP_NOT_POSSIBLE, number=5, state="delivered", step="pause")
    assert refusal_text(ZH, refusal) == "5号现在是“已交账，待核验”，不能“停表”。下一步：销号"
    finished = Refusal(Why.STEP_NOT_POSSIBLE, number=5, state="closed", step="pause")
    assert refusal_text(ZH, finished) == "5号现在是“已销号”，不能“停表”。"


def test_a_stranger_gets_the_button_to_join() -> None:
    assert labels(refusal_post(ZH, "stranger", {})) == ["申请加入"]
    assert refusal_post(ZH, "office_only", {}).buttons == ()


@pytest.mark.parametrize("step", [*Step, REPORT])
@pytest.mark.parametrize("speech", SPEECHES, ids=lambda speech: speech.locale)
def test_every_step_is_confirmed_and_fits(speech: Speech, step: str) -> None:
    assert "5" in done_text(speech, step, [5])
    assert len(done_text(speech, step, [*range(10**5, 10**5 + 300)])) <= LONGEST


def test_the_other_answers_to_a_press() -> None:
    assert confirmed_text(ZH, 12) == "已建账 #12，卡片在群里"
    assert declined_text(ZH) == "已记下：不建账"
    assert choice_text(ZH, 12) == "已选定，#12 的卡片已更新"
    assert asked_text(ZH) == "已转告重点办，同意后在群里通知您"
    assert joined_text(ZH, "路人·癸", admitted=True) == "已同意 路人·癸 加入"
    assert len(joined_text(ZH, "癸" * 500, admitted=False)) <= LONGEST
