"""Lines around a table -> its title and notes. Says which lines it used up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.read.pdf_lines import Line, join_texts

CAPTION = re.compile(r"(?:Tabell|Tab\.|Table|Oversikt|Skjema)\s*[0-9A-Z]", re.IGNORECASE)
_UNIT = re.compile(
    r"\(?\s*(?:alle\s+)?(?:tall|beløp|summer|kroner|i)\b.{0,60}?(?:kr|kroner|mill|tusen|1000|1 000|prosent)"
    r"|\(?\s*(?:i\s+)?(?:hele\s+)?(?:1000|1 000|tusen|mill\.?|millioner|mrd\.?)\s*(?:kr|kroner)",
    re.IGNORECASE,
)
_FOOT = re.compile(r"(?:\*{1,3}|[0-9]{1,2}\)|[¹²³⁴⁵]|\(?[0-9]{1,2}\)|Kilde|Note|Merknad)")


@dataclass(slots=True)
class Caption:
    """What stands above and below a table."""

    title: str
    notes: list[str]
    used: list[Line]  # lines that belong to the table and to nothing else


def find_caption(
    above: Sequence[Line], below: Sequence[Line], top: float, bottom: float, body_size: float
) -> Caption:
    """Read the lines nearest to the table first; `above` and `below` are in page order."""
    caption = Caption("", [], [])
    reach = top
    block: list[Line] = []
    for line in reversed(above):
        if reach - line.bottom > (1.9 if not block else 0.9) * line.size:
            break
        if block and (block[-1].bold != line.bold or abs(block[-1].size - line.size) > 0.4):
            break
        if len(block) >= 4:
            break
        if _UNIT.match(line.text) and len(line.text) < 60 and not block:
            caption.notes.append(line.text)
            caption.used.append(line)
            reach = line.top
            continue
        block.append(line)
        reach = line.top
        if CAPTION.match(line.text):
            break
    block.reverse()
    start = next((i for i, line in enumerate(block) if CAPTION.match(line.text)), None)
    if start is not None:
        block = block[start:]
        caption.title = join_texts(line.text for line in block)
        caption.used += block
    elif block and _stands_out(block, body_size):
        caption.title = join_texts(line.text for line in block)
    _read_below(below, bottom, caption)
    return caption


def _stands_out(block: Sequence[Line], body_size: float) -> bool:
    """A short bold or slightly differing line, or one that ends in a colon."""
    text = " ".join(line.text for line in block)
    if text.endswith(":") and len(block) <= 2:
        return True
    return len(text) < 200 and (
        all(line.bold for line in block) or abs(block[0].size - body_size) > 0.4
    )


def _read_below(below: Sequence[Line], bottom: float, caption: Caption) -> None:
    reach = bottom
    noting = False
    for line in below[:6]:
        gap = line.top - reach
        if gap > (1.6 if not noting else 0.7) * line.size:
            break
        if _FOOT.match(line.text) and len(line.text) < 300:
            caption.notes.append(line.text)
            caption.used.append(line)
            noting = True
        elif noting and gap < 0.5 * line.size and caption.notes[-1][-1:] not in ".":
            caption.notes[-1] = join_texts([caption.notes[-1], line.text])
            caption.used.append(line)
        elif not caption.title and CAPTION.match(line.text):
            caption.title = line.text
            caption.used.append(line)
        else:
            break
        reach = line.bottom
