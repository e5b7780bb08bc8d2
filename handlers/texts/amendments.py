"""What was changed in a project after its registration, and what somebody wants to change."""

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.presses import Verb, press
from handlers.texts.fields import fact, interpreted_text, label
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.problems import problem_text
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip
from policy.packs import Pack
from store.queries.drafts import Draft
from store.queries.projects import Project

_NAME = 40
_FIXED = {
    False: sentence(
        "{labels}: the tasks were dispatched by this, so it stays."
        " If it has to be another one, tell the office"
    ),
    True: sentence(
        "{labels}: the tasks were dispatched by this, so it stays."
        " If it has to be another one, tell the administrator"
    ),
}


def amended_post(speech: Speech, number: int, said: Mapping[str, Any]) -> Post:
    """What somebody has just changed, old and new; what of it was not, and what to do."""
    changes = said.get("changes", ())
    lines = _changed(speech, number, changes)
    rest = [Line(problem_text(speech, each)) for each in said.get("problems", ())]
    if fixed := said.get("fixed"):
        wording = _FIXED[bool(said.get("by_office"))]
        rest.append(Line(speech.say(wording, labels=_labels(speech, fixed))))
    rest += [Line(_kept(speech, each)) for each in said.get("kept", ())]
    if rest and changes:
        lines.append(Line(speech.say("Not changed"), Style.HEADING))
    elif rest:
        lines.append(Line(speech.say("#{number} is not changed", number=number), Style.TITLE))
    if by := said.get("by"):
        rest.append(Line(speech.say("By {name}", name=by), Style.DETAIL))
    return Post((*lines, *rest))


def proposal_post(speech: Speech, pack: Pack, draft: Draft, project: Project) -> Post:
    """A change that the office has to confirm, or what became of it."""
    if draft.state == "amended":
        said = speech.say(
            "✓ #{number} changed ({by})", number=project.number, by=draft.decided_by or ""
        )
        return Post((Line(said, Style.TITLE), *_list(speech, draft.amended)))
    if draft.state == "declined":
        said = speech.say(
            "#{number} stays as it was ({by}): {labels}",
            number=project.number,
            by=draft.decided_by or "",
            labels=_labels(speech, [each["field"] for each in draft.amended]),
        )
        return Post((Line(said),))
    title = speech.say("Change to be confirmed: {project}", project=project_name(speech, project))
    lines = [Line(title, Style.TITLE), *_list(speech, draft.amended)]
    if draft.interpreted:
        lines.append(Line(speech.say("Please check how this was understood"), Style.HEADING))
        lines += [Line(interpreted_text(speech, each, draft.fields)) for each in draft.interpreted]
    lines.append(Line(_clock(speech, pack, draft), Style.DETAIL))
    confirm = Button(speech.say("Change it"), press(Verb.CONFIRM, draft.id, draft.revision))
    decline = Button(speech.say("Leave it"), press(Verb.DECLINE, draft.id))
    return Post(tuple(lines), ((confirm, decline),))


def project_name(speech: Speech, project: Project) -> str:
    """#12 宏达食品加工产业园"""
    name = clip(project.name, _NAME)
    return speech.say("#{number} {name}", number=project.number, name=name)


def _changed(speech: Speech, number: int, changes: Iterable[dict[str, Any]]) -> list[Line]:
    """One change stands in one line; a list is below its title. What is only added is named."""
    replaced = [each for each in changes if each["before"]]
    if not replaced:
        labels = _labels(speech, [each["field"] for each in changes])
        said = speech.say("✓ #{number}: added {labels}", number=number, labels=labels)
        return [Line(said)] if labels else []
    if replaced == list(changes) and len(replaced) == 1:
        one = replaced[0]
        said = speech.say(
            "✓ #{number} changed: {label} {before} → {after}",
            number=number,
            label=label(speech, one["field"]),
            before=fact(speech, one["field"], one["before"]),
            after=fact(speech, one["field"], one["after"]),
        )
        return [Line(said)]
    title = Line(speech.say("✓ #{number} changed", number=number), Style.TITLE)
    return [title, *_list(speech, changes)]


def _list(speech: Speech, changes: Iterable[dict[str, Any]]) -> list[Line]:
    return [Line(_change(speech, each)) for each in changes]


def _change(speech: Speech, one: dict[str, Any]) -> str:
    """总投资：5.2亿元 → 9亿元"""
    named, after = label(speech, one["field"]), fact(speech, one["field"], one["after"])
    if not one["before"]:
        return speech.say("{label}: {value}", label=named, value=after)
    before = fact(speech, one["field"], one["before"])
    return speech.say("{label}: {before} → {after}", label=named, before=before, after=after)


def _kept(speech: Speech, one: dict[str, Any]) -> str:
    return speech.say(
        "{label}: not written any more; the ledger keeps {value}",
        label=label(speech, one["field"]),
        value=fact(speech, one["field"], one["columns"]),
    )


def _labels(speech: Speech, fields: Iterable[str]) -> str:
    return speech.join(label(speech, each) for each in fields)


def _clock(speech: Speech, pack: Pack, draft: Draft) -> str:
    if draft.late:
        limit = speech.say(
            "{office} is late in deciding: {late}",
            office=pack.office.short,
            late=speech.late(draft.late),
        )
    else:
        limit = speech.say(
            "{office} decides by {limit}", office=pack.office.short, limit=speech.limit(draft.due)
        )
    if draft.by_office:
        return limit
    proposed = speech.say(
        "{name} proposed it {moment}",
        name=draft.author_name,
        moment=speech.moment(draft.received_at),
    )
    return speech.say("{one}; {other}", one=proposed, other=limit)
