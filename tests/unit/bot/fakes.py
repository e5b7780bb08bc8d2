"""A platform that does what a test says, in place of Telegram."""

from collections.abc import Callable
from dataclasses import dataclass, field

from handlers.texts.post import Post


@dataclass(frozen=True, slots=True)
class Sent:
    """One post that arrived, or one edit."""

    chat_id: int
    message_id: int
    text: str
    reply_to: int | None = None
    edited: bool = False


@dataclass
class FakeChannel:
    """Takes posts. `trouble` is asked before each, with its chat, and may raise."""

    sent: list[Sent] = field(default_factory=list)
    trouble: Callable[[int], None] = lambda _chat: None
    trouble_after: Callable[[int], None] = lambda _chat: None
    last: int = 0

    async def send(self, chat_id: int, post: Post, reply_to: int | None) -> int:
        """Gives the new message's id."""
        self.trouble(chat_id)
        self.last += 1
        self.sent.append(Sent(chat_id, self.last, text_of(post), reply_to))
        self.trouble_after(chat_id)
        return self.last

    async def edit(self, chat_id: int, message_id: int, post: Post) -> None:
        """Changes a message."""
        self.trouble(chat_id)
        self.sent.append(Sent(chat_id, message_id, text_of(post), edited=True))
        self.trouble_after(chat_id)


def text_of(post: Post) -> str:
    """A post's words."""
    return "\n".join(line.text for line in post.lines)


def times(count: int, error: Exception) -> Callable[[int], None]:
    """Raises the error the first times."""
    left = [count]

    def decide(_chat: int) -> None:
        if left[0] > 0:
            left[0] -= 1
            raise error

    return decide
