"""What is right about one answer: small pure functions over a gold question and an answer as JSON.

Answers are in the contract's shape (`Answer.to_json`), so those of any program can be judged.
"""

import re
from typing import Any, Literal

from eval.gold import Evidence, Gold, GoldFigure
from eval.texts import overlap, printed_numbers, sentences, without_marks, words

Json = dict[str, Any]

# The three things an answer can do, each right or wrong.
Outcome = Literal[
    "answered_right", "answered_wrong",
    "refused_right", "refused_wrong",
    "asked_right", "asked_wrong",
]  # fmt: skip

# What is wrong with an answer that should have been right.
Fault = Literal["", "no figure", "value", "year", "unit", "sign", "figure not in text", "words"]

LENGTH = {"text": 700, "list": 1200, "yesno": 700, "compare": 1000}  # characters; others 700
SOURCE = ("quote", "row", "heading", "table")  # what of a citation is read as its words
SUPPORTED = 0.7  # the share of a sentence's different words that sources or question must hold
SHOWN = 0.5  # the share of the evidence's words that a citation must show
SCALES = (1, 1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9)  # "12,3 mill. kr" may stand as "12 300" in the source
_HAIR = 1e-9
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def outcome(gold: Gold, answer: Json) -> Outcome:
    """What the answer did, and whether it should have."""
    status = answer.get("status")
    if status == "not_found":
        return "refused_right" if gold.kind == "unanswerable" else "refused_wrong"
    if status == "clarify":
        return "asked_right" if gold.kind == "clarify" else "asked_wrong"
    should = gold.kind not in ("unanswerable", "clarify")
    return "answered_right" if should and not fault(gold, answer) else "answered_wrong"


def fault(gold: Gold, answer: Json) -> Fault:
    """The first thing that is wrong with an answer to a question that has one."""
    text = answer.get("answer") or ""
    if gold.figure and (found := figure_fault(gold.figure, answer.get("figure"), text)):
        return "year" if found == "value" and other_year(gold.question, text) else found
    return "" if says(gold.accept, text, LENGTH.get(gold.kind, 700)) else "words"


def figure_fault(want: GoldFigure, got: Json | None, text: str) -> Fault:
    """Whether a figure has the right value, unit and sign, and is what the text says.

    >>> want = GoldFigure(base_value=12e6, base_unit="kr", tolerance=5e4, as_stated="12,0")
    >>> got = {"base_value": 12_040_000, "base_unit": "kr", "text": "12,0 mill. kr"}
    >>> figure_fault(want, got, "Det var 12,0 mill. kr [1].")
    ''
    >>> figure_fault(want, got, "Det var mye.")
    'figure not in text'
    >>> figure_fault(want, got | {"base_value": -12_000_000}, "−12,0")
    'sign'
    >>> figure_fault(want, got | {"base_unit": "årsverk"}, "12,0"), figure_fault(want, None, "")
    ('unit', 'no figure')
    """
    value = (got or {}).get("base_value")
    if got is None or not isinstance(value, int | float):
        return "no figure"
    if unit_kind(want.base_unit) != unit_kind(got.get("base_unit") or ""):
        return "unit"
    slack = max(want.tolerance, 0.001 * abs(want.base_value)) + _HAIR
    if abs(abs(value) - abs(want.base_value)) > slack:
        return "value"
    if not want.sign_free and abs(value - want.base_value) > slack:
        return "sign"
    shown = printed_numbers(got.get("text") or "")
    said = shown and any(abs(n.size - shown[0].size) < _HAIR for n in printed_numbers(text))
    return "" if said else "figure not in text"


def other_year(question: str, text: str) -> bool:
    """Whether an answer speaks of years, and of none that was asked about.

    >>> other_year("Hva var skatten i 2024?", "Skatten var 12 mill. kr i 2023 [1].")
    True
    >>> other_year("Hva var skatten i 2024?", "Skatten var 12 mill. kr.")
    False
    """
    asked, said = (set(_YEAR.findall(part)) for part in (question, text))
    return bool(asked and said and not asked & said)


def unit_kind(unit: str) -> str:
    """What kind of thing a unit measures; units of one kind are not told apart.

    >>> [unit_kind(unit) for unit in ("kr", "NOK", "kr/innbygger", "%", "årsverk", "")]
    ['kr', 'kr', 'kr per', 'prosent', 'antall', 'antall']
    """
    name = unit.strip().lower()
    if name in ("%", "prosent", "prosentpoeng"):
        return "prosent"
    if name.startswith("kr") or name == "nok":
        return "kr per" if "/" in name else "kr"
    return "antall"


def says(accept: list[list[str]], text: str, limit: int) -> bool:
    """Whether one wording of each group stands in the text, within the length that is allowed.

    >>> says([["ja"], ["20 mill", "tjue"]], "Ja, om lag 20\u00a0mill. kr.", 700)
    True
    >>> says([["ja"]], "Jakten varte lenge.", 700), says([["ja"]], "x" * 700 + " ja", 700)
    (False, False)
    """
    read = re.sub("[\u00a0\u202f]", " ", text)[:limit].lower()
    return all(any(_stands(wording.lower(), read) for wording in group) for group in accept)


