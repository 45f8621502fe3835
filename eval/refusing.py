"""Whether it answered when it should, and kept silent when it should → a section of the report."""

from collections import Counter
from collections.abc import Sequence

from eval.abstention import Point, best_within
from eval.bars import percent
from eval.charts import share_against_share
from eval.gold import UNANSWERED
from eval.metrics import Outcome
from eval.names import ANSWERABLE, GREEN, KINDS, NOT_ANSWERABLE, UNCLEAR_ASKED
from eval.scores import Score

FEW_WRONG = 0.05  # of all questions: what a careful municipality may accept
DID = ("", "Svarte riktig", "Svarte galt", "Sa at det ikke står der", "Spurte tilbake")
CELLS: tuple[tuple[Outcome, ...], ...] = (
    ("answered_right",),
    ("answered_wrong",),
    ("refused_right", "refused_wrong"),
    ("asked_right", "asked_wrong"),
)


def abstention(scores: Sequence[Score], points: Sequence[Point]) -> str:
    """The section."""
    rows = "".join(
        _did(name, [score for score in scores if score.result.gold.kind in kinds])
        for name, kinds in (
            (ANSWERABLE, [kind for kind in KINDS if kind not in UNANSWERED]),
            (NOT_ANSWERABLE, ["unanswerable"]),
            (UNCLEAR_ASKED, ["clarify"]),
        )
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in DID)
    return (
        "<h2>Svare, eller si fra</h2>"
        "<p>Et galt svar er verre enn ikke noe svar. Derfor skal Kommunesvar si fra når det ikke "
        "er sikkert nok. Tallene er antall spørsmål; det som er riktig, er merket.</p>"
        f'<div class="wide"><table class="did"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_curve(points)}"
    )


def _did(name: str, scores: Sequence[Score]) -> str:
    if not scores:
        return ""
    found = Counter(score.outcome for score in scores)
    counts = "".join(
        f"<td{' class=marked' if found[cell[0]] and cell[0].endswith('_right') else ''}>"
        f"{sum(found[outcome] for outcome in cell)}</td>"
        for cell in CELLS
    )
    return f'<tr><th scope="row">{name} ({len(scores)})</th>{counts}</tr>'


def _curve(points: Sequence[Point]) -> str:
    if not points:
        return ""
    drawn = share_against_share(
        [(point.wrong, point.right) for point in points],
        colour=GREEN,
        below="Galt besvart, av alle spørsmål",
        beside="Riktig besvart",
    )
    best = best_within(points, FEW_WRONG)
    careful = (
        f" Skulle høyst {percent(FEW_WRONG)} få galt svar, måtte det kreves en sikkerhet på "
        f"{percent(best.threshold)}, og {percent(best.right)} ville få riktig svar."
        if best and points[-1].wrong > FEW_WRONG
        else ""
    )
    return (
        "<h3>Hvis det bare svarte når det var sikrere</h3>"
        f"<p>Punktet ytterst er slik det svarer nå.{careful}</p>{drawn}"
    )
