"""People at work: man-years, employees, sick leave, pay. Decimals as printed, no accounts here."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from samples.draws import rng, wobble
from samples.municipalities import Municipality
from samples.services import AREAS


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One area's staff at the end of a year."""

    posts: Decimal
    employees: int
    women: int
    part_time: Decimal  # percent of the employees
    sick_short: Decimal  # percent of agreed working days
    sick_long: Decimal

    @property
    def sick(self) -> Decimal:
        """Total sick leave in percent."""
        return self.sick_short + self.sick_long


@cache
def staff(m: Municipality, year: int) -> dict[str, Staff]:
    """Staff for each area that employs anybody."""
    found = {}
    for area in AREAS:
        if not area.posts:
            continue
        size = area.posts * m.population(year) / 1000 * wobble(0.1, m.seed, "posts", area.key)
        posts = _tenth(max(1.0, size * wobble(0.02, m.seed, "posts", area.key, year)))
        chance = rng(m.seed, "staff", area.key, year)
        employees = round(float(posts) * chance.uniform(1.12, 1.3))
        share = {"technical": 0.25, "planning": 0.5, "property": 0.6}.get(area.key, 0.8)
        sick = area.sick * wobble(0.15, m.seed, "sick", area.key, year)
        short = _tenth(sick * chance.uniform(0.22, 0.34))
        found[area.key] = Staff(
            posts=posts,
            employees=employees,
            women=round(employees * share * chance.uniform(0.93, 1.05)),
            part_time=_tenth(chance.uniform(12, 58)),
            sick_short=short,
            sick_long=_tenth(sick) - short,
        )
    return found


def total_sick(m: Municipality, year: int) -> tuple[Decimal, Decimal, Decimal]:
    """Short, long and total sick leave of the whole municipality, weighted by man-years."""
    people = staff(m, year).values()
    posts = sum(s.posts for s in people)
    short = _tenth(float(sum(s.sick_short * s.posts for s in people) / posts))
    long = _tenth(float(sum(s.sick_long * s.posts for s in people) / posts))
    return short, long, short + long


def pay(m: Municipality, year: int) -> tuple[tuple[str, str, int, int], ...]:
    """Occupation (nb, nn) with average yearly pay of women and men, in kroner."""
    jobs = (
        ("Lærer", "Lærar", 612_000),
        ("Barnehagelærer", "Barnehagelærar", 561_000),
        ("Sykepleier", "Sjukepleiar", 588_000),
        ("Fagarbeider", "Fagarbeidar", 497_000),
        ("Assistent", "Assistent", 428_000),
        ("Ingeniør", "Ingeniør", 648_000),
        ("Enhetsleder", "Einingsleiar", 735_000),
    )
    grown = 1.045 ** (year - 2022)
    return tuple(
        (
            nb,
            nn,
            round(base * grown * wobble(0.015, m.seed, nb, year, "w") / 100) * 100,
            round(base * grown * wobble(0.03, m.seed, nb, year, "m") / 100) * 100,
        )
        for nb, nn, base in jobs
    )


def _tenth(value: float) -> Decimal:
    return Decimal(str(round(value, 1)))
