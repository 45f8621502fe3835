"""Whether quoted words give the kind of thing asked for: a reason, a time, a name.

A passage may hold all the words of a question and still not say why, when or who.
"""

import re
from collections.abc import Sequence

from answer.verdict.claims import pattern, poles
from indexer.index import Index
from indexer.tokens import keys_of
from retriever.sentences import Sentence, pieces
from retriever.terms import Sought
from retriever.understand import Query
from retriever.vocabulary import query_words

ON_TOPIC = 0.05  # of the question that a sentence with a reason and what it leans on must hold
HEADING = 0.6
LACKS = 0.3  # of the question: a word that counts so much and is not there
ABOUT = 0.7  # the score of a sentence that is about what is asked, whatever it lacks
ALIKE = 0.5  # in meaning as a whole, for a sentence to be about it in other words
BEFORE = 2  # sentences that one may lean on, as lines of an item


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_WHY = _compile(r"hvorfor|kvifor|why|(?:årsak|grunn)(?:en|a)?")
_WHEN = re.compile(
    r"(?:\w+ )?(?:når|when|(?:hvilke[nt]|kva|what|which) (?:dat[oe]|år|year|måned|månad|month))\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:hvem|kven|who) ", re.IGNORECASE)
# "Hvem er ordfører": the one person who has an office.
_OFFICE = _compile(
    r"(?:vara)?ordfører\w*|(?:vara)?ordførar\w*|rådmann\w*|kommunedirektør\w*|byrådsl\w+|rektor\w*"
    r"|\w+sjef\w*|(?:deputy )?mayor|headmaster|chief executive"
)
# "Planlegges ferdigstilt i 2028."
_ELLIPTIC = re.compile(
    r"\W*(?:planlegg(?:es|ast)|(?:for)?vent(?:es|ast)|skal|ble|blei|vart|er|ferdig\w*)\b",
    re.IGNORECASE,
)
_AWHILE = r"(?:\w+ ){1,2}(?:år|måned\w*|månad\w*|uker?|veker?|dag(?:er|ar)?|time\w*)\b"
_REASON = _compile(
    r"fordi|skyld\w+|skuldast|\w*årsak\w*|\w*grunn(?:en|et|er|ar|ane|ene)?|begrunn\w+|grunngj\w+"
    r"|følge av|følgje av|derfor|difor|dermed|slik at|for at|ettersom|siden|sidan|da|då|pga"
    r"|hensyn til|omsyn til|forklar\w+|(?:kommer|kom|kjem) av|(?:sammen|saman)heng med"
    r"|(?:henger|heng) (?:\w+ ){0,2}(?:sammen|saman)|(?:førte|ledet|leia|bidr\w+) til|medfør\w+"
    r"|(?:gjør|gjorde|gjer) (?:\w+ ){0,2}(?:at|til)|innebær\w+|påvirk\w+|påverk\w+|preg(?:et|a)"
    r"|knytt\w* til|viser til|la(?:gt)? vekt på|mangl\w*|mangel\w*|takket være|på bakgrunn"
    rf"|etter(?! {_AWHILE})|because|due to|since"
)
_TIME = _compile(
    r"\d{1,2}\.\s?\d{1,2}\.?(?:\s?\d{2,4})?|(?:19|20)\d\d(?:-tallet|-talet)?|januar|februar|mars"
    r"|april|mai|juni|juli|august|september|oktober|november|desember|våren?|somm[ae]r\w*|sumar\w*"
    r"|høst\w*|haust\w*|vinter\w*|jul(?:a|en)?|påske\w*|pinse\w*|nyttår|årsskif\w*|skolestart"
    r"|skulestart|\w*semester\w*|(?:uke|veke) \d+|\w*kvartal\w*|halvår\w*|tertial\w*"
    r"|kl(?:okka|okken)?\.? \d+|\w+dag(?:er|ar)?|årl[ie]g"
)
_FULL_NAME = re.compile(r"[A-ZÆØÅ][\w-]+ (?:[A-ZÆØÅ]\w*\.? )*[A-ZÆØÅ][\w-]+")
_ENTERPRISE = re.compile(r"\b(?:AS|ASA|DA|ANS|SA|IKS|KF)\b")
# Who made or delivered something: the trade that is asked for, and how a report names it.
_TRADES = tuple(
    (re.compile(rf"\b(?:which|what|hvilke[nt]?|kva(?: for \w+)?) {asked}", re.IGNORECASE), said)
    for asked, said in (
        (r"(?:arkitekt|architect)", _compile(r"\w*arkitekt\w*")),
        (r"(?:entreprenør|contractor)", _compile(r"\w*entreprenør\w*|\w*bygg\w*")),
        (r"(?:leverandør|supplier)", _compile(r"\w*lever\w+")),
        (r"(?:konsulent|consultant)", _compile(r"\w*konsulent\w*|\w*rådg\w+")),
    )
)
_EVENT = _compile(
    "|".join(
        rf"(?:gjen|igjen|att)?(?:{side.pattern})"
        for pole in poles()
        if pole.name in ("open", "finished")
        for side in (pole.plus, pole.minus)
    )
)


def of_another_thing(best: Sentence) -> bool:
    """Whether what is asked about is not there, neither by its words nor by their meaning."""
    lacks = best.features["lacks_most"]
    unlike = best.features["likeness"] < ALIKE and 2 * best.features["meant"] < lacks
    return best.score < ABOUT and lacks >= LACKS and unlike


def gives(index: Index, query: Query, said: Sequence[Sentence]) -> bool:
    """Whether sentences that stand together as an answer give what the question asks for."""
    question, whole = query.question.strip(), " ".join(one.text for one in said)
    if _WHY.search(question):
        return _about(index, query.subject, [one for one in said if _REASON.search(one.text)])
    if _WHEN.match(question):
        return bool(_TIME.search(whole)) and _happened(index, query, said)
    if _WHO.match(question) and _OFFICE.search(question):
        return _names_another(question, whole)
    trades = [said for asked, said in _TRADES if asked.search(question)]
    return not trades or bool(_ENTERPRISE.search(whole)) or any(t.search(whole) for t in trades)


def _about(index: Index, subject: str, said: Sequence[Sentence]) -> bool:
    """Whether any sentence, or the one that it leans on, is about what is asked."""
    fields = [(keys_of(f"{one.text} {_before(one)}"), keys_of(one.passage.heading)) for one in said]
    around = frozenset[str]().union(*(keys for pair in fields for keys in pair))
    sought = Sought(query_words(subject, index.words), around)
    return any(
        sought.coverage((own, 1.0), (heading, HEADING)) >= ON_TOPIC for own, heading in fields
    )


def _before(one: Sentence) -> str:
    """What stands before a sentence that gives a reason, points back or lacks a subject."""
    leans = (_REASON.search, pattern("words.leans").match, _ELLIPTIC.match)
    if not any(leaning(one.text) for leaning in leans):
        return ""
    return " ".join(pieces(one.passage)[max(0, one.position - BEFORE) : one.position])


def _happened(index: Index, query: Query, said: Sequence[Sentence]) -> bool:
    """Whether an opening or an end that is asked about is spoken of, and of the same thing."""
    if not _EVENT.search(query.question):
        return True
    told = [one for one in said if _EVENT.search(one.text)]
    return _about(index, _EVENT.sub(" ", query.subject), told)


def _names_another(question: str, whole: str) -> bool:
    """Whether a person is named whom the question does not name itself."""
    return any(match[0] not in question for match in _FULL_NAME.finditer(whole))
