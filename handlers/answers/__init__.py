"""Answers: a question waits in the outbox as data and is looked up when it is sent."""

from handlers.texts.answers.policy import answer_policy

from .question import Question, ask_press, question_from_data, question_to_data, read_ask
from .render import render_answer

__all__ = [
    "Question",
    "answer_policy",
    "ask_press",
    "question_from_data",
    "question_to_data",
    "read_ask",
    "render_answer",
]
