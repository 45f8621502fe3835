"""Lines around a table -> its title and notes. Says which lines it used up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.read.pdf_lines import Line, join_texts

CAPTION = re.compile(r"(?:Tabell|Tab\.|Table|Oversikt|Skjema)\s*[0-9A-Z]", re.IGNORECASE)
_UNIT = re.compile(
    r"\(?\s*(?:alle\s+)?(?:tall?|beløp|summer|kroner|i)\b.{0,60}?"
    r"(?:kr|kroner|mill|tusen|1000|1 000|prosent)"
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
    below: bool = False  # the title stands below the table


def find_caption(
    above: Sequence[Line],
    below: Sequence[Line],
    top: float,
    bottom: float,
    body_size: float,
    captions_below: bool,
) -> Caption:
    """Read the lines nearest to the table first; `above` and `below` are in page order."""
    caption = Caption("", [], [])
    if captions_below:
        _take_title_below(below, bottom, body_size, caption)
        bottom = max([bottom, *(line.bottom for line in caption.used)])
        below = [line for line in below if line not in caption.used]
    _read_above(above, top, body_size, caption)
    _read_below(below, bottom, caption)
    return caption


def stands_below(
    above: Sequence[Line], below: Sequence[Line], top: float, bottom: float, body_size: float
) -> int:
    """1 where a caption stands below a table and none above, -1 the other way round, 0 unclear."""
    over = (
        bool(above)
        and top - above[-1].bottom < 1.9 * above[-1].size
        and (is_caption(above[-1], body_size))
    )
    under = (
        bool(below)
        and below[0].top - bottom < 1.9 * below[0].size
        and (is_caption(below[0], body_size))
    )
    return int(under) - int(over)


def is_caption(line: Line, body_size: float) -> bool:
    """Numbered, or bold and no larger than the running text."""
    return bool(CAPTION.match(line.text)) or (line.bold and line.size < 1.06 * body_size)


def _take_title_below(
    below: Sequence[Line], bottom: float, body_size: float, caption: Caption
) -> None:
    for line in below[:3]:
        if line.top - bottom > 1.9 * line.size:
            return
        more = (
            caption.used
            and line.bold == caption.used[0].bold
            and line.top - bottom < 0.6 * line.size
        )
        if not (more or (not caption.used and is_caption(line, body_size))):
            return
        caption.used.append(line)
        caption.title = join_texts([caption.title, line.text])
        caption.below = True
        bottom = line.bottom


def _read_above(above: Sequence[Line], top: float, body_size: float, caption: Caption) -> None:
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
    if caption.title:
        return
    start = next((i for i, line in enumerate(block) if CAPTION.match(line.text)), None)
    if start is not None:
        block = block[start:]
        caption.title = join_texts(line.text for line in block)
        caption.used += block
    elif block and _stands_out(block, body_size):
        caption.title = join_texts(line.text for line in block)


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
        else:
            break
        reach = line.bottom
