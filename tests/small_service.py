"""A small real service for the API's and the page's tests: two made-up reports, one with a PDF.

It keeps the whole of api.service.Service, from records in memory and a PDF that it typesets.
"""

import threading
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from answer.answer import Tell, tell_nobody
from answer.records import (
    Answer,
    Calculation,
    Citation,
    Clarify,
    Figure,
    Language,
    Option,
    Point,
    Scope,
    Series,
    Turn,
)
from api.service import Json
from figures.cells import Box
from indexer.records import Page
from indexer.render import render_page

ROWS = (
    ("Rammetilskudd", "512,4", "498,1"),
    ("Skatt på inntekt og formue", "401,9", "388,0"),
    ("Sum driftsinntekter", "914,3", "886,1"),
    ("Lønnsutgifter", "553,0", "541,2"),
    ("Netto driftsresultat", "41,2", "19,7"),
)
GROUPS = ("Driftsinntekter", "Driftsinntekter", "Driftsinntekter", "Driftsutgifter", "Resultat")
TITLE = "Fjordvik kommune – Årsrapport 2024"
HEADING = "1. Økonomi › Driftsregnskapet"
PROSE = (
    "Sykefraværet i 2024 var 8,1 prosent, ned fra 8,9 prosent året før.\n"
    "Kommunen ga 61 byggetillatelser. <script>alert('nei')</script> sto i et vedlegg."
)
LEFT, TOP, STEP = 72.0, 180.0, 22.0


