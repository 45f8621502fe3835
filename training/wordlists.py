"""Open word lists and text -> the two lists beside indexer/tokens.py: compound parts, nynorsk keys.

Which words make compounds is learned: a dictionary word that is the first or the last part of
several other dictionary words, and is used alone in running text, is a part. Nynorsk keys are
learned from pairs of forms: what remains when the compound's common part is taken away.
"""

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from indexer.tokens import key, keys, words
from training.texts import running_text

_MIN_MADE = 3  # compounds a word must take part in
_RARER = 20  # times rarer in bokmål text than its bokmål sister a nynorsk key must be
_MIN_USED = {3: 30, 4: 10, 5: 4}  # times it must stand alone, by length; longer: once

# Prefixes and suffixes that look like words but make other words, not compounds.
_AFFIXES = frozenset(
    """
    all alt ana ane ans ant ark art att av bak bar bed bel best bli bra dan de dem den der des det
    dis dom dra eie eid ele else ene eng ens enn ent ere ers ert est etter fal far fen for fore
    forbi fra fram frem ful for før for gjen gjennom god han har hen hel her het hos hun hva ill
    ing inn inne ire isk ist iv kan kor lei len let lig lik los løs man med mel men mer mis mot mis
    ned nor når ond opp oms ord over ose par pre pro red rei res rik sam sel sen sid sig sin skal
    skap slag som sta ste stå sær ta tak tan tel tet til tro uss ut ute var ved vel ven vid vis vol
    under om på re å sjette femte tredje eks noen jeg per fort ring lignet
    overs stav ende fin ren rev ide trans till egg mest sett satt
    """.split()
) - frozenset({"art", "bak", "eng", "lik", "ord", "rik", "sel"})

# First parts that never stand alone, so that no text shows them.
_COMBINING = ("hoved", "spesial", "års")

# Nynorsk words, and the bokmål words they are indexed as: what the pairs lack or get wrong.
_NYNORSK_EXTRA = """
    auke:øke auka:økt aukar:øker auking:økning born:barn borna:barna bustad:bolig bustader:boliger
    bustadene:boligene busette:bosatt busett:bosatt busetting:bosetting dagleg:daglig eining:enhet
    einingar:enheter eigedom:eiendom einsleg:enslig einslege:enslige fekk:fikk fleire:flere
    folketal:folketall folketalet:folketallet fråvær:fravær fråværet:fraværet føremål:formål
    gjeld:gjeld heim:hjem heime:hjemme heimen:hjemmet helsestasjon:helsestasjon innbyggjar:innbygger
    innbyggjarar:innbyggere innbyggjarane:innbyggerne kommunestyre:kommunestyre leiar:leder
    leiarar:ledere leiarane:lederne leiing:ledelse leiinga:ledelsen løn:lønn løna:lønnen
    løyve:bevilge løyving:bevilgning løyvingar:bevilgninger låge:lav låg:lav lågare:lavere
    meirforbruk:merforbruk månad:måned månader:måneder rekneskap:regnskap rekneskapen:regnskapet
    samanlikne:sammenligne samla:samlet sjuk:syk sjuke:syke sjukeheim:sykehjem sjukehus:sykehus
    skule:skole skular:skoler skulen:skolen skulane:skolene
    stad:sted stader:steder symje:svømme symj:svømme
    symjing:svømming tal:tall talet:tallet tala:tallene tenesta:tjenesten tenester:tjenester
    teneste:tjeneste tilsett:ansatt tilsette:ansatte tilskot:tilskudd tilskotet:tilskuddet
    trong:behov trygg:trygg trygd:trygd underskot:underskudd overskot:overskudd vassverk:vannverk
    vass:vann vatn:vann vatnet:vannet vedteke:vedtatt vedteken:vedtatt veg:vei vegar:veier
    vegen:veien veke:uke veker:uker verksemd:virksomhet verksemder:virksomheter åtgjerd:tiltak
    utdanna:utdannet utvikla:utviklet fram:frem høg:høy høgare:høyere høgast:høyest
    berekraft:bærekraft framand:fremmed hovud:hoved hovudmål:hovedmål handsame:behandle
    handsaming:behandling verdi:verdi tryggleik:sikkerhet moglegheit:mulighet mogleg:mulig
    kyrkje:kirke kyrkja:kirken born:barn brann:brann skade:skade søknad:søknad røynsle:erfaring
    forsking:forskning naudsynt:nødvendig utfordring:utfordring opplæring:opplæring
    rettleiing:veiledning
    rettleiar:veileder medverknad:medvirkning verknad:virkning tildele:tildele eige:eget eigne:egne
""".split()


