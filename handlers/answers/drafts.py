"""The list of what waits to be in the ledger: registrations, and changes of projects."""

from handlers.texts.answers import drafts as words
from handlers.texts.post import Post
from store.queries.drafts import list_open_drafts, list_proposals
from store.queries.projects import get_project

from .asking import Asking
from .paging import cut_any, footer


def answer_drafts(asking: Asking) -> Post:
    """待补登记: who sent it, what it lacks or waits for, until when; a button brings its post."""
    view, speech = asking.view, asking.speech
    waiting = list_open_drafts(view, asking.group)
    found = sorted(waiting, key=lambda draft: not draft.problems)
    found += list_proposals(view, asking.group)
    if not found:
        return Post((words.nothing_waits(speech),))
    shown = [
        (each, get_project(view, each.project_id).number if each.project_id else None)
        for each in cut_any(asking, found)
    ]
    lines = [words.draft_line(speech, asking.pack, each, number) for each, number in shown]
    buttons = [*words.draft_buttons(speech, shown), *footer(asking, found)]
    return Post((words.drafts_header(speech, len(found)), *lines), tuple(buttons))
