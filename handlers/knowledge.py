"""What a message is read with besides its text: the group's names, the question before it."""

from dataclasses import dataclass
from datetime import datetime

from handlers.answers import question_from_data
from handlers.reading.naming.names import Names
from handlers.reading.values import Query
from store.ledger import Ledger
from store.queries import projects
from store.queries.people import Group
from store.queries.questions import find_last_question

from .incoming import Heard


@dataclass(slots=True)
class _Known:
    """A group's names, as of its newest project and its latest renaming."""

    names: Names
    newest: int
    renames: int


class Knowledge:
    """The names that each group's reader knows; they grow with the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._groups: dict[int, _Known] = {}

    async def get_names(self, group: Group, at: datetime) -> Names:
        """The group's names. A new project is learnt; only after a renaming all are read anew."""
        newest, renames = await self._ledger.ask(projects.get_names_version, at, group)
        known = self._groups.get(group.id)
        if known is None or known.renames != renames:
            pack = self._ledger.rules.packs[group.pack]
            found = await self._ledger.ask(projects.list_names, at, group)
            known = _Known(Names.from_pack(pack, found), newest, renames)
            self._groups[group.id] = known
        elif known.newest != newest:
            known.names.learn(await self._ledger.ask(projects.list_names, at, group, known.newest))
            known.newest = newest
        return known.names

    async def find_previous(self, heard: Heard) -> Query | None:
        """What whoever speaks asked last in this chat, a little while ago."""
        chat_id, user_id = heard.request.chat_id, heard.person.user_id
        if chat_id is None:
            return None
        data = await self._ledger.ask(find_last_question, heard.request.at, chat_id, user_id)
        return question_from_data(data).query if data else None
