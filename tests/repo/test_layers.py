"""The import contracts hold, and each of them would notice."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.files import PACKAGES, ROOT

FOLDERS = (
    "bot/channels",
    "bot/sandbox",
    "handlers/reading",
    "handlers/reading/language",
    "handlers/reading/naming",
    "handlers/reading/forms",
    "handlers/reading/acts",
    "handlers/reading/questions",
    "handlers/texts",
    "store/actions",
)
MODULES = ("store/tables.py", "store/queries.py", "schedules/jobs.py", "policy/packs.py")
TRESPASSES = [
    ("policy/packs.py", "import sqlalchemy"),
    ("policy/packs.py", "import aiogram"),
    ("policy/packs.py", "from store import tables"),
    ("store/tables.py", "import aiogram"),
    ("store/tables.py", "from handlers import texts"),
    ("schedules/jobs.py", "from handlers import texts"),
    ("schedules/jobs.py", "import aiogram"),
    ("handlers/texts/__init__.py", "from schedules import jobs"),
    ("handlers/texts/__init__.py", "from aiogram.types import Message"),
    ("handlers/texts/__init__.py", "from store.tables import projects"),
    ("handlers/reading/__init__.py", "from store import queries"),
    ("handlers/reading/__init__.py", "import sqlalchemy"),
    ("handlers/reading/forms/__init__.py", "from handlers.reading import acts"),
    ("handlers/reading/language/__init__.py", "from handlers.reading import naming"),
    ("handlers/__init__.py", "from bot import channels"),
    ("bot/sandbox/__init__.py", "from store import queries"),
]


def lint_imports(where: Path) -> subprocess.CompletedProcess[str]:
    """Holds the contracts against the packages in that folder."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    return subprocess.run(
        command, cwd=where, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house: our folders and our contracts, without any code."""
    for folder in (*PACKAGES, *FOLDERS):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    for module in MODULES:
        (tmp_path / module).touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_are_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_empty_house_keeps_them(house: Path) -> None:
    done = lint_imports(house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("module", "line"), TRESPASSES)
def test_a_trespass_is_noticed(house: Path, module: str, line: str) -> None:
    (house / module).write_text(f"{line}\n")
    done = lint_imports(house)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_a_text_may_take_what_a_query_gives(house: Path) -> None:
    (house / "store/queries.py").write_text("import sqlalchemy\nfrom store import tables\n")
    (house / "handlers/texts/__init__.py").write_text("from store import queries\n")
    done = lint_imports(house)
    assert done.returncode == 0, done.stdout + done.stderr
