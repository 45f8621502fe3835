"""Trials → a page with charts, Markdown and JSON. Drawn as lines for a sweep, as bars for parts."""

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from eval.bars import percent, share_bar
from eval.charts import Line, lines_over, share_against_share
from eval.compare import SURE
from eval.markdown import table
from eval.names import GREEN, GREY, RED
from eval.style import STYLE
from eval.trials import AS_IS, SHOWN, Trial

HEAD = ("", *SHOWN, "points", "95 %", "p", "p50 ms")


def write_trials(trials: Sequence[Trial], folder: Path, *, title: str, sweep: bool) -> None:
    """Write trials.html, trials.md and trials.json."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {"title": title, "trials": [trial.to_json() for trial in trials]}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "trials.json").write_text(text, encoding="utf-8")
    markdown = trials_to_markdown(trials, title=title)
    (folder / "trials.md").write_text(markdown, encoding="utf-8")
    drawn = trials_to_page(trials, title=title, sweep=sweep)
    (folder / "trials.html").write_text(drawn, encoding="utf-8")


def trials_to_markdown(trials: Sequence[Trial], *, title: str) -> str:
    """The figures of each trial as a table."""
    asked = trials[0].against.questions
    lines = [f"# {title}", "", f"{asked} questions.", "", *table(HEAD, list(_rows(trials)))]
    return "\n".join(lines) + "\n"


def trials_to_page(trials: Sequence[Trial], *, title: str, sweep: bool) -> str:
    """One HTML file that needs nothing else."""
    drawn = _lines(trials) if sweep else _bars(trials)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in HEAD)
    rows = "".join(
        f'<tr><th scope="row">{escape(str(name))}</th>'
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in _rows(trials)
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1><p class='lead'>{trials[0].against.questions} questions. Each "
        "line is the same questions to a changed program; points are of accuracy against the "
        f"program as it is, p how often chance alone does as much.</p>{drawn}"
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></main></body></html>\n"
    )


def _rows(trials: Sequence[Trial]) -> Iterator[tuple[object, ...]]:
    for trial in trials:
        shown = (trial.figure(name) for name in SHOWN)
        against, (low, high) = trial.against, trial.against.interval
        compared: tuple[object, ...] = ("", "", "")
        if trial.changes:
            compared = (
                f"{100 * against.difference:+.1f}{' *' if against.chance < SURE else ''}",
                f"{100 * low:+.1f} to {100 * high:+.1f}",
                f"{against.chance:.3f}",
            )
        yield (
            trial.name,
            *(f"{figure.value:.4f}" if figure else "" for figure in shown),
            *compared,
            trial.summary.milliseconds["p50"],
        )


def _lines(trials: Sequence[Trial]) -> str:
    swept = [trial for trial in trials if trial.name != AS_IS]
    lines = []
    for name, colour in (("accuracy", GREEN), ("recall@5", GREY)):
        found = [figure.value for trial in swept if (figure := trial.figure(name))]
        if len(found) == len(swept):
            lines.append(Line(name=name, colour=colour, values=tuple(found)))
    wrong = tuple(trial.wrong for trial in swept)
    lines.append(Line(name="answered wrong, of all", colour=RED, values=wrong))
    keys = "".join(
        f'<li><span style="background:{line.colour}"></span>{line.name}</li>' for line in lines
    )
    names = [trial.name for trial in swept]
    curve = share_against_share(
        sorted((trial.wrong, _right(trial)) for trial in swept),
        colour=GREEN,
        below="answered wrong, of all questions",
        beside="answered right",
    )
    return (
        f"{lines_over(names, lines, below='value')}<ul class='key'>{keys}</ul>"
        f"<h2>Right against wrong</h2>{curve}"
    )


def _right(trial: Trial) -> float:
    counts = trial.summary.outcomes
    return counts.get("answered_right", 0) / max(1, sum(counts.values()))


def _bars(trials: Sequence[Trial]) -> str:
    rows = []
    for trial in sorted(trials, key=lambda one: (one.name != AS_IS, one.against.difference)):
        accuracy = trial.summary.figures["accuracy"]
        points = f"{100 * trial.against.difference:+.1f}" if trial.changes else ""
        rows.append(
            f'<tr><th scope="row">{escape(trial.name)}</th>'
            f"<td>{share_bar(trial.name, accuracy)}</td><td><b>{percent(accuracy.value)}</b></td>"
            f"<td>{points}</td><td>{percent(trial.wrong)} wrong</td></tr>"
        )
    return f'<table class="bars">{"".join(rows)}</table>'
