"""A value of a form, with the label it has or the field that its looks give it."""

from dataclasses import dataclass

from handlers.reading.forms.labels import Label
from handlers.reading.language.normalise import Text
from handlers.reading.values import Field


@dataclass(frozen=True, slots=True)
class Entry:
    """One value. `said` is the label as written, "" where the value stood without one.

    `paragraph` and `line` count from the top of the form. `colon`: one stood behind
    the label. `shared`: it was said of all projects (县区均为正阳县). `numbered`: an
    item's number stood before it. `supplied`: it stands in the row above, and was
    blank in its own.
    """

    label: Label
    said: str
    value: Text
    paragraph: int = 0
    line: int = 0
    colon: bool = True
    shared: bool = False
    numbered: bool = False
    supplied: bool = False

    @property
    def field(self) -> Field | None:
        """The field that the label stands for; None for one that the ledger has no use for."""
        return self.label.field

    @property
    def bare(self) -> bool:
        """Whether the value stood without a label."""
        return not self.said
