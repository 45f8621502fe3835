"""A question what a word means → our own plain explanation, and a report's where it has one.

Needs no municipality. What reports say is quoted and cited; what we explain ourselves is said to be
ours and holds no figure. A word that neither knows is left to the other writers.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from answer.citing import cite_text
from answer.evidence import Evidence
from answer.records import Answer, Citation, Language, Scope
from answer.texts import text
from indexer.index import Index
from indexer.records import Passage
from retriever.sentences import split_sentences
from retriever.understand import Query

ENDING = 3  # letters that a word's ending may add: "premieavviket"

# "Hva er X?" in the present, "hva betyr X?"; the rest of the question is the word itself.
_IS = re.compile(
    r"^\W*(?:hva|kva|what) (?:er|is)(?: (?:en|et|ein|eit|an?))? (?P<word>.+?)"
    r"(?: for noe| for noko)?\W*$",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"^\W*(?:hva|kva|what) (?:betyr|tyder|menes (?:egentlig )?med|meiner ein med|meinast med"
    r"|mener (?:de|man|vi|dere) med|ligger i|does|is meant by)(?: ordet| begrepet| the word)? "
    r"(?P<word>.+?)(?: mean| egentlig| eigentleg)?\W*$"
    r"|^\W*(?:kan du )?(?:forklare?|explain)(?: meg| ordet| begrepet| the word)* "
    r"(?P<other>.+?)\W*$",
    re.IGNORECASE,
)
_QUOTES = "«»\"'“”‘’ "


def answer_definition(
    index: Index, query: Query, evidence: Evidence, scope: Scope
) -> Answer | None:
    """What a word means, or None where nothing explains it or a figure is asked for."""
    if query.asked.years:
        return None
    word = _word_asked_for(query.question)
    ours = word and _explained(word, query.language)
    if not word or (not ours and query.open_places):
        return None
    said = [f"{ours} {text('our_words', query.language)}"] if ours else []
    citations: tuple[Citation, ...] = ()
    if defined := next(_definitions(word, evidence), None):
        passage, sentence = defined
        citations = (cite_text(index, passage, sentence, 1),)
        lead = text("report_defines", query.language) + " " if ours else ""
        said.append(f"{lead}{sentence} [1]")
    if not said:
        return None
    return Answer(
        question=query.question,
        language=query.language,
        status="answered",
        answer=" ".join(said),
        citations=citations,
        scope=scope,
    )


def asks_for_a_meaning(query: Query) -> bool:
    """Whether a word is asked about that we explain, so that no municipality need be named."""
    word = _word_asked_for(query.question)
    return bool(word and not query.asked.years and _explained(word, query.language))


def _word_asked_for(question: str) -> str:
    """The word a question asks about, or nothing.

    >>> _word_asked_for("Hva er netto driftsresultat?"), _word_asked_for("Forklar «ROBEK»")
    ('netto driftsresultat', 'robek')
    """
    if means := _MEANS.match(question):
        return (means["word"] or means["other"]).strip(_QUOTES).lower()
    asked = _IS.match(question)
    word = asked["word"].strip(_QUOTES).lower() if asked else ""
    return word if word in _glossary() else ""  # "hva er planen?" asks for no meaning


def _explained(word: str, language: Language) -> str:
    for name, explained in _glossary().items():
        if word.startswith(name) and len(word) - len(name) <= ENDING:
            return explained[language]
    return ""


@cache
def _glossary() -> dict[str, dict[Language, str]]:
    source = (files("answer") / "data" / "glossary.toml").read_text(encoding="utf-8")
    return {name: term for term in tomllib.loads(source)["term"] for name in term["names"]}


def _definitions(word: str, evidence: Evidence) -> Iterator[tuple[Passage, str]]:
    """Sentences that begin with the word and say what it is: "Premieavviket er forskjellen …"."""
    defines = re.compile(
        rf"(?:En |Et |Ein |Eit |Begrepet )?{re.escape(word)}\w{{0,{ENDING}}}(?: \([^)]{{2,20}}\))? "
        r"(?:er (?:en|et|ein|eit|den|det|forskjellen|differansen|skilnaden|summen|forholdet"
        r"|inntekter|utgifter|penger|midler|lån)|betyr|tyder|viser|uttrykker|måler|defineres|definerast"
        r"|består av|omfatter|omfattar|forteller|fortel|beregnes|angir|is defined)\b",
        re.IGNORECASE,
    )
    for hit in evidence.hits:
        if hit.passage.table:
            continue
        for sentence in split_sentences(hit.passage.text):
            if defines.match(sentence) and not re.search(r"\d", sentence):
                yield hit.passage, sentence
