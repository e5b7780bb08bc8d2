"""The zhumadian pack, and what is said of a pack that is wrong."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policy.packs
from policy.deadlines import Period, Unit
from policy.packs import Pack, PackError, add_departments, list_packs, load_pack
from policy.packs.loading import make_pack

PACK = load_pack("zhumadian")
SOURCE = (Path(policy.packs.__file__).parent / "zhumadian.toml").read_text(encoding="utf-8")

LONGEST = "市住房和城乡建设局及人民防空办"  # 45 bytes

Data = dict[str, Any]


def _rename_choice(data: Data, key: str) -> None:
    old = data["choices"][0]["key"]
    data["choices"][0]["key"] = key
    for template in data["templates"]:
        template["choices"] = [key if one == old else one for one in template.get("choices", [])]


def refuse(spoil: Callable[[Data], object]) -> str:
    """Spoil the pack's data in one place, and return what is said of it."""
    data = tomllib.loads(SOURCE)
    spoil(data)
    with pytest.raises(PackError) as caught:
        make_pack("spoilt.toml", data)
    assert caught.value.file == "spoilt.toml"
    return str(caught.value).removeprefix("spoilt.toml: ")


def test_it_comes_with_the_zhumadian_pack() -> None:
    assert list_packs() == ("zhumadian",)
    assert (PACK.key, PACK.code, PACK.name) == ("zhumadian", "ZMD", "驻马店市")
    assert PACK.source == "驻政办〔2021〕37号"


def test_the_catalogue_of_article_24() -> None:
    assert [(item.key, item.days) for item in PACK.items] == [
        ("enterprise_approval", 1),
        ("proposal", 7),
        ("feasibility", 7),
        ("preliminary_design", 7),
        ("energy", 6),
        ("land", 10),
        ("outfall", 11),
        ("eia_report", 20),
        ("eia_form", 10),
        ("construction_permit", 1),
        ("greenery", 3),
        ("municipal", 5),
        ("water_relocation", 10),
    ]
    assert len({item.department for item in PACK.items}) == 5
    for item in PACK.items:
        assert item.period.unit is Unit.WORKING_DAYS
        assert item.period.basis == "驻政办〔2021〕37号第二十四条"


def test_limits_carry_number_unit_and_article() -> None:
    limits = PACK.limits
    assert limits.handover == Period(3, Unit.CALENDAR_DAYS, "驻政办〔2021〕37号第九条")
    assert limits.dispatch == Period(1, Unit.WORKING_DAYS, "驻政办〔2021〕37号第九条")
    assert limits.contact == Period(1, Unit.WORKING_DAYS, "驻政办〔2021〕37号第九条")
    assert limits.approvals == Period(40, Unit.WORKING_DAYS, "驻政办〔2021〕37号第二十四条")
    assert limits.landing_team == Period(7, Unit.CALENDAR_DAYS, "驻政办〔2021〕37号第十条")
    assert limits.start_target == Period(90, Unit.CALENDAR_DAYS, "驻政办〔2021〕37号第十条")
    assert limits.start_red_line == Period(90, Unit.WORKING_DAYS, "驻政办〔2021〕37号第三条")
    assert limits.check == limits.redispatch == Period(1, Unit.WORKING_DAYS, "台账规则")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("发改委", "市发展和改革委员会"),
        ("发改", "市发展和改革委员会"),
        ("市自规局", "市自然资源和规划局"),
        ("国土局", "市自然资源和规划局"),
        ("资规局", "市自然资源和规划局"),
        ("环保局", "市生态环境局"),
        ("驻马店市生态环境局", "市生态环境局"),
        ("驻马店市环保局", "市生态环境局"),
        ("市住建局", "市住房和城乡建设局"),
        ("城管局", "市城市管理局"),
        ("工信委", "市工业和信息化局"),
        (" 招商 局", "市招商投资促进局"),
        ("遂平县发改委", None),
        ("重点办", None),
        ("市财政局", None),
        ("", None),
    ],
)
def test_departments_are_found_by_what_people_call_them(said: str, name: str | None) -> None:
    found = PACK.find_department(said)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("遂平县", "遂平县"),
        ("遂平", "遂平县"),
        ("驻马店市遂平县", "遂平县"),
        ("驿城区", "驿城区"),
        ("经开区", "经济开发区"),
        ("驻马店经济开发区", "经济开发区"),
        ("高新区", "高新技术产业开发区"),
        ("示范区", "市城乡一体化示范区"),
        ("驻马店", None),
        ("信阳市", None),
    ],
)
def test_counties_are_found_by_what_people_call_them(said: str, name: str | None) -> None:
    found = PACK.find_county(said)
    assert (found.name if found else None) == name


