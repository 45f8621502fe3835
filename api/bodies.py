"""What comes in with a request, checked at the border: nothing else in the project meets raw input.

Questions lose identity numbers and the like here, before any other code sees them.
"""

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from answer.records import Turn
from api.privacy import mask

MAX_QUESTION = 1000
MAX_BODY = 16 * 1024
MAX_CHAT = 256 * 1024  # other programs send whole conversations, of which we read the end
MAX_TURNS = 10


def clean(text: str) -> str:
    """One line of visible, masked text; raises on what holds no letter or digit."""
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    line = " ".join(visible.split())
    if not re.search(r"\w", line):
        raise ValueError("write something with words in it")
    return mask(line)


Words = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION), AfterValidator(clean)]
# The pattern only tells in the API's description what `clean` refuses.
Text = Annotated[Words, Field(json_schema_extra={"pattern": r"[\p{L}\p{N}_]"})]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class TurnBody(BaseModel):
    """One earlier turn of the conversation."""

    model_config = ConfigDict(extra="forbid")
    question: Text
    answer: Annotated[str, Field(max_length=2000)] = ""


class AskBody(BaseModel):
    """A question, and what it may be limited to."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": "Hva var netto driftsresultat i 2024?", "year": 2024}]
        },
    )
    question: Annotated[Text, Field(description="In bokmål, nynorsk or English")]
    kommune: Annotated[Name | None, Field(description="Only this municipality's reports")] = None
    year: Annotated[Year | None, Field(description="Only reports on this year")] = None
    docs: Annotated[list[Name], Field(max_length=50, description="Only these reports")] = []
    lang: Annotated[
        Literal["nb", "nn", "en"] | None, Field(description="Default: the question's language")
    ] = None
    history: Annotated[list[TurnBody], Field(max_length=MAX_TURNS)] = []

    def turns(self) -> tuple[Turn, ...]:
        """The history as the service takes it."""
        return tuple(Turn(question=t.question, answer=mask(t.answer)) for t in self.history)
