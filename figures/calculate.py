"""Figures in, one result out, with the steps that lead to it. A closed set of operations.

Each operation takes operands, never expressions, and refuses what must not be mixed, by name. Sizes
are compared, not signs; where a sign changes between two years, growth has no meaning.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files
from typing import Literal

from figures.cells import Measure
from figures.errors import Incomparable
from figures.wording import Language, format_digits, format_number

Operation = Literal[
    "value", "difference", "growth", "share", "ratio", "sum", "mean", "max", "min", "rank",
    "count", "series",
]  # fmt: skip
Condition = Literal["over", "under", "at_least", "at_most"]

_SAY = tomllib.loads((files("figures") / "data" / "steps.toml").read_text(encoding="utf-8"))
_MILLION = Decimal(1_000_000)
_TENTH = Decimal("0.1")
# Kinds of figure that may stand beside each other; budgets and accounts may not.
_SAME: dict[Measure, str] = {"value": "accounts", "result": "accounts"}
_NOT_ADDED = ("prosent", "prosentpoeng", "promille", "poeng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """One figure to calculate with: its amount in base units, said plainly, and what it is of."""

    value: Decimal
    unit: str
    label: str  # "Lønnsutgifter"
    year: int | None = None
    place: str = ""  # "Trondheim"
    measure: Measure = "value"
    entity: str = ""  # "konsern" or "kommunekasse", where the report tells them apart
    source: str = ""  # what the caller knows it by


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came out, and everything needed to show how."""

    operation: Operation
    value: Decimal
    unit: str
    text: str  # the value as it is said: "959 mill. kr"
    expression: str  # "20 431 − 19 472"
    steps: tuple[str, ...]
    used: tuple[Operand, ...]  # in the order that matters: first best, earliest first


def value(one: Operand, lang: Language = "nb") -> Result:
    """The figure itself."""
    return _result("value", one.value, one.unit, lang, "", (), (one,))


def difference(one: Operand, other: Operand, lang: Language = "nb") -> Result:
    """How much more the first is than the second; between percentages in percentage points.

    >>> later = Operand(value=Decimal(20_431_000_000), unit="kr", label="Inntekter", year=2024)
    >>> earlier = Operand(value=Decimal(19_472_000_000), unit="kr", label="Inntekter", year=2023)
    >>> result = difference(later, earlier)
    >>> result.expression, result.text
    ('20 431 − 19 472', '959 mill. kr')
    """
    _require_comparable((one, other))
    unit = "prosentpoeng" if one.unit == "prosent" else one.unit
    a, b = _digits((one, other), lang, result=one.value - other.value)
    b = f"({b})" if other.value < 0 else b
    return _result(
        "difference", one.value - other.value, unit, lang, f"{a} − {b}", ("difference", a, b),
        (one, other),
    )  # fmt: skip


def growth(earlier: Operand, later: Operand, lang: Language = "nb") -> Result:
    """The change in size in percent, to one decimal."""
    _require_comparable((earlier, later), may_differ=("year",))
    if earlier.value == 0:
        raise Incomparable(f"{_name(earlier)} er 0; prosentvis endring finnes ikke")
    if earlier.value * later.value < 0:
        raise Incomparable(f"{_name(earlier)} skifter fortegn; prosentvis endring gir ikke mening")
    change = (abs(later.value) / abs(earlier.value) - 1) * 100
    a, b = _digits((later, earlier), lang)
    return _result(
        "growth", _round(change, _TENTH), "prosent", lang, f"({a} − {b}) / {b} × 100",
        ("growth", a, b), (earlier, later),
    )  # fmt: skip


def share(part: Operand, whole: Operand, lang: Language = "nb") -> Result:
    """How many percent the part is of the whole, to one decimal."""
    _require_comparable((part, whole), may_differ=("measure",))
    if whole.value == 0:
        raise Incomparable(f"{_name(whole)} er 0; en andel av det finnes ikke")
    a, b = _digits((part, whole), lang)
    percent = abs(part.value) / abs(whole.value) * 100
    return _result(
        "share", _round(percent, _TENTH), "prosent", lang, f"{a} / {b} × 100", ("share", a, b),
        (part, whole),
    )  # fmt: skip


