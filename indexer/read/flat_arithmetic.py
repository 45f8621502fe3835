"""Rows with several readings in, the reading of each under which the table adds up out.

Pure: numbers and costs in, choices out. Nothing is known about any table: which columns are the
difference or the sum of others is learnt from the rows themselves, totals are looked for among
the rows, and where nothing adds up the sizes of the figures decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import inf, log10
from statistics import median

Values = tuple[float | None, ...]

_TELLING = 3
_ODDEST = 1.5  # more than this a figure is not out of place
_HELD = 3.0  # what a sum or difference that holds is worth
_SUM_HELD = 1.0  # the same for each column of a total
_CLEAR = 0.75  # a choice is sure when the next best is this much worse
_SHARE_OF_ROWS = 0.6
_MOST_BROKEN = 3  # a relation that fails more often, and more than it holds, is none
_MOST_ROUNDS = 4
_LONGEST_SUM = 60
_ROUNDED = 4  # more rows than this are seldom all rounded the same way
_MOST_TRIED = 60
_MOST_GUESSED = 4
_MOST_PLACES = 5
_LIKELY = 1.0  # options that cost no more than this above the cheapest


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One reading of a row: its numbers, what each looks like, and what speaks against it."""

    values: Values
    cost: float
    decimals: int = 0  # of the roughest number: it is rounded at that place
    shapes: tuple[str, ...] = ()  # "%" and decimals; one for each column
    guessed: bool = False  # a cell is missing, and nothing on its line tells which


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The reading chosen for a row, and whether another would do nearly as well."""

    index: int
    sure: bool
    checked: bool = False  # a sum or difference it takes part in was seen to hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Column `result` is the sum of other columns, each with its sign."""

    result: int
    terms: tuple[tuple[int, int], ...]  # column, +1 or -1

    def holds(self, option: Option) -> bool | None:
        """Tell whether the row obeys; None where it cannot tell."""
        values = option.values
        total = values[self.result]
        if total is None:
            return None
        left, telling = -total, int(bool(total))
        for column, sign in self.terms:
            value = values[column]
            if value is None:
                return None
            left += sign * value
            telling += bool(value)
        if abs(left) <= _slack(option.decimals, len(self.terms) + 1):
            # nothing plus a number is that number: true, and tells nothing
            return True if telling >= _TELLING else None
        return False if telling else None


def choose(rows: Sequence[Sequence[Option]]) -> list[Choice]:
    """Choose a reading for each row; a row without any gets index -1."""
    relations = find_relations(rows)
    chosen = _begin(rows, relations)
    scores: list[list[float]] = []
    for _ in range(_MOST_ROUNDS):
        middle = _column_sizes(rows, chosen)
        shapes = _column_shapes(rows, chosen)
        scores = [
            [_score(option, relations, middle, shapes) for option in options] for options in rows
        ]
        best = [_lowest(score) for score in scores]
        best = _improve_sums(rows, _place_guessed(rows, best), scores)
        if best == chosen:
            break
        chosen = best
    sums = _rows_in_sums(rows, chosen)
    out = []
    for i, options in enumerate(rows):
        if not options:
            out.append(Choice(index=-1, sure=False))
            continue
        mine = scores[i][chosen[i]]
        others = [
            s for k, s in enumerate(scores[i]) if options[k].values != options[chosen[i]].values
        ]
        checked = i in sums or any(r.holds(options[chosen[i]]) for r in relations)
        margin = _CLEAR * (2 if options[chosen[i]].guessed else 1)
        sure = checked or min(others, default=inf) - mine >= margin
        out.append(Choice(index=chosen[i], sure=sure, checked=checked))
    return out


def _begin(rows: Sequence[Sequence[Option]], relations: Sequence[Relation]) -> list[int]:
    """A first choice: rows with few readings before those with many, which must fit them."""
    chosen = [-1] * len(rows)
    for i in sorted(range(len(rows)), key=lambda i: len(_likely(rows[i]))):
        if not rows[i]:
            continue
        sizes = _column_sizes(rows, chosen)
        chosen[i] = _lowest(
            [
                option.cost
                + (_oddness(option.values, sizes) if sizes else _unevenness(option.values))
                - _bonus(option, relations)[0]
                for option in rows[i]
            ]
        )
    return chosen


def _lowest(scores: Sequence[float]) -> int:
    return min(range(len(scores)), key=scores.__getitem__, default=-1)


def _slack(decimals: int, terms: int) -> float:
    """Half of the last printed place for each term: that much may rounding do."""
    return float(0.5 * 10**-decimals * (terms - 1)) + 1e-9


