# ruff: noqa: E501 - a line of a list is a line of the report
"""KOSTRA indicators with other municipalities, and targets with results.

What can be derived is derived from the accounts (net cost per inhabitant, shares); the rest is
invented around a usual level. A list line reads `nb; nn; unit; level; spread; decimals`.
"""

from dataclasses import dataclass
from decimal import Decimal

from samples.accounts import balance, books
from samples.draws import rng
from samples.municipalities import Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: its names, unit and usual level."""

    key: str
    nb: str
    nn: str
    unit: str
    level: float
    spread: float
    decimals: int

    def label(self, language: str) -> str:
        """The name in the report's language."""
        return self.nn if language == "nn" else self.nb


def _indicators(area: str, text: str) -> tuple[Indicator, ...]:
    found = []
    for number, line in enumerate(text.strip().splitlines()):
        nb, nn, unit, level, spread, decimals = (part.strip() for part in line.split(";"))
        found.append(
            Indicator(key=f"{area}_{number}", nb=nb, nn=nn, unit=unit, level=float(level),
                      spread=float(spread), decimals=int(decimals))
        )  # fmt: skip
    return tuple(found)


def _all(lists: dict[str, str]) -> dict[str, tuple[Indicator, ...]]:
    return {area: _indicators(area, text) for area, text in lists.items()}


