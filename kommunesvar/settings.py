"""Every setting as data, and where its value comes from.

defaults < kommunesvar.toml < environment (KOMMUNESVAR_…) < flags. An unknown name is an error that
names the nearest known one, so that a spelling mistake never passes for a default.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from figures.errors import UsageError

PREFIX = "KOMMUNESVAR_"
FILE = "kommunesvar.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set. The comment after each is its help text in docs/settings.md."""

    index: Path = Path("data/index")  # the index folder that commands read and write
    embedder: str = "bundled"  # "bundled", or a sentence-transformers model by name or path
    generator: str = "extract"  # "extract", "transformers:NAME", or "openai:URL#MODEL"
    host: str = "127.0.0.1"  # address that `serve` listens on
    port: int = 8000  # port that `serve` listens on
    workers: int = 2  # processes that read reports at the same time
    public: bool = True  # whether questions may be asked without an API key
    api_store: Path = Path("data/api.sqlite")  # keeps API keys and feedback
    reports: Path = Path("data/reports")  # keeps the reports that are uploaded to `serve`
    upload_mb: int = 100  # the largest report that can be uploaded, in millions of bytes
    frame_ancestors: str = "'none'"  # sites that may show the page in a frame


def load_settings(
    *,
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] = os.environ,
    file: Path = Path(FILE),
) -> Settings:
    """Settle every setting; `flags` that are None were not given."""
    settings = Settings()
    if file.is_file():
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise UsageError(
                f"{file}: not valid TOML ({error}); correct it or move it away"
            ) from None
        settings = _apply(settings, found, source=str(file))
    named = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }
    settings = _apply(settings, named, source="environment")
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return _apply(settings, given, source="flags")


def _apply(settings: Settings, values: Mapping[str, Any], *, source: str) -> Settings:
    kinds = {field.name: type(getattr(settings, field.name)) for field in fields(settings)}
    for name, value in values.items():
        if name not in kinds:
            shown = f"{PREFIX}{name.upper()}" if source == "environment" else name
            near = get_close_matches(name, kinds, n=1, cutoff=0.0)[0]
            near = f"{PREFIX}{near.upper()}" if source == "environment" else near
            raise UsageError(f"{source}: unknown setting {shown!r}; the nearest known is {near!r}")
        settings = replace(settings, **{name: _convert(name, value, kinds[name], source)})
    return settings


def _convert(name: str, value: Any, kind: type, source: str) -> Any:
    if kind is bool and isinstance(value, str):
        if value.lower() in ("true", "1", "yes", "on"):
            return True
        if value.lower() in ("false", "0", "no", "off"):
            return False
        raise UsageError(f"{source}: {name} = {value!r} must be true or false")
    try:
        return kind(value)
    except (TypeError, ValueError):
        raise UsageError(f"{source}: {name} = {value!r} must be {kind.__name__}") from None