def typeset_report(path: Path) -> None:
    """A report of two pages: a table, and prose."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    height = A4[1]
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(LEFT, height - 90, "Fjordvik kommune")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(LEFT, height - 115, "Tabell 1.1 Økonomisk oversikt (mill. kr)")
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawRightString(400, height - TOP + STEP, "Regnskap 2024")
    canvas.drawRightString(500, height - TOP + STEP, "Regnskap 2023")
    canvas.setFont("Helvetica", 11)
    for i, (label, *numbers) in enumerate(ROWS):
        y = height - TOP - i * STEP
        canvas.drawString(LEFT, y, label)
        for x, number in zip((400, 500), numbers, strict=True):
            canvas.drawRightString(x, y, number)
        canvas.line(LEFT, y - 6, 510, y - 6)
    canvas.showPage()
    canvas.setFont("Helvetica", 11)
    for i, line in enumerate(PROSE.split("\n")):
        canvas.drawString(LEFT, height - 100 - 18 * i, line)
    canvas.showPage()
    canvas.save()


def row_box(row: int) -> Box:
    """Where a table row is printed."""
    top = TOP + row * STEP - 11
    return (LEFT - 2, top, 512.0, top + 16)


def cell_citation(row: int, column: int, *, n: int = 1) -> Citation:
    """A citation of one cell."""
    label = ROWS[row][0]
    return Citation(
        n=n,
        doc="fjordvik-2024",
        title=TITLE,
        page=1,
        heading=HEADING,
        quote=" ".join(ROWS[row]),
        table="Tabell 1.1 Økonomisk oversikt",
        table_id="fjordvik-2024/t1",
        row=f"{GROUPS[row]} › {label}",
        column=("Regnskap 2024", "Regnskap 2023")[column],
        bbox=row_box(row),
    )


class SmallService:
    """Answers by a word in the question."""

    def __init__(self, folder: Path) -> None:
        self.pdf = folder / "fjordvik-2024.pdf"
        self.stopped = threading.Event()
        self.seen: list[tuple[str, tuple[Turn, ...]]] = []
        typeset_report(self.pdf)

    def ask(
        self,
        question: str,
        *,
        kommune: str | None = None,
        year: int | None = None,
        docs: Sequence[str] = (),
        lang: Language | None = None,
        history: Sequence[Turn] = (),
        tell: Tell = tell_nobody,
    ) -> Answer:
        self.seen.append((question, tuple(history)))
        scope = Scope(
            kommuner=(kommune or "Fjordvik",), years=(year or 2024,), docs=("fjordvik-2024",)
        )
        tell(scope)
        low = question.lower()
        if "langsom" in low:
            self.work_slowly(scope, tell)
        language: Language = lang or ("nn" if "kva" in low.split() else "nb")
        if "krasj" in low:
            raise RuntimeError("a bug that knows nothing of the question")
        if "romfart" in low:
            return not_found(question, language, scope)
        if "utvikl" in low:
            return series(question, language)
        if "rangering" in low:
            return ranking(question, language, scope)
        if "vekst" in low:
            return growth(question, language, scope)
        if "sykefravær" in low and "fjordvik" not in low:
            return clarify(question, language)
        if "byggetillatelser" in low or "sykefravær" in low:
            return prose(question, language, scope)
        if "historie" in low:
            return prose(question, language, scope, doc="havnes-2023")
        return figure(question, language, scope)

    def stand_alone(self, question: str, history: Sequence[Turn]) -> str:
        if history and question.startswith("Hva med"):
            return f"{history[-1].question} {question}"
        return question

    def work_slowly(self, scope: Scope, tell: Tell) -> None:
        """Tell the scope again and again, until nobody listens."""
        try:
            for _ in range(500):
                time.sleep(0.01)
                tell(scope)
        except Exception:
            self.stopped.set()
            raise

    def search(
        self, query: str, *, k: int, kommune: str | None = None, year: int | None = None
    ) -> list[Json]:
        found = {"doc": "fjordvik-2024", "page": 2, "heading": "2. Ansatte", "score": 0.9}
        return [found | {"text": line} for line in PROSE.split("\n")][:k]

    def figures(
        self, query: str, *, limit: int, kommune: str | None = None, year: int | None = None
    ) -> list[Json]:
        rows = [
            {"doc": "fjordvik-2024", "page": 1, "row": label, "column": "2024", "text": number}
            for label, number, _ in ROWS
        ]
        rows.append({"doc": "x", "page": 1, "row": "=1+1", "column": "2024", "text": "1"})
        return rows[:limit]

    def table(self, table_id: str) -> Json | None:
        if table_id != "fjordvik-2024/t1":
            return None
        rows = [
            {
                "label": label,
                "group": GROUPS[i],
                "values": [
                    {"text": text, "value": 1, "base_value": 1, "base_unit": "kr"}
                    for text in numbers
                ],
            }
            for i, (label, *numbers) in enumerate(ROWS)
        ]
        return {
            "id": table_id,
            "doc": "fjordvik-2024",
            "page": 1,
            "title": "Tabell 1.1 Økonomisk oversikt",
            "unit": "mill. kr",
            "heading": HEADING,
            "trust": "verified",
            "columns": ["Regnskap 2024", "Regnskap 2023"],
            "rows": rows,
        }

    def documents(self) -> list[Json]:
        common = {"language": "nb", "paged": True, "kind": "pdf", "pages": 2}
        named = (("fjordvik", "Fjordvik", 2024), ("havnes", "Havnes", 2024))
        documents = [
            common
            | {
                "id": f"{stem}-{year}",
                "title": f"{name} kommune – Årsrapport {year}",
                "municipality": name,
                "year": year,
            }
            for stem, name, year in (*named, ("fjordvik", "Fjordvik", 2023))
        ]
        unpaged = {"paged": False, "kind": "txt", "pages": 1}
        documents.append(
            common
            | unpaged
            | {"id": "havnes-2023", "title": "Havnes 2023", "municipality": "Havnes", "year": 2023}
        )
        return documents

    def page(self, doc: str, number: int) -> Page | None:
        if doc == "havnes-2023" and number == 1:
            return Page(number=1, text=f"Havnes kommune\n{PROSE}\nSlutt.")
        if doc != "fjordvik-2024" or number not in (1, 2):
            return None
        text = "\n".join(" ".join(row) for row in ROWS) if number == 1 else PROSE
        return Page(number=number, text=text, width=A4[0], height=A4[1])

    def page_image(self, doc: str, number: int, boxes: Sequence[Box]) -> bytes | None:
        return render_page(self.pdf, number, boxes) if doc == "fjordvik-2024" else None

    def file(self, doc: str) -> Path | None:
        return self.pdf if doc == "fjordvik-2024" else None

    def status(self) -> Json:
        return {"documents": 4, "municipalities": 2, "tables": 1, "figures": 10}

    def examples(self, lang: Language) -> list[str]:
        return [
            "Hva var netto driftsresultat i Fjordvik i 2024?",
            "Hvordan har netto driftsresultat utviklet seg?",
            "Hvor stor var veksten i rammetilskuddet?",
            "Hvor høyt var sykefraværet?",
        ]


def figure(question: str, language: Language, scope: Scope) -> Answer:
    """A figure from one cell."""
    return Answer(
        question=question,
        language=language,
        status="answered",
        answer="Fjordvik kommune hadde et netto driftsresultat på 41,2 mill. kr i 2024 [1].",
        figure=Figure(base_value=Decimal(41200000), base_unit="kr", text="41,2 mill. kr"),
        citations=(cell_citation(4, 0),),
        scope=scope,
        timing_ms={"total": 4.2},
    )


def growth(question: str, language: Language, scope: Scope) -> Answer:
    """A figure that was calculated from two cells."""
    return Answer(
        question=question,
        language=language,
        status="answered",
        answer="Rammetilskuddet økte med 14,3 mill. kr, fra 498,1 [2] til 512,4 mill. kr [1].",
        figure=Figure(base_value=Decimal(14300000), base_unit="kr", text="14,3 mill. kr"),
        calculation=Calculation(
            expression="512,4 − 498,1",
            result="14,3 mill. kr",
            steps=("Rammetilskudd 2024: 512,4 mill. kr", "Rammetilskudd 2023: 498,1 mill. kr"),
            operands=(1, 2),
        ),
        citations=(cell_citation(0, 0), cell_citation(0, 1, n=2)),
        scope=scope,
    )


def ranking(question: str, language: Language, scope: Scope) -> Answer:
    """Many rows, each with its source."""
    cells = [(row, column) for column in (0, 1) for row in range(len(ROWS))]
    return Answer(
        question=question,
        language=language,
        status="answered",
        answer="\n".join(f"{n}. {ROWS[row][0]} [{n}]" for n, (row, _) in enumerate(cells, 1)),
        citations=tuple(cell_citation(row, c, n=n) for n, (row, c) in enumerate(cells, 1)),
        scope=scope,
    )


def series(question: str, language: Language) -> Answer:
    """Figures over years."""
    points = ((2021, -12_500_000), (2022, 8_000_000), (2023, 19_700_000), (2024, 41_200_000))
    return Answer(
        question=question,
        language=language,
        status="answered",
        answer=(
            "Netto driftsresultat i Fjordvik har økt hvert år:\n"
            "- 2023: 19,7 mill. kr [2]\n- 2024: 41,2 mill. kr [1]"
        ),
        citations=(cell_citation(4, 0), cell_citation(4, 1, n=2)),
        scope=Scope(kommuner=("Fjordvik",), years=(2021, 2022, 2023, 2024)),
        series=Series(
            name="Netto driftsresultat",
            base_unit="kr",
            points=tuple(
                Point(label=str(year), base_value=Decimal(value), citation=1)
                for year, value in points
            ),
        ),
    )


def prose(question: str, language: Language, scope: Scope, *, doc: str = "fjordvik-2024") -> Answer:
    """A sentence of a report."""
    quote = PROSE.split("\n")[1 if "bygge" in question.lower() else 0]
    return Answer(
        question=question,
        language=language,
        status="answered",
        answer=f"{quote} [1]",
        citations=(
            Citation(
                n=1,
                doc=doc,
                title=TITLE if doc == "fjordvik-2024" else "Havnes 2023",
                page=2 if doc == "fjordvik-2024" else None,
                heading="2. Ansatte",
                quote=quote,
                bbox=(LEFT, 88.0, 480.0, 124.0) if doc == "fjordvik-2024" else None,
            ),
        ),
        scope=scope,
    )


def clarify(question: str, language: Language) -> Answer:
    """A question back."""
    options = tuple(
        Option(label=name, question=f"Hvor høyt var sykefraværet i {name} i 2024?")
        for name in ("Fjordvik", "Havnes")
    )
    asked = "Hvilken kommune mener du?"
    return Answer(
        question=question,
        language=language,
        status="clarify",
        answer=asked,
        clarify=Clarify(question=asked, options=options),
        scope=Scope(years=(2024,)),
    )


def not_found(question: str, language: Language, scope: Scope) -> Answer:
    """The reports do not say."""
    return Answer(
        question=question,
        language=language,
        status="not_found",
        answer=(
            "Jeg fant ikke noe om romfart i årsrapporten for Fjordvik 2024. "
            "Rapporten handler om økonomi, ansatte og byggesaker."
        ),
        scope=scope,
    )