def _stands(wording: str, text: str) -> bool:
    if wording in ("ja", "nei", "yes", "no"):
        return bool(re.search(rf"\b{wording}\b", text))
    return wording in text


def shows(citation: Json, evidence: Evidence) -> bool:
    """Whether a citation shows the evidence: in its report, most of its words, or its table.

    >>> evidence = Evidence(doc="fjord-2024", quote="Skatt 12 14", table="Tabell 1.2")
    >>> shows({"doc": "fjord-2024", "quote": "12", "row": "Skatt"}, evidence)
    True
    >>> shows({"doc": "fjord-2024", "quote": "–", "table": "Tabell 1.2 Drift"}, evidence)
    True
    >>> shows({"doc": "fjord-2023", "quote": "Skatt 12 14"}, evidence)
    False
    """
    if citation.get("doc") != evidence.doc:
        return False
    parts = (citation.get(name) or "" for name in SOURCE)
    if overlap(words(evidence.quote), words(" ".join(parts))) >= SHOWN:
        return True
    number = (evidence.table or "").split()[-1:]  # a table is named by its number: "Tabell 1.2"
    return bool(number) and number[0].strip(".") in (citation.get("table") or "").split()[:2]


def cited(gold: Gold, answer: Json) -> bool:
    """Whether any citation shows any of the evidence."""
    return any(shows(c, e) for c in answer.get("citations") or [] for e in gold.evidence)


def supported(question: str, answer: Json) -> tuple[bool, ...]:
    """For each sentence of an answer: most of its words stand in its sources or the question.

    >>> citation = {"quote": "Skolen fikk ny sal i mai.", "title": "Fjord kommune"}
    >>> answer = {"answer": "Skolen fikk ny sal [1]. Alle elevene jublet høyt.",
    ...           "citations": [citation]}
    >>> supported("Hva fikk skolen?", answer)
    (True, False)
    """
    shown = words(question)
    for citation in answer.get("citations") or []:
        parts = (citation.get(name) for name in (*SOURCE, "column", "title"))
        shown |= words(" ".join(str(part) for part in parts if part))
    calculation = answer.get("calculation") or {}
    steps = (calculation.get("expression"), calculation.get("result"))
    shown |= words(" ".join(str(part) for part in (*steps, *calculation.get("steps", ())) if part))
    said = sentences(without_marks(answer.get("answer") or ""))
    return tuple(len(set(words(s)) & set(shown)) >= SUPPORTED * len(words(s)) for s in said)


def difficulty(gold: Gold) -> str:
    """How much must be put together: "one place", "several places", "several reports"; or nothing.

    >>> gold = Gold(id="1", question="?", lang="nb", kind="list", docs=["a"], answer="",
    ...             figure=None, accept=[], evidence=[Evidence(doc="a", quote="x")])
    >>> difficulty(gold), difficulty(gold.model_copy(update={"docs": ["a", "b"]}))
    ('one place', 'several reports')
    """
    if not gold.evidence:
        return ""
    if len(gold.docs) > 1:
        return "several reports"
    return "one place" if len(gold.evidence) == 1 else "several places"


def untraced(question: str, answer: Json) -> tuple[str, ...]:
    """Numbers that stand in no citation, no shown calculation and not in the question.

    >>> citation = {"quote": "Skatt 12 300", "heading": "Drift 2024", "page": 5}
    >>> answer = {"answer": "I 2024: 12,3 mill. kr, opp 4 prosent [7].", "citations": [citation]}
    >>> untraced("Hva var skatten?", answer), untraced("Var den opp 4 prosent?", answer)
    (('4',), ())
    """
    known = {n.size for n in printed_numbers(question)}
    for citation in answer.get("citations") or []:
        for name in ("quote", "row", "column", "heading", "table", "title"):
            known.update(n.size for n in printed_numbers(str(citation.get(name) or "")))
        if citation.get("page") is not None:
            known.add(float(citation["page"]))
    calculation = answer.get("calculation") or {}
    shown = [
        calculation.get("expression"),
        calculation.get("result"),
        *calculation.get("steps", ()),
    ]
    for step in shown:
        known.update(n.size for n in printed_numbers(str(step or "")))
    return tuple(
        number.text
        for number in printed_numbers(without_marks(answer.get("answer") or ""))
        if not any(
            abs(size * scale - number.size) <= 0.5 * 10**-number.decimals + _HAIR
            for size in known
            for scale in SCALES
        )
    )


def short_enough(gold: Gold, answer: Json) -> bool:
    """Whether the answer keeps the contract's length.

    >>> gold = Gold(id="1", question="?", lang="nb", kind="list", docs=[], answer="",
    ...             figure=None, accept=[], evidence=[])
    >>> short_enough(gold, {"answer": "x" * 1200}), short_enough(gold, {"answer": "x" * 1201})
    (True, False)
    """
    return len(answer.get("answer") or "") <= LENGTH.get(gold.kind, 700)
