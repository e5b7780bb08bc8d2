"""Why something was not done, and what to do instead: one plain sentence for each reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.presses import Verb, press
from handlers.texts.post import Button, Line, Post
from handlers.texts.speech import Speech, sentence
from handlers.texts.task import STEPS
from handlers.texts.words import clip, state_name, verb
from policy.life import State, Step
from store.errors import Refusal, Why

LONGEST = 200  # characters of the answer to a press
_LONGEST_NAME = 30
_DECIDED = ("registered", "declined", "amended")

_SENTENCES = {
    Why.STRANGER: sentence(
        "You are not registered here. Say “join” in the group; the office admits you"
    ),
    Why.NOT_ACTIVE: sentence("The office has not admitted you yet; please ask it to press “admit”"),
    Why.ALREADY_MEMBER: sentence(
        "You are registered already ({unit}). If that is wrong, tell the office"
    ),
    Why.ALREADY_ASKED: sentence("You have asked already ({unit}); the office has to press “admit”"),
    Why.OFFICE_ONLY: sentence("Only the office may do this; please ask it"),
    Why.WRONG_DEPARTMENT: sentence(
        "No. {number} is {theirs}'s, and you are registered with {yours}."
        " If it should be yours, ask the office: no. {number} to {yours}"
    ),
    Why.WRONG_ROLE: sentence(
        "No. {number} is {theirs}'s; somebody of that department has to do this."
        " To give it to another one: no. {number} to …"
    ),
    Why.WRONG_COUNTY: sentence(
        "The landing team is reported by {county} or the office; please tell them"
    ),
    Why.UNKNOWN_TASK: sentence(
        "There is no task no. {number}. Ask “my tasks” for the right number"
    ),
    Why.UNKNOWN_PROJECT: sentence("There is no such project. Ask “board” for all of them"),
    Why.UNKNOWN_DEPARTMENT: sentence("“{said}” is none of the units here. Write its full name"),
    Why.UNKNOWN_GROUP: sentence(
        "This group has no ledger yet. Ask the administrator to enter it in the settings"
    ),
    Why.NO_HOME_GROUP: sentence("It is not clear which group you mean. Please ask in the group"),
    Why.STEP_NOT_POSSIBLE: sentence("No. {number} is: {state}; not possible now: {step}.{next}"),
    Why.ALREADY_DONE: sentence(
        "No. {number}: “{step}” was done already{by}. Nothing is left to do here"
    ),
    Why.TRANSFERRED: sentence(
        "No. {number} was given to {theirs} and is no. {now} since. Write no. {now} instead"
    ),
    Why.TOO_LATE: sentence(
        "Somebody was a moment faster. Look at the post again; it has been updated"
    ),
    Why.NOTHING_TO_TAKE: sentence(
        "Nothing is left to take here{by}. Ask “my tasks” for what is next"
    ),
    Why.ALREADY_DECIDED: sentence("This was decided already{by}. Nothing is left to do here"),
    Why.DECLINED: sentence(
        "This was not registered{by}, and is not taken up again."
        " To register it after all, send a new message"
    ),
    Why.EXPIRED: sentence(
        "This registration has lapsed, since something was still missing. Post it anew, complete"
    ),
    Why.CHANGED: sentence("This was changed meanwhile. Please look at the newest post of it"),
    Why.NOT_THEIRS: sentence("Only {name} or the office may change this; please ask them"),
    Why.DUPLICATE_PROJECT: sentence(
        "“{name}” is in the ledger already as #{number}, in the same county."
        " If it is another one, give it a name of its own"
    ),
    Why.STILL_INCOMPLETE: sentence(
        "Something is still missing. Reply to the post with the missing lines first"
    ),
    Why.REASON_NEEDED: sentence(
        "No. {number}: please say why. Write for example “no. {number} {step}: reason”"
    ),
    Why.WHICH_TASK: sentence("Which task? Write its number, such as “no. 5 taken”"),
    Why.ANONYMOUS: sentence(
        "You write as the group itself, so nobody answers for it."
        " Switch off “remain anonymous” and send it again"
    ),
    Why.OLD_BUTTON: sentence("This button is out of date. Ask “my tasks” or “board” anew"),
    Why.NOT_YET: sentence(
        "This cannot be done in chat yet. Please tell the office; it will be written down by hand"
    ),
}


def refusal_text(speech: Speech, refusal: Refusal) -> str:
    """Why, and the next step, in one sentence of at most 200 characters."""
    values = _values(speech, refusal.data)
    said = speech.say(_SENTENCES[refusal.why], **values)
    if refusal.data.get("of"):
        said = speech.say("{refusal}. Nothing else of this message was recorded", refusal=said)
    return clip(said, LONGEST)


def refusal_post(speech: Speech, why: str, data: Mapping[str, Any]) -> Post:
    """The same as a reply in the chat; a stranger gets the button to join."""
    refusal = Refusal(Why(why), **data)
    buttons: tuple[tuple[Button, ...], ...] = ()
    if refusal.why is Why.STRANGER:
        buttons = ((Button(speech.say("Ask to join"), press(Verb.JOIN, "")),),)
    return Post((Line(refusal_text(speech, refusal)),), buttons)


def _values(speech: Speech, data: Mapping[str, Any]) -> dict[str, str]:
    """The values of a sentence in words; one that was not given is left out of it."""
    said = {name: clip(str(v), _LONGEST_NAME) for name, v in data.items() if v is not None}
    return {
        "number": said.get("number", ""),
        "now": said.get("now", ""),
        "name": said.get("name", ""),
        "county": said.get("county", ""),
        "said": said.get("said", ""),
        "theirs": said.get("theirs", ""),
        "yours": said.get("yours") or speech.say("no department"),
        "unit": said.get("unit") or _role(speech, data),
        "state": _state(speech, said.get("state", "")),
        "step": _step(speech, said.get("step", "")),
        "next": _next(speech, said.get("state", "")),
        "by": _by(speech, data),
    }


def _role(speech: Speech, data: Mapping[str, Any]) -> str:
    return speech.say("the office") if data.get("role") in ("office", "admin") else ""


def _state(speech: Speech, said: str) -> str:
    return state_name(speech, State(said)) if said in set(State) else said


def _step(speech: Speech, said: str) -> str:
    return verb(speech, Step(said)) if said in set(Step) else speech.say("report")


def _next(speech: Speech, said: str) -> str:
    """What can be done instead; nothing where the task is finished."""
    steps = STEPS.get(State(said), ()) if said in set(State) else ()
    return speech.say(" Next: {step}", step=verb(speech, steps[0])) if steps else ""


def _moment(speech: Speech, at: object) -> str:
    return speech.moment(datetime.fromisoformat(at)) if isinstance(at, str) else ""


def _by(speech: Speech, data: Mapping[str, Any]) -> str:
    """Who was faster, and when. Of a draft that was decided, `name` is who decided."""
    decided = data.get("state") in _DECIDED
    who = data.get("by") or (data.get("name") if decided else None)
    known = [clip(str(who), _LONGEST_NAME) if who else "", _moment(speech, data.get("at"))]
    facts = " ".join(fact for fact in known if fact)
    return speech.say(" ({facts})", facts=facts) if facts else ""
