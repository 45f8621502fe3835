"""Collects questions for one report: which wordings are asked, in which language, with what proof.

The makers of questions (ask_tables, ask_prose, ask_gaps) say what is true; this file draws how it
is asked, and keeps ids, sizes and quotes alike.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from samples.draws import rng
from samples.tables import Scene
from samples.truth import Evidence, Fact, GoldFigure, TruthCell, TruthRow, TruthTable

Wordings = dict[str, tuple[str, ...]]  # language -> ways to ask

NOT_THERE = {"nb": "Står ikke i rapporten", "nn": "Står ikkje i rapporten"}


@dataclass(slots=True, kw_only=True)
class Asker:
    """The questions so far for one report."""

    scene: Scene
    doc: str
    tables: tuple[TruthTable, ...]
    facts: list[Fact] = field(default_factory=list)

    @property
    def lang(self) -> str:
        """The report's language."""
        return self.scene.m.language

    def table(self, kind: str) -> TruthTable:
        """The table of this kind."""
        return next(t for t in self.tables if t.kind == kind)

    def chance(self, share: float, *key: object) -> bool:
        """Whether to ask about this at all; a report holds far more than anybody asks."""
        return rng(self.doc, "ask", *key).random() < share

    def fill(self, text: str, **slots: object) -> str:
        """A wording with municipality and year set in."""
        year = self.scene.year
        filled = text.format(**{"k": self.scene.m.name, "y": year, "last": year - 1, **slots})
        return with_place(filled, self.scene.m.name)

    def add(
        self,
        kind: str,
        wordings: Wordings,
        answer: str,
        *,
        figure: GoldFigure | None = None,
        accept: tuple[tuple[str, ...], ...] = (),
        evidence: tuple[Evidence, ...] = (),
        note: str = "",
        **slots: object,
    ) -> None:
        """Ask in the report's language, and now and then in another one too."""
        for lang, question in self._drawn(wordings):
            self.facts.append(
                Fact(
                    id=f"{self.doc}/q{len(self.facts) + 1:03}",
                    question=self.fill(question, **slots),
                    lang=lang,
                    kind=kind,
                    docs=(self.doc,),
                    answer=answer,
                    figure=figure,
                    accept=accept,
                    evidence=evidence,
                    note=note,
                )
            )

    def _drawn(self, wordings: Wordings) -> list[tuple[str, str]]:
        chance = rng(self.doc, "wording", len(self.facts), *wordings.get("nb", ()))
        own = wordings.get(self.lang, ())
        found = [(self.lang, chance.choice(own))] if own else []
        others = [lang for lang in wordings if lang != self.lang and wordings[lang]]
        if others and (chance.random() < 0.3 or not found):
            lang = chance.choice(others)
            found.append((lang, chance.choice(wordings[lang])))
        return found

    def proof(self, table: TruthTable, *rows: TruthRow) -> tuple[Evidence, ...]:
        """The rows as they stand in the text, with the table's title."""
        return tuple(Evidence(doc=self.doc, quote=row_text(row), table=table.title) for row in rows)

    def said(self, quote: str) -> tuple[Evidence, ...]:
        """A sentence of the running text."""
        return (Evidence(doc=self.doc, quote=quote),)


_REPORT_FOR = re.compile(r"(rapporten) for (?=20[0-9]{2})")
_IN_YEAR = re.compile(r" (i|in) (?=20[0-9]{2}\b)")


def with_place(question: str, municipality: str) -> str:
    """A question that names only a school or a village also says in which municipality.

    >>> with_place("Hvem ga Dal barnehage pris i 2024?", "Granmo")
    'Hvem ga Dal barnehage pris i Granmo i 2024?'
    >>> with_place("Kva galdt det, ifølgje rapporten for 2024?", "Granmo")
    'Kva galdt det, ifølgje rapporten til Granmo for 2024?'
    """
    if municipality in question:
        return question
    if _REPORT_FOR.search(question):
        return _REPORT_FOR.sub(rf"\1 til {municipality} for ", question)
    if _IN_YEAR.search(question):
        return _IN_YEAR.sub(rf" \1 {municipality} \1 ", question, count=1)
    return f"{question.rstrip('?')} ({municipality})?"


def named(names: dict[str, str], wordings: Wordings) -> Wordings:
    """Wordings with a name set in, in each language."""
    return {
        lang: tuple(text.replace("{line}", names[lang]) for text in texts)
        for lang, texts in wordings.items()
    }


def row_text(row: TruthRow) -> str:
    """A row as a line of text.

    >>> row_text(TruthRow(key="", label="Sum", cells=(TruthCell(text="1"), TruthCell(text=""))))
    'Sum 1'
    """
    return " ".join([row.label, *(cell.text for cell in row.cells if cell.text)])


def cell_at(
    table: TruthTable, row: TruthRow, measure: str, year: int, place: str = ""
) -> TruthCell | None:
    """The row's number for a measure, year and place, if it has one."""
    for column, cell in zip(table.columns, row.cells, strict=True):
        if (column.measure, column.year, column.place) == (measure, year, place):
            return cell if cell.value is not None else None
    return None


def figure_of(
    cell: TruthCell, *, size: bool = False, sign_free: bool = False, value: Decimal | None = None
) -> GoldFigure:
    """The gold figure of a cell; `size` drops the printed sign, as plain speech does."""
    assert cell.base_value is not None
    base = value if value is not None else cell.base_value
    decimals = re.search(r"[.,]([0-9]{1,2})$", cell.text.rstrip("% )"))
    digits = len(decimals.group(1)) if decimals else 0
    return GoldFigure(
        base_value=abs(base) if size else base,
        base_unit=cell.unit,
        tolerance=Decimal(cell.scale) * Decimal(1).scaleb(-digits) / 2,
        as_stated=cell.text,
        sign_free=sign_free,
    )


def size_of(cell: TruthCell, unit: str) -> str:
    """A cell in plain speech: its size and unit.

    >>> size_of(TruthCell(text="-46 864"), "tusen kr")
    '46 864 tusen kr'
    """
    return f"{cell.text.strip('-−–()% ')} {unit}".strip()


def reckoned(value: Decimal, unit: str, stated: str, *, tolerance: Decimal) -> GoldFigure:
    """A figure that was calculated."""
    return GoldFigure(
        base_value=value, base_unit=unit, tolerance=tolerance, as_stated=stated, sign_free=False
    )
