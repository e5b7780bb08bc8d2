"""Asking back: what is not in the ledger, and which of several is meant."""

from handlers.texts.post import Line
from handlers.texts.speech import Speech
from handlers.texts.words import clip
from store.queries.projects import Project

LONGEST_LABEL = 18  # characters; more is cut off on a phone


def unknown_line(speech: Speech, said: str, has_projects: bool) -> Line:
    """Nothing in the ledger is called that."""
    if has_projects:
        return Line(speech.say("The ledger has no “{said}”. The newest projects:", said=said))
    return Line(speech.say("The ledger has no “{said}”, and no project yet.", said=said))


def nothing_but_near_line(speech: Speech, said: str) -> Line:
    """Nothing in the ledger is called that, but something nearly so."""
    return Line(speech.say("The ledger has no “{said}”. Projects of a similar name:", said=said))


def which_project_line(speech: Speech, has_projects: bool) -> Line:
    """The question needs a project."""
    if has_projects:
        return Line(speech.say("Which project is meant? The newest ones:"))
    return Line(speech.say("There is no project in the ledger yet."))


def several_counties_line(speech: Speech, name: str, count: int) -> Line:
    """One name, projects in several counties."""
    return Line(
        speech.say("{count} counties have a “{name}”. Which one is meant?", count=count, name=name)
    )


def which_of_line(speech: Speech, said: str, count: int) -> Line:
    """What was said fits several projects."""
    return Line(speech.say("“{said}” fits {count} projects. Which one?", said=said, count=count))


def unknown_task_line(speech: Speech, number: int, last: int) -> Line:
    """There is no task of that number; `last` is the highest that there is (0: none)."""
    if last:
        return Line(
            speech.say(
                "There is no task no. {number}: they go up to {last}.", number=number, last=last
            )
        )
    return Line(speech.say("There is no task no. {number}: none is dispatched yet.", number=number))


def choice_label(speech: Speech, project: Project) -> str:
    """A project on a button: its number, name and county."""
    name = clip(project.name, LONGEST_LABEL)
    return speech.say(
        "#{number} {name} ({county})", number=project.number, name=name, county=project.county
    )
