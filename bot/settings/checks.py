"""What must hold between the sections, and what the packs add to them."""

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

from bot.settings.errors import SettingsError
from bot.settings.model import Department, Group, Member, Settings
from bot.settings.sentences import find_origin, suggest, write_place
from policy.packs import Pack, PackError, add_departments, list_packs, load_pack
from policy.rights import Role

_WITH_DEPARTMENT = frozenset({Role.DEPARTMENT, Role.COUNTY})


def check_together(settings: Settings, file: str) -> None:
    """Hold the sections against each other. Raises SettingsError."""
    _check_once(file, "groups", "chat_id", [one.chat_id for one in settings.groups])
    _check_once(file, "departments", "name", [one.name for one in settings.departments])
    _check_once(file, "members", "id", [one.id for one in settings.members])
    telegram = settings.telegram
    if telegram.webhook_url and not telegram.webhook_secret:
        raise SettingsError(
            find_origin(("telegram", "webhook_url"), file),
            "telegram.webhook_url",
            "用 webhook 必须有密钥，否则谁都能冒充 Telegram："
            "请设环境变量 ZHUANBAN_TELEGRAM__WEBHOOK_SECRET",
        )


def check_days(settings: Settings, file: str) -> None:
    """See that the calendar can take the days of the settings. Raises SettingsError."""
    days = settings.calendar
    for key, given in (("holidays", days.holidays), ("workdays", days.workdays)):
        if not given:
            continue
        from policy.calendar import Calendar, CalendarError

        try:
            Calendar(given)
        except CalendarError as error:
            origin = find_origin(("calendar", key), file)
            reason = f"{error.day} 不在日历能算的年份内"
            raise SettingsError(origin, f"calendar.{key}", reason) from None


def load_packs(settings: Settings, file: str, folder: Path) -> Settings:
    """Load the packs and give groups the keys of theirs. Raises SettingsError.

    A pack that is named as a file is looked for beside the settings' file, in `folder`.
    """
    packs = {name: _load(name) for name in list_packs()}
    groups = []
    for number, group in enumerate(settings.groups):
        pack = _load_pack_of(group, number, file, folder)
        other = packs.setdefault(pack.key, pack)
        if other != pack:
            loc = ("groups", number, "pack")
            reason = f"{group.pack} 的 key 是 {pack.key}，与另一个政策包重了，请换一个"
            raise SettingsError(find_origin(loc, file), write_place(loc), reason)
        groups.append(group.model_copy(update={"pack": pack.key}))
    made = settings.model_copy(update={"groups": tuple(groups)})
    made._packs = {key: _add_departments(settings, packs, key, file) for key in packs}
    return made


def complete_members(settings: Settings, file: str) -> Settings:
    """Give each member the full name of their department or county. Raises SettingsError."""
    members = [
        _complete_member(settings, member, number, file)
        for number, member in enumerate(settings.members)
    ]
    return settings.model_copy(update={"members": tuple(members)})


def _check_once(file: str, section: str, key: str, values: Sequence[Hashable]) -> None:
    for number, value in enumerate(values):
        first = values.index(value)
        if first < number:
            loc = (section, number, key)
            reason = f"{value} 与第 {first + 1} 项重复"
            raise SettingsError(find_origin(loc, file), write_place(loc), reason)


def _load_pack_of(group: Group, number: int, file: str, folder: Path) -> Pack:
    loc = ("groups", number, "pack")
    named_file = group.pack.endswith(".toml")
    if not named_file and group.pack not in list_packs():
        reason = f"没有名为 {group.pack} 的政策包{suggest(group.pack, list_packs())}"
        raise SettingsError(find_origin(loc, file), write_place(loc), reason)
    if named_file and not (folder / group.pack).is_file():
        reason = f"没有 {folder / group.pack} 这个政策包文件"
        raise SettingsError(find_origin(loc, file), write_place(loc), reason)
    return _load(folder / group.pack if named_file else group.pack)


def _load(name_or_path: str | Path) -> Pack:
    try:
        return load_pack(name_or_path)
    except PackError as error:
        raise SettingsError(error.file, error.key, error.reason) from error


def _add_departments(settings: Settings, packs: dict[str, Pack], key: str, file: str) -> Pack:
    """Add what concerns a pack: aliases of its own departments, and departments no pack has."""
    pack, additions = packs[key], {}
    for number, one in enumerate(settings.departments):
        if _has(pack, one) or not any(_has(other, one) for other in packs.values()):
            _check_aliases(pack, one, number, file)
            additions[one.name] = one.aliases
    try:
        return add_departments(pack, additions) if additions else pack
    except PackError as error:
        origin = find_origin(("departments",), file)
        raise SettingsError(origin, "departments", f"{error.key}：{error.reason}") from error


def _check_aliases(pack: Pack, department: Department, number: int, file: str) -> None:
    for alias in (department.name, *department.aliases):
        other = pack.find_department(alias)
        if other is not None and other.name != department.name:
            loc = ("departments", number)
            reason = f"{department.name} 的叫法 {alias} 已是 {other.name} 的叫法"
            raise SettingsError(find_origin(loc, file), write_place(loc), reason)


def _has(pack: Pack, department: Department) -> bool:
    return any(one.name == department.name for one in pack.departments)


def _complete_member(settings: Settings, member: Member, number: int, file: str) -> Member:
    if member.role not in _WITH_DEPARTMENT:
        return member
    loc = ("members", number, "department")
    packs = _packs_in_use(settings)
    known = _list_names(packs, member.role)
    what = "县区" if member.role is Role.COUNTY else "部门"
    if member.department is None:
        reason = f"{member.name} 的 role 是 {member.role}，要写明是哪个{what}"
        raise SettingsError(find_origin(loc, file), write_place(loc), reason)
    name = _find_name(packs, member.role, member.department)
    if name is None:
        reason = f"没有名为 {member.department} 的{what}{suggest(member.department, known)}"
        raise SettingsError(find_origin(loc, file), write_place(loc), reason)
    return member.model_copy(update={"department": name})


def _packs_in_use(settings: Settings) -> list[Pack]:
    used = {group.pack for group in settings.groups} or set(settings.packs)
    return [pack for key, pack in settings.packs.items() if key in used]


def _list_names(packs: Iterable[Pack], role: Role) -> list[str]:
    if role is Role.COUNTY:
        return [one.name for pack in packs for one in pack.counties]
    return [one.name for pack in packs for one in pack.departments]


def _find_name(packs: Iterable[Pack], role: Role, said: str) -> str | None:
    for pack in packs:
        one = pack.find_county(said) if role is Role.COUNTY else pack.find_department(said)
        if one is not None:
            return one.name
    return None
