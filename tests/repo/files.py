"""The repository's own files, for the tests that look at them."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "schedules", "store", "policy")
NOT_OURS = {".git", ".venv", "__pycache__", "data"}


def list_files() -> list[Path]:
    """The files that git tracks; all that are not plainly a by-product where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        return [path for name in names.decode().split("\0") if (path := ROOT / name).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not _is_by_product(path.relative_to(ROOT))
    ]


def _is_by_product(path: Path) -> bool:
    return any(part in NOT_OURS or part.endswith("_cache") for part in path.parts)


def list_modules() -> list[Path]:
    """Every Python file, those of the tests too."""
    return [path for path in list_files() if path.suffix == ".py"]


def list_texts() -> list[tuple[Path, str]]:
    """Every file that is text, with its text; pictures and workbooks are left out."""
    texts = []
    for path in list_files():
        try:
            texts.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return texts