def compound_parts(dictionary: Iterable[str], used: Counter[str]) -> list[str]:
    """Words that make compounds, learned from a dictionary and running text."""
    entries = {word for word in dictionary if word.isalpha()}
    short = {word for word in entries if 3 <= len(word) <= 14}
    made: Counter[str] = Counter()
    for word in entries:
        for cut in range(3, len(word) - 2):
            head, tail = word[:cut], word[cut:]
            bare = head if head in short else head[:-1] if head[-1] == "s" else ""
            if tail in short and bare in short:
                made[bare] += 1
                made[tail] += 1
    learned = {
        word
        for word, count in made.items()
        if count >= _MIN_MADE
        and used[word] >= _MIN_USED.get(len(word), 1)
        and word not in _AFFIXES
        and keys(word)  # no function word
    }
    return sorted(learned | set(_COMBINING))


def nynorsk_keys(pairs: Iterable[tuple[str, str]], used: Counter[str]) -> dict[str, str]:
    """Nynorsk key -> bokmål key, for keys that bokmål does not itself use for something else."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_key: Counter[tuple[str, str]] = Counter()
    for bokmal, nynorsk in pairs:
        if (ours := key(nynorsk)) != (theirs := key(bokmal)):
            by_key[ours, theirs] += 1
    short = {pair for pair in by_key if len(pair[0]) <= 10}
    for (ours, theirs), count in by_key.items():
        explained = False
        for cut in range(3, len(ours) - 2):
            head, tail = ours[:cut], ours[cut:]
            if theirs.startswith(head) and (tail, theirs[cut:]) in short:
                votes[tail][theirs[cut:]] += 1
                explained = True
            if theirs.endswith(tail) and (head, theirs[: -len(tail)]) in short:
                votes[head][theirs[: -len(tail)]] += 1
                explained = True
        if not explained:
            votes[ours][theirs] += count
    bokmal_keys: Counter[str] = Counter()
    for word, count in used.items():
        bokmal_keys[key(word)] += count
    learned = {
        ours: theirs
        for ours, counted in votes.items()
        for theirs, _ in counted.most_common(1)
        if 0 < bokmal_keys[theirs] >= bokmal_keys[ours] * _RARER and len(theirs) > 2
    }
    for pair in _NYNORSK_EXTRA:
        nynorsk, _, bokmal = pair.partition(":")
        learned[nynorsk] = key(bokmal)
        learned[key(nynorsk)] = key(bokmal)
    return {ours: theirs for ours, theirs in sorted(learned.items()) if ours != theirs}


def write_wordlists(data: Path, folder: Path) -> None:
    """Write parts.txt and nynorsk.tsv."""
    (folder / "parts.txt").write_text("", encoding="utf-8")
    (folder / "nynorsk.tsv").write_text("", encoding="utf-8")
    used = Counter(word for text in running_text(data) for word in words(text))
    dictionary = _gz_lines(data / "lex" / "ordbank_wordlist_nob_2005.ccby4.txt.gz")
    parts = compound_parts((word.lower() for word in dictionary), used)
    pairs = [
        (bokmal, nynorsk)
        for line in _gz_lines(data / "lex" / "nb_nn_expansion_samnorsk_mit.txt.gz")
        for bokmal, _, nynorsk in [line.lower().partition(",")]
        if bokmal.isalpha() and nynorsk.isalpha()
    ]
    nynorsk = nynorsk_keys(pairs, used)
    _write(folder / "parts.txt", "Compound parts, learned from Norsk ordbank (CC BY 4.0)", parts)
    rows = [f"{ours}\t{theirs}" for ours, theirs in nynorsk.items()]
    _write(folder / "nynorsk.tsv", "Nynorsk key, bokmål key; learned from samnorsk (MIT)", rows)


def _write(path: Path, what: str, lines: list[str]) -> None:
    head = f"# {what}. Made by `python -m training words`; do not edit.\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _gz_lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [line.strip() for line in handle if line.strip()]