def ratio(amount: Operand, count: Operand, per: str, lang: Language = "nb") -> Result:
    """An amount spread on a count of the same place and year: kr/innbygger, elever per årsverk."""
    if amount.place != count.place:
        raise Incomparable(f"ulike kommuner: {_name(amount)} og {_name(count)}")
    if amount.year != count.year:
        raise Incomparable(f"ulike år: {_name(amount)} og {_name(count)}")
    if "/" in amount.unit or amount.unit in _NOT_ADDED or count.unit in ("kr", *_NOT_ADDED):
        raise Incomparable(f"{_name(amount)} i {amount.unit} kan ikke fordeles på {_name(count)}")
    if count.value <= 0:
        raise Incomparable(f"{_name(count)} er {format_digits(count.value, lang)}")
    spread = amount.value / count.value
    size = abs(spread)
    step = Decimal(1) if size >= 100 else _TENTH if size >= 10 else Decimal("0.01")
    a, b = format_digits(_trim(amount.value), lang), format_digits(_trim(count.value), lang)
    return _result(
        "ratio", _round(spread, step), f"{amount.unit}/{per}", lang, f"{a} / {b}",
        ("ratio", a, b), (amount, count),
    )  # fmt: skip


def total(operands: Sequence[Operand], lang: Language = "nb") -> Result:
    """The sum; percentages, points and amounts per head are never added."""
    _require_some(operands)
    _require_comparable(operands)
    unit = operands[0].unit
    if unit in _NOT_ADDED or "/" in unit:
        raise Incomparable(f"tall i {unit} kan ikke legges sammen: {_name(operands[0])}")
    parts = _digits(operands, lang)
    return _result(
        "sum", sum((o.value for o in operands), Decimal(0)), unit, lang, " + ".join(parts),
        ("total",), tuple(operands),
    )  # fmt: skip


def mean(operands: Sequence[Operand], lang: Language = "nb") -> Result:
    """The plain mean, every figure counting the same."""
    _require_some(operands)
    _require_comparable(operands)
    parts = _digits(operands, lang)
    mean_value = sum((o.value for o in operands), Decimal(0)) / len(operands)
    size = abs(mean_value)
    step = Decimal(1) if size >= 1000 else _TENTH if size >= 10 else Decimal("0.01")
    return _result(
        "mean", _round(mean_value, step), operands[0].unit, lang,
        f"({' + '.join(parts)}) / {len(parts)}", ("mean",), tuple(operands),
    )  # fmt: skip


def largest(operands: Sequence[Operand], lang: Language = "nb") -> Result:
    """The operand with the largest amount; `used` ranks them all."""
    return _extreme("max", operands, lang)


def smallest(operands: Sequence[Operand], lang: Language = "nb") -> Result:
    """The operand with the smallest amount; `used` ranks them all."""
    return _extreme("min", operands, lang)


def rank(operands: Sequence[Operand], top: int, lang: Language = "nb") -> Result:
    """The `top` largest, best first; the value is the first one's."""
    best = _extreme("rank", operands, lang)
    used = best.used[:top]
    return _result("rank", best.value, best.unit, lang, "", ("list",), used)


def count(
    operands: Sequence[Operand], condition: Condition, limit: Decimal, lang: Language = "nb"
) -> Result:
    """How many satisfy a condition; the steps name them, and `used` holds them."""
    _require_some(operands)
    _require_comparable(operands)
    test = CONDITIONS[condition]
    chosen = tuple(o for o in operands if test(o.value, limit))
    said = _SAY["conditions"][condition][lang].format(
        limit=format_number(limit, operands[0].unit, lang)
    )
    key = "count" if chosen else "none"
    step = _SAY[key][lang].format(
        result=len(chosen), n=len(operands), condition=said,
        names="; ".join(o.label for o in chosen),
    )  # fmt: skip
    return Result(
        operation="count",
        value=Decimal(len(chosen)),
        unit="antall",
        text=str(len(chosen)),
        expression="",
        steps=(step,),
        used=chosen,
    )


def series(operands: Sequence[Operand], lang: Language = "nb") -> Result:
    """The same figure over the years, earliest first; the value is the last one's."""
    _require_some(operands)
    _require_comparable(operands, may_differ=("year",))
    ordered = tuple(sorted(operands, key=lambda o: o.year or 0))
    last = ordered[-1]
    return _result("series", last.value, last.unit, lang, "", ("list",), ordered)


