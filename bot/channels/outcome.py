"""What can become of a post that a channel tried to send."""


class Postponed(Exception):
    """It could not be sent now: try again after `seconds`.

    `unsure`: whether it was sent is unknown, since the connection was cut.
    """

    def __init__(self, seconds: float, reason: str, *, unsure: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.unsure = unsure


class Undeliverable(Exception):
    """It cannot be sent to this chat, ever: the assistant was blocked or removed."""


class Unacceptable(Exception):
    """The platform takes this post in no chat: the mistake is ours."""


class Vanished(Exception):
    """The message that was to be edited is not there any more."""


class Moved(Exception):
    """The chat has another id now."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"the chat is {chat_id} now")
        self.chat_id = chat_id