def test_there_are_13_counties_and_zones() -> None:
    assert len(PACK.counties) == 13


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("能评", ["energy"]),
        ("环评", ["eia_report", "eia_form"]),
        ("环评报告书", ["eia_report"]),
        ("环评报告表", ["eia_form"]),
        ("施工许可", ["construction_permit"]),
        ("施工证", ["construction_permit"]),
        ("用地预审与选址", ["land"]),
        ("排污口", ["outfall"]),
        ("政府投资项目审批", ["proposal", "feasibility", "preliminary_design"]),
        ("可研", ["feasibility"]),
        ("天气", []),
    ],
)
def test_items_are_found_by_what_people_call_them(said: str, keys: list[str]) -> None:
    assert [item.key for item in PACK.find_items(said)] == keys


def test_a_group_is_no_item() -> None:
    assert PACK.find_item("环评") is None


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        ("工业", "industrial"),
        ("工业技改项目", "industrial"),
        ("企业投资", "industrial"),
        ("政府投资", "government"),
        ("商贸物流", "services"),
        ("农业产业化项目", "agriculture"),
        ("市政基础设施", "urban"),
        ("其他", None),
        ("", None),
    ],
)
def test_the_kind_of_a_project_finds_its_template(kind: str, template: str | None) -> None:
    found = PACK.find_template(kind)
    assert (found.key if found else None) == template


def test_a_template_and_a_choice_give_the_items() -> None:
    def keys(chosen: dict[str, str]) -> list[str]:
        return [item.key for item in PACK.items_for("industrial", chosen)]

    assert keys({"eia": "report"}) == [
        "enterprise_approval",
        "energy",
        "land",
        "eia_report",
        "construction_permit",
    ]
    assert "eia_form" in keys({"eia": "form"})
    assert not {"eia_form", "eia_report"} & set(keys({}))  # nothing is guessed


def critical_path(pack: Pack, item: str, among: set[str]) -> int:
    before = [one for one in pack.predecessors(item) if one in among]
    return pack.item(item).days + max(
        (critical_path(pack, one, among) for one in before), default=0
    )


@pytest.mark.parametrize("template", [template.key for template in PACK.templates])
def test_one_after_the_other_the_items_fit_into_the_40_days(template: str) -> None:
    keys = {item.key for item in PACK.items_for(template, {"eia": "report"})}
    assert max(critical_path(PACK, key, keys) for key in keys) <= PACK.limits.approvals.days


