"""Reading the settings: the file, the environment over it, and the checks across sections."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError as SourceError

from bot.settings.checks import check_days, check_together, complete_members, load_packs
from bot.settings.errors import SettingsError
from bot.settings.model import PREFIX, Settings
from bot.settings.sentences import explain, suggest

CONFIG_VARIABLE = "ZHUANBAN_CONFIG"
DEFAULT_CONFIG = "config.toml"

_FULL_WIDTH = re.compile("[“”‘’，＝：［］]")


def load_settings() -> Settings:
    """Read and check the settings.

    The file is config.toml in the current directory, or what ZHUANBAN_CONFIG names; without
    the former the defaults hold. Any setting may come from ZHUANBAN_<SECTION>__<KEY>.

    Raises:
        SettingsError: something is wrong; nothing is guessed or passed over.

    """
    path = find_config()
    data = _read_file(path) if path else {}
    file = str(path or DEFAULT_CONFIG)
    _check_environment()
    if "webhook_secret" in _section(data, "telegram"):
        variable = f"{PREFIX}TELEGRAM__WEBHOOK_SECRET"
        raise SettingsError(
            file, "telegram.webhook_secret", f"密钥不写在文件里，请改用环境变量 {variable}"
        )
    settings = _make(file, data)
    settings._file = str(path) if path else None
    settings._token_in_file = _is_token_in_file(data)
    check_together(settings, file)
    check_days(settings, file)
    completed = load_packs(settings, file, path.parent if path else Path())
    return complete_members(completed, file)


def find_config() -> Path | None:
    """Find the file with the settings; None where the default one is not there.

    Raises:
        SettingsError: ZHUANBAN_CONFIG names a file that is not there.

    """
    named = os.environ.get(CONFIG_VARIABLE, "").strip()
    path = Path(named or DEFAULT_CONFIG)
    if path.is_file():
        return path
    if named:
        raise SettingsError(f"环境变量 {CONFIG_VARIABLE}", "", f"没有 {named} 这个文件")
    return None


def _read_file(path: Path) -> dict[str, Any]:
    """The file's content. Editors on Windows put a byte order mark first; that is no harm."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(str(path), "", f"读不出来（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise SettingsError(str(path), "", "不是 UTF-8 编码，请另存为 UTF-8") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(path), "", _explain_syntax(text, str(error))) from error


def _explain_syntax(text: str, message: str) -> str:
    found = re.search(r"\(at line (\d+)", message)
    lines = text.splitlines()
    number = int(found[1]) if found else len(lines)
    detail = re.sub(r"\s*\(at .*\)", "", message)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    hint = "；这一行有全角标点，请改成半角" if _FULL_WIDTH.search(line.split("#")[0]) else ""
    return f"第 {number} 行不合 TOML 的写法（{detail}）{hint}"


def _check_environment() -> None:
    """A misspelt variable would otherwise be passed over, and the default hold in silence."""
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX) and variable != CONFIG_VARIABLE:
            reason = _explain_variable(variable.removeprefix(PREFIX))
            if reason:
                raise SettingsError(f"环境变量 {variable}", "", reason)


def _explain_variable(name: str) -> str | None:
    """Tell what is wrong with the name of a variable, as far as the section goes."""
    sections = [one.upper() for one in Settings.model_fields]
    section, nested, key = name.upper().partition("__")
    if nested and section not in sections:
        hint = suggest(section, sections, lambda one: f"{PREFIX}{one}__{key}")
        return f"没有这一节设置{hint}"
    for one in sections:
        if not nested and section.startswith(f"{one}_"):
            meant = f"{PREFIX}{one}__{section.removeprefix(f'{one}_')}"
            return f"节和键之间要用两条下划线：{meant}"
    return None


def _make(file: str, data: dict[str, Any]) -> Settings:
    try:
        return Settings(**data)
    except ValidationError as error:
        raise explain(error, file) from None
    except SourceError as error:
        found = re.search(r'field "(\w+)"', str(error))
        variable = f"环境变量 {PREFIX}{found[1].upper()}" if found else "环境变量"
        raise SettingsError(variable, "", "不是合法的 JSON") from None


def _section(data: dict[str, Any], name: str) -> dict[str, Any]:
    section = data.get(name)
    return section if isinstance(section, dict) else {}


def _is_token_in_file(data: dict[str, Any]) -> bool:
    return bool(_section(data, "telegram").get("token")) and not os.environ.get(
        f"{PREFIX}TELEGRAM__TOKEN"
    )
