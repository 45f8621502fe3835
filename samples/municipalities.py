"""The invented municipalities: names, people enough, places, schools, neighbours. No figures.

Three are fixed, for the bundled reports; any number of others come from a seed. No name is that of
a real municipality.
"""

from dataclasses import dataclass
from functools import cached_property

from samples.draws import rng


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """One invented municipality. Everything else about it is drawn from `seed`."""

    name: str
    language: str  # nb, nn
    seed: str
    people: int  # inhabitants in 2022
    growth: float  # a year
    grain: int  # smallest amount its reports print: 1, 1 000 or 100 000 kroner
    coast: bool
    places: tuple[str, ...]
    neighbours: tuple[str, ...]  # compared with in the indicator tables

    @property
    def slug(self) -> str:
        """The name as a file stem."""
        return self.name.lower().replace("ø", "o").replace("å", "a").replace("æ", "ae")

    def population(self, year: int) -> int:
        """Inhabitants at the end of the year."""
        draw = rng(self.seed, "population", year).uniform(-0.002, 0.002)
        return round(self.people * (1 + self.growth) ** (year - 2022) * (1 + draw))

    @cached_property
    def names(self) -> dict[str, str]:
        """Slots of the prose that stay the same from year to year: schools, homes, firms."""
        nn = self.language == "nn"
        place = list(self.places)
        school, home = ("skule", "sjukeheim") if nn else ("skole", "sykehjem")
        firm = ["Vardebygg", "Stokk og Stein", "Tangen Anlegg", "Nordlia Entreprenør", "Kystbygg"]
        rng(self.seed, "firms").shuffle(firm)
        return {
            "skole": f"{place[0]} {school}",
            "skole2": f"{place[1]} {school}",
            "skole3": f"{place[2]} {school}",
            "ungdomsskole": f"{place[3]} {'ungdomsskule' if nn else 'ungdomsskole'}",
            "barnehage": f"{place[1]} {'barnehage'}",
            "barnehage2": f"{place[4]} {'barnehage'}",
            "sykehjem": f"{place[2]} {home}",
            "sykehjem2": f"{place[5]} {home}",
            "sted": place[0],
            "sted2": place[3],
            "sted3": place[4],
            "sted4": place[5],
            "firma": f"{firm[0]} AS",
            "firma2": f"{firm[1]} AS",
            "nabo": self.neighbours[0],
            "nabo2": self.neighbours[1],
            "kommune": self.name,
        }


BUNDLED = (
    Municipality(
        name="Skarvøy",
        language="nb",
        seed="skarvoy-17",
        people=13_870,
        growth=0.006,
        grain=1_000,
        coast=True,
        places=("Leirvika", "Ytterneset", "Kvalsund", "Sjøbakken", "Tverrholmen", "Fyrodden"),
        neighbours=("Havnnes", "Storvåg", "Tangerøy"),
    ),
    Municipality(
        name="Granmo",
        language="nb",
        seed="granmo-27",
        people=21_430,
        growth=0.003,
        grain=100_000,
        coast=False,
        places=("Bjørkåsen", "Kvernlia", "Storhaugen", "Elvestad", "Nordmyra", "Tømtegrenda"),
        neighbours=("Furudal", "Åsmarken", "Elvmoen"),
    ),
    Municipality(
        name="Hjellefjord",
        language="nn",
        seed="hjellefjord-1",
        people=6_240,
        growth=-0.002,
        grain=1,
        coast=True,
        places=("Hjelleøyra", "Instedalen", "Kleppevik", "Sandnesbygda", "Ytre Bø", "Fossheim"),
        neighbours=("Nordeide", "Breifjord", "Kvammadal"),
    ),
)

_FIRST = ("Skog", "Lyng", "Sild", "Hegg", "Varde", "Torsk", "Rogn", "Kalv", "Selje", "Myr", "Orre")
_LAST = ("øyna", "dalen", "neset", "vågen", "lia", "marka", "sundet", "åsen", "fjella", "stranda")
_PLACE_A = ("Ner", "Opp", "Aust", "Vest", "Stor", "Lille", "Gammel", "Inn", "Ut", "Mid", "Sør")
_PLACE_B = ("bygda", "haug", "eidet", "bakken", "moen", "gard", "vika", "hella", "berget", "tun")


def invent(seed: object, *, language: str | None = None) -> Municipality:
    """A municipality nobody has heard of, the same one for the same seed."""
    chance = rng(seed, "municipality")
    names = [a + b for a in _FIRST for b in _LAST]
    places = [a + b for a in _PLACE_A for b in _PLACE_B]
    name, *neighbours = chance.sample(names, 4)
    return Municipality(
        name=name,
        language=language or chance.choice(("nb", "nb", "nn")),
        seed=f"invented-{seed}",
        people=round(chance.lognormvariate(9.3, 0.8)) + 1500,
        growth=chance.uniform(-0.008, 0.015),
        grain=chance.choice((1, 1_000, 1_000, 100_000)),
        coast=chance.random() < 0.5,
        places=tuple(chance.sample(places, 6)),
        neighbours=tuple(neighbours),
    )


def find(name: str) -> Municipality:
    """A bundled municipality by name or file stem.

    >>> find("skarvoy").name
    'Skarvøy'
    """
    for municipality in BUNDLED:
        if name.lower() in (municipality.name.lower(), municipality.slug):
            return municipality
    raise ValueError(f"no bundled municipality is called {name!r}: use {[m.name for m in BUNDLED]}")
