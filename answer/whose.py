"""A question that names no municipality, but something that only one of them has → that one."""

import re

from indexer.index import Index
from indexer.tokens import keys
from retriever.understand import Query

_NAME = re.compile(r"(?<=[^\s.?!:] )[«\"]?(?P<name>[A-ZÆØÅ][^\W\d_]{2,})")


def place_that_names(index: Index, query: Query) -> str | None:
    """The municipality whose reports alone hold a name in the question: "Kimen kino"."""
    docs: dict[str, list[str]] = {}
    for document in index.documents:
        docs.setdefault(document["municipality"], []).append(document["id"])
    found = set()
    for match in _NAME.finditer(query.question):
        if not keys(match["name"].lower()):
            continue
        term = (keys(match["name"].lower())[0], 1.0)
        holders = [
            place for place, own in docs.items() if index.words.search([term], k=1, docs=own)
        ]
        if len(holders) == 1:
            found.update(holders)
    return found.pop() if len(found) == 1 else None
