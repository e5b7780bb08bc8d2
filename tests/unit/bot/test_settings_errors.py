"""Each mistake in the settings ends in one sentence: where, and what to write instead."""

import tomllib
from pathlib import Path

import pytest

from bot.settings import SettingsError, checks, load_settings
from policy.packs import PackError
from tests.unit.bot.conftest import Load

GROUP = '[[groups]]\nchat_id = -1\ntitle = "专班"\n'
MISTAKES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8"))[
    "mistakes"
]

IN_THE_ENVIRONMENT = {
    ("TELEGRM__TOKEN", "x"): "没有这一节设置，是不是 ZHUANBAN_TELEGRAM__TOKEN？",
    ("TELEGRAM_TOKEN", "x"): "节和键之间要用两条下划线：ZHUANBAN_TELEGRAM__TOKEN",
    ("TELEGRAM__TOKNE", "x"): "telegram.tokne：没有这个键，是不是 token？",
    ("CLOCK__SPEED", "-1"): "clock.speed：应大于 0，写的是 -1",
    ("STORE__URL", "here.db"): "store.url：应是 sqlite:///文件 或 postgresql://用户:密码@主机/库名",
    (
        "CALENDAR__HOLIDAYS",
        "soon",
    ): "calendar.holidays 第 1 项：应是 2026-10-01 这样的日期，写的是 soon",
    ("TELEGRAM", "x"): "不是合法的 JSON",
    ("MEMBERS", "[{"): "不是合法的 JSON",
}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["sentence"])
def test_a_mistake_in_the_file(load: Load, mistake: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load(mistake["config"])
    assert str(caught.value) == f"config.toml：{mistake['sentence']}"
    assert caught.value.file == "config.toml"


@pytest.mark.parametrize(("variable", "sentence"), IN_THE_ENVIRONMENT.items())
def test_a_mistake_in_the_environment(load: Load, variable: tuple[str, str], sentence: str) -> None:
    name, value = variable
    with pytest.raises(SettingsError) as caught:
        load(**{name: value})
    assert str(caught.value) == f"环境变量 ZHUANBAN_{name}：{sentence}"


@pytest.mark.parametrize(
    "text", ['[telegram]\ntoken = "open sesame"', "[store]\nurl = 'open sesame'"]
)
def test_a_secret_is_not_repeated(load: Load, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(text)
    assert "sesame" not in str(caught.value)


def test_a_file_in_another_encoding(place: Path) -> None:
    (place / "config.toml").write_bytes("# 专班".encode("gbk"))
    with pytest.raises(SettingsError, match=r"^config.toml：不是 UTF-8 编码，请另存为 UTF-8$"):
        load_settings()


def test_a_pack_with_a_mistake_is_named_with_its_key(load: Load, place: Path) -> None:
    (place / "mine.toml").write_text('key = "mine"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(GROUP + 'pack = "mine.toml"')
    assert caught.value.file == "mine.toml"
    assert caught.value.key


def test_a_pack_of_ours_with_a_mistake_is_named_as_well(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_name: str) -> None:
        raise PackError("zhumadian.toml", "items[energy].days", "must be at least 1")

    monkeypatch.setattr(checks, "load_pack", refuse)
    with pytest.raises(SettingsError) as caught:
        load()
    assert str(caught.value) == "zhumadian.toml：items[energy].days：must be at least 1"
