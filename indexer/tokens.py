"""Norwegian text -> the keys it is indexed and searched by. Pure: no index, no model.

A word becomes one key whatever its form: lower case, nynorsk as bokmål ("sjukeheimane" and
"sykehjemmene" meet), ending taken off, common abbreviations written out. A compound gives its own
key and then those of its parts. Numbers are keys as printed; words that carry no meaning are left
out. The word lists beside this file are made by `python -m training words`.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

from indexer.kept import kept

# A number with its decimals, or a word; an inner full stop only in abbreviations ("bl.a", "f.eks").
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:\.[^\W\d_]+)*")
_TAGS = re.compile(r"</?[a-z]{1,6}>")
_ACCENTS = str.maketrans("éèêôòàáüî", "eeeooaaui")

_MIN_PART = 3
_MAX_WORD = 60  # longer "words" are noise: URLs run together, lost spaces

# Function words of bokmål, nynorsk and English, and what every question says.
_STOP = frozenset(
    """
    alle alt andre at av bare ble blei blir bli blitt blant både da de deg dei deira dem den denne
    der deres desse det dette di din disse ditt du då eg ei ein eit eitt eller en enn er et etter
    for fordi fra frå får få før ha hadde han hans har hatt hennes her hjå ho hos hun hva hvem hver
    hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor i ifølge ifølgje ikke ikkje inn ja jeg
    kan kom kor korleis korfor kva kvar kven kvifor kvifor kvil kunne kva man med mellom men mens
    mer meir mot mye mykje mange må når nå no noe noen noko nokon og også om opp oss over på
    samt seg selv si sidan siden sin sine sitt sjølv skal skulle slik som så til um under ut uten
    utan var vart ved vere vi vil ville vore vært være vår vårt å
    a an and are as at be been by did do does for from had has have he how i in into is it its me
    much many of on or our she than that the their there they this to was we were what when where
    which who whom why will with would you your
    """.split()
)

_SHORT = {
    "mill": "million", "mrd": "milliard", "kr": "krone", "nok": "krone", "pst": "prosent",
    "kvm": "kvadratmeter", "innb": "innbygger", "kap": "kapittel", "tab": "tabell", "fig": "figur",
    "jf": "jamfør", "jfr": "jamfør", "ca": "cirka", "inkl": "inklusive", "ekskl": "eksklusive",
    "evt": "eventuell", "vgs": "videregående", "sfo": "skolefritidsordning", "ppt": "pedagogisk",
    "bpa": "assistanse", "rådm": "rådmann",
}  # fmt: skip

# Endings the stemmer does not take off: bokmål agents in the plural, and nynorsk plurals.
_ENDINGS = (
    ("ernes", "er"), ("erne", "er"), ("eres", "er"), ("ere", "er"), ("erens", "er"), ("eren", "er"),
    ("aranes", "er"), ("arane", "er"), ("arar", "er"), ("anes", "ene"), ("ane", "ene"),
    ("ar", "er"),
)  # fmt: skip
# What a compound's last part may end in beyond the form the list holds.
_INFLECTIONS = frozenset((
    "s", "en", "et", "a", "er", "ene", "ens", "ets", "enes", "ers", "ere", "erne", "ar", "ane",
    "arane", "ande", "ende",
))  # fmt: skip
_LONGEST = max(map(len, _INFLECTIONS))
_NOT_ENDINGS = ("svar", "uar", "klar")
_ANY_ENDING = tuple(ending for ending, _ in _ENDINGS)

# Plurals with another vowel, last in a compound too: "jordmødrene" and "jordmor".
_OTHER_VOWEL = {
    "mødre": "mor", "fedre": "far", "brødre": "bror", "døtre": "datter", "menn": "mann",
    "trær": "tre", "bønd": "bonde", "bøk": "bok", "føtt": "fot", "kreft": "kraft", "tenn": "tann",
    "strend": "strand", "røtt": "rot",
}  # fmt: skip
_PLURAL = re.compile(
    r"(.*?)(?:(mødre|fedre|brødre|døtre|menn|trær)(?:ne|ene)?|(bønd|bøk|føtt|kreft|tenn|strend|røtt)"
    r"(?:er|ene))s?"
)
# "veien", "byer", "treet": too short for the stemmer.
_SHORT_STEM = re.compile(
    r"([^aeiouyæøå]{1,3}(?:[aeouyæøå]|[aeøo]i|øy|au))(?:en|et|er|ene|ens|ets|enes|ar|ane)"
)

# All that decides which key a word gets.
_DATA = Path(__file__).parent / "data"
WORD_LISTS = (_DATA / "parts.txt", _DATA / "nynorsk.tsv", Path(__file__))
STEMMER = Stemmer.version()
_stemmer = Stemmer.Stemmer("norwegian")


def tokens(text: str) -> list[str]:
    """Every key of a text in order, each compound followed by its parts.

    >>> tokens("Skoleplassane i 2023")
    ['skol_plass', 'skol', 'plass', '2023']
    """
    found: list[str] = []
    for word in words(text):
        found += keys(word)
    return found


@lru_cache(maxsize=100_000)
def keys_of(text: str) -> frozenset[str]:
    """The keys that stand in a text, in no order."""
    return frozenset(tokens(text))


def words(text: str) -> list[str]:
    """The words and numbers of a text as printed, in lower case; function words too."""
    text = text.replace("\u00ad", "").replace("\u200b", "")  # soft hyphen, zero-width space
    return _TOKEN.findall(_TAGS.sub(" ", text).lower())


@lru_cache(maxsize=200_000)
def keys(word: str) -> tuple[str, ...]:
    """The key of one lower-case word, then its parts if it is a compound; () for a function word.

    >>> keys("lånegjelden"), keys("hvor")
    (('lån_gjeld', 'lån', 'gjeld'), ())
    """
    word = word.translate(_ACCENTS)
    if word in _STOP or len(word) > _MAX_WORD:
        return ()
    word = _singular(_SHORT.get(word, word))
    if word[0].isdigit():
        return (word,)
    if "." in word:
        return (word.replace(".", ""),)
    if len(word) == 1:
        return ()
    parts = tuple(map(_whole, _split(word)))
    return ("_".join(parts), *parts) if parts else (key(word),)


def _singular(word: str) -> str:
    """ "jordmødrene" → "jordmor"; any other word as it is."""
    found = _PLURAL.fullmatch(word)
    return found[1] + _OTHER_VOWEL[found[2] or found[3]] if found else word


def _whole(word: str) -> str:
    """The key of a word that may itself be a compound."""
    return "_".join(map(_whole, _split(word))) or key(word)


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """One key for all forms of a lower-case word that is no compound.

    >>> key("skulane") == key("skolene") == key("skole")
    True
    """
    word = _SHORT.get(word, word)
    sister = _nynorsk().get(word)
    if not sister:
        stem = _stem(word)
        sister = _nynorsk().get(stem, stem)
    return sister[:-1] if sister.endswith("mm") else sister  # "hjem", "hjemmene"


def _stem(word: str) -> str:
    stem: str = _stemmer.stemWord(_plain(word))
    return stem


def _plain(word: str) -> str:
    """Plurals the stemmer does not know as the form it knows: "lærarane" and "lærerne", "lærer"."""
    if short := _SHORT_STEM.fullmatch(word):
        return short[1]
    if not word.endswith(_ANY_ENDING):
        return word
    for ending, plain in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word if word.endswith(_NOT_ENDINGS) else word[: -len(ending)] + plain
    return word


@lru_cache(maxsize=100_000)
def _split(word: str) -> tuple[str, ...]:
    """The parts of a compound, the last as long as possible; () when the word is none.

    >>> _split("arbeidsplassene"), _split("plass")
    (('arbeid', 'plassene'), ())
    """
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        head, tail = word[:cut], word[cut:]
        if not _is_part(tail):
            continue
        for bare in _without_binder(head):
            if _is_part(bare):
                return (bare, tail)
        for bare in _without_binder(head):
            if inner := _split(bare):
                return (*inner, tail)
    return ()


def _without_binder(head: str) -> tuple[str, ...]:
    """The first part as it may stand alone: "arbeids" is "arbeid", "barne" is "barn"."""
    if len(head) > _MIN_PART and head[-1] in "se":
        return (head[:-1], head) if head[-1] == "s" else (head, head[:-1])
    return (head,)


def _is_part(word: str) -> bool:
    known = _known_parts()
    if word in known:
        return True
    if len(word) <= _MIN_PART:
        return False
    plain = _plain(word)
    if plain in known:
        return True
    for cut in range(max(_MIN_PART, len(word) - _LONGEST), len(word)):
        base = word[:cut]
        if word[cut:] in _INFLECTIONS and (base in known or base + "e" in known):
            return True
    has_sister = word in _nynorsk() or _stemmer.stemWord(plain) in _nynorsk()
    return has_sister and key(word) in _part_keys()


@cache
def _known_parts() -> frozenset[str]:
    return frozenset(_lines("parts.txt"))


@cache
def _part_keys() -> frozenset[str]:
    def make() -> list[str]:
        return sorted({key(part) for part in _known_parts() if len(part) > _MIN_PART})

    return frozenset(kept(WORD_LISTS, make, version=STEMMER))


@cache
def _nynorsk() -> dict[str, str]:
    """Key of a nynorsk word -> key of its bokmål sister."""
    return dict(line.split("\t") for line in _lines("nynorsk.tsv"))


def _lines(name: str) -> list[str]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
