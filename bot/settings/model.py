"""The settings and their defaults, section by section, as config.toml has them."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.settings.values import (
    DatabaseAddress,
    Days,
    Text,
    TimeOfDay,
    TimeZone,
    Token,
    WebAddress,
    WebhookSecret,
    read_hours,
    read_listen,
)
from policy.hours import Hours
from policy.packs import Pack
from policy.rights import Role

if TYPE_CHECKING:
    from policy.calendar import Calendar as WorkingDays

PREFIX = "ZHUANBAN_"
DEFAULT_API = "https://api.telegram.org"


class Section(BaseModel):
    """Part of the settings: fixed once read, and nothing in it that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Listen(Section):
    """Where the webhook's own server listens; a proxy stands before it."""

    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080


class Telegram(Section):
    """The account on Telegram, and how updates come in."""

    token: Token = None
    api_base: WebAddress = DEFAULT_API
    webhook_url: WebAddress | None = None
    webhook_secret: WebhookSecret = None
    webhook_listen: Annotated[Listen, NoDecode, BeforeValidator(read_listen)] = Listen()


class Store(Section):
    """The database. `url` may hold a password, so it is not shown; `shown_url` is for people."""

    url: Annotated[DatabaseAddress, Field(repr=False)] = "sqlite:///data/zhuanban.db"

    @property
    def shown_url(self) -> str:
        """The address without its password."""
        return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", self.url)


class Clock(Section):
    """Rehearsal: a clock that starts at an instant, and runs so many times as fast."""

    start: datetime | None = None
    speed: Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)] = 1.0

    @property
    def rehearses(self) -> bool:
        """Whether it is not the machine's time that counts."""
        return self.start is not None or self.speed != 1.0


class BusinessHours(Section):
    """The opening and the close of business; a deadline passes at the close."""

    open: TimeOfDay = time(8, 30)
    close: TimeOfDay = time(17, 30)

    @model_validator(mode="after")
    def _check_order(self) -> "BusinessHours":
        if self.open >= self.close:
            raise ValueError("上班时间应早于下班时间")
        return self


class Calendar(Section):
    """The time zone, the hours, and days that the published calendar does not have right."""

    timezone: TimeZone = "Asia/Shanghai"
    business_hours: Annotated[BusinessHours, NoDecode, BeforeValidator(read_hours)] = (
        BusinessHours()
    )
    holidays: Days = ()
    workdays: Days = ()

    @model_validator(mode="after")
    def _check_contradiction(self) -> "Calendar":
        for day in sorted(set(self.holidays) & set(self.workdays)):
            raise ValueError(f"{day} 既写在 holidays 里，又写在 workdays 里，只能留一处")
        return self


class Schedule(Section):
    """What happens at which hour."""

    digest_at: TimeOfDay = time(8, 30)


class Group(Section):
    """A group that the assistant serves."""

    chat_id: int
    title: Text
    pack: Text = "zhumadian"
    locale: Literal["zh_Hans", "zh_Hant", "en"] = "zh_Hans"

    @field_validator("chat_id")
    @classmethod
    def _check_chat(cls, chat_id: int) -> int:
        if chat_id >= 0:
            raise ValueError("群的编号是负数，例如 -1001234567890")
        return chat_id


class Department(Section):
    """A department: further spellings of one of the pack's, or one that the pack does not have."""

    name: Text
    aliases: tuple[Text, ...] = ()


class Member(Section):
    """Somebody who is known from the start; `id` is the account's number."""

    id: Annotated[int, Field(gt=0)]
    name: Text
    username: str | None = None
    role: Role
    department: Text | None = None

    @field_validator("username")
    @classmethod
    def _strip_sign(cls, username: str | None) -> str | None:
        return (username or "").strip().removeprefix("@") or None


class Settings(BaseSettings):
    """Everything that a deployment sets. Made by `load_settings`, which checks it as a whole.

    `packs` holds the packs by key, those that come with the assistant and those that groups
    name, with the departments of the settings added. The `pack` of a group is such a key, and
    the department of a member is its full name.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=False,
    )

    telegram: Telegram = Telegram()
    store: Store = Store()
    clock: Clock = Clock()
    calendar: Calendar = Calendar()
    schedule: Schedule = Schedule()
    groups: tuple[Group, ...] = ()
    departments: tuple[Department, ...] = ()
    members: tuple[Member, ...] = ()

    # Not settings: what loading made of them.
    _packs: Mapping[str, Pack] = {}
    _file: str | None = None
    _token_in_file: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what is handed in, which is the file's content."""
        del settings_cls, dotenv_settings, file_secret_settings  # no other source counts
        return env_settings, init_settings

    @property
    def packs(self) -> Mapping[str, Pack]:
        """The packs by key."""
        return self._packs

    @property
    def file(self) -> str | None:
        """The file that was read; None where there is none."""
        return self._file

    @property
    def token_in_file(self) -> bool:
        """Whether the token stands in the file rather than in the environment."""
        return self._token_in_file

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days are counted and times are shown."""
        return ZoneInfo(self.calendar.timezone)

    @property
    def hours(self) -> Hours:
        """The close of business, and where."""
        return Hours(self.calendar.business_hours.close, self.zone)

    def make_calendar(self) -> "WorkingDays":
        """The working days, with the days of the settings in them."""
        # Imported here, since the calendar's packages take their time.
        from policy.calendar import Calendar as WorkingDays

        return WorkingDays(self.calendar.holidays, self.calendar.workdays)

    @property
    def start(self) -> datetime | None:
        """The instant at which a rehearsal starts, aware; without an offset it is local time."""
        start = self.clock.start
        return start.replace(tzinfo=self.zone) if start and start.tzinfo is None else start
