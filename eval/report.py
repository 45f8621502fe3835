"""A run → its report: a page for people, Markdown for a change's description, JSON for machines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.abstention import Point
from eval.bars import percent
from eval.gate import write_figures
from eval.markdown import table
from eval.misses import what_is_wrong, worst_first
from eval.names import DIFFICULTIES, FILES, KINDS, LANGUAGES, OUTCOMES, SEVERAL
from eval.page import page
from eval.run import Run, write_run
from eval.scores import Score, Summary, score_run, summarise
from eval.sizes import Strain
from eval.strained import HEAD, strain_rows, strain_title

Json = dict[str, Any]

GROUPS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("kind", "Slag", KINDS),
    ("municipality", "Kommune", {"": SEVERAL}),
    ("lang", "Språk", LANGUAGES),
    ("difficulty", "Hvor svaret må hentes", DIFFICULTIES),
    ("file", "Filtype", FILES),
)
SHOWN = 20  # misses in the Markdown; the page has all


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run with its scores and figures."""

    run: Run
    scores: list[Score]
    summary: Summary
    strains: tuple[Strain, ...] = ()


def make_report(run: Run, *, strains: tuple[Strain, ...] = ()) -> Report:
    """Score a run."""
    scores = score_run(run)
    return Report(run=run, scores=scores, summary=summarise(scores), strains=strains)


def write_report(report: Report, folder: Path) -> None:
    """Write run.json, scores.json, figures.json, report.md and report.html."""
    folder.mkdir(parents=True, exist_ok=True)
    write_run(report.run, folder / "run.json")
    write_figures(report.run, report.summary, folder / "figures.json")
    scores = {
        "about": report.run.about,
        "summary": report.summary.to_json(),
        "strains": [asdict(strain) for strain in report.strains],
        "scores": [_score_to_json(score) for score in report.scores],
    }
    text = json.dumps(scores, ensure_ascii=False, indent=1)
    (folder / "scores.json").write_text(text, encoding="utf-8")
    (folder / "report.md").write_text(to_markdown(report), encoding="utf-8")
    text = page(report.run, report.scores, report.summary, report.strains)
    (folder / "report.html").write_text(text, encoding="utf-8")


def to_text(report: Report) -> str:
    """The figures for a terminal, and for a program: the last line is one JSON object."""
    summary = report.summary
    lines = [
        f"{name:20} {found.value:.4f} ± {found.noise:.4f}  of {found.of}"
        for name, found in summary.figures.items()
    ]
    lines += [
        f"  {kind:18} {found.value:.4f} ± {found.noise:.4f}  of {found.of}"
        for kind, found in summary.groups["kind"].items()
    ]
    for strain in report.strains:
        lines.append(strain.name)
        lines += [
            f"  {step.name:18} {step.right.value:.4f} right {step.wrong.value:.4f} wrong  "
            f"of {step.right.of}"
            for step in strain.steps
        ]
    line = {
        "n": len(report.scores),
        **{name: round(found.value, 4) for name, found in summary.figures.items()},
        "untraced_numbers": summary.untraced,
        "p50_ms": summary.milliseconds["p50"],
        "p95_ms": summary.milliseconds["p95"],
        "memory_mb": report.run.about["memory_mb"],
        "seconds": report.run.about["seconds"],
    }
    return "\n".join([*lines, json.dumps(line)])


def to_markdown(report: Report) -> str:
    """Figures as tables, and the worst misses."""
    summary, about = report.summary, report.run.about
    missed = worst_first(report.scores)
    lines = [
        f"# Kommunesvar: {about['questions']} spørsmål",
        "",
        f"{about['gold']}, {about['made']}, program {about['program']}, indeks "
        f"{about['generation']}. Tall uten kilde: {summary.untraced}.",
        "",
        *table(("Utfall", "Antall"), [(OUTCOMES[o], summary.outcomes.get(o, 0)) for o in OUTCOMES]),
        "",
        *_curve(summary.curve),
        *table(
            ("Mål", "Verdi", "±", "Av"),
            [
                (name, f"{found.value:.4f}", f"{found.noise:.4f}", found.of)
                for name, found in summary.figures.items()
            ],
        ),
        "",
        *(line for group in GROUPS for line in _group(summary, *group)),
        *(line for strain in report.strains for line in _strain(strain)),
        f"## Feil, de verste først ({min(SHOWN, len(missed))} av {len(missed)})",
        "",
    ]
    lines += [_miss(score) for score in missed[:SHOWN]]
    return "\n".join(lines) + "\n"


def _curve(points: Sequence[Point]) -> list[str]:
    """About ten of the curve's points."""
    if not points:
        return []
    some = [*points[:: max(1, len(points) // 10)], points[-1]]
    rows = [(f"{p.threshold:.2f}", percent(p.right), percent(p.wrong)) for p in some]
    return [*table(("Sikkerhet minst", "Riktig besvart", "Galt besvart"), dict.fromkeys(rows)), ""]


def _group(summary: Summary, group: str, title: str, names: Mapping[str, str]) -> list[str]:
    found = summary.groups[group].items()
    rows = [(names.get(n, n or "–"), percent(f.value), f.of) for n, f in found]
    return [*table((title, "Riktig", "Av"), rows), ""]


def _strain(strain: Strain) -> list[str]:
    return [f"## {strain_title(strain)}", "", *table(HEAD, list(strain_rows(strain))), ""]


def _miss(score: Score) -> str:
    gold, said = score.result.gold, " ".join(score.result.answer["answer"].split())
    return (
        f"- **{gold.question}** (`{gold.id}`) {what_is_wrong(score)}\n"
        f"  - riktig: {gold.answer}\n"
        f"  - svaret: {said}"
    )


def _score_to_json(score: Score) -> Json:
    return {
        "id": score.result.gold.id,
        "kind": score.result.gold.kind,
        "lang": score.result.gold.lang,
        "municipality": score.result.municipality,
        "right": score.right,
        "outcome": score.outcome,
        "fault": score.fault,
        "cited": score.cited,
        "untraced": score.untraced,
        "ranks": score.result.ranks,
    }
