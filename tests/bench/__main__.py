"""python -m tests.bench: every line is a ratio, how many times as fast as the other we are."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import accuracy, days, names, presses


async def main() -> None:
    """Measure everything, and print it as it comes."""
    began = time.monotonic()
    print(f"How many times as fast as the other, in this run (Python {sys.version.split()[0]}):")
    # Beside the code, on a disk: in a memory file system durable commits would cost nothing.
    with tempfile.TemporaryDirectory(prefix="zhuanban-bench-", dir=Path.cwd()) as folder:
        force = await presses.prepare(Path(folder))
        try:
            for line in await presses.run(force, Path(folder)):
                print(line, flush=True)
        finally:
            force.close()
    for lines in (days.run(), names.run(), accuracy.run()):
        for line in lines:
            print(line, flush=True)
    print(f"Took {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    asyncio.run(main())
