"""How accuracy holds as something grows → a section of the report, and tables for its Markdown."""

from collections.abc import Iterator, Sequence

from eval.bars import percent
from eval.charts import Line, lines_over
from eval.names import GREEN, GREY, RED
from eval.sizes import Step, Strain
from eval.statistics import likely

NAMES = {
    "rows": ("Jo flere rader i tabellen", "rader i tabellen der svaret står"),
    "columns": ("Jo flere kolonner", "kolonner i tabellen der svaret står"),
    "breaks": ("Når tabellen går over flere sider", "sideskift i tabellen der svaret står"),
    "municipalities": ("Jo flere kommuner å lete blant", "kommuner i indeksen"),
    "years": ("Jo flere år å lete blant", "år i indeksen, for samme kommune"),
}
SHARES = 4  # columns before those of the cells
HEAD = ("", "Riktig", "Galt", "Av", "Celler lest riktig", "Av")


def strained(strains: Sequence[Strain]) -> str:
    """The section; nothing where nothing was strained."""
    if not strains:
        return ""
    return (
        "<h2>Når det blir mer å lese og lete i</h2>"
        "<p>Rapportene er laget for målingen. Grønt er riktig, rødt er galt svar; resten er "
        "spørsmål det sa fra om eller spurte tilbake om. Grått er hvor mange av tallene i selve "
        "tabellene som ble lest med riktig rad og kolonne.</p>"
        + "".join(_chart(strain) for strain in strains)
    )


def strain_rows(strain: Strain) -> Iterator[tuple[object, ...]]:
    """The same numbers as rows under HEAD."""
    for step in strain.steps:
        cells = (f"{step.cells.value:.4f}", step.cells.of) if step.cells else ("", "")
        shares = (f"{step.right.value:.3f}", f"{step.wrong.value:.3f}")
        yield (step.name, *shares, step.right.of, *cells)


def strain_title(strain: Strain) -> str:
    """What grows, in words."""
    return NAMES[strain.name][0]


def _chart(strain: Strain) -> str:
    steps = strain.steps
    lines = [
        Line(
            name="Riktig",
            colour=GREEN,
            values=tuple(step.right.value for step in steps),
            bands=tuple(likely(step.right) for step in steps),
        ),
        Line(
            name="Galt svar",
            colour=RED,
            values=tuple(step.wrong.value for step in steps),
            bands=tuple(likely(step.wrong) for step in steps),
        ),
    ]
    cells = [step.cells.value for step in steps if step.cells]
    if cells and len(cells) == len(steps):
        lines.insert(0, Line(name="Celler lest riktig", colour=GREY, values=tuple(cells)))
    title, below = NAMES[strain.name]
    chart = lines_over([step.name for step in steps], lines, below=below)
    head = HEAD if cells else HEAD[:SHARES]
    rows = "".join(_row(step) for step in steps)
    return (
        f'<h3>{title}</h3><div class="beside"><div>{chart}</div><div class="wide"><table>'
        f"<thead><tr>{''.join(f'<th scope=col>{name}</th>' for name in head)}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></div>"
    )


def _row(step: Step) -> str:
    cells = (percent(step.cells.value), step.cells.of) if step.cells else ()
    values = (percent(step.right.value), percent(step.wrong.value), step.right.of, *cells)
    return (
        f'<tr><th scope="row">{step.name}</th>'
        + "".join(f"<td>{value}</td>" for value in values)
        + "</tr>"
    )
