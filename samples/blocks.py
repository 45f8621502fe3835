"""What a report is made of, in order, before anybody draws it. Records only."""

from dataclasses import dataclass

from samples.layouts import Layout
from samples.municipalities import Municipality
from samples.truth import Truth, TruthTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A numbered heading; level 1 is a chapter."""

    level: int
    number: str
    text: str

    @property
    def printed(self) -> str:
        """The heading as it stands on the page."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph. `kind`: body, quote (a letter we cite), note (small, under a table)."""

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A bulleted list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table with the words around it that are not in its cells."""

    table: TruthTable
    corner: str = ""  # header of the label column
    lead: str = ""  # a line of its own above: "Tall i tusen kr"
    sentence: str = ""  # said before the table instead of a caption


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two small tables next to each other."""

    left: TableBlock
    right: TableBlock


Block = Heading | Paragraph | Items | TableBlock | SideBySide


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report: what it says, how it looks, and what is true about it."""

    doc: str
    title: str
    municipality: Municipality
    year: int
    layout: Layout
    blocks: tuple[Block, ...]
    truth: Truth
