"""A registration before it is in the ledger."""

from handlers.reading.values import Field, ProblemCode
from handlers.texts.drafts import draft_post
from handlers.texts.post import Style
from tests.unit.texts.build import EN, LONG_NAME, PACK, ZH, draft, labels, text


def test_what_is_missing_can_be_copied_and_filled_in() -> None:
    missing = [
        {"code": "missing", "field": "signed_on", "said": ""},
        {"code": "missing", "field": "investment", "said": ""},
    ]
    known = {"name": "宏达食品加工产业园", "county": "遂平县"}
    post = draft_post(ZH, PACK, draft(state="incomplete", fields=known, problems=missing))
    assert post.lines[0].text == "还差 2 项才能建账，直接回复本条补上即可"
    assert [line.text for line in post.lines if line.style is Style.COPY] == [
        "签约日期：\n总投资："
    ]
    assert "已读到：宏达食品加工产业园 · 遂平县" in text(post)
    assert labels(post) == ["不建账"]


def test_what_is_wrong_is_named_with_what_was_said_and_how_to_write_it() -> None:
    problems = [
        {"code": "bad_date", "field": "signed_on", "said": "2月30日"},
        {"code": "bad_amount", "field": "investment", "said": "5亿左右"},
        {"code": "unknown_county", "field": "county", "said": "驻马县"},
    ]
    said = text(draft_post(ZH, PACK, draft(state="incomplete", problems=problems)))
    assert "签约日期“2月30日”不是有效日期，请写成 11月26日" in said
    assert "总投资“5亿左右”看不出确切数额，请写成 5.2亿元" in said
    assert "所在县区“驻马县”不在名录内，请写县区全称" in said


def test_every_problem_with_every_field_has_its_sentence() -> None:
    for code in ProblemCode:
        for field in Field:
            for said in ("", "x" * 500):
                problems = [{"code": code.value, "field": field.value, "said": said}]
                post = draft_post(ZH, PACK, draft(state="incomplete", problems=problems))
                assert len(text(post)) < 600


def test_what_was_interpreted_is_shown_as_it_was_understood() -> None:
    interpreted = [
        {"field": "signed_on", "said": "上周五", "value": "2026-11-20"},
        {"field": "investment", "said": "伍亿贰仟万元整", "value": "520000000"},
        {"field": "eia", "said": "环评书", "value": "report"},
        {"field": "county", "said": "遂平", "value": "遂平县"},
    ]
    post = draft_post(ZH, PACK, draft(interpreted=interpreted))
    assert text(post).splitlines() == [
        "待确认建账：宏达食品加工产业园",
        "遂平县 · 5.2亿元 · 11月20日 周五签约",
        "请核对",
        "签约日期：上周五 → 2026年11月20日 周五",
        "总投资：伍亿贰仟万元整 → 5.2亿元",
        "环评类别：环评书 → 报告书",
        "所在县区：遂平 → 遂平县",
        "招商局·辛 今天 08:30 移交，重点办应于 11月27日 周五 17:30 前建账",
        "要改，直接回复本条，写上正确的那一行",
    ]
    assert [b.press for b in post.buttons[0]] == ["confirm:7:1", "decline:7"]


def test_an_interpreted_foreign_amount_keeps_its_currency() -> None:
    fields = {"name": "甲", "currency": "USD", "amount": 8_000_000}
    interpreted = [{"field": "investment", "said": "八百万美金", "value": "8000000"}]
    said = text(draft_post(ZH, PACK, draft(fields=fields, interpreted=interpreted)))
    assert "总投资：八百万美金 → 800万美元" in said


def test_the_office_is_late_in_its_own_words() -> None:
    assert "重点办建账逾期 2 个工作日" in text(draft_post(ZH, PACK, draft(late=2)))


def test_what_became_of_it_is_one_line_without_buttons() -> None:
    done = draft_post(ZH, PACK, draft(state="registered", decided_by="重点办·甲"), 12)
    assert text(done) == "✓ 已建账：#12 宏达食品加工产业园（重点办·甲）"
    dropped = draft_post(ZH, PACK, draft(state="declined", decided_by="重点办·甲", fields={}))
    assert text(dropped) == "未填名称的项目 不建账（重点办·甲）。要建账，重新发登记即可"
    assert done.buttons == dropped.buttons == ()


def test_the_longest_values_fit() -> None:
    fields = dict.fromkeys(("name", "county", "kind", "owner"), LONG_NAME * 5)
    interpreted = [{"field": f.value, "said": "说" * 900, "value": "值" * 50} for f in Field]
    post = draft_post(ZH, PACK, draft(fields=fields, interpreted=interpreted))
    assert len(text(post)) < 4096


def test_in_english() -> None:
    post = draft_post(EN, PACK, draft())
    assert post.lines[0].text == "To be confirmed: 宏达食品加工产业园"
    assert labels(post) == ["Register", "Do not register"]
