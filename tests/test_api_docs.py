"""What docs/api.md shows works as printed, against a real server."""

import json
import re
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chat import RESULT, Site

from api.app import create_app
from kommunesvar.library import IndexLibrary
from kommunesvar.settings import Settings

TEXT = (Path(__file__).parents[1] / "docs" / "api.md").read_text("utf-8")


def test_the_client_in_the_documentation_works(site: Site) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    names: dict[str, Any] = {"__name__": "client"}
    exec(code, names)
    answer = names["Kommunesvar"](site.address).ask(RESULT, year=2024)
    assert answer["figure"]["text"] == "41,2 mill. kr"


CURL = re.findall(r"```sh\n(curl.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("code", [code for code in CURL if "@" not in code])
def test_the_curl_lines_in_the_documentation_work(site: Site, code: str) -> None:
    command = shlex.split(code.replace("\\\n", " ").replace("http://127.0.0.1:8000", site.address))
    command = [part.replace("Authorization: Bearer $KEY", "X-No-Key: 1") for part in command]
    done = subprocess.run([*command, "-s"], capture_output=True, text=True, check=True)
    assert {"answer", "documents", "choices", "result"} & json.loads(done.stdout).keys()


def test_the_documentation_names_every_address_there_is(site: Site) -> None:
    described = set(re.findall(r"`(?:GET|POST|DELETE) ((?:/api)?/v1[^`?\s]*)", TEXT))
    settings = replace(site.settings, reports=Path("reports"))
    app = create_app(site.service, settings, IndexLibrary(Settings()))
    real = {
        re.sub(r"{(table_id|doc|job_id)}", "{id}", path).replace("{number}", "{n}")
        for path in app.openapi()["paths"]
        if "/v1/" in path
    }
    assert real - described == {"/api/v1/ask"}  # shown with curl
