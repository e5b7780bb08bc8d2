"""A registration before it is in the ledger: what is missing, what to check, what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.presses import Verb, press
from handlers.reading.values import Field, Intent, ProblemCode
from handlers.texts.fields import (
    LONGEST_FACT,
    LONGEST_SAID,
    day,
    fact,
    hide,
    interpreted_text,
    investment,
    label,
)
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.problems import problem_text
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip
from policy.packs import Pack
from store.queries.drafts import Draft

_MOST_NAMED = 10
_MOST_SUMMED = 5
_FURTHER = (Field.KIND, Field.EIA, Field.INDUSTRY, Field.LEAD, Field.BATCH)


def draft_post(
    speech: Speech,
    pack: Pack,
    draft: Draft,
    project_number: int | None = None,
    before: Draft | None = None,
) -> Post:
    """A draft as it is. `project_number`: that of the entry that it became, or that is the same.

    `before`: what waits already under the same name in the same county.
    """
    if draft.is_open and project_number is not None:
        return _in_ledger(speech, draft, project_number)
    match draft.state:
        case "incomplete":
            return _beside(speech, before, _incomplete(speech, pack, draft))
        case "waiting":
            return _beside(speech, before, _waiting(speech, pack, draft))
        case "registered":
            said = speech.say(
                "✓ In the ledger: #{number} {name} ({by})",
                number=project_number or "",
                name=name_of(speech, draft),
                by=draft.decided_by or "",
            )
        case "expired":
            said = speech.say(
                "Lapsed, since something was still missing: {name}."
                " To register it after all, post it anew, complete",
                name=name_of(speech, draft),
            )
        case _:
            said = speech.say(
                "Not registered: {name} ({by}). To register it after all, post it anew",
                name=name_of(speech, draft),
                by=draft.decided_by or "",
            )
    return Post((Line(said),))


def _in_ledger(speech: Speech, draft: Draft, number: int) -> Post:
    said = speech.say(
        "{name} is in the ledger already (#{number}); {author}'s is not needed any more",
        name=name_of(speech, draft),
        number=number,
        author=draft.author_name,
    )
    return Post((Line(said),), ((_decline(speech, draft),),))


def _beside(speech: Speech, before: Draft | None, post: Post) -> Post:
    """Says first that the same project waits already."""
    if before is None:
        return post
    said = speech.say(
        "The same project waits already: {author}, {moment}",
        author=before.author_name,
        moment=speech.moment(before.received_at),
    )
    return replace(post, lines=(post.lines[0], Line(said), *post.lines[1:]))


def drafts_post(speech: Speech, drafts: Sequence[Draft]) -> Post:
    """The many drafts of one message, summed up; the button brings them one by one."""
    waiting = [draft for draft in drafts if draft.state == "waiting"]
    lacking = [draft for draft in drafts if draft.state == "incomplete"]
    title = speech.say("{n} projects are not in the ledger yet", n=len(waiting) + len(lacking))
    counts = (
        (sentence("To be confirmed by the office: {n}"), waiting),
        (sentence("Lack something: {n}"), lacking),
    )
    parts = [speech.say(wording, n=len(found)) for wording, found in counts if found]
    lines = [Line(title, Style.TITLE), Line(" · ".join(parts))]
    lines += [Line(_in_short(speech, draft)) for draft in (lacking + waiting)[:_MOST_SUMMED]]
    if len(waiting) + len(lacking) > _MOST_SUMMED:
        n = len(waiting) + len(lacking) - _MOST_SUMMED
        lines.append(Line(speech.say_many("{n} more", "{n} more", n)))
    lines.append(Line(speech.say("To add to one or to confirm it, open it below"), Style.DETAIL))
    everything = Button(speech.say("Drafts"), press(Verb.ASK, Intent.DRAFTS))
    return Post(tuple(lines), ((everything,),))


def _in_short(speech: Speech, draft: Draft) -> str:
    name = clip(name_of(speech, draft), LONGEST_SAID)
    if not draft.problems:
        return name
    lacking = speech.join(label(speech, each) for each in draft.missing)
    return speech.say("{name}: lacks {labels}", name=name, labels=lacking)


def superseded_post(speech: Speech, name: str) -> Post:
    """An older post of a draft that was shown anew: nothing in it is to be pressed."""
    return Post((Line(speech.say("{name}: there is a newer post of this", name=name)),))


def expired_post(speech: Speech, drafts: Sequence[Draft]) -> Post:
    """Registrations that were waited for long enough, and how they come in after all."""
    title = speech.say_many(
        "{n} registration has lapsed", "{n} registrations have lapsed", len(drafts)
    )
    lines = [Line(title, Style.TITLE)]
    lines += [Line(_expired(speech, draft)) for draft in drafts[:_MOST_NAMED]]
    if len(drafts) > _MOST_NAMED:
        n = len(drafts) - _MOST_NAMED
        lines.append(Line(speech.say_many("{n} more", "{n} more", n)))
    lines.append(
        Line(
            speech.say(
                "To register it after all, post it anew, complete;"
                " a reply to the old post does not count any more"
            )
        )
    )
    return Post(tuple(lines))


def _expired(speech: Speech, draft: Draft) -> str:
    return speech.say(
        "{name} ({author}, {day}): lacks {labels}",
        name=clip(name_of(speech, draft), LONGEST_SAID),
        author=draft.author_name,
        day=speech.day(speech.hours.day_of(draft.received_at)),
        labels=speech.join(label(speech, each) for each in draft.missing),
    )


def name_of(speech: Speech, draft: Draft) -> str:
    """The project's name, or that it has none yet."""
    return str(draft.fields.get("name") or speech.say("a project without a name"))