def test_the_permit_waits_for_what_the_law_wants_first() -> None:
    assert set(PACK.predecessors("construction_permit")) == {
        "preliminary_design",
        "enterprise_approval",
        "land",
        "eia_report",
        "eia_form",
        "energy",
    }
    assert PACK.predecessors("land") == ()


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: PACK.item("weather"), "zhumadian: items: weather is not one of them"),
        (
            lambda: PACK.department("市财政局"),
            "zhumadian: departments: 市财政局 is not one of them",
        ),
        (lambda: PACK.template("space"), "zhumadian: templates: space is not one of them"),
        (lambda: PACK.items_for("urban", {"eia": "x"}), "choices[eia]: has no option x"),
    ],
)
def test_asking_for_what_is_not_there_names_it(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(PackError) as caught:
        ask()
    assert str(caught.value) == sentence


def test_a_pack_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        PACK.name = "别处"  # type: ignore[misc]  # the attempt is the point


def test_a_deployment_adds_spellings_and_departments() -> None:
    pack = add_departments(PACK, {"市城市管理局": ["城管支队"], "市水利局": ["水利局"]})
    assert pack.find_department("城管支队") == pack.department("市城市管理局")
    assert pack.department("市水利局").aliases == ("水利局",)
    assert PACK.find_department("水利局") is None


def test_an_added_department_must_fit_on_a_button() -> None:
    assert add_departments(PACK, {LONGEST: []}).department(LONGEST).short == LONGEST
    with pytest.raises(PackError, match="too long for a button") as caught:
        add_departments(PACK, {f"{LONGEST}公室": []})
    assert caught.value.key == f"departments[{LONGEST}公室].name"


def test_an_added_spelling_must_be_free() -> None:
    with pytest.raises(PackError) as caught:
        add_departments(PACK, {"市水利局": ["城管局"]})
    assert (
        str(caught.value) == "zhumadian: departments[市水利局]: 城管局 already means 市城市管理局"
    )


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            lambda d: d["items"][4].update(department="市能源局"),
            "items[energy].department: unknown department 市能源局",
        ),
        (
            lambda d: d["office"].update(department="市能源局"),
            "office.department: unknown department 市能源局",
        ),
        (lambda d: d["items"][1].update(key="energy"), "items: the key energy is given twice"),
        (
            lambda d: d["items"][1].update(name="节能审查"),
            "items: 节能审查 is given twice",
        ),
        (
            lambda d: d["items"][0]["aliases"].append("能评"),
            "items[节能审查]: 能评 already means 企业投资项目核准",
        ),
        (
            lambda d: d["item_groups"][1]["aliases"].append("能 评"),
            "items[环评]: 能 评 already means 节能审查",
        ),
        (
            lambda d: d["departments"][1]["aliases"].append("发改"),
            "departments[市自然资源和规划局]: 发改 already means 市发展和改革委员会",
        ),
        (
            lambda d: d["departments"].append(d["departments"][0]),
            "departments: 市发展和改革委员会 is given twice",
        ),
        (
            lambda d: d["counties"][1].update(short="遂平"),
            "counties[西平县]: 遂平 already means 遂平县",
        ),
        (
            lambda d: d["templates"][1]["kinds"].append("工业"),
            "templates[government]: 工业 already means industrial",
        ),
        (
            lambda d: d["departments"].append(
                {"name": f"{LONGEST}局", "short": "住建人防", "aliases": []}
            ),
            f"departments[{LONGEST}局].name: is too long for a button: "
            f"{LONGEST}局 has 48 bytes, at most 45 fit",
        ),
        (
            lambda d: d["counties"][0].update(name=f"{LONGEST}县"),
            f"counties[{LONGEST}县].name: is too long for a button: "
            f"{LONGEST}县 has 48 bytes, at most 45 fit",
        ),
        (
            lambda d: d["templates"][0].update(key="i" * 40),
            f"templates[{'i' * 40}].key: is too long for a button: "
            f"template:{'i' * 40} has 49 bytes, at most 45 fit",
        ),
        (
            lambda d: _rename_choice(d, "e" * 40),
            f"choices[{'e' * 40}].options[report].key: is too long for a button: "
            f"{'e' * 40}:report has 47 bytes, at most 45 fit",
        ),
        (lambda d: d["waits"][0].update(item="fire"), "waits[0].item: unknown item fire"),
        (lambda d: d["waits"][0].update(after=["fire"]), "waits[0].after: unknown item fire"),
        (
            lambda d: d["waits"].append(
                {"item": "proposal", "after": ["feasibility"], "basis": "台账规则"}
            ),
            "waits: items wait for each other: feasibility → proposal → feasibility",
        ),
        (
            lambda d: d["templates"][0]["items"].append("fire"),
            "templates[industrial].items: unknown item fire",
        ),
        (
            lambda d: d["templates"][0]["optional"].append("land"),
            "templates[industrial]: the item land is listed twice",
        ),
        (
            lambda d: d["templates"][0]["items"].append("eia_form"),
            "templates[industrial]: the item eia_form is listed twice",
        ),
        (
            lambda d: d["templates"][0].update(choices=["fire"]),
            "templates[industrial].choices: unknown choice fire",
        ),
        (
            lambda d: d["item_groups"][0].update(items=["land", "fire"]),
            "item_groups[government_investment].items: unknown item fire",
        ),
        (
            lambda d: d["choices"][0]["options"][0].update(item="fire"),
            "choices[eia].options: unknown item fire",
        ),
        (
            lambda d: d["choices"][0]["options"][0].update(key="form"),
            "choices[eia].options: the key form is given twice",
        ),
        (lambda d: d["items"][4].update(days=0), "items[energy].days: must be at least 1"),
        (lambda d: d["items"][4].update(days=-3), "items[energy].days: must be at least 1"),
        (lambda d: d["items"][4].update(days="6"), "items[energy].days: must be a whole number"),
        (
            lambda d: d["items"][4].update(dys=6),
            "items[energy].dys: is not a key that is known here",
        ),
        (lambda d: d["items"][4].pop("days"), "items[energy].days: is missing"),
        (lambda d: d["items"][4].update(name=" "), "items[energy].name: must not be empty"),
        (lambda d: d.update(code="zmd"), "code: must look like ^[A-Z]{2,6}$"),
        (lambda d: d.update(colour="red"), "colour: is not a key that is known here"),
        (lambda d: d.pop("limits"), "limits: is missing"),
        (lambda d: d["limits"].pop("check"), "limits.check: is missing"),
        (lambda d: d.update(items=[]), "items: needs at least 1 entries"),
        (
            lambda d: d["limits"]["check"].update(days=0),
            "limits.check: a period has at least 1 day, not 0",
        ),
        (
            lambda d: d["limits"]["check"].update(unit="hours"),
            "limits.check.unit: must be 'working_days' or 'calendar_days'",
        ),
        (
            lambda d: d["limits"]["check"].update(dys=1),
            "limits.check.dys: is not a key that is known here",
        ),
        (lambda d: d["limits"]["check"].pop("days"), "limits.check.days: is missing"),
        (lambda d: d["ladder"].update(board_after=0), "ladder.board_after: must be at least 1"),
        (lambda d: d["ceremonies"][0].update(day=31), "ceremonies[city].day: must be at most 28"),
        (
            lambda d: d["ceremonies"][0].update(months=[13]),
            "ceremonies[city].months[0]: must be at most 12",
        ),
    ],
)
def test_a_mistake_is_named_with_key_and_reason(
    spoil: Callable[[Data], object], sentence: str
) -> None:
    assert refuse(spoil) == sentence


