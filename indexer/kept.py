"""What takes a while to make of the bundled word lists, kept until they change.

Like Python's own compiled modules: it lies in `__pycache__`, out of git, is made again when a
source changes, and is not missed where nothing can be written. Only JSON: no code is run from it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any


def kept(sources: Sequence[Path], make: Callable[[], Any], *, version: str = "") -> Any:
    """What `make` makes of the sources, as JSON gives it back; `version` is of what else it uses.

    It is kept beside the first source, and named after it.
    """
    known = hashlib.sha256(version.encode())
    for source in sources:
        known.update(source.read_bytes())
    folder, name = sources[0].parent / "__pycache__", sources[0].name
    file = folder / f"{name}.{known.hexdigest()[:16]}.json"
    with suppress(OSError, ValueError):
        return json.loads(file.read_bytes())
    made = json.dumps(make(), ensure_ascii=False)
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        for older in folder.glob(f"{name}.*.json"):
            older.unlink(missing_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_text(made, encoding="utf-8")
        unfinished.replace(file)
    return json.loads(made)