def _likely(options: Sequence[Option]) -> list[Option]:
    """The options that by themselves are nearly as good as the best."""
    cheapest = min((option.cost for option in options), default=0.0)
    return [option for option in options if option.cost <= cheapest + _LIKELY]


def find_relations(rows: Sequence[Sequence[Option]]) -> list[Relation]:
    """Find the sums and differences between columns that most rows can obey."""
    if not rows or not any(rows):
        return []
    width = len(next(row for row in rows if row)[0].values)
    found = []
    for relation in _possible_relations(width):
        asked = held = 0
        kinds = set()
        for options in rows:
            likely = _likely(options)
            answers = [(relation.holds(option), option) for option in likely]
            known = [answer for answer in answers if answer[0] is not None]
            if not known:
                continue
            asked += 1
            if any(holds for holds, _ in known):
                held += 1
                kinds.add(next(option.values for holds, option in known if holds))
            elif asked - held > _MOST_BROKEN and held < _SHARE_OF_ROWS * asked:
                break
        if held >= 2 and len(kinds) >= 2 and held >= _SHARE_OF_ROWS * asked:
            found.append(relation)
    return found


def _possible_relations(width: int) -> list[Relation]:
    columns = range(width)
    relations = []
    for a, b in combinations(columns, 2):
        for c in columns:
            if c not in (a, b):
                relations.append(Relation(result=c, terms=((a, 1), (b, 1))))
                # a deviation may be printed with either sign: a - b or b - a
                relations.append(Relation(result=c, terms=((a, -1), (b, -1))))
    for result in columns if width > 3 else ():
        others = [i for i in columns if i != result]
        relations.append(Relation(result=result, terms=tuple((i, 1) for i in others)))
        if 3 <= result < width - 1:
            relations.append(Relation(result=result, terms=tuple((i, 1) for i in range(result))))
    return relations


def _score(
    option: Option,
    relations: Sequence[Relation],
    middle: Sequence[float | None],
    shapes: Sequence[str],
) -> float:
    bonus, broken = _bonus(option, relations)
    strange = sum(
        0.7
        for shape, usual, value in zip(option.shapes, shapes, option.values, strict=False)
        if value is not None and usual and shape != usual
    )
    return option.cost + _oddness(option.values, middle) + strange + broken - bonus


def _bonus(option: Option, relations: Sequence[Relation]) -> tuple[float, float]:
    """What sums and differences speak for an option, and what against it."""
    answers = [relation.holds(option) for relation in relations]
    held = sum(answer is True for answer in answers)
    broken = 1.0 if not held and any(answer is False for answer in answers) else 0.0
    return (_HELD + 0.5 * (held - 1) if held else 0.0), broken


def _size(value: float) -> float:
    return log10(abs(value) + 1)


def _unevenness(values: Values) -> float:
    """How unlike in size the numbers of a row are."""
    sizes = [_size(value) for value in values if value]
    if len(sizes) < 2:
        return 0.0
    centre = median(sizes)
    return 0.5 * sum(abs(size - centre) for size in sizes) / len(sizes)


def _oddness(values: Values, middle: Sequence[float | None]) -> float:
    """How ill the numbers fit their columns, a row that is large or small throughout excused."""
    gaps = [
        _size(value) - usual
        for value, usual in zip(values, middle, strict=True)
        if value and usual is not None
    ]
    if not gaps:
        return 0.0
    centre = median(gaps)
    return sum(min(_ODDEST, abs(gap - centre)) for gap in gaps) + 0.15 * abs(centre)


def _column_sizes(rows: Sequence[Sequence[Option]], chosen: Sequence[int]) -> list[float | None]:
    """Each column's usual size, from the rows that can be read in one way where there are any."""
    certain = [
        options[0].values
        for options, i in zip(rows, chosen, strict=True)
        if len(options) == 1 and i >= 0
    ]
    guessed = [options[i].values for options, i in zip(rows, chosen, strict=True) if i >= 0]
    sizes: list[float | None] = []
    for column in range(len(guessed[0]) if guessed else 0):
        for source in (certain, guessed):
            known = [_size(v) for values in source if (v := values[column])]
            if len(known) >= 2 or (source is guessed and known):
                sizes.append(median(known))
                break
        else:
            sizes.append(None)
    return sizes


def _column_shapes(rows: Sequence[Sequence[Option]], chosen: Sequence[int]) -> list[str]:
    """Each column's usual looks, where at least three of four cells share them."""
    picked = [options[i] for options, i in zip(rows, chosen, strict=True) if i >= 0]
    usual: list[str] = []
    for column in range(len(picked[0].values) if picked else 0):
        shapes = [o.shapes[column] for o in picked if o.shapes and o.values[column] is not None]
        common = max(set(shapes), key=shapes.count, default="")
        usual.append(common if shapes and shapes.count(common) >= 0.75 * len(shapes) else "")
    return usual


