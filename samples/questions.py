"""A report becomes questions with right answers: looked up, calculated, told, and not to be found.

The parts: ask_accounts and ask_areas (money), ask_counts (people, indicators, targets), ask_prose
(stories), ask_gaps (what the report does not say). Those across reports are in ask_together.
"""

from samples.ask_accounts import ask_accounts
from samples.ask_areas import ask_areas
from samples.ask_counts import ask_counts
from samples.ask_gaps import ask_gaps
from samples.ask_prose import ask_prose
from samples.askers import Asker
from samples.chapters import Plants
from samples.tables import Scene
from samples.truth import Fact, TruthTable


def ask_report(
    scene: Scene, doc: str, tables: tuple[TruthTable, ...], plants: Plants
) -> tuple[Fact, ...]:
    """Every question drawn for one report."""
    asker = Asker(scene=scene, doc=doc, tables=tables)
    ask_accounts(asker)
    ask_areas(asker)
    ask_counts(asker, plants)
    ask_prose(asker, plants)
    ask_gaps(asker)
    return tuple(asker.facts)
