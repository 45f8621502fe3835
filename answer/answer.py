"""A question becomes an answer: understand → evidence → write → verify. Read this file first."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter

from answer.calculate.age_bands import answer_ages, asks_for_ages
from answer.calculate.averages import answer_average
from answer.calculate.comparisons import (
    answer_both_reports,
    answer_winner,
    answer_winner_as_it_stands,
)
from answer.calculate.counts import answer_count, answer_rows_held, answer_which_rows, counts_rows
from answer.calculate.derived import answer_derived
from answer.calculate.earlier import answer_at_start, answer_earlier
from answer.calculate.extremes import answer_extreme
from answer.calculate.frames import answer_rest_of_frame
from answer.calculate.groups import answer_group
from answer.calculate.holding import read_holding
from answer.calculate.per_head import PER_PEOPLE, answer_winner_per_head
from answer.calculate.population import answer_population
from answer.calculate.portions import answer_left, answer_portion
from answer.calculate.row_averages import answer_row_average
from answer.calculate.shares import answer_per_inhabitant, answer_share
from answer.calculate.stated import (
    answer_change,
    answer_compared,
    answer_share_as_it_stands,
    answer_stated,
    answer_stated_share,
)
from answer.calculate.sums import (
    answer_change_of_rows,
    answer_named_rows,
    answer_over_years,
    answer_rows_against_budget,
    answer_rows_together,
)
from answer.calculate.without import answer_without
from answer.conversation import WHICH_PLACE, stand_alone
from answer.definition import answer_definition, asks_for_a_meaning
from answer.evidence import Evidence, gather
from answer.overview import answer_overview
from answer.parts import joined, parts_of
from answer.prose import answer_prose
from answer.records import Answer, Citation, Language, Scope, Turn
from answer.refusals import clarify, not_found
from answer.summary import answer_summary
from answer.texts import text
from answer.verdict.claims import is_yesno
from answer.verdict.leaning import answer_leaning
from answer.verdict.yesno import answer_yesno
from answer.verify import untraced_numbers
from answer.whose import place_that_names
from indexer.index import Index
from indexer.language import language_of
from indexer.store import load_page
from retriever.questions import FIGURE_OPERATIONS, Operation
from retriever.understand import Query, municipalities, narrowed, understand

GREETING = re.compile(
    r"(?:hei|hallo|heisann|god (?:dag|morgen|kveld)|(?:tusen )?takk|hi|hello|thanks|thank you)"
    r"[ !.,]*",
    re.IGNORECASE,
)

Writer = Callable[[Index, Query, Evidence, Scope], Answer | None]

# What is tried for each thing a question can ask for, the first that is sure enough answering.
_FIGURE: tuple[Writer, ...] = (
    answer_which_rows,
    answer_without,
    answer_rows_held,
    answer_left,
    answer_row_average,
    answer_average,
    answer_derived,
    answer_at_start,
    answer_population,
    answer_group,
    answer_rest_of_frame,
    answer_rows_together,
    answer_stated,
    answer_earlier,
)
_CHANGE: tuple[Writer, ...] = (
    answer_rows_held,
    answer_change_of_rows,
    answer_rows_against_budget,
    answer_compared,
    answer_change,
)
_CHAPTER: tuple[Writer, ...] = (answer_overview, answer_summary, answer_prose)
WRITERS: dict[Operation, tuple[Writer, ...]] = {
    "value": _FIGURE,
    "what": (*_FIGURE, answer_prose),
    "define": (answer_definition, answer_prose),
    "difference": _CHANGE,
    "growth": _CHANGE,
    "share": (
        answer_left,
        answer_stated_share,
        answer_portion,
        answer_share,
        answer_share_as_it_stands,
    ),
    "ratio": (answer_row_average, answer_average, answer_stated, answer_per_inhabitant),
    "sum": (
        answer_without,
        answer_over_years,
        answer_named_rows,
        answer_group,
        answer_stated,
    ),
    "mean": (answer_row_average, answer_average, answer_over_years, answer_stated),
    "count": (answer_left, answer_count, answer_stated),
    "which": (answer_which_rows, answer_prose),
    "extreme": (answer_winner, answer_extreme, answer_prose),
    "overview": _CHAPTER,
    "summary": _CHAPTER,
}

SPOKEN_OF = 0.5  # of a question that a report must hold to be worth asking back about
EXTRACT = "extract"  # the writer that needs no model

Tell = Callable[[Scope], None]


def tell_nobody(_scope: Scope) -> None:
    """The default: nobody listens while the answer is made."""


def answer_question(
    question: str,
    index: Index,
    *,
    kommune: str | None = None,
    year: int | None = None,
    docs: Sequence[str] = (),
    language: Language | None = None,
    history: Sequence[Turn] = (),
    tell: Tell = tell_nobody,
    generator: str = EXTRACT,
) -> Answer:
    """One answer; `kommune`, `year` and `docs` are filters set by hand."""
    clock = Clock()
    if not question.strip():
        said = language or language_of(question)
        return Answer(
            question=question, language=said, status="not_found", answer=text("empty", said)
        )
    if GREETING.fullmatch(question.strip()):
        said = language or language_of(question)
        return Answer(
            question=question, language=said, status="not_found", answer=text("greeting", said)
        )
    held = municipalities(index.documents)
    whole = stand_alone(question, history, held)
    if len(parts := parts_of(whole, held)) > 1:
        answers = [
            answer_question(
                part,
                index,
                kommune=kommune,
                year=year,
                docs=docs,
                language=language,
                tell=tell,
                generator=generator,
            )
            for part in parts
        ]
        if any(one.status == "answered" for one in answers):
            return replace(joined(question, answers), timing_ms=clock.times())
    with clock("understand"):
        query = understand(
            whole, index.documents, kommune=kommune, year=year, docs=docs, language=language
        )
        if query.open_places and (only := place_that_names(index, query)):
            query = understand(
                whole, index.documents, kommune=only, year=year, docs=docs, language=language
            )
        if query.open_places and WHICH_PLACE.search(whole):
            query = replace(narrowed(query, index.documents, places=tuple(held)), open_places=False)
        scope = Scope(
            kommuner=query.places, years=(year and (year,)) or query.asked.years, docs=query.docs
        )
        tell(scope)
    with clock("search"):
        evidence = gather(index, query)
    with clock("generate"):
        answer = verified(write(index, query, evidence, scope), index, query, scope)
        if generator != EXTRACT:
            answer = say_again(answer, generator)
    return replace(answer, question=question, timing_ms=clock.times())


def say_again(answer: Answer, generator: str) -> Answer:
    """The same answer in a model's words, or as it is where the model's draft does not hold."""
    from answer.writers.rewrite import rewrite

    return rewrite(answer, generator)


def write(index: Index, query: Query, evidence: Evidence, scope: Scope) -> Answer:
    """Choose what kind of answer the evidence allows."""
    if query.unknown or not query.docs:
        return not_found(index, query, scope)
    if asks_for_a_meaning(query) and (answer := answer_definition(index, query, evidence, scope)):
        return answer
    if query.open_places:
        docs = list(dict.fromkeys(hit.passage.doc for hit in evidence.hits))
        several = len({index.document(doc)["municipality"] for doc in docs}) > 1
        if several and says_something(evidence):
            return clarify(index, query, scope, sorted(docs))
        if several:
            return not_found(index, query, scope)
    writers = WRITERS.get(query.asked.operation, (answer_prose,))
    if is_yesno(query.question) and query.asked.operation != "summary":
        writers = (answer_yesno, answer_leaning)
    elif asks_for_ages(query):
        writers = (answer_ages,)
    elif len(query.asked.report_years) > 1:
        writers = (answer_both_reports, *writers)
    elif PER_PEOPLE.search(query.question) and len(query.places) > 1:
        writers = (answer_winner_per_head, answer_winner_as_it_stands)
    elif counts_rows(index, query):
        writers = (answer_count,)  # one row's figure is no number of rows
    elif query.asked.operation == "extreme" and read_holding(index, query):
        writers = (answer_extreme,)  # what changed most is no winner of two years
    elif len(query.places) > 1 and query.asked.operation in FIGURE_OPERATIONS:
        # The figure of one of two that are compared would be no answer.
        writers = (answer_winner, *(one for one in writers if one is not answer_stated))
    elif query.asked.operation == "extreme" and not may_be_words(query):
        writers = tuple(writer for writer in writers if writer is not answer_prose)
    for writer in writers:
        if answer := writer(index, query, evidence, scope):
            return answer
    return not_found(index, query, scope)


def may_be_words(query: Query) -> bool:
    """Whether words may say what is highest: not where two are compared or a number is asked for.

    Sentences about the same subject would name no winner.
    """
    return len(query.places) < 2 and not query.asked.unit


def says_something(evidence: Evidence) -> bool:
    """Whether the reports speak of what is asked at all, whoever's report it is."""
    cells, sentences = evidence.cells, evidence.sentences
    return bool(
        (cells and cells[0].covered >= SPOKEN_OF)
        or (sentences and sentences[0].covered >= SPOKEN_OF)
    )


def verified(answer: Answer, index: Index, query: Query, scope: Scope) -> Answer:
    """Nothing else may turn a draft into an answer: each number traced, each quote found."""
    if untraced_numbers(answer) or any(not _stands(index, c) for c in answer.citations):
        return not_found(index, query, scope)
    return answer


def _stands(index: Index, citation: Citation) -> bool:
    """Whether a quote is a substring of the page it is said to stand on."""
    page = load_page(index.store, citation.doc, citation.page or 1)
    return page is not None and citation.quote in page.text


class Clock:
    """How long each step took."""

    def __init__(self) -> None:
        self._started = perf_counter()
        self._times: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Time one step."""
        started = perf_counter()
        yield
        self._times[step] = (perf_counter() - started) * 1000

    def times(self) -> dict[str, float]:
        """Milliseconds for each step, and in total."""
        total = (perf_counter() - self._started) * 1000
        return {step: round(ms, 2) for step, ms in {**self._times, "total": total}.items()}
