"""An example of what each operation answers, put into the API's description."""

from typing import Any

from fastapi import FastAPI

_CITATION = {
    "n": 1,
    "doc": "skarvoy-2024",
    "title": "Skarvøy kommune – Årsrapport 2024",
    "page": 7,
    "heading": "3 Økonomi › 3.1 Driftsregnskapet",
    "quote": "Netto driftsresultat -23 869 -26 874 -60 689 -3 005 12 769",
    "table": "Tabell 3.1 Økonomisk oversikt etter art – drift 2024",
    "table_id": "skarvoy-2024/t3",
    "row": "Netto driftsresultat",
    "column": "Regnskap 2024",
    "bbox": [72.1, 301.5, 520.0, 314.2],
}
_ANSWER = {
    "question": "Hva var netto driftsresultat i Skarvøy i 2024?",
    "language": "nb",
    "status": "answered",
    "answer": "Netto driftsresultat i Skarvøy var 23 869 000 kr i 2024 [1].",
    "figure": {"base_value": 23869000, "base_unit": "kr", "text": "23 869 000 kr"},
    "calculation": None,
    "citations": [_CITATION],
    "clarify": None,
    "scope": {"kommuner": ["Skarvøy"], "years": [2024], "docs": ["skarvoy-2024"]},
    "series": None,
    "generator": "extract",
    "timing_ms": {"understand": 1.2, "search": 3.4, "generate": 2.1, "total": 6.7},
    "standalone_question": "Hva var netto driftsresultat i Skarvøy i 2024?",
    "sureness": 0.93,
}
_JOB = {
    "id": "01795180121000000000-0a1b2c3d",
    "document": "trondheim-2024",
    "action": "add",
    "state": "queued",
    "detail": "",
    "warnings": [],
}
_JOB_URL = "/api/v1/documents/jobs/01795180121000000000-0a1b2c3d"

EXAMPLES: dict[str, Any] = {
    "ask": _ANSWER,
    "search": {
        "query": "sykefravær",
        "passages": [
            {
                "doc": "skarvoy-2024",
                "page": 12,
                "heading": "4 Ansatte",
                "text": "Sykefraværet var 8,1 prosent i 2024.",
                "score": 0.91,
            }
        ],
    },
    "figures": {
        "figures": [
            {
                "municipality": "Skarvøy",
                "year": 2024,
                "row": "Lønnsutgifter",
                "group": "Driftsutgifter",
                "column": "Regnskap 2024",
                "measure": "regnskap",
                "place": "",
                "text": "655 188",
                "base_value": 655188000.0,
                "unit": "kr",
                "bound": "",
                "trust": "verified",
                "table": "Tabell 3.1 Økonomisk oversikt etter art – drift 2024",
                "table_id": "skarvoy-2024/t3",
                "doc": "skarvoy-2024",
                "page": 6,
                "line": "lonn",
                "score": 1.2,
                "reasons": "",
            }
        ]
    },
    "table": {
        "id": "skarvoy-2024/t3",
        "doc": "skarvoy-2024",
        "page": 6,
        "title": "Tabell 3.1 Økonomisk oversikt etter art – drift 2024",
        "unit": "tusen kr",
        "heading": "3 Økonomi › 3.1 Driftsregnskapet",
        "trust": "verified",
        "columns": ["Regnskap 2024"],
        "rows": [
            {
                "label": "Lønnsutgifter",
                "group": "Driftsutgifter",
                "values": [
                    {
                        "text": "655 188",
                        "value": 655188,
                        "base_value": 655188000,
                        "base_unit": "kr",
                    }
                ],
            }
        ],
    },
    "documents": {
        "documents": [
            {
                "id": "skarvoy-2024",
                "title": "Skarvøy kommune – Årsrapport 2024",
                "municipality": "Skarvøy",
                "year": 2024,
                "language": "nb",
                "kind": "pdf",
                "paged": True,
                "pages": 40,
            }
        ]
    },
    "page": {
        "doc": "skarvoy-2024",
        "page": 6,
        "text": "3.1 Driftsregnskapet …",
        "width": 595.3,
        "height": 841.9,
    },
    "addDocument": _JOB | {"url": _JOB_URL},
    "removeDocument": _JOB | {"action": "remove", "url": _JOB_URL},
    "job": _JOB | {"state": "done", "warnings": ["trondheim-2024: side 3 har ikke tekst"]},
    "status": {
        "generation": 7,
        "documents": 6,
        "municipalities": ["Granmo", "Skarvøy"],
        "years": [2023, 2024],
    },
    "sendFeedback": {"status": "kept"},
    "readFeedback": {
        "feedback": [
            {
                "number": 1,
                "day": "2025-05-17",
                "verdict": "bad",
                "reason": "wrong_year",
                "comment": None,
                "question": None,
                "answer": None,
            }
        ]
    },
    "models": {
        "object": "list",
        "data": [{"id": "kommunesvar", "object": "model", "created": 0, "owned_by": "kommunesvar"}],
    },
    "chatCompletions": {
        "id": "chatcmpl-0a1b2c3d",
        "object": "chat.completion",
        "created": 1795180121,
        "model": "kommunesvar",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": _ANSWER["answer"]},
                "finish_reason": "stop",
            }
        ],
        "kommunesvar": _ANSWER,
    },
    "healthz": {"status": "ok"},
    "readyz": {"status": "ok", "documents": 6},
}


def add_examples(app: FastAPI) -> None:
    """From now on the application's description holds the examples."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        description = describe()
        for path in description["paths"].values():
            for operation in path.values():
                example = EXAMPLES.get(operation["operationId"])
                for status in ("200", "201", "202"):
                    if example and status in operation["responses"]:
                        content = operation["responses"][status]["content"]
                        content["application/json"]["example"] = example
        return description

    app.openapi = described  # type: ignore[method-assign]
