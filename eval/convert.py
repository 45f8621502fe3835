"""A run → the rows that judges of answers by a language model read: RAGAS, DeepEval. Pure.

    ragas     user_input, response, retrieved_contexts, reference, reference_contexts
    deepeval  input, actual_output, retrieval_context, expected_output, context

Our own fields (id, kind, status) stand beside them in each row. What was retrieved is the quotes
that the answer cites, then the passages that the search found; nothing is judged here.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.run import Result, Run
from eval.texts import without_marks

Json = dict[str, Any]

# What each tool calls the question, the answer, its contexts, the right answer and its evidence.
NAMES: Mapping[str, tuple[str, str, str, str, str]] = {
    "ragas": (
        "user_input",
        "response",
        "retrieved_contexts",
        "reference",
        "reference_contexts",
    ),
    "deepeval": ("input", "actual_output", "retrieval_context", "expected_output", "context"),
}


def rows(run: Run, tool: str) -> Iterator[Json]:
    """A row for each question, in order."""
    for result in run.results:
        gold = result.gold
        values = (
            gold.question,
            " ".join(without_marks(result.answer["answer"] or "").split()).replace(" .", "."),
            contexts(result),
            gold.answer,
            [evidence.quote for evidence in gold.evidence],
        )
        own = {"id": gold.id, "kind": gold.kind, "status": result.answer["status"]}
        yield {**dict(zip(NAMES[tool], values, strict=True)), **own}


def contexts(result: Result) -> list[str]:
    """What was cited, with the row and column it stands in, and what was found; each once."""
    cited = (_cited(citation) for citation in result.answer["citations"])
    found = (f"{passage['heading']}\n{passage['text']}".strip() for passage in result.passages)
    return list(dict.fromkeys([*cited, *found]))


def _cited(citation: Json) -> str:
    parts = (citation.get(name) for name in ("title", "table", "column", "quote"))
    return "\n".join(part for part in parts if part)


def write_rows(run: Run, tool: str, path: Path) -> int:
    """Write the rows as JSON lines; returns how many."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows(run, tool)]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)