def test_a_key_that_is_no_key_is_named() -> None:
    said = refuse(lambda d: d["items"][4].update(key="能评"))
    assert said == "items[能评].key: must look like ^[a-z][a-z0-9_]{0,39}$"


def test_a_pack_that_does_not_exist() -> None:
    with pytest.raises(PackError) as caught:
        load_pack("zhumadain")
    assert str(caught.value) == "zhumadain: there is no such pack; there are: zhumadian"


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    file = tmp_path / "none.toml"
    with pytest.raises(PackError) as caught:
        load_pack(str(file))
    assert str(caught.value) == f"{file}: cannot be read: No such file or directory"
    assert (caught.value.file, caught.value.key) == (str(file), "")


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("key = \n", encoding="utf-8")
    with pytest.raises(
        PackError, match=r"broken\.toml: is not valid TOML: Invalid value \(at line 1"
    ):
        load_pack(file)


def test_a_file_that_is_no_utf8(tmp_path: Path) -> None:
    file = tmp_path / "gbk.toml"
    file.write_bytes('name = "驻马店市"'.encode("gbk"))
    with pytest.raises(PackError, match=r"gbk\.toml: is not UTF-8$"):
        load_pack(file)


def test_a_mistake_in_a_file_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    file.write_text(SOURCE.replace("days = 20\n", "days = 0\n"), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(str(file))
    assert str(caught.value) == f"{file}: items[eia_report].days: must be at least 1"


def test_an_empty_file_names_the_first_key_that_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "empty.toml"
    file.touch()
    with pytest.raises(PackError, match=r"empty\.toml: key: is missing$"):
        load_pack(file)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "marked.toml"
    file.write_text(SOURCE, encoding="utf-8-sig")
    assert load_pack(file) == PACK