KOSTRA = _all({
    "school": """
Netto driftsutgifter til grunnskole per innbygger 6–15 år; Netto driftsutgifter til grunnskule per innbyggjar 6–15 år; kr/innbygger; 146000; 0.1; 0
Andel elever som får spesialundervisning; Del elevar som får spesialundervisning; prosent; 8.1; 0.25; 1
Elever per kontaktlærer, 1.–10. trinn; Elevar per kontaktlærar, 1.–10. steg; antall; 14.8; 0.1; 1
Grunnskolepoeng, gjennomsnitt; Grunnskulepoeng, gjennomsnitt; poeng; 42.3; 0.04; 1
Andel elever i SFO, 6–9 år; Del elevar i SFO, 6–9 år; prosent; 57; 0.15; 1
Andel lærere som oppfyller kompetansekravet; Del lærarar som oppfyller kompetansekravet; prosent; 87; 0.06; 1
""",
    "kindergarten": """
Netto driftsutgifter til barnehage per innbygger 1–5 år; Netto driftsutgifter til barnehage per innbyggjar 1–5 år; kr/innbygger; 192000; 0.08; 0
Andel barn 1–5 år med barnehageplass; Del barn 1–5 år med barnehageplass; prosent; 93.6; 0.03; 1
Andel barnehagelærere av grunnbemanningen; Del barnehagelærarar av grunnbemanninga; prosent; 42; 0.12; 1
Barn per ansatt i grunnbemanningen; Barn per tilsett i grunnbemanninga; antall; 5.7; 0.05; 1
Andel minoritetsspråklige barn med plass; Del minoritetsspråklege barn med plass; prosent; 86; 0.08; 1
""",
    "childwelfare": """
Netto driftsutgifter til barnevern per innbygger 0–22 år; Netto driftsutgifter til barnevern per innbyggjar 0–22 år; kr/innbygger; 12100; 0.2; 0
Andel barn med barnevernstiltak, 0–22 år; Del barn med barnevernstiltak, 0–22 år; prosent; 3.7; 0.25; 1
Undersøkelser med behandlingstid innen tre måneder; Undersøkingar med behandlingstid innan tre månader; prosent; 91; 0.09; 1
Barn per årsverk i barnevernet; Barn per årsverk i barnevernet; antall; 16.4; 0.2; 1
""",
    "health": """
Netto driftsutgifter til kommunehelsetjenesten per innbygger; Netto driftsutgifter til kommunehelsetenesta per innbyggjar; kr/innbygger; 4350; 0.15; 0
Avtalte legeårsverk per 10 000 innbyggere; Avtalte legeårsverk per 10 000 innbyggjarar; årsverk/10000 innbyggere; 12.6; 0.15; 1
Avtalte fysioterapiårsverk per 10 000 innbyggere; Avtalte fysioterapiårsverk per 10 000 innbyggjarar; årsverk/10000 innbyggere; 9.8; 0.15; 1
Årsverk i psykisk helse og rus per 10 000 innbyggere; Årsverk i psykisk helse og rus per 10 000 innbyggjarar; årsverk/10000 innbyggere; 13.9; 0.2; 1
Andel nyfødte med hjemmebesøk innen to uker; Del nyfødde med heimebesøk innan to veker; prosent; 92; 0.07; 1
""",
    "elder": """
Netto driftsutgifter til omsorg per innbygger 80 år og over; Netto driftsutgifter til omsorg per innbyggjar 80 år og over; kr/innbygger; 362000; 0.1; 0
Andel innbyggere 80 år og over som bruker hjemmetjenester; Del innbyggjarar 80 år og over som bruker heimetenester; prosent; 28.4; 0.15; 1
Andel innbyggere 80 år og over som er beboere på sykehjem; Del innbyggjarar 80 år og over som bur på sjukeheim; prosent; 10.9; 0.2; 1
Utgifter per døgnplass i institusjon; Utgifter per døgnplass i institusjon; kr/plass; 1480000; 0.1; 0
Andel ansatte med fagutdanning; Del tilsette med fagutdanning; prosent; 78; 0.08; 1
Legetimer per uke per beboer i sykehjem; Legetimar per veke per bebuar i sjukeheim; timer; 0.58; 0.25; 2
""",
    "nav": """
Netto driftsutgifter til økonomisk sosialhjelp per innbygger 20–66 år; Netto driftsutgifter til økonomisk sosialhjelp per innbyggjar 20–66 år; kr/innbygger; 2450; 0.25; 0
Andel sosialhjelpsmottakere av innbyggere 20–66 år; Del sosialhjelpsmottakarar av innbyggjarar 20–66 år; prosent; 4.1; 0.25; 1
Andel sosialhjelpsmottakere 18–24 år; Del sosialhjelpsmottakarar 18–24 år; prosent; 5.4; 0.25; 1
Gjennomsnittlig stønadslengde; Gjennomsnittleg stønadslengd; måneder; 5.3; 0.15; 1
Andel deltakere i arbeid eller utdanning etter introduksjonsprogram; Del deltakarar i arbeid eller utdanning etter introduksjonsprogram; prosent; 61; 0.2; 1
""",
    "culture": """
Netto driftsutgifter til idrettsbygg og idrettsanlegg per innbygger; Netto driftsutgifter til idrettsbygg og idrettsanlegg per innbyggjar; kr/innbygger; 790; 0.2; 0
Besøk i folkebibliotek per innbygger; Besøk i folkebibliotek per innbyggjar; antall; 4.3; 0.25; 1
Utlån i folkebibliotek per innbygger; Utlån i folkebibliotek per innbyggjar; antall; 3.1; 0.25; 1
Andel barn 6–15 år i kulturskolen; Del barn 6–15 år i kulturskulen; prosent; 14.2; 0.25; 1
""",
    "planning": """
Netto driftsutgifter til plan og byggesak per innbygger; Netto driftsutgifter til plan og byggesak per innbyggjar; kr/innbygger; 820; 0.3; 0
Saksbehandlingstid for byggesaker med tre ukers frist; Saksbehandlingstid for byggjesaker med tre vekers frist; dager; 17; 0.2; 0
Saksbehandlingstid for byggesaker med tolv ukers frist; Saksbehandlingstid for byggjesaker med tolv vekers frist; dager; 44; 0.25; 0
Vedtatte reguleringsplaner; Vedtekne reguleringsplanar; antall; 7; 0.4; 0
""",
    "technical": """
Årsgebyr for vannforsyning; Årsgebyr for vassforsyning; kr; 4320; 0.2; 0
Årsgebyr for avløpstjenesten; Årsgebyr for avløpstenesta; kr; 5240; 0.2; 0
Andel kommunalt ledningsnett som er fornyet, vann; Del kommunalt leidningsnett som er fornya, vatn; prosent; 0.78; 0.3; 2
Vanntap i ledningsnettet; Vasstap i leidningsnettet; prosent; 33; 0.2; 1
Husholdningsavfall per innbygger; Hushaldsavfall per innbyggjar; kg/innbygger; 402; 0.1; 0
""",
    "property": """
Energiutgifter til formålsbygg per innbygger; Energiutgifter til føremålsbygg per innbyggjar; kr/innbygger; 980; 0.2; 0
Samlet areal på formålsbygg per innbygger; Samla areal på føremålsbygg per innbyggjar; kvm; 5.2; 0.12; 2
Utgifter til vedlikehold per kvadratmeter; Utgifter til vedlikehald per kvadratmeter; kr/kvm; 118; 0.25; 0
Energibruk per kvadratmeter; Energibruk per kvadratmeter; kWh/kvm; 162; 0.1; 0
""",
})  # fmt: skip

