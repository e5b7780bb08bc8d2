"""python -m bot COMMAND: the assistant's command line."""

import os
import sys
from collections.abc import Sequence

from bot.commands import COMMANDS
from bot.commands.exits import Exit, Failure
from bot.commands.usage import PROGRAM, Parser, WrongUsage, suggest
from bot.settings.errors import SettingsError

_HELP_WORDS = {"-h", "--help", "help"}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; whatever is wrong ends in one sentence."""
    name, *rest = [*(sys.argv[1:] if words is None else words), ""]
    rest = rest[:-1]
    if name in _HELP_WORDS and rest:
        name, rest = rest[0], ["--help"]
    if not name or name in _HELP_WORDS:
        print(_overview())
        return Exit.OK if name else Exit.USAGE
    try:
        return _call(name, rest)
    except WrongUsage as error:
        return _fail(Exit.USAGE, str(error))
    except SettingsError as error:
        return _fail(Exit.USAGE, f"设置有误。{error}")
    except Failure as error:
        return _fail(error.code, str(error))
    except BrokenPipeError:
        # Whoever read our output has seen enough. What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK


def _call(name: str, words: list[str]) -> int:
    command = COMMANDS.get(name)
    if command is None:
        raise WrongUsage(
            f"没有 {name} 这个命令{suggest(name, COMMANDS) or '。'}有：{'、'.join(COMMANDS)}。"
        )
    parser = Parser(name, command.HELP)
    command.add_arguments(parser)
    try:
        arguments = parser.parse_args(words)
    except WrongUsage as error:
        raise WrongUsage(f"{error}用法见 {PROGRAM} {name} --help") from None
    code: int = command.run(arguments)
    sys.stdout.flush()
    return code


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.HELP}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            f"用法：{PROGRAM} 命令 [参数]",
            "",
            *lines,
            "",
            f"说明一个命令：{PROGRAM} 命令 --help",
            "设置在 config.toml，环境变量 ZHUANBAN_CONFIG 可另指一个文件。",
            "退出码：0 正常，1 查出问题，2 用法或设置有误，3 数据库或 Bot API 用不了。",
        ]
    )


def _fail(code: Exit, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