def _incomplete(speech: Speech, pack: Pack, draft: Draft) -> Post:
    wrong = [p for p in draft.problems if p["code"] != ProblemCode.MISSING]
    asked = draft.missing
    mistaken = {problem["field"] for problem in wrong}
    form = "\n".join(speech.say("{label}:", label=label(speech, name)) for name in asked)
    lines = [Line(_needed(speech, len(asked) - len(mistaken), len(mistaken)), Style.TITLE)]
    lines += [Line(problem_text(speech, problem)) for problem in wrong]
    lines.append(Line(form, Style.COPY))
    read = " · ".join(part for part in (_summary(speech, draft), _further(speech, draft)) if part)
    if read:
        lines.append(Line(speech.say("Read so far: {facts}", facts=read), Style.DETAIL))
    lines += _amended(speech, draft)
    lines.append(Line(_clock(speech, pack, draft), Style.DETAIL))
    if draft.expires_on is not None:
        limit = speech.limit(draft.expires_on)
        until = speech.say("Waited for until {limit}; then it lapses", limit=limit)
        lines.append(Line(until, Style.DETAIL))
    return Post(tuple(lines), ((_decline(speech, draft),),))


def _needed(speech: Speech, missing: int, wrong: int) -> str:
    if missing and wrong:
        return speech.say(
            "For the ledger, {missing} to add and {wrong} to correct: reply to this with the lines",
            missing=missing,
            wrong=wrong,
        )
    if wrong:
        return speech.say_many(
            "{n} line has to be corrected for the ledger: reply to this with it",
            "{n} lines have to be corrected for the ledger: reply to this with them",
            wrong,
        )
    return speech.say_many(
        "{n} line is still needed for the ledger: reply to this with it",
        "{n} lines are still needed for the ledger: reply to this with them",
        missing,
    )


