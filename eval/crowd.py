"""A few reports and much text → thousands of reports, to measure what a large index costs.

Tables are the factory's with other names and years; prose is the paragraphs of a text folder (the
one that `training` reads), or without it the factory's own, sentence by sentence in another order.
Only for timing: the figures say nothing.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random

from figures.cells import Table
from figures.places import municipalities
from indexer.records import Document, Page, Passage
from indexer.shards import Shard, report_to_shard
from samples.factory import make_reports, write_markdown
from training.texts import all_text

YEARS = range(2016, 2026)
_BASES = 12  # factory reports that all others are made of
_LONGEST = 900  # characters of a passage, as indexer.passages packs them
_ON_A_PAGE = 8  # passages
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_END = re.compile(r"(?<=[.!?]) +")


def crowd(texts: Path | None, *, passages: int, cells: int, seed: int = 1) -> Iterator[Shard]:
    """Reports that hold so many passages and cells between them, about 300 passages in each."""
    bases = _bases(seed)
    chance = Random(seed)  # noqa: S311 - a seeded draw, nothing secret
    paragraphs = cycle(_paragraphs(texts, bases, chance))
    count = max(1, passages // 300)
    names = list(dict.fromkeys(m.name for m in municipalities()))
    for number in range(count):
        name = names[number // len(YEARS) % len(names)]
        round_ = number // (len(YEARS) * len(names))
        base = bases[number // len(YEARS) % len(bases)]
        yield _like(
            base,
            doc=f"{name.lower().replace(' ', '-')}-{YEARS[number % len(YEARS)]}-{round_}",
            name=name,
            year=YEARS[number % len(YEARS)],
            cells=_share(cells, number, count),
            passages=_share(passages, number, count),
            paragraphs=paragraphs,
            chance=chance,
        )


def _share(total: int, number: int, count: int) -> int:
    """What one of `count` gets of a total that is given out evenly."""
    return total * (number + 1) // count - total * number // count


def _bases(seed: int) -> list[Shard]:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for report in make_reports(seed, _BASES):
            paths.append(Path(folder) / f"{report.doc}.md")
            write_markdown(report, paths[-1])
        return [report_to_shard(path) for path in paths]


def _paragraphs(texts: Path | None, bases: Sequence[Shard], chance: Random) -> list[str]:
    if texts:
        found = [text[:_LONGEST] for text in all_text(texts)]
    else:
        prose = [p.text for base in bases for p in base.passages if not p.table]
        sentences = [sentence for text in prose for sentence in _END.split(text)]
        found = [" ".join(chance.sample(sentences, 3)) for _ in range(100_000)]
    chance.shuffle(found)
    return found


def _like(
    base: Shard,
    *,
    doc: str,
    name: str,
    year: int,
    cells: int,
    passages: int,
    paragraphs: Iterator[str],
    chance: Random,
) -> Shard:
    """One report: some of the base's tables, and prose under its headings."""
    own = base.document
    later = year - (own.year or year)

    def said(text: str) -> str:
        text = text.replace(own.municipality, name)
        return _YEAR.sub(lambda match: str(int(match[0]) + later), text) if later else text

    tables = [_renamed(t, doc, said, later) for t in _some(base.tables, cells, chance)]
    ids = {table.id.rpartition("/")[2]: table.id for table in tables}
    found = [
        replace(p, doc=doc, heading=said(p.heading), title=said(p.title), text=said(p.text),
                table=ids[p.table.rpartition("/")[2]])
        for p in base.passages
        if p.table.rpartition("/")[2] in ids
    ]  # fmt: skip
    headings = [said(p.heading) for p in base.passages if not p.table]
    found += [
        Passage(id="", doc=doc, page=1, heading=chance.choice(headings), text=text)
        for text in islice(paragraphs, max(0, passages - len(found)))
    ]
    found = [
        replace(p, id=f"{doc}/p{place}", page=place // _ON_A_PAGE + 1)
        for place, p in enumerate(found[:passages])
    ]
    document = Document(
        id=doc,
        title=f"{name} kommune – Årsrapport {year}",
        municipality=name,
        year=year,
        kind="md",
        paged=True,
        sha256=doc,
        pages=tuple(
            Page(number=start // _ON_A_PAGE + 1, text="\n".join(p.text for p in found[start:end]))
            for start in range(0, len(found), _ON_A_PAGE)
            for end in [start + _ON_A_PAGE]
        ),
        blocks=(),
    )
    return Shard(document=document, tables=tuple(tables), passages=tuple(found))


def _some(tables: Sequence[Table], cells: int, chance: Random) -> list[Table]:
    """Tables that hold so many cells between them; the last is cut."""
    found: list[Table] = []
    for table in chance.sample(tables, len(tables)):
        rows = []
        for row in table.rows:
            if cells <= 0:
                break
            rows.append(row)
            cells -= sum(cell is not None for cell in row.cells)
        if rows:
            found.append(replace(table, rows=tuple(rows)))
    return found


def _renamed(table: Table, doc: str, said: Callable[[str], str], later: int) -> Table:
    return replace(
        table,
        id=f"{doc}/{table.id.rpartition('/')[2]}",
        doc=doc,
        title=said(table.title),
        heading=said(table.heading),
        context=said(table.context),
        columns=tuple(
            replace(
                column,
                name=said(column.name),
                place=said(column.place),
                year=column.year + later if column.year else None,
            )
            for column in table.columns
        ),
        rows=tuple(
            replace(row, label=said(row.label), group=said(row.group)) for row in table.rows
        ),
    )
