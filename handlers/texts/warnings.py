"""Warnings and questions back, by name: what was not done with a message, and how to say it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handlers.presses import Verb, press
from handlers.reading.values import Why
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip, in_rows

_NAMED = 12
_LONGEST_NAME = 40
_IN_ROW = 3

_WARNINGS = {
    "classified": sentence(
        "This message carries the mark “{mark}”. Nothing of it was kept."
        " Please delete it at once and use the channels for classified matters"
    ),
    "too_long": sentence(
        "This message is too long ({length} characters) and was not read. Please send it in parts"
    ),
    "unknown_group": sentence(
        "This group has no ledger yet. An administrator enters chat_id = {chat_id}"
        " under [[groups]] in config.toml"
    ),
    "no_home_group": sentence(
        "It is not clear which task force you belong to. Press “ask to join” in its group first."
        " Your account's number, for the administrator: {user_id}"
    ),
    "edited_act": sentence(
        "An edited message is not carried out. What it did not do before, please send anew"
    ),
    "lines_known": sentence("#{number} has this already"),
    "not_understood": sentence(
        "I did not understand that. Ask for example when an item of a project is due,"
        " or what is overdue; “help” shows everything"
    ),
    "anonymous": sentence(
        "You write as the group itself, so nobody answers for it."
        " Switch off “remain anonymous” and send it again"
    ),
}
_ASKED = {
    Why.WHICH_TASK: sentence("Which task? Write its number, such as “no. {number} {act}”"),
    Why.UNKNOWN_TASK: sentence("There is no such task. Ask “my tasks” for the right number"),
    Why.NO_REASON: sentence("Please say why, such as “no. {number} {act}: reason”"),
    Why.NO_DAYS: sentence("By how many working days? Such as “no. {number} {act} 3 days: reason”"),
    Why.BAD_DAYS: sentence(
        "Between 1 and 10 working days are possible. Such as “no. {number} {act} 3 days: reason”"
    ),
    Why.NO_TARGET: sentence("To which department? Such as “no. {number} to the housing bureau”"),
    Why.UNKNOWN_DEPARTMENT: sentence("That department is not known here. Write its full name"),
    Why.CONTRADICTORY: sentence(
        "These contradict each other, so nothing was done. Please say one thing"
    ),
    Why.UNCLEAR: sentence(
        "This was not clear, so nothing was done. Please write it like “no. {number} {act}”"
    ),
}
_ACTS = {
    "acknowledge": sentence("take"),
    "contact": sentence("owner contacted"),
    "accept": sentence("accept"),
    "progress": sentence("report"),
    "complete": sentence("hand in"),
    "return": sentence("return"),
    "transfer": sentence("transfer"),
    "pause": sentence("stop the clock"),
    "resume": sentence("resume"),
    "extend": sentence("extend"),
    "problem": sentence("problem"),
    "close": sentence("close"),
    "make_good": sentence("make good"),
}
_EXAMPLE = 5


def warning_post(speech: Speech, name: str, values: Mapping[str, Any]) -> Post:
    """The warning of this name; an unknown name raises KeyError."""
    if name == "ask_back":
        return _ask_back(speech, values)
    if name == "edit_unclear":
        return _edit_unclear(speech, values)
    plain = {key: clip(str(value), _LONGEST_NAME) for key, value in values.items()}
    return Post((Line(speech.say(_WARNINGS[name], **plain)),))


def set_aside_post(speech: Speech, update: int, error: str) -> Post:
    """Tells the maintainers of an update that failed again and again."""
    return Post(
        (
            Line(
                speech.say(
                    "Update {update} failed again and again and was set aside", update=update
                ),
                Style.TITLE,
            ),
            Line(clip(error, 1000), Style.QUOTE),
            Line(
                speech.say(
                    "The rest goes on. Please look into the log, and ask the sender to say it again"
                )
            ),
        )
    )


def _ask_back(speech: Speech, values: Mapping[str, Any]) -> Post:
    why, picks = Why(values["why"]), values.get("picks") or ()
    candidates = values.get("candidates") or ()
    numbers = [each["number"] for each in picks]
    numbers += [int(each) for each in candidates if str(each).isdecimal()]
    act = _ACTS.get(values.get("act") or "complete", _ACTS["complete"])
    asked = speech.say(_ASKED[why], act=speech.say(act), number=numbers[0] if numbers else _EXAMPLE)
    lines = [Line(asked), *_list_picks(speech, picks, values.get("others") or 0)]
    return Post((*lines, *_list_names(speech, candidates)), _picks(speech, picks))


def _edit_unclear(speech: Speech, values: Mapping[str, Any]) -> Post:
    """A part of an edited message that may be one or another of its projects."""
    name = clip(values.get("said") or speech.say("a project without a name"), _LONGEST_NAME)
    said = speech.say(
        "It is not clear which project “{name}” was before the edit, so it was not changed",
        name=name,
    )
    how = speech.say("To change one, reply to its card with the line. A new one: post it by itself")
    return Post((Line(said), *_list_names(speech, values["names"]), Line(how)))


def _picks(speech: Speech, picks: Sequence[Mapping[str, Any]]) -> tuple[tuple[Button, ...], ...]:
    """A button for each task that may be meant."""
    buttons = [
        Button(speech.say("no. {number}", number=each["number"]), press(Verb.PICK, each["id"]))
        for each in picks
    ]
    return tuple(in_rows(buttons, _IN_ROW))


def _list_picks(speech: Speech, picks: Sequence[Mapping[str, Any]], others: int) -> Iterator[Line]:
    """What each of these tasks is about, for nobody knows the numbers by heart."""
    for each in picks:
        project = clip(each["project"], _LONGEST_NAME)
        task = speech.say("no. {number} {item}", number=each["number"], item=each["item"])
        yield Line(f"{task} · {project}", Style.DETAIL)
    if others:
        yield Line(speech.say_many("{n} more", "{n} more", others), Style.DETAIL)


def _list_names(speech: Speech, names: Sequence[str]) -> list[Line]:
    """The projects that may be meant."""
    shown = [clip(str(each), _LONGEST_NAME) for each in names if not str(each).isdecimal()]
    if not shown:
        return []
    named = speech.join(shown[:_NAMED])
    if len(shown) > _NAMED:
        named = speech.say("{names} and others, {n} in all", names=named, n=len(shown))
    return [Line(speech.say("Meant may be: {names}", names=named), Style.DETAIL)]
