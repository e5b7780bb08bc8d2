"""What the settings give, and which source wins."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings
from policy import packs
from policy.rights import Role
from tests.unit.bot.conftest import Load

TOKEN = "123456:invented-for-a-test"
GROUP = '[[groups]]\nchat_id = -1001\ntitle = "专班"\n'


def test_without_a_file_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings.file is None
    assert settings.telegram.token is None
    assert settings.telegram.api_base == "https://api.telegram.org"
    assert settings.store.url == "sqlite:///data/zhuanban.db"
    assert settings.hours.closing == time(17, 30)
    assert settings.schedule.digest_at == time(8, 30)
    assert not settings.clock.rehearses


def test_a_file_may_be_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "mine.toml").write_text('[store]\nurl = "sqlite:///mine.db"\n')
    monkeypatch.setenv("ZHUANBAN_CONFIG", "mine.toml")
    settings = load_settings()
    assert settings.store.url == "sqlite:///mine.db"
    assert settings.file == "mine.toml"


def test_a_file_of_windows_is_read(place: Path) -> None:
    (place / "config.toml").write_bytes(
        "[store]\r\nurl = 'sqlite:///甲.db'\r\n".encode("utf-8-sig")
    )
    assert load_settings().store.url == "sqlite:///甲.db"


def test_the_environment_wins_key_by_key(load: Load) -> None:
    settings = load(
        '[telegram]\napi_base = "http://one.example"\n[clock]\nspeed = 2\n',
        TELEGRAM__API_BASE="http://two.example/",
        TELEGRAM__TOKEN=TOKEN,
    )
    assert settings.telegram.api_base == "http://two.example"
    assert settings.clock.speed == 2


def test_an_empty_variable_is_none(load: Load) -> None:
    assert load('[store]\nurl = "sqlite:///a.db"', STORE__URL="").store.url == "sqlite:///a.db"


@pytest.mark.parametrize("written", ["2027-01-01,2027-02-05", '["2027-01-01", "2027-02-05"]'])
def test_days_come_from_the_environment_too(load: Load, written: str) -> None:
    settings = load(CALENDAR__HOLIDAYS=written)
    assert settings.calendar.holidays == (date(2027, 1, 1), date(2027, 2, 5))


def test_days_may_be_quoted_or_not(load: Load) -> None:
    settings = load('[calendar]\nholidays = ["2027-01-01", 2027-02-05]')
    assert settings.calendar.holidays == (date(2027, 1, 1), date(2027, 2, 5))


@pytest.mark.parametrize(
    "written",
    ['"9:00-17:00"', '"09:00–17:00"', '"9：00 至 17：00"', '{open = "9:00", close = 17:00:00}'],
)
def test_business_hours_are_written_in_several_ways(load: Load, written: str) -> None:
    hours = load(f"[calendar]\nbusiness_hours = {written}").calendar.business_hours
    assert (hours.open, hours.close) == (time(9), time(17))


def test_the_close_of_business_is_1730_where_only_the_opening_is_set(load: Load) -> None:
    settings = load('[calendar]\nbusiness_hours = {open = "09:00"}')
    assert settings.hours.closing == time(17, 30)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-20T08:00:00", datetime(2026, 11, 20, 0, tzinfo=UTC)),
        ("2026-11-20T08:00:00+00:00", datetime(2026, 11, 20, 8, tzinfo=UTC)),
    ],
)
def test_a_start_without_an_offset_is_local(load: Load, written: str, utc: datetime) -> None:
    settings = load(CLOCK__START=written)
    assert settings.start == utc
    assert settings.clock.rehearses


def test_a_webhook_listens_where_it_is_told(load: Load) -> None:
    listen = load('[telegram]\nwebhook_listen = "localhost:9000"').telegram.webhook_listen
    assert (listen.host, listen.port) == ("localhost", 9000)


def test_a_webhook_with_its_secret_is_taken(load: Load) -> None:
    settings = load(
        '[telegram]\nwebhook_url = "https://bot.example/x"', TELEGRAM__WEBHOOK_SECRET="s-1"
    )
    assert settings.telegram.webhook_secret
    assert settings.telegram.webhook_secret.get_secret_value() == "s-1"


def test_secrets_do_not_show(load: Load) -> None:
    settings = load(
        '[telegram]\nwebhook_url = "https://bot.example/x"',
        TELEGRAM__TOKEN=TOKEN,
        TELEGRAM__WEBHOOK_SECRET="open-sesame",
        STORE__URL="postgresql://zhuanban:open-sesame@db.example/ledger",
    )
    shown = f"{settings!r} {settings} {settings.telegram} {settings.store!r}"
    assert TOKEN.split(":")[1] not in shown
    assert "open-sesame" not in shown
    assert settings.store.shown_url == "postgresql://zhuanban:***@db.example/ledger"


def test_where_the_token_stands_is_known(load: Load) -> None:
    text = f'[telegram]\ntoken = "{TOKEN}"'
    assert load(text).token_in_file
    assert not load(text, TELEGRAM__TOKEN=TOKEN).token_in_file


def test_departments_are_added_to_the_pack(load: Load) -> None:
    settings = load(
        GROUP + '[[departments]]\nname = "市生态环境局"\naliases = ["绿水局"]\n'
        '[[departments]]\nname = "市水利局"\naliases = ["水利局"]\n'
    )
    pack = settings.packs["zhumadian"]
    ecology, water = pack.find_department("绿水局"), pack.find_department("水利局")
    assert ecology
    assert ecology.name == "市生态环境局"
    assert water
    assert water.name == "市水利局"


def test_members_belong_to_a_department_by_its_full_name(load: Load) -> None:
    settings = load(
        GROUP + '[[members]]\nid = 1\nname = "甲"\nrole = "department"\ndepartment = "环保局"\n'
        '[[members]]\nid = 2\nname = "乙"\nusername = "@yi"\nrole = "county"\ndepartment = "遂平"\n'
    )
    first, second = settings.members
    assert (first.role, first.department) == (Role.DEPARTMENT, "市生态环境局")
    assert (second.username, second.department) == ("yi", "遂平县")


def test_a_pack_of_ones_own_lies_beside_the_file(load: Load, place: Path) -> None:
    source = Path(packs.__file__).with_name("zhumadian.toml").read_text(encoding="utf-8")
    (place / "mine.toml").write_text(source.replace('"zhumadian"', '"mine"', 1), encoding="utf-8")
    settings = load(GROUP + 'pack = "mine.toml"')
    assert settings.groups[0].pack == "mine"
    assert settings.packs["mine"].name == settings.packs["zhumadian"].name


def test_a_list_may_come_as_json(load: Load) -> None:
    settings = load(GROUPS='[{"chat_id": -7, "title": "专班"}]')
    assert [group.chat_id for group in settings.groups] == [-7]


def test_settings_stay_as_they_are(load: Load) -> None:
    settings = load()
    with pytest.raises(ValueError, match="frozen"):
        settings.store = settings.store  # type: ignore[misc]  # that is what is tested


def test_a_named_file_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUANBAN_CONFIG", "gone.toml")
    with pytest.raises(SettingsError, match=r"^环境变量 ZHUANBAN_CONFIG：没有 gone.toml 这个文件$"):
        load_settings()
