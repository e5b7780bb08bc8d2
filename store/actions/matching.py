"""Which project each part of an edited message is: by its name, and by its place with caution.

A project of the ledger must not be overwritten because another one has come to stand where
it stood. Its place in the message decides only where nothing else speaks against it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..queries.drafts import Draft, columns_of
from .registration import ProjectInput

_TELLING = ("county", "signed_on", "investment", "owner")
_ENOUGH = 2  # so many of these tell whether it is the same project


def match(inputs: Sequence[ProjectInput], known: Sequence[Draft]) -> list[Draft | None]:
    """The draft of each project of the message, or None; each draft at most once."""
    found: list[Draft | None] = [None] * len(inputs)
    left = list(known)
    places = (_has_place_of(inputs, known),) if len(inputs) == len(known) else ()
    for fits in (*_BY_NAME, *places):
        for position, stated in enumerate(inputs):
            if found[position] is None:
                fitting = next((each for each in left if fits(each, stated, position)), None)
                if fitting is not None:
                    left.remove(fitting)
                    found[position] = fitting
    return found


def list_likely(
    stated: ProjectInput, known: Sequence[Draft], matched: Sequence[Draft | None]
) -> list[Draft]:
    """What a project that was not matched may have been before: it has too much in common."""
    taken = {draft.id for draft in matched if draft is not None}
    return [
        draft
        for draft in known
        if draft.id not in taken and _is_alike(draft.stated["fields"], stated.fields)
    ]


def is_another(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a project has become a wholly different one: its name, and most that tells it."""
    if None in (before.get("name"), now.get("name")) or before["name"] == now["name"]:
        return False
    pairs = [(columns_of(before, field), columns_of(now, field)) for field in _TELLING]
    return sum(bool(old and new) and old != new for old, new in pairs) >= _ENOUGH


def _is_alike(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    pairs = [(columns_of(before, field), columns_of(now, field)) for field in _TELLING]
    return sum(bool(old) and old == new for old, new in pairs) >= _ENOUGH


def _has_name(draft: Draft, stated: ProjectInput, *columns: str) -> bool:
    """Whether the message called it so before, or the draft has come to be called so."""
    said = [stated.fields.get(name) for name in columns]
    stands = (draft.stated["fields"], draft.fields)
    return said[0] is not None and said in [[each.get(name) for name in columns] for each in stands]


_Fits = Callable[[Draft, ProjectInput, int], bool]
_BY_NAME: tuple[_Fits, ...] = (
    lambda draft, stated, _: _has_name(draft, stated, "name", "county"),
    lambda draft, stated, _: _has_name(draft, stated, "name"),
)


def _has_place_of(inputs: Sequence[ProjectInput], known: Sequence[Draft]) -> _Fits:
    """The only project of a message is always the one it was; of several it has to be like it."""
    only = len(inputs) == 1
    place = {draft.id: position for position, draft in enumerate(known)}
    return lambda draft, stated, position: (
        only or (place[draft.id] == position and _is_alike(draft.stated["fields"], stated.fields))
    )