# As above, but the level is the target and a trailing - in the unit means that lower is better.
TARGETS = _all({
    "school": """
Elever på laveste mestringsnivå i lesing, 5. trinn; Elevar på lågaste meistringsnivå i lesing, 5. steg; prosent-; 23; 0.12; 1
Elever som trives godt på skolen; Elevar som trivst godt på skulen; prosent; 90; 0.05; 1
Elever som har opplevd mobbing; Elevar som har opplevd mobbing; prosent-; 6; 0.35; 1
Foreldre som er fornøyd med SFO, skala 1–6; Foreldre som er nøgde med SFO, skala 1–6; poeng; 4.8; 0.08; 1
""",
    "kindergarten": """
Foreldrenes tilfredshet, skala 1–5; Tilfredsheit hos foreldra, skala 1–5; poeng; 4.5; 0.04; 1
Barnehager som oppfyller pedagognormen; Barnehagar som oppfyller pedagognorma; prosent; 100; 0.07; 0
Søkere som fikk førsteønsket sitt; Søkjarar som fekk førsteønsket sitt; prosent; 85; 0.08; 0
""",
    "childwelfare": """
Meldinger som er gjennomgått innen sju dager; Meldingar som er gjennomgåtte innan sju dagar; prosent; 100; 0.04; 0
Barn med tiltak som har oppdatert tiltaksplan; Barn med tiltak som har oppdatert tiltaksplan; prosent; 95; 0.1; 0
Barn i fosterhjem med oppfølging etter lovens krav; Barn i fosterheim med oppfølging etter krava i lova; prosent; 100; 0.08; 0
""",
    "health": """
Innbyggere som får time hos fastlegen innen fem dager; Innbyggjarar som får time hos fastlegen innan fem dagar; prosent; 80; 0.15; 0
Ventetid for fysioterapi, prioritet 2; Ventetid for fysioterapi, prioritet 2; dager-; 60; 0.4; 0
Deltakere på frisklivskurs; Deltakarar på frisklivskurs; antall; 120; 0.3; 0
""",
    "elder": """
Hjemmeboende med trygghetsalarm koblet til responssenter; Heimebuande med tryggleiksalarm kopla til responssenter; antall; 310; 0.12; 0
Overliggerdøgn på sykehus; Overliggjardøgn på sjukehus; dager-; 40; 0.9; 0
Beboere med legemiddelgjennomgang siste år; Bebuarar med legemiddelgjennomgang siste år; prosent; 100; 0.1; 0
Ansatte i hel stilling; Tilsette i heil stilling; prosent; 45; 0.2; 1
""",
    "nav": """
Sosialhjelpsmottakere under 25 år med aktivitetsplikt; Sosialhjelpsmottakarar under 25 år med aktivitetsplikt; prosent; 100; 0.08; 0
Bosatte flyktninger etter kommunens vedtak; Busette flyktningar etter vedtaket i kommunen; antall; 55; 0.25; 0
Behandlingstid for søknad om sosialhjelp; Behandlingstid for søknad om sosialhjelp; dager-; 14; 0.3; 0
""",
    "culture": """
Besøk på biblioteket; Besøk på biblioteket; antall; 48000; 0.15; 0
Elever på venteliste til kulturskolen; Elevar på venteliste til kulturskulen; antall-; 40; 0.6; 0
Solgte kinobilletter; Selde kinobillettar; antall; 21500; 0.2; 0
""",
    "planning": """
Byggesaker behandlet innen fristen; Byggjesaker handsama innan fristen; prosent; 98; 0.05; 1
Nye reguleringsplaner vedtatt; Nye reguleringsplanar vedtekne; antall; 6; 0.4; 0
Reduksjon i klimagassutslipp siden 2009; Reduksjon i klimagassutslepp sidan 2009; prosent; 30; 0.25; 0
""",
    "technical": """
Vannlekkasjer utbedret innen 48 timer; Vasslekkasjar utbetra innan 48 timar; prosent; 90; 0.1; 0
Husholdningsavfall som blir materialgjenvunnet; Hushaldsavfall som blir materialgjenvunne; prosent; 45; 0.15; 1
Prøver av drikkevann med avvik; Prøver av drikkevatn med avvik; antall-; 2; 0.9; 0
""",
    "property": """
Reduksjon i energibruk fra året før; Reduksjon i energibruk frå året før; prosent; 3; 0.8; 1
Bygg med oppdatert tilstandsrapport; Bygg med oppdatert tilstandsrapport; prosent; 100; 0.2; 0
Renholdskontroller med godkjent resultat; Reinhaldskontrollar med godkjent resultat; prosent; 95; 0.06; 0
""",
})  # fmt: skip

