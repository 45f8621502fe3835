"""Reports written by hand → Report, so that they are drawn and flattened as the factory's are.

In: JSON with headings, paragraphs, lists and tables, in reading order. Out: a Report that has no
truth of its own: the questions to it were written by hand too and stand beside it. Weights are
fitted with those in `written/learnt`; nothing may ever be fitted with `written/exam`.
"""

import json
from pathlib import Path
from typing import Any

from samples.blocks import Block, Heading, Items, Paragraph, Report, TableBlock
from samples.draws import rng
from samples.factory import write_pdf, write_text
from samples.layouts import draw_layout
from samples.municipalities import Municipality
from samples.truth import Truth, TruthCell, TruthColumn, TruthRow, TruthTable

LEARNT = Path(__file__).parent / "written" / "learnt"
EXAM = Path(__file__).parent / "written" / "exam"

Json = dict[str, Any]


def written_reports(folder: Path) -> list[Report]:
    """Every report in the folder, each municipality in a look of its own."""
    return [_report(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


def written_questions(folder: Path) -> list[Json]:
    """The questions to them, with the right answers."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def draw_written(folder: Path, out: Path) -> tuple[Path, Path]:
    """Each report as a PDF and as flattened text; a folder for each kind."""
    pdf, text = out / "pdf", out / "text"
    for kind in (pdf, text):
        kind.mkdir(parents=True, exist_ok=True)
    for report in written_reports(folder):
        write_pdf(report, pdf / f"{report.doc}.pdf")
        write_text(report, text / f"{report.doc}.txt")
    return pdf, text


def _report(source: Json) -> Report:
    name, year = source["municipality"], source["year"]
    municipality = _municipality(name, source["language"])
    title = f"{name} kommune – {source['word']} {year}"
    return Report(
        doc=source["doc"],
        title=title,
        municipality=municipality,
        year=year,
        layout=draw_layout(name, municipality),
        blocks=_blocks(source),
        truth=Truth(
            doc=source["doc"],
            title=title,
            municipality=name,
            year=year,
            language=source["language"],
            tables=(),
            facts=(),
        ),
    )


def _municipality(name: str, language: str) -> Municipality:
    """Only its name and language are told; the rest stands in what was written."""
    return Municipality(
        name=name,
        language=language,
        seed=name,
        people=0,
        growth=0,
        grain=1,
        coast=False,
        places=(),
        neighbours=(),
    )


def _blocks(source: Json) -> tuple[Block, ...]:
    found: list[Block] = []
    chapters = parts = tables = 0
    numbered = rng(source["municipality"], "numbered").random() < 0.5
    for block in source["blocks"]:
        if "h" in block:
            first = block["h"] == 1
            chapters, parts = (chapters + 1, 0) if first else (chapters, parts + 1)
            number = f"{chapters}" if first else f"{chapters}.{parts}"
            text = block["text"]
            found.append(Heading(level=block["h"], number=number if numbered else "", text=text))
        elif "p" in block:
            found.append(Paragraph(text=block["p"]))
        elif "li" in block:
            found.append(Items(items=tuple(block["li"])))
        else:
            tables += 1
            found.append(_table(block["table"], f"{source['doc']}/t{tables:02}"))
    return tuple(found)


def _table(source: Json, id_: str) -> TableBlock:
    rows: list[TruthRow] = []
    path: tuple[str, ...] = ()
    for label, *cells in source["rows"]:
        if not cells:
            path = (label,)
            continue
        total = label.lower().startswith(("sum", "totalt", "i alt", "til saman"))
        texts = tuple(TruthCell(text=cell) for cell in cells)
        rows.append(TruthRow(key=label, label=label, path=path, total=total, cells=texts))
    table = TruthTable(
        id=id_,
        kind="written",
        title=source["title"],
        columns=tuple(TruthColumn(name=name) for name in source["columns"]),
        rows=tuple(rows),
    )
    return TableBlock(table=table, corner=source.get("corner", ""), lead=source.get("unit", ""))
