"""A run with its scores → one HTML file that a council member can read, in Norwegian (bokmål)."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

from eval.bars import percent, share_bar, stacked_bar
from eval.metrics import difficulty
from eval.misses import miss, worst_first
from eval.names import (
    COLOURS,
    DIFFICULTIES,
    FIGURES,
    FILES,
    GREEN,
    KINDS,
    LANGUAGES,
    OUTCOMES,
    RED,
    SEVERAL,
)
from eval.refusing import abstention
from eval.run import Run
from eval.scores import Score, Summary
from eval.sizes import Strain
from eval.statistics import Measured
from eval.strained import strained
from eval.style import STYLE

FEW = 5  # questions of a group that tell little about it


def page(
    run: Run, scores: Sequence[Score], summary: Summary, strains: Sequence[Strain] = ()
) -> str:
    """The whole file; it needs nothing else."""
    parts = (
        _opening(run, summary),
        _figures(summary),
        abstention(scores, summary.curve),
        _groups(scores),
        strained(strains),
        _misses(scores),
        _method(run),
    )
    return (
        '<!doctype html>\n<html lang="nb"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Hvor riktig svarer Kommunesvar?</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _opening(run: Run, summary: Summary) -> str:
    of = run.about["questions"]
    count = summary.outcomes.get
    right = sum(n for name, n in summary.outcomes.items() if name.endswith("_right"))
    silent = count("refused_wrong", 0) + count("asked_wrong", 0)
    wrong = count("answered_wrong", 0)
    parts = [(OUTCOMES[o], count(o, 0), COLOURS[o]) for o in OUTCOMES]
    key = "".join(
        f'<li><span style="background:{colour}"></span>{name}: <b>{n}</b></li>'
        for name, n, colour in parts
    )
    traced = (
        "Alle tall i svarene kan spores til en kilde."
        if not summary.untraced
        else f"<b>{summary.untraced} tall i svarene kan ikke spores til noen kilde.</b>"
    )
    tiles = "".join(
        f"<li><b>{said}</b>{name}</li>"
        for said, name in (
            (of, "spørsmål"),
            (percent(right / max(1, of)), "riktig"),
            (percent(silent / max(1, of)), "fikk ikke svar, enda det finnes"),
            (percent(wrong / max(1, of)), "galt svar"),
        )
    )
    return (
        "<h1>Hvor riktig svarer Kommunesvar?</h1>"
        '<p class="lead">Kommunesvar fikk spørsmål der svaret var kjent på forhånd. Det er '
        "behandlet riktig når det svarte riktig, eller sa med rette at rapportene ikke gir "
        f"svar.</p><ul class='tiles'>{tiles}</ul><p>{traced}</p>"
        f"{stacked_bar(parts)}<ul class='key'>{key}</ul>"
    )


def _figures(summary: Summary) -> str:
    found = {name: summary.figures[name] for name in FIGURES if name in summary.figures}
    rows = "".join(
        _bar_row(FIGURES[name], value, RED if name == "answered_wrong" else GREEN)
        for name, value in found.items()
    )
    half, most = (
        f"{summary.milliseconds[name] / 1000:.2f}".replace(".", ",") for name in ("p50", "p95")
    )
    return (
        f"<h2>Hovedtall</h2>{_bars('Hovedtall', rows)}"
        f"<p>Halvparten av svarene kom innen {half} sekunder, 95 av 100 innen {most}.</p>"
    )


def _groups(scores: Sequence[Score]) -> str:
    def kind(score: Score) -> str:
        return KINDS[score.result.gold.kind]

    asked = {kind(score): score.result.gold.question for score in reversed(scores)}
    named: tuple[tuple[str, Callable[[Score], str]], ...] = (
        ("Etter hva det spørres om", kind),
        ("Etter kommune", lambda score: score.result.municipality or SEVERAL),
        ("Etter språk", lambda score: LANGUAGES[score.result.gold.lang].capitalize()),
        ("Etter hvor svaret må hentes", lambda score: DIFFICULTIES[difficulty(score.result.gold)]),
        ("Etter rapportens filtype", lambda score: FILES.get(score.result.file_kind, "Flere")),
    )
    parts = []
    for title, key in named:
        groups: dict[str, list[Score]] = {}
        for score in scores:
            groups.setdefault(key(score), []).append(score)
        if len(groups) == 1:
            continue  # nothing to tell apart
        # Worst first, but a few questions tell little.
        worst_first = sorted(groups, key=lambda n: (len(groups[n]) < FEW, _right(groups[n])))
        rows = "".join(_group_row(n, groups[n], asked.get(n, "")) for n in worst_first)
        parts.append(f"<h3>{title}</h3>{_bars(title, rows)}")
    return "<h2>Riktig, ikke funnet og galt</h2>" + "".join(parts)


def _right(scores: Sequence[Score]) -> float:
    return sum(score.right for score in scores) / len(scores)


def _group_row(name: str, scores: Sequence[Score], example: str) -> str:
    outcomes = Counter(score.outcome for score in scores)
    bar = stacked_bar([(OUTCOMES[o], outcomes[o], COLOURS[o]) for o in OUTCOMES])
    note = f"<small>«{escape(example)}»</small>" if example else ""
    wrong = outcomes["answered_wrong"] / len(scores)
    return (
        f'<tr><th scope="row">{escape(name)}{note}</th><td>{bar}</td>'
        f"<td><b>{percent(_right(scores))}</b> riktig</td><td>{percent(wrong)} galt</td>"
        f"<td>av {len(scores)}</td></tr>"
    )


def _bars(caption: str, rows: str) -> str:
    return f'<table class="bars"><caption class="unseen">{caption}</caption>{rows}</table>'


def _bar_row(name: str, found: Measured, colour: str = GREEN) -> str:
    return (
        f'<tr><th scope="row">{escape(name)}</th><td>{share_bar(name, found, colour)}</td>'
        f"<td><b>{percent(found.value)}</b></td><td>av {found.of}</td></tr>"
    )


def _misses(scores: Sequence[Score]) -> str:
    missed = worst_first(scores)
    if not missed:
        return "<h2>Feilene</h2><p>Ingen.</p>"
    articles = "".join(miss(score, number) for number, score in enumerate(missed, start=1))
    return (
        f"<h2>Feilene, de verste først ({len(missed)})</h2>"
        "<p>Verst er et galt svar som ser riktig ut. Å si at svaret ikke ble funnet, er en mindre "
        "feil. Ved siden av hver feil står stedet i rapporten der svaret finnes, og det svaret "
        f"viste til.</p>{articles}"
    )


def _method(run: Run) -> str:
    about = run.about
    made = datetime.fromisoformat(about["made"]).strftime("%d.%m.%Y kl. %H.%M UTC")
    reports = "".join(
        f"<li>{escape(report['title'])} ({report['pages']} sider)</li>"
        for report in about["reports"]
    )
    models = ", ".join(f"{name}: {model}" for name, model in about["models"].items())
    return (
        "<h2>Slik er det målt</h2>"
        "<p>Hvert spørsmål har et riktig svar og stedet i rapporten der det står, skrevet før "
        "svarene ble laget. Et tall er riktig når verdi, enhet og fortegn stemmer og tallet står i "
        "teksten. Et svar i ord er riktig når det inneholder det det må. Står svaret ikke i "
        "rapportene, er det riktige å si fra om det. Den tynne streken i søylene under Hovedtall "
        "viser hvor andelen trolig ligger for alle spørsmål av samme slag (95 prosent).</p>"
        f"<p>Rapportene:</p><ul>{reports}</ul>"
        f'<p class="where">Målt {made} med Kommunesvar {escape(about["program"])}, indeks '
        f"nummer {about['generation']}. {escape(models)}. Spørsmålene: {escape(about['gold'])} "
        f"({escape(about['fingerprint'])}). {about['seconds']:.0f} sekunder, "
        f"{about['memory_mb']} MB minne.</p>"
    )
