"""Labels, tables and the parts of a form."""

import pytest

from handlers.reading.forms.amounts import Unit
from handlers.reading.forms.fields import read_phone
from handlers.reading.forms.labels import read_label
from handlers.reading.forms.registration import read_completion, read_registration
from handlers.reading.language.normalise import normalise, simplify
from handlers.reading.values import Field, Problem, ProblemCode, ReadingContext, Registration


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("项目名称", Field.NAME),
        ("1、签约时间", Field.SIGNED_ON),
        ("(二)落地县区", Field.COUNTY),
        ("★ 总 投 资", Field.INVESTMENT),
        ("环评类别", Field.EIA),
        ("项目类型", Field.KIND),
        ("联系电话*", Field.PHONE),
        ("责任单位(必填)", Field.LEAD),
    ],
)
def test_a_label_is_known_by_its_synonyms(said: str, field: Field) -> None:
    label = read_label(said)
    assert label is not None
    assert (label.field, label.corrected) == (field, None)


@pytest.mark.parametrize("said", ["签约曰期", "总投姿额", "业主单立", "项目各称", "联电系话"])
def test_one_slip_of_the_hand_is_corrected_and_said(said: str) -> None:
    label = read_label(said)
    assert label is not None
    assert label.corrected
    assert read_label(said, loose=False) is None


@pytest.mark.parametrize("said", ["开工日期", "签约地点", "施工单位", "会议时间", "温馨提示", ""])
def test_another_label_is_no_misspelling(said: str) -> None:
    label = read_label(said)
    assert label is None or label.field is None


def test_a_label_carries_its_unit() -> None:
    label = read_label("总投资(万元)")
    assert label is not None
    assert label.unit == Unit(10**4, "CNY")


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("137-0000-0002", "13700000002"),
        ("1370000-0002", "13700000002"),
        ("+86 137 0000 0002", "13700000002"),
        ("0396-2800001", "0396-2800001"),
        ("(0396)2800001", "0396-2800001"),
        ("0396 2800001", "0396-2800001"),
        ("2800001", "2800001"),
        ("0396-2800001-801", "0396-2800001转801"),
        ("400-800-0001", "4008000001"),
    ],
)
def test_a_phone_keeps_its_digits(said: str, phone: str) -> None:
    assert read_phone(said) == phone


@pytest.mark.parametrize("said", ["12345", "137000000011", "1370000000", "李四"])
def test_what_is_no_phone_is_asked_back(said: str, context: ReadingContext) -> None:
    one = read_completion(normalise(f"联系电话:{said}"), context)
    assert one is not None
    assert one.project.fields.phone is None
    assert one.project.problems == (Problem(ProblemCode.BAD_VALUE, Field.PHONE, said),)


def test_a_person_is_kept_whose_phone_is_none(context: ReadingContext) -> None:
    one = read_completion(normalise("联系人:李四 1370000000"), context)
    assert one is not None
    assert one.project.fields.stated() == {"contact": "李四"}
    assert one.project.problems == (Problem(ProblemCode.BAD_VALUE, Field.PHONE, "1370000000"),)


def test_of_two_phones_the_first_is_shown_as_understood(context: ReadingContext) -> None:
    one = read_completion(normalise("联系电话:13700000001、13700000002"), context)
    assert one is not None
    assert one.project.fields.phone == "13700000001"
    assert [each.field for each in one.project.interpreted] == [Field.PHONE]


def test_only_a_traditional_text_is_converted() -> None:
    assert simplify("簽約項目") == "签约项目"
    assert simplify("鸿乾食品著名商标") == "鸿乾食品著名商标"


def test_the_two_writings_stay_in_step() -> None:
    text = normalise("項目名稱：（一期）５Ｇ㎡…\u200b\r\n")
    assert len(text.plain) == len(text.shown)
    assert text.plain.startswith("项目名称:(一期)5G")
    assert text.shown.startswith("项目名称：（一期）5G")


def read(text: str, context: ReadingContext) -> Registration:
    found = read_registration(normalise(text), context)
    assert found is not None
    return found


def test_a_reply_gives_only_the_lines_that_it_states(context: ReadingContext) -> None:
    one = read_completion(normalise("总投资:2亿元"), context)
    assert one is not None
    assert one.project.fields.stated() == {"investment_yuan": 200_000_000}
    assert one.project.complete


def test_a_bare_value_completes_a_draft_and_is_shown_as_interpreted(
    context: ReadingContext,
) -> None:
    other = read_completion(normalise("上周五"), context)
    assert other is not None
    assert [each.field for each in other.project.interpreted] == [Field.SIGNED_ON]


def test_the_same_project_twice_is_a_duplicate(context: ReadingContext) -> None:
    form = "【签约项目登记】\n项目名称:甲项目\n签约日期:2026-11-02\n县区:遂平县\n总投资:2亿元\n"
    first, second = read(form + form, context).projects
    assert first.complete
    assert [problem.code for problem in second.problems] == [ProblemCode.DUPLICATE]


def test_a_text_that_gives_nothing_completes_nothing(context: ReadingContext) -> None:
    assert read_completion(normalise("好的,稍后补上"), context) is None


def test_two_counties_in_one_value_contradict_each_other(context: ReadingContext) -> None:
    one = read_completion(normalise("所在县区:遂平县(西平县)"), context)
    assert one is not None
    assert [each.code for each in one.project.problems] == [ProblemCode.UNKNOWN_COUNTY]


def test_a_day_long_ago_is_shown_before_it_counts(context: ReadingContext) -> None:
    for said, shown in (("2026-03-01", [Field.SIGNED_ON]), ("2026-06-01", [])):
        one = read_completion(normalise(f"签约日期:{said}"), context)
        assert one is not None
        assert [each.field for each in one.project.interpreted] == shown
