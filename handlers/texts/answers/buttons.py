"""What stands on the buttons under an answer."""

from handlers.reading.values import Intent, Query
from handlers.texts.speech import Speech, sentence

_QUESTIONS = {
    Intent.OVERDUE_ALL: sentence("Overdue"),
    Intent.DUE_WITHIN: sentence("Due soon"),
    Intent.UNACKNOWLEDGED: sentence("Not taken"),
    Intent.MY_TASKS: sentence("My tasks"),
    Intent.BOARD: sentence("Board"),
    Intent.RANKING: sentence("Score"),
    Intent.HELP: sentence("Help"),
    Intent.DRAFTS: sentence("Drafts"),
}


def ask_label(speech: Speech, query: Query) -> str:
    """A question in a word or two."""
    return speech.say(_QUESTIONS[query.intent])


def more_label(speech: Speech, left: int) -> str:
    """另有 N 项"""
    return speech.say_many("{n} more", "{n} more", left)


def card_label(speech: Speech) -> str:
    """详情"""
    return speech.say("Details")


def named_card_label(speech: Speech, number: int) -> str:
    """#12 详情"""
    return speech.say("#{number} details", number=number)


def join_label(speech: Speech) -> str:
    """申请加入"""
    return speech.say("Ask to join")
