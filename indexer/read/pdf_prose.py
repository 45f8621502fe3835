"""Lines outside tables -> paragraphs, in reading order, on pages of one or two columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from figures.cells import Box
from indexer.read.pdf_lines import Line, box_around, join_texts, words_to_line

_MARK = re.compile(r"[•·▪◦‣●○■□➢➤✓–-]")
BULLET = re.compile(r"[•·▪◦‣●○■□➢➤✓*–\-o](?=\s)|[a-z][.)](?=\s)|\(?[0-9]{1,2}\)(?=\s)")
_NUMBERED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\.?\s+[A-ZÆØÅ]")
_SENTENCE_END = re.compile(r"[.!?:;][»\")\]]*$")


@dataclass(slots=True)
class Paragraph:
    """Lines that read on."""

    lines: list[Line]
    listed: bool = False  # an entry of the table of contents

    @property
    def text(self) -> str:
        """Running text, hyphens at line ends mended."""
        return join_texts(line.text for line in self.lines)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return box_around([line.box for line in self.lines])

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def lines_to_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Put lines together that read on."""
    lines = _with_their_marks(lines)
    if not lines:
        return []
    right = sorted(line.x1 for line in lines)[int(0.9 * (len(lines) - 1))]
    gaps = sorted(
        b.bottom - a.bottom for a, b in pairwise(lines) if 0 < b.bottom - a.bottom < 2.2 * a.size
    )
    leading = gaps[len(gaps) // 4] if gaps else 0.0
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and _reads_on(paragraphs[-1].lines, line, right, leading):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line]))
    return paragraphs


def _with_their_marks(lines: Sequence[Line]) -> list[Line]:
    """A list's mark that is set a little higher or lower belongs to the line it stands before."""
    whole: list[Line] = []
    for line in lines:
        mark = whole[-1] if whole else None
        if (
            mark
            and _MARK.fullmatch(mark.text)
            and abs(line.bottom - mark.bottom) < 0.6 * line.size
            and 0 < line.x0 - mark.x1 < 4 * line.size
        ):
            whole[-1] = words_to_line([*mark.words, *line.words])
        else:
            whole.append(line)
    return whole


def _reads_on(before: Sequence[Line], line: Line, right: float, leading: float) -> bool:
    last = before[-1]
    step = line.bottom - last.bottom
    size = max(last.size, 1.0)
    if abs(line.size - last.size) > 0.09 * size or step <= 0.2 * size:
        return False
    if (
        line.bold != last.bold
        and (last.bold == all(x.bold for x in before))
        and (all(w.bold for w in last.words) or all(w.bold for w in line.words))
    ):
        return False
    if step > max(1.18 * leading, 1.05 * size) and step > leading + 1.2:
        return False
    if step > 2.2 * size or BULLET.match(line.text):
        return False
    if _NUMBERED.match(line.text) and _SENTENCE_END.search(last.text):
        return False
    first = line.words[0]
    room = right - last.x1
    ended = _SENTENCE_END.search(last.text)
    if room > (first.x1 - first.x0) + 0.6 * size and (room > 4 * size or ended):
        # The next word would have fitted: the line was ended on purpose.
        return line.text[:1].islower() and not ended
    return True
