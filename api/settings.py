"""What the HTTP layer can be told. The defaults are safe for a public service."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """Settings of the API and the page."""

    public: bool = True  # whether anybody may ask; otherwise everything needs a key
    store: Path | None = None  # SQLite file for API keys and feedback; None: neither is kept
    reports: Path | None = None  # folder for uploaded reports; None: none can be uploaded
    upload_mb: int = 100  # the largest report that can be uploaded, in millions of bytes
    questions: str = "30/minute"  # questions from one address without a key
    reads: str = "300/minute"  # other requests from one address without a key
    key_factor: int = 10  # a key may do so many times more
    frame_ancestors: str = "'none'"  # sites that may show the page in a frame, as in a CSP
    at_once: int = 32  # questions being answered at the same time; more are told to wait
