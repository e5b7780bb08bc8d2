"""What is done to a project by its card's buttons."""

from handlers.texts.toasts import team_text
from store.actions import projects
from store.ledger import Ledger
from store.queries.people import Group

from .incoming import Pressed, Toast
from .speaking import speech_of


async def on_form_team(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """落地推进小组已成立"""
    project = await ledger.do(projects.form_team, pressed.request, pressed.press.number())
    return Toast(team_text(speech_of(ledger, group, pressed.request), project.number))
