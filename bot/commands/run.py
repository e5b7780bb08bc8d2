"""python -m bot run: serve the groups on Telegram, or the sandbox where there is no token."""

import argparse

from bot.commands.usage import Parser

NAME = "run"
HELP = "启动助手：有令牌时接入 Telegram，没有令牌时启动演练"


def add_arguments(parser: Parser) -> None:
    """None: everything is in the settings."""
    parser.epilog = "令牌放在环境变量 ZHUANBAN_TELEGRAM__TOKEN 里。按 Ctrl+C 停止，正在做的会做完。"


def run(_arguments: argparse.Namespace) -> int:
    """Serve until told to stop. Raises SettingsError or Failure."""
    from bot.commands.serving import serve, serve_sandbox
    from bot.settings import load_settings

    settings = load_settings()
    if settings.telegram.token is None:
        print("没有设置令牌（ZHUANBAN_TELEGRAM__TOKEN），启动演练。", flush=True)
        return serve_sandbox(settings)
    return serve(settings)
