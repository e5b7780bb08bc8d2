"""What is wrong with a line of a registration, and what to write instead."""

from handlers.reading.forms.fields import LONGEST_NAME, LONGEST_VALUE
from handlers.reading.project_values import Reason
from handlers.reading.values import Field, ProblemCode
from handlers.texts.fields import LONGEST_SAID, hide, label
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip

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
_REASONS = {
    Reason.TOO_LARGE: sentence("{label}: “{said}” is too large; please check it"),
    Reason.NOT_POSITIVE: sentence("{label}: “{said}” should be more than 0"),
    Reason.TOO_LONG: sentence("{label}: “{said}” has more than {limit} characters; shorten it"),
}


def problem_text(speech: Speech, problem: dict[str, str]) -> str:
    """One line: the field, what was written there, and how to write it."""
    code, said, why = ProblemCode(problem["code"]), problem.get("said", ""), problem.get("why")
    wording = _PROBLEMS[code] if said else _UNSAID.get(code, _PROBLEMS[code])
    if why:
        wording = _REASONS[Reason(why)]
    return speech.say(
        wording,
        label=label(speech, problem["field"]),
        said=hide(problem["field"], clip(said, LONGEST_SAID)),
        limit=LONGEST_NAME if problem["field"] == Field.NAME else LONGEST_VALUE,
        example=_example(speech, code),
    )


def _example(speech: Speech, code: ProblemCode) -> str:
    if code is ProblemCode.BAD_DATE:
        return speech.plain_day(speech.today)
    return speech.money(520_000_000)
