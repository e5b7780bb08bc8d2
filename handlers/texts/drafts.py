"""A registration before it is in the ledger: what is missing, what to check, what became of it."""

from handlers.presses import Verb, press
from handlers.reading.values import ProblemCode
from handlers.texts.fields import day, investment, label, value
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip
from policy.packs import Pack
from store.queries.drafts import Draft

_PROBLEMS = {
    ProblemCode.BAD_DATE: sentence("{label}: “{said}” is no date; write it like {example}"),
    ProblemCode.FUTURE_DATE: sentence(
        "{label}: “{said}” is later than today; register after signing"
    ),
    ProblemCode.BAD_AMOUNT: sentence("{label}: “{said}” is no clear sum; write it like {example}"),
    ProblemCode.UNKNOWN_COUNTY: sentence(
        "{label}: “{said}” is not in the list; write its full name"
    ),
    ProblemCode.BAD_VALUE: sentence("{label}: “{said}” cannot be written down; use plain words"),
    ProblemCode.DUPLICATE: sentence("{label}: “{said}” is in the ledger already, in this county"),
}
_UNSAID = {
    ProblemCode.BAD_DATE: sentence("{label}: this is no date; write it like {example}"),
    ProblemCode.BAD_AMOUNT: sentence("{label}: this is no clear sum; write it like {example}"),
    ProblemCode.BAD_VALUE: sentence("{label}: this cannot be written down; use plain words"),
}
LONGEST_SAID = 40
LONGEST_FACT = 100


def draft_post(speech: Speech, pack: Pack, draft: Draft, project_number: int | None = None) -> Post:
    """A draft as it is. `project_number`: that of the entry that it became."""
    match draft.state:
        case "incomplete":
            return _incomplete(speech, pack, draft)
        case "waiting":
            return _waiting(speech, pack, draft)
        case "registered":
            said = speech.say(
                "✓ In the ledger: #{number} {name} ({by})",
                number=project_number or "",
                name=name_of(speech, draft),
                by=draft.decided_by or "",
            )
        case _:
            said = speech.say(
                "Not registered: {name} ({by}). To register it after all, post it anew",
                name=name_of(speech, draft),
                by=draft.decided_by or "",
            )
    return Post((Line(said),))


def name_of(speech: Speech, draft: Draft) -> str:
    """The project's name, or that it has none yet."""
    return str(draft.fields.get("name") or speech.say("a project without a name"))


def _incomplete(speech: Speech, pack: Pack, draft: Draft) -> Post:
    wrong = [p for p in draft.problems if p["code"] != ProblemCode.MISSING]
    asked = dict.fromkeys(problem["field"] for problem in draft.problems)
    title = speech.say_many(
        "{n} line is still needed for the ledger: reply to this with it",
        "{n} lines are still needed for the ledger: reply to this with them",
        len(asked),
    )
    form = "\n".join(speech.say("{label}:", label=label(speech, name)) for name in asked)
    lines = [Line(title, Style.TITLE), *(Line(_problem(speech, p)) for p in wrong)]
    lines.append(Line(form, Style.COPY))
    read = _summary(speech, draft)
    if read:
        lines.append(Line(speech.say("Read so far: {facts}", facts=read), Style.DETAIL))
    lines.append(Line(_clock(speech, pack, draft), Style.DETAIL))
    return Post(tuple(lines), ((_decline(speech, draft),),))


def _waiting(speech: Speech, pack: Pack, draft: Draft) -> Post:
    title = speech.say("To be confirmed: {name}", name=name_of(speech, draft))
    lines = [Line(title, Style.TITLE), Line(_summary(speech, draft, with_name=False))]
    if draft.interpreted:
        lines.append(Line(speech.say("Please check how this was understood"), Style.HEADING))
        lines += [Line(_interpreted(speech, draft, one)) for one in draft.interpreted]
    lines.append(Line(_clock(speech, pack, draft), Style.DETAIL))
    lines.append(Line(speech.say("To correct it, reply with the right line"), Style.DETAIL))
    confirm = Button(speech.say("Register"), press(Verb.CONFIRM, draft.id))
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
        fields.get("kind") or fields.get("industry"),
        fields.get("owner"),
    ]
    return " · ".join(clip(str(fact), LONGEST_FACT) for fact in facts if fact)


def _problem(speech: Speech, problem: dict[str, str]) -> str:
    code, said = ProblemCode(problem["code"]), problem.get("said", "")
    wording = _PROBLEMS[code] if said else _UNSAID.get(code, _PROBLEMS[code])
    return speech.say(
        wording,
        label=label(speech, problem["field"]),
        said=clip(said, LONGEST_SAID),
        example=_example(speech, code),
    )


def _example(speech: Speech, code: ProblemCode) -> str:
    if code is ProblemCode.BAD_DATE:
        return speech.plain_day(speech.today)
    return speech.money(520_000_000)


def _interpreted(speech: Speech, draft: Draft, one: dict[str, str]) -> str:
    currency = draft.fields.get("currency")
    return speech.say(
        "{label}: {said} → {value}",
        label=label(speech, one["field"]),
        said=clip(one["said"], LONGEST_SAID),
        value=value(speech, one["field"], one["value"], currency),
    )


def _clock(speech: Speech, pack: Pack, draft: Draft) -> str:
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
        return speech.say("{one}; {other}", one=handed, other=late)
    limit = speech.say(
        "{office} registers it by {limit}",
        office=pack.office.short,
        limit=speech.limit(draft.due),
    )
    return speech.say("{one}; {other}", one=handed, other=limit)
