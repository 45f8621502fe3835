"""What a quoted passage leans to, yes or no, where no figure or rule decides a yes/no question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Literal

from answer.evidence import Evidence
from answer.grounds import LACKS, of_another_thing
from answer.prose import answer_prose
from answer.records import Answer, Scope
from answer.texts import text
from answer.verdict.claims import Claim, read_claim, says, side
from answer.verdict.said import denies, tells
from indexer.index import Index
from retriever.sentences import Sentence, following
from retriever.understand import Query
from retriever.vocabulary import Wanted, query_words

Lean = Literal["yes", "no", "open"]

# "Har Vestvik høyere sykefravær enn Øyra?", not "enn planlagt".
_COMPARES = re.compile(r"\b(?:enn|than) (?:[A-ZÆØÅ]|i |the )")
NEAR = 0.8  # of the best sentence's score: one that says no beside it leaves the answer open
AFTER = 3  # sentences in which the outcome of what was planned may stand
OWN_YES, OWN_NO = 0.45, 0.3  # of the question that a sentence must hold by itself to say so


def answer_leaning(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer | None:
    """The passage that answers best, after "Ja" or "Nei" where it leans clearly to one."""
    if len(query.places) > 1 or _COMPARES.search(query.question):
        return None  # figures decide that, and they were not found
    answer = answer_prose(index, query, evidence, scope)
    if answer is None or of_another_thing(evidence.sentences[0]):
        return None
    claim = read_claim(query.question, query.subject)
    lean = leans(claim, query_words(claim.subject, index.words), evidence.sentences)
    return replace(answer, answer=f"{text(f'leans_{lean}', query.language)} {answer.answer}")


def leans(claim: Claim, terms: Sequence[Wanted], ranked: Sequence[Sentence]) -> Lean:
    """What the best sentence says of the claim, or what follows where it only names or plans."""
    best = ranked[0]
    after = [one for one, _ in islice(following(best), AFTER) if tells(one)]
    if tells(best.text):
        lean = _of(claim, terms, best.text)
        least, lacks = (OWN_YES, LACKS) if lean == "yes" else (OWN_NO, 1.0)
        if best.features["own_words"] < least or best.features["lacks_most"] >= lacks:
            return "open"
    else:
        came = (_of(claim, terms, one) for one in after if says("words.came_of_it", one))
        lean = next(came, "open")
    beside = [one.text for one in ranked[1:] if one.score >= NEAR * best.score and tells(one.text)]
    against = any(_of(claim, terms, one) == "no" for one in (*after, *beside))
    return "open" if lean == "yes" and against else lean


def _of(claim: Claim, terms: Sequence[Wanted], said: str) -> Lean:
    if says("words.unsure", said):
        return "open"
    taken = side(said, claim.pole) if claim.pole and claim.side else 0
    if taken:
        return "yes" if taken == claim.side else "no"
    if claim.goal or claim.limit or claim.budget:  # figures tell, and they were not found
        return "open"
    if claim.every and says("words.some_only", said):
        return "no"
    if claim.denied:
        return "open"
    if denies(said, terms) or says("words.against", said):
        return "no"
    if (
        claim.pole
        or says("words.negation", said)
        or (claim.ranks and not says("words.ranks", said))
    ):
        return "open"
    return "open" if says("words.coming", said) and not claim.coming else "yes"
