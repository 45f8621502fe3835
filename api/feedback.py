"""POST feedback: what somebody chose to tell, kept in SQLite; GET feedback for the operator.

Only what is in the request is kept: no address, no time of day. Texts are masked first.
"""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.access import Access
from api.bodies import Text
from api.database import open_store
from api.privacy import mask
from api.problems import described
from api.service import Json

Reason = Literal[
    "wrong_figure",
    "wrong_year",
    "wrong_place",
    "wrong_source",
    "not_answered",
    "hard_to_understand",
    "other",
]

SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY, day TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT,
    comment TEXT, question TEXT, answer TEXT);
"""
COLUMNS = ("number", "day", "verdict", "reason", "comment", "question", "answer")

Words = Annotated[str, Field(max_length=2000), AfterValidator(mask)]


class FeedbackBody(BaseModel):
    """A verdict; the texts only where the person chose to send them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"verdict": "bad", "reason": "wrong_year"}]},
    )
    verdict: Literal["good", "bad"]
    reason: Reason | None = None
    comment: Words | None = None
    question: Text | None = None
    answer: Words | None = None


def feedback_routes(store: Path, access: Access) -> APIRouter:
    """Routes that take and show feedback."""
    router = APIRouter(tags=["feedback"])

    @router.post(
        "/feedback",
        operation_id="sendFeedback",
        status_code=201,
        dependencies=[Depends(access.guard("reads"))],
    )
    def send_feedback(body: FeedbackBody) -> Json:
        """Tell whether an answer was of use."""
        values = (datetime.now(UTC).date().isoformat(), *body.model_dump().values())
        with closing(open_store(store, SCHEMA)) as connection, connection:
            connection.execute("INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?)", values)
        return {"status": "kept"}

    @router.get(
        "/feedback/newest",
        operation_id="readFeedback",
        dependencies=[Depends(access.admin)],
        responses=described(403),
    )
    def read_feedback(
        limit: Annotated[int, Query(ge=1, le=1000, description="How many")] = 100,
    ) -> Json:
        """The newest feedback; needs a key of scope admin."""
        with closing(open_store(store, SCHEMA)) as connection:
            rows = connection.execute(
                "SELECT * FROM feedback ORDER BY number DESC LIMIT ?", (limit,)
            ).fetchall()
        return {"feedback": [dict(zip(COLUMNS, row, strict=True)) for row in rows]}

    return router
