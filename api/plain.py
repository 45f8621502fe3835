"""An answer's JSON → plain text with its sources as a list at the end, for other programs."""

from api.html import read_texts
from api.service import Json


def answer_to_text(answer: Json) -> str:
    """The text, the choices of a question back, the calculation, and the sources."""
    texts = read_texts(answer["language"])
    parts = [answer["answer"]]
    if answer["clarify"]:
        options = answer["clarify"]["options"]
        parts.append("\n".join(f"- {option['label']}: {option['question']}" for option in options))
    if answer["calculation"]:
        parts.append("{expression} = {result}".format_map(answer["calculation"]))
    if answer["citations"]:
        sources = (_source(citation, texts["page"]) for citation in answer["citations"])
        parts.append("\n".join([f"{texts['sources']}:", *sources]))
    return "\n\n".join(parts)


def _source(citation: Json, page: str) -> str:
    place = f", {page} {citation['page']}" if citation["page"] else ""
    quote = " ".join(citation["quote"].split())
    return f"[{citation['n']}] {citation['title']}{place}: «{quote}»"