CONDITIONS: dict[Condition, Callable[[Decimal, Decimal], bool]] = {
    "over": lambda value, limit: value > limit,
    "under": lambda value, limit: value < limit,
    "at_least": lambda value, limit: value >= limit,
    "at_most": lambda value, limit: value <= limit,
}


def _extreme(
    operation: Literal["max", "min", "rank"], operands: Sequence[Operand], lang: Language
) -> Result:
    _require_some(operands)
    _require_comparable(operands)
    ordered = tuple(sorted(operands, key=lambda o: o.value, reverse=operation != "min"))
    best = ordered[0]
    which = "smallest" if operation == "min" else "largest"
    text = format_number(best.value, best.unit, lang)
    step = _SAY["rank"][lang].format(
        n=len(operands), name=_name(best), which=_SAY[which][lang], result=text
    )
    return Result(
        operation=operation,
        value=best.value,
        unit=best.unit,
        text=text,
        expression="",
        steps=(step,),
        used=ordered,
    )


def _result(
    operation: Operation,
    amount: Decimal,
    unit: str,
    lang: Language,
    expression: str,
    step: tuple[str, ...],
    used: tuple[Operand, ...],
) -> Result:
    """The result with its step in words; `step` is the step's name and what it is told with."""
    text = format_number(_trim(amount), unit, lang)
    steps: list[str] = []
    if step[:1] == ("list",):
        steps += [
            _SAY["is"][lang].format(name=_name(o), value=format_number(o.value, o.unit, lang))
            for o in used
        ]
    elif step:
        names = dict(zip(("a", "b"), step[1:], strict=False))
        steps.append(
            _SAY[step[0]][lang].format(
                **names, later=names.get("a"), earlier=names.get("b"), n=len(used), result=text
            )
        )
    return Result(
        operation=operation,
        value=amount,
        unit=unit,
        text=text,
        expression=expression,
        steps=tuple(steps),
        used=used,
    )


def _require_some(operands: Sequence[Operand]) -> None:
    if not operands:
        raise Incomparable("ingen tall å regne med")


def _require_comparable(
    operands: Sequence[Operand], may_differ: tuple[str, ...] = ("year", "place", "measure")
) -> None:
    """One unit and one entity; at most one of year, place and kind of figure may differ."""
    if len({o.unit for o in operands}) > 1:
        raise Incomparable(f"ulike enheter: {_listed(operands, lambda o: o.unit or 'uten enhet')}")
    if len({o.entity for o in operands if o.entity}) > 1:
        raise Incomparable(f"konsern og kommunekasse: {_listed(operands, lambda o: o.entity)}")
    asked: dict[str, Callable[[Operand], str]] = {
        "year": lambda o: str(o.year or ""),
        "place": lambda o: o.place,
        "measure": lambda o: _SAME.get(o.measure, o.measure),
    }
    said = {"year": "ulike år", "place": "ulike kommuner", "measure": "ulike slags tall"}
    differing = [name for name, get in asked.items() if len({get(o) for o in operands}) > 1]
    wrong = [name for name in differing if name not in may_differ] or differing[1:]
    if wrong:
        raise Incomparable(f"{said[wrong[0]]}: {_listed(operands, asked[wrong[0]])}")


def _listed(operands: Sequence[Operand], get: Callable[[Operand], str]) -> str:
    return ", ".join(f"{_name(o)} ({get(o)})" for o in operands[:4])


def _name(operand: Operand) -> str:
    return " ".join(filter(None, (operand.label, operand.place, str(operand.year or ""))))


def _digits(
    operands: Sequence[Operand], lang: Language, *, result: Decimal = _MILLION
) -> list[str]:
    """The amounts without their unit: in millions where all are, and their result in kroner too."""
    in_millions = (
        abs(result) >= _MILLION
        and all(o.unit == "kr" and o.value * 10 % _MILLION == 0 for o in operands)
        and any(abs(o.value) >= _MILLION for o in operands)
    )
    scale = _MILLION if in_millions else Decimal(1)
    return [format_digits(_trim(o.value / scale), lang) for o in operands]


def _trim(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _round(number: Decimal, step: Decimal) -> Decimal:
    return number.quantize(step, ROUND_HALF_UP)
