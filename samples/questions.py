"""Facts with answers. (filled in next)"""

from samples.chapters import Plants
from samples.tables import Scene
from samples.truth import Fact, TruthTable


def ask_report(
    scene: Scene, doc: str, tables: tuple[TruthTable, ...], plants: Plants
) -> tuple[Fact, ...]:
    """Every question this report alone answers or clearly does not answer."""
    return ()


def ask_together(reports: object) -> tuple[Fact, ...]:
    """Questions across reports."""
    return ()
