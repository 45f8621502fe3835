"""Not answered, said well: what was searched, what is there instead, or which reading is meant."""

from collections.abc import Sequence

from answer.records import Answer, Clarify, Option, Scope
from answer.texts import listed, text
from indexer.index import Index
from retriever.understand import Query


def not_found(index: Index, query: Query, scope: Scope) -> Answer:
    """The reports do not say; or the municipality or year is not in the collection at all."""
    held = [_name(document) for document in index.documents]
    if query.unknown:
        words = text("not_held", query.language, what=query.unknown, held=_some(held, query))
    else:
        searched = [_name(index.document(doc)) for doc in query.docs]
        words = text("not_found", query.language, where=_some(searched, query))
    return Answer(
        question=query.question,
        language=query.language,
        status="not_found",
        answer=words,
        scope=scope,
    )


def clarify(index: Index, query: Query, scope: Scope, docs: Sequence[str]) -> Answer:
    """Ask which of the reports that could answer is meant; each option is a whole question."""
    documents = [index.document(doc) for doc in docs]
    names = list(dict.fromkeys(d["municipality"] for d in documents))
    asked = "which_municipality" if len(names) > 1 else "which_year"
    back = text(asked, query.language)
    base = query.question.rstrip(" ?.")
    inside = {"nb": "i", "nn": "i", "en": "in"}[query.language]
    year_said = bool(query.asked.years)
    options = tuple(
        Option(
            label=_name(document),
            question=" ".join(
                [base]
                + ([f"{inside} {document['municipality']}"] if len(names) > 1 else [])
                + ([f"{inside} {document['year']}"] if not year_said else [])
            )
            + "?",
        )
        for document in documents
    )
    return Answer(
        question=query.question,
        language=query.language,
        status="clarify",
        answer=back,
        clarify=Clarify(question=back, options=options),
        scope=scope,
    )


def _name(document: dict[str, object]) -> str:
    return f"{document['municipality'] or document['title']} {document['year'] or ''}".strip()


def _some(names: Sequence[str], query: Query) -> str:
    shown = list(dict.fromkeys(names))
    if len(shown) > 8:
        shown = [*shown[:7], "…"]
    return listed(shown, query.language)
