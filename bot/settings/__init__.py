"""All that a deployment changes: config.toml, the environment over it, defaults under it."""

from bot.settings.errors import SettingsError
from bot.settings.loading import CONFIG_VARIABLE, find_config, load_settings
from bot.settings.model import (
    DEFAULT_API,
    PREFIX,
    Calendar,
    Clock,
    Department,
    Group,
    Listen,
    Member,
    Schedule,
    Settings,
    Store,
    Telegram,
)

__all__ = [
    "CONFIG_VARIABLE",
    "DEFAULT_API",
    "PREFIX",
    "Calendar",
    "Clock",
    "Department",
    "Group",
    "Listen",
    "Member",
    "Schedule",
    "Settings",
    "SettingsError",
    "Store",
    "Telegram",
    "find_config",
    "load_settings",
]
