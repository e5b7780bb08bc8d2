"""What can be wrong with the settings, in one sentence that says where and what."""


class SettingsError(Exception):
    """Settings that cannot be used; `str()` is one sentence for the administrator.

    Attributes:
        file: the file, or the environment variable.
        key: where in it, such as telegram.api_base; "" where the whole file is meant.
        reason: what is wrong there, and what to write instead.

    """

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__("：".join(part for part in (file, key, reason) if part))
        self.file = file
        self.key = key
        self.reason = reason
