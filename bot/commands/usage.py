"""How a command line is read, and what is said when it was written wrongly."""

import argparse
import difflib
import re
from collections.abc import Iterable
from typing import NoReturn

PROGRAM = "python -m bot"

_SENTENCES = (
    (r"the following arguments are required: (.*)", "还缺：{0}"),
    (r"unrecognized arguments: (.*)", "不认识：{0}"),
    (r"argument (.*): expected one argument", "{0} 后面要跟一个值"),
    (r"argument (.*): not allowed with argument (.*)", "{0} 与 {1} 不能同时用"),
    (r"argument (.*?): (.*)", "{0}：{1}"),
)


class WrongUsage(Exception):
    """The command line cannot be understood; the sentence says what to write instead."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")


class Parser(argparse.ArgumentParser):
    """One command's arguments. What is wrong is raised as WrongUsage."""

    def __init__(self, name: str, description: str) -> None:
        super().__init__(
            prog=f"{PROGRAM} {name}",
            description=description,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.inputs = self.add_argument_group("参数")
        self.choices = self.add_argument_group("选项")
        self.choices.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Raise the message as WrongUsage, in Chinese, with the nearest option for a wrong one."""
        options = [option for action in self._actions for option in action.option_strings]
        raise WrongUsage(_translate(message) + (_suggest_option(message, options) or "。"))


def suggest(said: str, known: Iterable[str]) -> str:
    """The nearest of the known words as a question to append; "" when none is near."""
    near = difflib.get_close_matches(said.lower(), list(known), n=1, cutoff=0.5)
    return f"，是不是 {near[0]}？" if near else ""


def _translate(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        if found := re.fullmatch(pattern, message):
            return sentence.format(*(part.replace(", ", "、") for part in found.groups()))
    return message


def _suggest_option(message: str, options: Iterable[str]) -> str:
    wrong = re.search(r"unrecognized arguments:.*?(--[\w-]+)", message)
    return suggest(wrong[1], options) if wrong else ""
