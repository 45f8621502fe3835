"""Numbers ⇄ slots: "658 mill. kr i 2024" goes out as "{{t1}} i {{t2}}" and comes back whole. Pure.

A server cannot be held to the allowed numbers while it writes, so it never sees one: it moves slots
about. A digit of its own, or a slot that was not given, makes the draft worthless.
"""

import re

from answer.records import Answer
from answer.writers.allowed import MARKS
from answer.writers.expressions import find_expressions

_SLOT = re.compile(r"\{\{ ?(t[0-9]+) ?\}\}")


class Slots:
    """The numbers of one answer and the names they go by."""

    def __init__(self, answer: Answer) -> None:
        self._language = answer.language
        self._names: dict[str, str] = {}
        self._whole = answer.figure.text if answer.figure else ""

    def hide(self, text: str) -> str:
        """The text with a slot for each number; marks stay. The figure is one slot, unit and all.

        A text that holds what looks like a slot loses it: nobody else may name one.
        """
        text = _SLOT.sub("", text)
        parts = MARKS.split(text)  # text, mark's numbers, text, …
        hidden = [f"[{part}]" if i % 2 else self._hide_figure(part) for i, part in enumerate(parts)]
        return "".join(hidden)

    def fill(self, draft: str) -> str | None:
        """The draft with its numbers; None when it holds others, or slots that were not given."""
        if any(char.isnumeric() for char in MARKS.sub("", _SLOT.sub("", draft))):
            return None
        numbers = {name: number for number, name in self._names.items()}
        if not all(name in numbers for name in _SLOT.findall(draft)):
            return None
        return _SLOT.sub(lambda match: numbers[match[1]], draft)

    def _hide_figure(self, text: str) -> str:
        if not self._whole:
            return self._hide_numbers(text)
        whole = re.compile(rf"(?<![\w.,−–-]){re.escape(self._whole)}(?!\w)(?![.,]?[0-9])")
        pieces = map(self._hide_numbers, whole.split(text))
        return self._slot(self._whole).join(pieces) if whole.search(text) else "".join(pieces)

    def _hide_numbers(self, text: str) -> str:
        hidden, end = "", 0
        for expression in find_expressions(text, self._language):
            number = text[expression.start : expression.end]
            hidden += text[end : expression.start] + self._slot(number)
            end = expression.end
        return hidden + text[end:]

    def _slot(self, number: str) -> str:
        name = self._names.setdefault(number, f"t{len(self._names) + 1}")
        return "{{" + name + "}}"
