"""Questions that a story in the running text answers."""

from decimal import Decimal

from samples.askers import Asker, Wordings, reckoned
from samples.prose_bank import Ask, told
from samples.services import CHAPTERS


def ask_prose(a: Asker) -> None:
    """Every question of every story the report tells."""
    for area in CHAPTERS:
        for story in told(a.scene.m, area.key, a.scene.year):
            for ask in story.asks:
                _ask(a, ask)


def _ask(a: Asker, ask: Ask) -> None:
    wordings: Wordings = {a.lang: ask.wordings}
    if ask.english:
        wordings["en"] = (ask.english,)
    figure = None
    if ask.value:
        figure = reckoned(Decimal(ask.value), ask.unit, ask.answer, tolerance=Decimal("0.5"))
    a.add(
        ask.kind,
        wordings,
        ask.answer,
        figure=figure,
        accept=ask.accept,
        evidence=a.said(ask.quote),
    )
