"""python -m tests.fuzz 20000: reads so many damaged messages, and stops at the first fault.

The laws are those of tests/property/test_reading_laws.py, which tries a few hundred each
time; a text that is found here belongs there.
"""

import sys

from hypothesis import HealthCheck, given, settings

from handlers.reading import read_message
from handlers.reading.values import ReadingContext
from tests.property.hostile import contexts, hostile_texts
from tests.property.reading_laws import list_faults

EXAMPLES = 20_000


@given(text=hostile_texts, context=contexts)
def read_one(text: str, context: ReadingContext) -> None:
    """Reads a message; raises AssertionError with what is wrong."""
    faults = list_faults(text, read_message(text, context), context)
    if faults:
        raise AssertionError(faults)


def main(examples: int) -> None:
    """Reads so many."""
    often = settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=[*HealthCheck]
    )
    often(read_one)()
    print(f"Read up to {examples:,} damaged messages; every law held.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
