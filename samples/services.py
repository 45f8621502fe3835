"""The service areas: what they are called, what they cost per head, how staffed they are.

Net cost per inhabitant is of 2022; accounts.py makes years and municipalities of it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One service area. The first of its names is the usual one."""

    key: str
    nb: str
    nn: str
    en: str
    cost: int  # net kroner per inhabitant
    posts: float  # man-years per 1 000 inhabitants; 0 for areas that employ nobody
    sick: float  # sick leave in percent
    chapter: bool = True  # has a chapter of its own

    def name(self, language: str) -> str:
        """The area's name in the report's language."""
        return self.nn if language == "nn" else self.nb


AREAS = (
    Area(key="school", nb="Skole", nn="Skule", en="schools", cost=15_600, posts=16.5, sick=7.4),
    Area(key="kindergarten", nb="Barnehage", nn="Barnehage", en="kindergartens", cost=9_300,
         posts=9.2, sick=10.8),
    Area(key="childwelfare", nb="Barnevern og familie", nn="Barnevern og familie",
         en="child welfare and family services", cost=3_200, posts=2.9, sick=8.6),
    Area(key="health", nb="Helse og mestring", nn="Helse og meistring", en="health and coping",
         cost=5_600, posts=5.1, sick=8.0),
    Area(key="elder", nb="Omsorg", nn="Omsorg", en="elderly care", cost=20_400, posts=24.0,
         sick=11.2),
    Area(key="nav", nb="Arbeid og inkludering", nn="Arbeid og inkludering",
         en="employment and inclusion", cost=3_900, posts=2.8, sick=7.1),
    Area(key="culture", nb="Kultur og idrett", nn="Kultur og idrett", en="culture and sports",
         cost=2_200, posts=2.0, sick=5.2),
    Area(key="planning", nb="Plan, næring og miljø", nn="Plan, næring og miljø",
         en="planning, business and environment", cost=1_300, posts=1.6, sick=4.4),
    Area(key="technical", nb="Tekniske tjenester", nn="Tekniske tenester", en="technical services",
         cost=1_500, posts=3.1, sick=6.3),
    Area(key="property", nb="Eiendom", nn="Eigedom", en="property", cost=5_600, posts=4.2,
         sick=9.1),
    Area(key="church", nb="Kirke og andre trossamfunn", nn="Kyrkje og andre trussamfunn",
         en="the church and other faiths", cost=800, posts=0, sick=0, chapter=False),
    Area(key="political", nb="Folkevalgte og kontrollorganer",
         nn="Folkevalde og kontrollorgan", en="elected bodies", cost=900, posts=0.3, sick=1.9,
         chapter=False),
    Area(key="admin", nb="Kommunedirektøren med fellestjenester",
         nn="Kommunedirektøren med fellestenester", en="administration and shared services",
         cost=5_400, posts=4.8, sick=4.9, chapter=False),
    Area(key="central", nb="Sentralt plasserte poster", nn="Sentralt plasserte postar",
         en="centrally placed items", cost=-2_900, posts=0, sick=0, chapter=False),
)  # fmt: skip

CHAPTERS = tuple(area for area in AREAS if area.chapter)


def area(key: str) -> Area:
    """The area with this key."""
    return next(a for a in AREAS if a.key == key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an area and its usual share of the area's cost."""

    nb: str
    nn: str
    share: float


_PARTS = {
    "school": "Grunnskole=Grunnskule .78; Skolefritidsordning=Skulefritidsordning .05; "
    "Voksenopplæring=Vaksenopplæring .06; Skoleskyss=Skuleskyss .04; PP-tjeneste=PP-teneste .07",
    "kindergarten": "Kommunale barnehager=Kommunale barnehagar .55; "
    "Tilskudd til private barnehager=Tilskot til private barnehagar .36; "
    "Spesialpedagogisk hjelp og styrket tilbud=Spesialpedagogisk hjelp og styrkt tilbod .09",
    "childwelfare": "Barnevernstjenesten=Barnevernstenesta .34; Fosterhjem og tiltak utenfor "
    "hjemmet=Fosterheim og tiltak utanfor heimen .45; Helsestasjon og "
    "skolehelsetjeneste=Helsestasjon og skulehelseteneste .21",
    "health": "Legetjenester og legevakt=Legetenester og legevakt .41; Psykisk helse og "
    "rus=Psykisk helse og rus .33; Fysio- og ergoterapi=Fysio- og ergoterapi .18; "
    "Frisklivssentral=Frisklivssentral .08",
    "elder": "Sykehjem=Sjukeheimar .43; Hjemmetjenester=Heimetenester .29; Bofellesskap for "
    "personer med utviklingshemming=Bufellesskap for personar med utviklingshemming .23; "
    "Dagsenter og avlastning=Dagsenter og avlasting .05",
    "nav": "Økonomisk sosialhjelp=Økonomisk sosialhjelp .37; Integrering og "
    "introduksjonsprogram=Integrering og introduksjonsprogram .31; Veiledning og "
    "drift av Nav-kontoret=Rettleiing og drift av Nav-kontoret .32",
    "culture": "Bibliotek=Bibliotek .22; Kulturskole=Kulturskule .24; Idrett og "
    "friluftsliv=Idrett og friluftsliv .33; Kulturhus og kino=Kulturhus og kino .21",
    "planning": "Plan og byggesak=Plan og byggjesak .48; Landbruk og miljø=Landbruk og miljø .29; "
    "Næringsutvikling=Næringsutvikling .23",
    "technical": "Kommunale veger=Kommunale vegar .58; Brann og redning=Brann og redning .37; Park "
    "og uteområder=Park og uteområde .05",
    "property": "Drift og vedlikehold av bygg=Drift og vedlikehald av bygg .52; Renhold=Reinhald "
    ".27; Energi=Energi .15; Utleieboliger=Utleigebustader .06",
}


def parts_of(key: str) -> tuple[Part, ...]:
    """The parts of an area with a chapter of its own."""
    found = []
    for text in _PARTS[key].split(";"):
        names, share = text.strip().rsplit(" ", 1)
        nb, nn = names.split("=")
        found.append(Part(nb=nb, nn=nn, share=float(share)))
    return tuple(found)