def _waiting(speech: Speech, pack: Pack, draft: Draft) -> Post:
    title = speech.say("To be confirmed: {name}", name=name_of(speech, draft))
    facts = (_summary(speech, draft, with_name=False), _further(speech, draft))
    lines = [Line(title, Style.TITLE), *(Line(each) for each in facts if each)]
    lines += [*_unknown_kind(speech, pack, draft), *_amended(speech, draft)]
    if draft.interpreted:
        lines.append(Line(speech.say("Please check how this was understood"), Style.HEADING))
        lines += [Line(interpreted_text(speech, one, draft.fields)) for one in draft.interpreted]
    lines.append(Line(_clock(speech, pack, draft), Style.DETAIL))
    lines.append(Line(speech.say("To correct it, reply with the right line"), Style.DETAIL))
    confirm = Button(speech.say("Register"), press(Verb.CONFIRM, draft.id, draft.revision))
    return Post(tuple(lines), ((confirm, _decline(speech, draft)),))


def _decline(speech: Speech, draft: Draft) -> Button:
    return Button(speech.say("Do not register"), press(Verb.DECLINE, draft.id))


def _summary(speech: Speech, draft: Draft, *, with_name: bool = True) -> str:
    fields = draft.fields
    signed = fields.get("signed_on")
    facts = [
        fields.get("name") if with_name else None,
        fields.get("county"),
        investment(speech, fields),
        signed and speech.say("signed {day}", day=day(speech, signed)),
    ]
    return " · ".join(clip(str(each), LONGEST_FACT) for each in facts if each)


def _further(speech: Speech, draft: Draft) -> str:
    """What else would be registered: whoever confirms it has seen it."""
    facts = [
        speech.say("{label}: {value}", label=label(speech, name), value=_told(speech, name, draft))
        for name in _FURTHER
        if draft.fields.get(name)
    ]
    names = (Field.OWNER, Field.CONTACT, Field.PHONE)
    owner = " ".join(_told(speech, name, draft) for name in names if draft.fields.get(name))
    if owner:
        facts.append(speech.say("Owner: {owner}", owner=owner))
    return " · ".join(facts)


def _told(speech: Speech, name: str, draft: Draft) -> str:
    return fact(speech, name, {name: draft.fields[name]})


def _unknown_kind(speech: Speech, pack: Pack, draft: Draft) -> list[Line]:
    """A kind of project that the policy does not know: which tasks it gets is asked afterwards."""
    kind = draft.fields.get("kind")
    if not kind or pack.find_template(kind) is not None:
        return []
    said = speech.say(
        "Kind of project “{kind}” is not known here; {office} chooses it after registering",
        kind=clip(kind, LONGEST_SAID),
        office=pack.office.short,
    )
    return [Line(said)]


def _amended(speech: Speech, draft: Draft) -> list[Line]:
    """What others have made of the author's words, and who."""
    return [Line(_change(speech, one)) for one in draft.amended]


def _change(speech: Speech, one: dict[str, Any]) -> str:
    name = one["field"]
    if one["after"]:
        after = fact(speech, name, one["after"])
    else:
        after = hide(name, clip(one["said"], LONGEST_SAID))
    named = label(speech, name)
    if not one["before"]:
        return speech.say("{label}: {after} ({by})", label=named, after=after, by=one["by"])
    return speech.say(
        "{label}: {before} → {after} ({by})",
        label=named,
        before=fact(speech, name, one["before"]),
        after=after,
        by=one["by"],
    )


def _clock(speech: Speech, pack: Pack, draft: Draft) -> str:
    if draft.by_office and not draft.late:
        return speech.say("To be registered by {limit}", limit=speech.limit(draft.due))
    handed = speech.say(
        "{name} handed it over {moment}",
        name=draft.author_name,
        moment=speech.moment(draft.received_at),
    )
    if draft.late:
        late = speech.say(
            "{office} is late with it: {late}",
            office=pack.office.short,
            late=speech.late(draft.late),
        )
        if draft.by_office:
            return late
        return speech.say("{one}; {other}", one=handed, other=late)
    limit = speech.say(
        "{office} registers it by {limit}",
        office=pack.office.short,
        limit=speech.limit(draft.due),
    )
    return speech.say("{one}; {other}", one=handed, other=limit)