def _sums(options: Sequence[Option | None], end: int) -> tuple[int, tuple[bool, ...]]:
    """The longest run of rows before `end` that it totals, and in which columns it does."""
    total = options[end]
    best: tuple[int, tuple[bool, ...]] = (end, ())
    if total is None:
        return best
    running = [0.0] * len(total.values)
    for start in range(end - 1, max(-1, end - _LONGEST_SUM), -1):
        row = options[start]
        if row is None:
            continue
        running = [a + (b or 0.0) for a, b in zip(running, row.values, strict=True)]
        if end - start > 1:
            held = _held(total, running, end - start)
            if sum(held) > sum(best[1]):
                best = (start, held)
    return best


def _held(total: Option, sums: Sequence[float], rows: int) -> tuple[bool, ...]:
    """In which columns a total is the sum, as near as rounding lets it be."""
    slack = _slack(total.decimals, min(rows, _ROUNDED) + 1)
    return tuple(
        bool(value) and value is not None and abs(value - added) <= slack
        for value, added in zip(total.values, sums, strict=True)
    )


def _addends(total: Option) -> int:
    """How many of a total's columns can add up: shares do not."""
    shapes = total.shapes or ("",) * len(total.values)
    return sum(bool(v) and "%" not in s for v, s in zip(total.values, shapes, strict=True))


def _picked(rows: Sequence[Sequence[Option]], chosen: Sequence[int]) -> list[Option | None]:
    return [options[i] if i >= 0 else None for options, i in zip(rows, chosen, strict=True)]


def _improve_sums(
    rows: Sequence[Sequence[Option]], chosen: list[int], scores: Sequence[Sequence[float]]
) -> list[int]:
    """Where a total holds in some columns, try the other readings of its rows in the rest."""
    chosen = list(chosen)
    for end in range(2, len(rows)):
        picked = _picked(rows, chosen)
        start, held = _sums(picked, end)
        if not any(held) or all(held):
            continue
        for i in range(start, end + 1):
            if len(rows[i]) < 2:
                continue
            now = scores[i][chosen[i]] - _SUM_HELD * sum(held)
            for option in range(min(len(rows[i]), _MOST_TRIED)):
                trial = [*picked[:i], rows[i][option], *picked[i + 1 :]]
                new = _held_from(trial, start, end)
                if scores[i][option] - _SUM_HELD * sum(new) < now - 1e-9:
                    now = scores[i][option] - _SUM_HELD * sum(new)
                    chosen[i], held = option, new
            picked = _picked(rows, chosen)
    return chosen


def _place_guessed(rows: Sequence[Sequence[Option]], chosen: list[int]) -> list[int]:
    """Put vanished cells where a total wants them, where it then holds in all its columns."""
    guessed = [i for i, k in enumerate(chosen) if k >= 0 and rows[i][k].guessed]
    for end in range(2, len(rows)):
        inside = [i for i in guessed if i < end][-_MOST_GUESSED:]
        total = rows[end][chosen[end]] if chosen[end] >= 0 else None
        if not inside or total is None or total.guessed:
            continue
        picked = _picked(rows, chosen)
        wanted = _addends(total)
        ways = product(*(range(min(len(rows[i]), _MOST_PLACES)) for i in inside))
        for way in ways:
            trial = list(picked)
            for i, k in zip(inside, way, strict=True):
                trial[i] = rows[i][k]
            start, held = _sums(trial, end)
            if held and sum(held) == wanted > 1 and start <= min(inside):
                chosen = list(chosen)
                for i, k in zip(inside, way, strict=True):
                    chosen[i] = k
                break
    return chosen


def _held_from(options: Sequence[Option | None], start: int, end: int) -> tuple[bool, ...]:
    total = options[end]
    if total is None:
        return ()
    block = [row.values for row in options[start:end] if row is not None]
    sums = [sum(value or 0.0 for value in column) for column in zip(*block, strict=True)]
    return _held(total, sums, end - start)


def _rows_in_sums(rows: Sequence[Sequence[Option]], chosen: Sequence[int]) -> set[int]:
    """The rows that take part in a total that holds in most of its columns."""
    picked = _picked(rows, chosen)
    inside: set[int] = set()
    for end in range(2, len(rows)):
        total = picked[end]
        start, held = _sums(picked, end)
        numbers = _addends(total) if total else 0
        if held and sum(held) >= max(1, 0.75 * numbers):
            inside |= set(range(start, end + 1))
    return inside
