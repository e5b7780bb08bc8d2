"""What can be called from the command line, a module each.

A module has a NAME, a line of HELP, `add_arguments` and `run`, which returns an exit code.
It imports what it needs only when it runs, so that `--help` and `due` answer at once.
"""

from types import ModuleType

from bot.commands import doctor, due, migrate, read, run, sandbox, verify

COMMANDS: dict[str, ModuleType] = {
    module.NAME: module for module in (run, sandbox, read, due, doctor, migrate, verify)
}
