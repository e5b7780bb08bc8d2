"""aiogram imported with its types built on first use is the same aiogram."""

import subprocess
import sys

from tests.repo.files import ROOT

EVERY_TYPE = """
from bot.deferred import import_aiogram
import_aiogram()
import_aiogram()
from aiogram import methods, types
from aiogram.methods import Response
from pydantic import BaseModel

chat = {"id": 3, "type": "private"}
message = {"message_id": 2, "date": 0, "chat": chat}
updates = Response[list[types.Update]].model_validate(
    {"ok": True, "result": [{"update_id": 1, "message": message}]}
)
assert updates.result[0].message.chat.id == 3

found = [*vars(types).values(), *vars(methods).values()]
models = [one for one in found if isinstance(one, type) and issubclass(one, BaseModel)]
calls = [one for one in models if issubclass(one, methods.TelegramMethod)]
print(sum(not one.__pydantic_complete__ for one in models))
for call in calls:
    if call is not methods.TelegramMethod:
        Response[call.__returning__].__pydantic_validator__.title
for one in models:
    one.__pydantic_validator__.title
print(sum(not one.__pydantic_complete__ for one in models))
"""


def test_types_wait_to_be_built_and_every_one_of_them_can_be() -> None:
    command = [sys.executable, "-c", EVERY_TYPE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    waiting, left = map(int, done.stdout.split())
    assert waiting > 200
    assert left == 0
