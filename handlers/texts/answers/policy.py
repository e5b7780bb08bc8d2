"""What the policy says, in a sentence with its number, and the article that it stands on."""

from collections.abc import Callable, Iterable
from datetime import date

from handlers.reading.values import Slots, Topic
from handlers.texts.post import Line, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import short
from policy.deadlines import Period, Unit
from policy.packs import Ceremony, Item, Pack

_QUARTERS = 4
_EVEN_MONTHS = frozenset(range(2, 13, 2))
_EVERY_SECOND = sentence("{name}: on the {day}th of every second month; next {next}.")
_IN_MONTHS = sentence("{name}: on the {day}th of {months}; next {next}.")


def answer_policy(speech: Speech, pack: Pack, slots: Slots) -> list[Line]:
    """The answer to a question about the policy; without a topic, what can be asked."""
    if slots.topic is None:
        return _topics(speech, pack)
    if slots.topic is Topic.ITEM_DAYS:
        return _item_days(speech, pack, slots.items)
    return _ANSWERS[slots.topic](speech, pack)


def _item_days(speech: Speech, pack: Pack, names: Iterable[str]) -> list[Line]:
    named = [item for name in names for item in pack.find_items(name)]
    items = list({item.key: item for item in named or pack.items}.values())
    lines = [Line(_item(speech, pack, item)) for item in items]
    return lines + _basis(speech, pack, (item.basis for item in items))


def _item(speech: Speech, pack: Pack, item: Item) -> str:
    return speech.say_many(
        "{item}: {n} working day from acceptance, {department}",
        "{item}: {n} working days from acceptance, {department}",
        item.days,
        item=item.name,
        department=short(pack, item.department),
    )


def _start(speech: Speech, pack: Pack) -> list[Line]:
    target, red_line = pack.limits.start_target, pack.limits.start_red_line
    said = speech.say(
        "Construction starts within {target} of signing (target), at the latest within {red_line}"
        " (red line).",
        target=_period(speech, target),
        red_line=_period(speech, red_line),
    )
    return [Line(said), *_basis(speech, pack, (target.basis, red_line.basis))]


def _approvals(speech: Speech, pack: Pack) -> list[Line]:
    return _one(
        speech,
        pack,
        sentence("All approvals before the start of construction stay within {period}."),
        pack.limits.approvals,
    )


def _handover(speech: Speech, pack: Pack) -> list[Line]:
    return _one(
        speech,
        pack,
        sentence("Signed projects are handed over to {office} within {period} of the ceremony."),
        pack.limits.handover,
        office=pack.office.name,
    )


def _publish(speech: Speech, pack: Pack) -> list[Line]:
    return _one(
        speech,
        pack,
        sentence(
            "Within {period} of the hand-over {office} publishes the project in the group, enters"
            " it into the ledger and dispatches its tasks."
        ),
        pack.limits.dispatch,
        office=pack.office.short,
    )


def _contact(speech: Speech, pack: Pack) -> list[Line]:
    return _one(
        speech,
        pack,
        sentence(
            "Within {period} of the dispatch each department contacts the owner and hands over the"
            " list of materials."
        ),
        pack.limits.contact,
    )


def _team(speech: Speech, pack: Pack) -> list[Line]:
    return _one(
        speech,
        pack,
        sentence("The landing team of a project is set up within {period} of signing."),
        pack.limits.landing_team,
    )


def _signing(speech: Speech, pack: Pack) -> list[Line]:
    if not pack.ceremonies:
        return [Line(speech.say("{policy} names no signing ceremonies.", policy=pack.source))]
    lines = [Line(_ceremony(speech, each)) for each in pack.ceremonies]
    after = speech.say(
        "Signed projects are handed over to {office} within {period} of the ceremony.",
        office=pack.office.name,
        period=_period(speech, pack.limits.handover),
    )
    return [*lines, Line(after), *_basis(speech, pack, (each.basis for each in pack.ceremonies))]


def _ceremony(speech: Speech, ceremony: Ceremony) -> str:
    times = len(ceremony.months)
    if ceremony.day is None and times == _QUARTERS:
        return speech.say("{name}: once a quarter, on a day that is announced.", name=ceremony.name)
    if ceremony.day is None:
        return speech.say(
            "{name}: {times} times a year, on a day that is announced.",
            name=ceremony.name,
            times=times,
        )
    return speech.say(
        _EVERY_SECOND if set(ceremony.months) == _EVEN_MONTHS else _IN_MONTHS,
        name=ceremony.name,
        day=ceremony.day,
        months=speech.join(ceremony.months),
        next=speech.day(_next(ceremony.months, ceremony.day, speech.today)),
    )


def _next(months: Iterable[int], day: int, today: date) -> date:
    """The next day on which a ceremony falls, today included."""
    years = (today.year, today.year + 1)
    return min(d for y in years for m in months if (d := date(y, m, day)) >= today)


def _conversion(speech: Speech, pack: Pack) -> list[Line]:
    target = pack.conversion
    if target is None:
        return [Line(speech.say("{policy} names no such share.", policy=pack.source))]
    said = speech.say(
        "{reserve}% of the reserve is signed; {signed}% of a quarter's signings start construction"
        " in the next quarter.",
        reserve=target.reserve_signed,
        signed=target.signed_started,
    )
    return [Line(said), *_basis(speech, pack, (target.basis,))]


def _topics(speech: Speech, pack: Pack) -> list[Line]:
    return [
        Line(speech.say("{title} ({source})", title=pack.title, source=pack.source), Style.TITLE),
        Line(
            speech.say(
                "Ask for instance how many days an item takes, within how many days of signing"
                " construction starts, or when the signing ceremonies are."
            )
        ),
    ]


def _one(speech: Speech, pack: Pack, wording: str, period: Period, **fields: object) -> list[Line]:
    said = speech.say(wording, period=_period(speech, period), **fields)
    return [Line(said), *_basis(speech, pack, (period.basis,))]


def _period(speech: Speech, period: Period) -> str:
    if period.unit is Unit.WORKING_DAYS:
        return speech.say_many("{n} working day", "{n} working days", period.days)
    return speech.say_many("{n} day", "{n} days", period.days)


def _basis(speech: Speech, pack: Pack, bases: Iterable[str]) -> list[Line]:
    """The articles; the document is named once: 驻政办〔2021〕37号第十条、第三条."""
    first, *others = dict.fromkeys(bases)
    named = speech.join([first, *(other.removeprefix(pack.source) for other in others)])
    return [Line(speech.say("Basis: {basis}", basis=named), Style.DETAIL)]


_ANSWERS: dict[Topic, Callable[[Speech, Pack], list[Line]]] = {
    Topic.START_AFTER_SIGNING: _start,
    Topic.TOTAL_APPROVAL_DAYS: _approvals,
    Topic.HANDOVER: _handover,
    Topic.LEDGER_PUBLISH: _publish,
    Topic.CONTACT_OWNER: _contact,
    Topic.TEAM_SETUP: _team,
    Topic.SIGNING_SCHEDULE: _signing,
    Topic.CONVERSION_TARGET: _conversion,
}
