"""How a report looks, drawn from a seed: fonts, rules, units, signs, headers, captions.

Only choices, no drawing: typeset.py draws them on paper, flatten.py as text, and tables.py obeys
those that change what is printed (unit, sign, minus, thousands, column order).
"""

from dataclasses import dataclass, replace

from samples.draws import rng
from samples.municipalities import Municipality

SCALE_WORDS = {1: "kroner", 1_000: "tusen kr", 1_000_000: "mill. kr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Every choice that two reports may make differently."""

    # what is printed
    scale: int = 1_000
    decimals: int = 0
    # negative: incomes and surpluses carry a minus. plain: sizes. expense: expenses carry a minus
    signs: str = "negative"
    deviation_good: bool = True  # a positive deviation is good news
    minus: str = "-"  # "()" puts brackets around
    thousands: str = " "
    zero: str = "0"
    missing: str = ""
    percent: str = ""  # printed after a percentage in a cell: "", " %" or "%"
    columns: tuple[str, ...] = (
        "accounts",
        "revised_budget",
        "original_budget",
        "deviation",
        "last",
    )
    unit_word: str = "Tall i tusen kr"
    unit_place: str = "caption"  # caption, corner, line, header
    numbered_lines: bool = False
    revised_word: str = ""  # what the revised budget is called; empty: "Revidert budsjett"
    original_word: str = ""
    deviation_word: str = ""
    total_caps: bool = False  # SUM DRIFTSINNTEKTER
    messy: bool = False  # "<23,0", 5.5 beside 5,5 and 1428 beside 1 468, as real tables have
    numbered_headings: bool = True
    # how it is set
    font: str = "Helvetica"
    size: float = 9.5
    table_size: float = 8.0
    rules: str = "rows"  # grid, rows, header, none
    zebra: bool = False
    header_fill: bool = False
    header: str = "one"  # one, broken (two lines), spanning (two levels)
    align: str = "right"  # of the numbers: right, center, left
    caption: str = "above"  # above, below, sentence (only the sentence before tells)
    caption_number: str = "Tabell 1.1"  # and ":" or " –" after it; empty for none
    repeat_header: bool = True
    keep_tables: bool = True  # short tables are not cut by a page break
    groups: str = "bold"  # bold, shaded, plain
    label_width: float = 0.42  # of the page; narrow labels break over two lines
    two_columns: bool = False
    side_by_side: bool = False
    chapter_break: bool = True
    page_word: str = ""  # before the page number: "Side "
    head_at_foot: bool = False  # the running head stands at the foot of the page
    accent: str = "#1f4e79"


_ACCENTS = ("#1f4e79", "#2d6a4f", "#7a3b2e", "#444444", "#5b2a6e", "#0b7285")
_UNIT_WORDS = {
    "nb": {
        1: ("Tall i kroner", "Beløp i kroner", "Hele kroner"),
        1_000: ("Tall i tusen kr", "Beløp i 1000 kr", "Tall i 1000 kroner", "Tall i hele tusen"),
        1_000_000: ("Tall i mill. kr", "Millioner kroner", "Beløp i mill. kroner"),
    },
    "nn": {
        1: ("Tal i kroner", "Beløp i kroner", "Heile kroner"),
        1_000: ("Tal i tusen kr", "Beløp i 1000 kr", "Tal i 1000 kroner", "Tal i heile tusen"),
        1_000_000: ("Tal i mill. kr", "Millionar kroner", "Beløp i mill. kroner"),
    },
}
_BUDGET_WORDS = {
    "nb": (
        ("", "Regulert budsjett", "Justert budsjett", "Rev. bud.", "Budsjett inkl. endringer"),
        ("", "Vedtatt budsjett", "Oppr. bud."),
        ("", "", "Avvik mot revidert budsjett", "Avvik regnskap/budsjett", "Mer-/mindreforbruk"),
    ),
    "nn": (
        ("", "Regulert budsjett", "Justert budsjett", "Rev. bud."),
        ("", "Vedteke budsjett", "Oppr. bud."),
        ("", "", "Avvik mot revidert budsjett", "Meir-/mindreforbruk"),
    ),
}
_COLUMN_ORDERS = (
    ("accounts", "revised_budget", "original_budget", "deviation", "last"),
    ("last", "accounts", "revised_budget", "deviation"),
    ("accounts", "revised_budget", "deviation"),
    ("last", "original_budget", "revised_budget", "accounts", "deviation"),
    ("accounts", "original_budget", "revised_budget", "last"),
    ("last", "accounts", "original_budget", "revised_budget", "deviation", "deviation_percent"),
    ("revised_budget", "accounts", "deviation", "deviation_percent"),
)


def draw_layout(seed: object, municipality: Municipality) -> Layout:
    """A layout that suits the municipality: its unit is the one its figures are rounded to."""
    chance = rng(seed, "layout")
    font = chance.choice(("Helvetica", "Times-Roman", "Vera", "Helvetica"))
    scale = 1_000_000 if municipality.grain == 100_000 else municipality.grain
    minuses = ["-", "-", "–", "()"] + (["−", "−"] if font == "Vera" else [])
    revised, original, deviation = _BUDGET_WORDS[municipality.language]
    return Layout(
        scale=scale,
        decimals=1 if scale == 1_000_000 else 0,
        signs=chance.choice(("negative", "plain", "expense")),
        deviation_good=chance.random() < 0.65,
        minus=chance.choice(minuses),
        thousands=chance.choice((" ", " ", " ", "\u00a0", ".", "")),
        zero=chance.choice(("0", "0", "-", "–")),
        missing=chance.choice(("", "", "-", "–")),
        percent=chance.choice(("", "", " %", "%")),
        columns=chance.choice(_COLUMN_ORDERS),
        unit_word=chance.choice(_UNIT_WORDS[municipality.language][scale]),
        unit_place=chance.choice(("caption", "corner", "line", "header")),
        numbered_lines=chance.random() < 0.4,
        revised_word=chance.choice(revised),
        original_word=chance.choice(original),
        deviation_word=chance.choice(deviation),
        total_caps=chance.random() < 0.2,
        messy=chance.random() < 0.4,
        numbered_headings=chance.random() < 0.7,
        font=font,
        size=chance.choice((9.0, 9.5, 10.0)) - (0.8 if font == "Vera" else 0),
        table_size=chance.choice((7.5, 8.0, 8.5)) - (1.0 if font == "Vera" else 0),
        rules=chance.choice(("grid", "rows", "header", "none")),
        zebra=chance.random() < 0.35,
        header_fill=chance.random() < 0.5,
        header=chance.choice(("one", "broken", "spanning")),
        align=chance.choice(("right", "right", "right", "center", "left")),
        caption=chance.choice(("above", "above", "above", "below", "below", "sentence")),
        caption_number=chance.choice(("Tabell 1.1", "Tabell 1.1:", "Tabell 1", "Tabell 1 –", "")),
        repeat_header=chance.random() < 0.6,
        keep_tables=chance.random() < 0.6,
        groups=chance.choice(("bold", "shaded", "plain")),
        label_width=chance.choice((0.30, 0.36, 0.42)),
        two_columns=chance.random() < 0.3,
        side_by_side=chance.random() < 0.4,
        chapter_break=chance.random() < 0.5,
        page_word=chance.choice(("", "", "Side ")),
        head_at_foot=chance.random() < 0.25,
        accent=chance.choice(_ACCENTS),
    )


OF_BUNDLED = {
    "Skarvøy": Layout(
        scale=1_000,
        signs="negative",
        deviation_good=True,
        minus="-",
        columns=("accounts", "revised_budget", "original_budget", "deviation", "last"),
        unit_word="Tall i tusen kr",
        unit_place="caption",
        rules="rows",
        zebra=True,
        header_fill=True,
        header="broken",
        missing="-",
        percent=" %",
        side_by_side=True,
        accent="#0b5c7a",
    ),
    "Granmo": Layout(
        scale=1_000_000,
        decimals=1,
        signs="plain",
        deviation_good=False,
        minus="–",
        columns=("last", "original_budget", "revised_budget", "accounts", "deviation"),
        unit_word="Beløp i mill. kroner",
        unit_place="corner",
        revised_word="Regulert budsjett",
        original_word="Vedtatt budsjett",
        page_word="Side ",
        numbered_lines=True,
        font="Times-Roman",
        size=10.5,
        table_size=8.5,
        rules="header",
        header="spanning",
        caption="below",
        caption_number="Tabell 1",
        repeat_header=False,
        groups="plain",
        zero="-",
        label_width=0.36,
        two_columns=True,
        accent="#2d5a3d",
    ),
    "Hjellefjord": Layout(
        scale=1,
        signs="expense",
        deviation_good=True,
        minus="−",
        columns=("accounts", "revised_budget", "deviation", "last"),
        unit_word="Tal i heile kroner",
        unit_place="line",
        font="Vera",
        size=8.6,
        table_size=7.0,
        rules="none",
        groups="shaded",
        caption_number="",
        label_width=0.38,
        chapter_break=False,
        accent="#7a3b2e",
    ),
}


def layout_for(municipality: Municipality, seed: object) -> Layout:
    """The bundled municipality's own layout, or one drawn from the seed."""
    return OF_BUNDLED.get(municipality.name) or draw_layout(seed, municipality)


def with_unit(layout: Layout, municipality: Municipality) -> Layout:
    """A layout forced into a municipality's unit, so that rounded sums still hold.

    A caller may hand over any layout; a unit coarser than the figures' grain would break them.
    """
    scale = 1_000_000 if municipality.grain == 100_000 else municipality.grain
    if layout.scale == scale:
        return layout
    word = _UNIT_WORDS[municipality.language][scale][0]
    return replace(layout, scale=scale, decimals=int(scale == 1_000_000), unit_word=word)
