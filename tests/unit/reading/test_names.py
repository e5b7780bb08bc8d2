"""Names in sentences: departments, counties, items and, by parts, projects."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.reading import read_message
from handlers.reading.naming.names import Names
from handlers.reading.naming.projects import ProjectIndex
from handlers.reading.values import Candidates, Query, ReadingContext
from policy.packs import load_pack
from tests.unit.reading.conftest import PROJECTS


@pytest.mark.parametrize(
    ("said", "project"),
    [
        ("青禾饲料的环评", "青禾饲料加工园"),
        ("青禾到期没", "青禾饲料加工园"),
        ("云岭机床", "云岭数控机床基地"),
        ("晨光技改怎么样", "晨光酒业技改"),
        ("锂电池负极材料项目", "北辰星锂电池负极材料"),
        ("玻纤产业园二期", "确山玻纤产业园二期"),
        ("确山玻纤", "确山玻纤产业园二期"),
        ("汝南菊花茶", "汝南菊花茶深加工"),
        ("菊花茶的用地预审", "汝南菊花茶深加工"),
    ],
)
def test_a_project_is_found_by_part_or_abbreviation(said: str, project: str, names: Names) -> None:
    assert [mention.names for mention in names.find_projects(said)] == [(project,)]


@pytest.mark.parametrize(
    "said", ["产业园", "冷链物流", "汝南", "确山开工率", "加工", "技改", "饲料", ""]
)
def test_what_many_projects_share_names_none(said: str, names: Names) -> None:
    assert names.find_projects(said) == []


def test_what_fits_several_projects_is_left_open(names: Names) -> None:
    (mention,) = names.find_projects("禾丰什么时候到期")
    assert set(mention.names) == {"禾丰面业智能化改造", "禾丰饲料扩建"}


@pytest.mark.parametrize(
    "said", ["清禾饲料加工园", "青合饲料加工园", "青禾饲料加功园", "轻禾什么时候到期"]
)
def test_a_mistyped_name_is_taken_for_the_likeliest(said: str, names: Names) -> None:
    (mention,) = names.find_projects(said)
    assert mention.names == ("青禾饲料加工园",)
    assert mention.mistyped


def test_what_is_no_name_gives_candidates_to_ask_about(names: Names) -> None:
    assert names.find_projects("禾青饲斗") == []
    assert "青禾饲料加工园" in names.find_similar("清禾饲料加工园")


def test_a_county_bureau_is_no_municipal_department(names: Names) -> None:
    assert names.find_departments("遂平县住建局和正阳环保局") == []
    (mention,) = names.find_departments("驻马店市住建局")
    assert mention.names == ("市住房和城乡建设局",)


def named(names: Names, word: str) -> tuple[str, ...]:
    """The items that a word means."""
    return next((mention.names for mention in names.find_items(word)), ())


def test_a_group_of_items_means_all_of_them(names: Names) -> None:
    assert named(names, "环评") == ("环评报告书", "环评报告表")
    assert len(named(names, "政府投资项目审批")) == 3


def test_a_ledger_file_may_name_a_group_as_one_item() -> None:
    ledger: dict[str, list[Any]] = {
        "items": ["政府投资项目审批", "节能审查"],
        "tasks": [1, 2],
        "projects": ["甲项目"],
    }
    names = Names.from_ledger(load_pack("zhumadian"), ledger)
    assert named(names, "可研") == ("政府投资项目审批",)
    assert named(names, "能评") == ("节能审查",)
    assert named(names, "环评") == ()
    assert names.tasks == frozenset({1, 2})


def test_many_names_do_not_slow_the_search_down() -> None:
    many = [
        f"{a}{b}{c}产业园"
        for a in "青红蓝白金银"
        for b in "禾岭松涛程星"
        for c in "一二三四五六七八九"
    ]
    index = ProjectIndex([*many, *PROJECTS], ())
    assert index.find("晨光酒业什么时候到期")[0].names == ("晨光酒业技改",)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("演练十四号园的环评", []),
        ("演练十号园的环评", ["演练十号园"]),
        ("演练10号园的环评", ["演练十号园"]),
        ("云岭一号基地扩建", []),
        ("云岭二号基地扩建", ["云岭二号基地扩建"]),
        ("云岭基地扩建", ["云岭二号基地扩建"]),
        ("松涛园三期", []),
        ("松涛园", ["松涛园二期"]),
        ("松涛园两个任务什么时候到期", ["松涛园二期"]),
    ],
)
def test_projects_that_differ_in_a_number_are_different(said: str, found: list[str]) -> None:
    names = Names(projects=("演练十号园", "云岭二号基地扩建", "松涛园二期"))
    assert [name for mention in names.find_projects(said) for name in mention.names] == found


def test_a_longer_number_in_a_projects_name_is_not_skipped() -> None:
    assert Names(projects=("演练十四号园",)).find_projects("演练十号园的环评") == []


@pytest.mark.parametrize(
    "said",
    [
        "怎样才能评上先进",
        "循环评价体系怎么建",
        "江西平安到了吗",
        "出发改到几点",
        "员工信息报了吗",
        "请核准确数字",
    ],
)
def test_a_name_that_cuts_words_apart_is_none(said: str, names: Names) -> None:
    found = [*names.find_items(said), *names.find_departments(said), *names.find_counties(said)]
    assert found == []


@pytest.mark.parametrize(
    ("said", "item"), [("能评什么时候到期", "节能审查"), ("青禾能评咋样了", "节能审查")]
)
def test_the_same_name_between_words_is_one(said: str, item: str, names: Names) -> None:
    assert [mention.names for mention in names.find_items(said)] == [(item,)]


def test_another_company_is_another_project(context: ReadingContext) -> None:
    read = read_message("宏伟冷链物流港什么时候到期", replace(context, addressed=True))
    assert isinstance(read, Query)
    assert read.slots.projects == ()
    assert read.slots.unclear == (Candidates("宏伟冷链物流港", ("锦程冷链物流港",)),)


def test_a_projects_name_takes_no_character_of_the_item_behind_it(context: ReadingContext) -> None:
    read = read_message("锦程冷链环评什么时候到期", context)  # jieba would see 链环
    assert isinstance(read, Query)
    assert read.slots.projects == ("锦程冷链物流港",)
    assert read.slots.items == ("环评报告书", "环评报告表")


def test_another_trade_is_another_project(context: ReadingContext) -> None:
    read = read_message("青禾药业什么时候到期", replace(context, addressed=True))
    assert isinstance(read, Query)
    assert read.slots.projects == ()
    assert read.slots.unclear == (Candidates("青禾药业", ("青禾饲料加工园",)),)


@pytest.mark.parametrize(
    "said", ["青禾饲料什么时候到期", "青禾园区什么时候到期", "青禾什么时候到期"]
)
def test_the_same_trade_or_none_is_the_project(said: str, context: ReadingContext) -> None:
    read = read_message(said, context)
    assert isinstance(read, Query)
    assert read.slots.projects == ("青禾饲料加工园",)