# The whole municipality: (nb, nn, unit), in the order of finance_indicators.
FINANCE = (
    (
        "Netto driftsresultat i prosent av driftsinntektene",
        "Netto driftsresultat i prosent av driftsinntektene",
    ),
    (
        "Disposisjonsfond i prosent av driftsinntektene",
        "Disposisjonsfond i prosent av driftsinntektene",
    ),
    (
        "Gjeld til kredittinstitusjoner i prosent av driftsinntektene",
        "Gjeld til kredittinstitusjonar i prosent av driftsinntektene",
    ),
    ("Lønnsutgifter i prosent av driftsutgiftene", "Lønsutgifter i prosent av driftsutgiftene"),
)


def finance_indicators(m: Municipality, year: int) -> tuple[Decimal, ...]:
    """The financial key figures in percent, from the accounts and the balance sheet."""
    b, sheet = books(m, year), balance(m, year)
    return (
        percent(b["net_result"], b["income"]),
        percent(sheet["disposition_fund"], b["income"]),
        percent(sheet["loans"], b["income"]),
        percent(b["wages"], b["expenses"]),
    )


def percent(part: int, whole: int) -> Decimal:
    """A share in percent with one decimal.

    >>> percent(1, 8)
    Decimal('12.5')
    """
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"))


def level(m: Municipality, place: str, year: int, what: Indicator) -> Decimal:
    """An indicator for a place and year; the place's habit stays, the year moves it a little."""
    habit = rng(m.seed, place, what.key).uniform(-what.spread, what.spread)
    move = rng(m.seed, place, what.key, year).uniform(-what.spread, what.spread) * 0.25
    return _rounded(what.level * (1 + habit + move), what)


def result(m: Municipality, year: int, what: Indicator) -> Decimal | None:
    """What a target came to; None where it was not measured."""
    chance = rng(m.seed, "target", what.key, year)
    if chance.random() < 0.07:
        return None
    return _rounded(what.level * (1 + chance.uniform(-what.spread, what.spread * 0.8)), what)


def reached(what: Indicator, value: Decimal) -> bool:
    """Whether a result reaches its target."""
    target = _rounded(what.level, what)
    return value <= target if what.unit.endswith("-") else value >= target


def _rounded(value: float, what: Indicator) -> Decimal:
    if what.unit.startswith("prosent"):
        value = min(value, 100.0)
    return Decimal(str(round(value, what.decimals) if what.decimals else round(value)))
