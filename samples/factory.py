"""A seed becomes a report with known truth; and a report becomes a PDF or a text.

The door of the package. The same arguments always give the same report, byte for byte.
"""

from dataclasses import replace
from pathlib import Path

from samples import flatten, typeset
from samples.blocks import Block, Report, SideBySide, TableBlock
from samples.chapters import Plants, write_chapters
from samples.draws import rng
from samples.layouts import Layout, layout_for, with_unit
from samples.municipalities import Municipality, find, invent
from samples.questions import ask_report
from samples.tables import Scene
from samples.truth import Truth, TruthTable

YEARS = (2022, 2023, 2024, 2025)

# The six that are committed, and what is wrong with them on purpose.
BUNDLED_REPORTS: tuple[tuple[str, int, Plants], ...] = (
    ("Skarvøy", 2023, Plants()),
    ("Skarvøy", 2024, Plants(contradiction=True)),
    ("Granmo", 2023, Plants(broken_total=True)),
    ("Granmo", 2024, Plants(orders=True)),
    ("Hjellefjord", 2023, Plants()),
    ("Hjellefjord", 2024, Plants()),
)


def make_report(
    seed: int,
    *,
    municipality: Municipality | None = None,
    year: int | None = None,
    language: str | None = None,
    layout: Layout | None = None,
    plants: Plants | None = None,
) -> Report:
    """A report; what is not given is drawn from the seed."""
    m = municipality or invent(seed, language=language)
    chance = rng(seed, "report")
    drawn_year = chance.choice(YEARS)
    drawn = Plants(
        contradiction=chance.random() < 0.2,
        broken_total=chance.random() < 0.15,
        orders=chance.random() < 0.1,
    )
    style = with_unit(layout, m) if layout else layout_for(m, seed)
    scene = Scene(m=m, year=year or drawn_year, layout=style)
    return _report(scene, plants or drawn)


def bundled_reports() -> list[Report]:
    """The six committed reports."""
    return [
        make_report(0, municipality=find(name), year=year, plants=plants)
        for name, year, plants in BUNDLED_REPORTS
    ]


def _report(scene: Scene, plants: Plants) -> Report:
    blocks, contradictions = write_chapters(scene, plants)
    tables = tables_of(blocks)
    doc = f"{scene.m.slug}-{scene.year}"
    title = f"{scene.m.name} kommune – {scene.word('report')} {scene.year}"
    truth = Truth(
        doc=doc,
        title=title,
        municipality=scene.m.name,
        year=scene.year,
        language=scene.m.language,
        tables=tables,
        facts=ask_report(scene, doc, tables, plants),
        contradictions=contradictions,
    )
    return Report(
        doc=doc,
        title=title,
        municipality=scene.m,
        year=scene.year,
        layout=scene.layout,
        blocks=blocks,
        truth=truth,
    )


def tables_of(blocks: tuple[Block, ...]) -> tuple[TruthTable, ...]:
    """Every table in order."""
    found: list[TruthTable] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            found.append(block.table)
        elif isinstance(block, SideBySide):
            found += [block.left.table, block.right.table]
    return tuple(found)


def write_pdf(report: Report, path: Path) -> Truth:
    """Write the PDF; returns the truth, now knowing on which pages each table stands."""
    pages = typeset.write(report, path)
    tables = tuple(replace(t, pages=tuple(sorted(pages[t.id]))) for t in report.truth.tables)
    return replace(report.truth, tables=tables)


def write_text(report: Report, path: Path) -> Truth:
    """Write the report as published text versions look: no pages, tables as runs of numbers."""
    path.write_text(flatten.to_text(report), encoding="utf-8")
    return report.truth


def write_markdown(report: Report, path: Path) -> Truth:
    """Write the report as Markdown with tab-separated tables."""
    path.write_text(flatten.to_markdown(report), encoding="utf-8")
    return report.truth


def make_reports(seed: int, count: int) -> list[Report]:
    """Different reports from one seed; every third is its neighbour's year after."""
    found: list[Report] = []
    number = 0
    while len(found) < count:
        if len(found) % 3 == 2:
            before = found[-1]
            report = make_report(
                seed * 1000 + number,
                municipality=before.municipality,
                year=before.year + 1,
                layout=before.layout,
            )
        else:
            report = make_report(seed * 1000 + number)
        number += 1
        # two seeds may invent the same name; a file name must mean one report
        names = {r.municipality.name: r.municipality for r in found}
        if names.get(report.municipality.name, report.municipality) == report.municipality:
            found.append(report)
    return found
