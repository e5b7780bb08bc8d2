"""python -m bot sandbox: an invented group in a web page, with the real assistant in it."""

import argparse

from bot.commands.usage import Parser

NAME = "sandbox"
HELP = "启动演练：在网页里与虚构的专班群一起试用，不接入 Telegram"


def add_arguments(parser: Parser) -> None:
    """The port."""
    parser.epilog = "只在本机可以打开；停止后什么都不留下。"
    parser.choices.add_argument(
        "--port", metavar="端口", type=_read_port, default=8088, help="默认 8088"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until told to stop. Raises SettingsError or Failure."""
    from bot.commands.serving import serve_sandbox
    from bot.settings import load_settings

    return serve_sandbox(load_settings(), arguments.port)


def _read_port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text} 不是端口，应是 0 至 65535 的整数")
    return port
