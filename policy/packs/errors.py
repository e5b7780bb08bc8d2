"""What can be wrong with a pack."""


class PackError(Exception):
    """A pack that cannot be used, or that lacks what it was asked for.

    `str()` is one sentence for whoever maintains the pack.

    Attributes:
        file: the file, or the pack's key once it is loaded.
        key: where in it, such as items[energy].days; "" where the whole file is meant.
        reason: what is wrong there.

    """

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(": ".join(part for part in (file, key, reason) if part))
        self.file = file
        self.key = key
        self.reason = reason


class Flaw(ValueError):
    """Something wrong at one place of a pack; loading adds the file and makes a PackError of it."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason
