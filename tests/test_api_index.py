"""The API over the real product: a PDF is read, indexed, asked and shown with the place marked."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from small_service import ROWS, typeset_report

from api.app import create_app
from kommunesvar.__main__ import main
from kommunesvar.service import IndexService
from kommunesvar.settings import Settings

V1 = "/api/v1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("real")
    typeset_report(folder / "fjordvik-2024.pdf")
    index = folder / "index"
    assert main(["index", str(folder / "fjordvik-2024.pdf"), "--index", str(index)]) == 0
    with TestClient(create_app(IndexService(Settings(index=index)))) as client:
        yield client


def test_a_figure_is_found_cited_and_marked_on_its_page(client: TestClient) -> None:
    question = {"question": "Hva var netto driftsresultat i Fjordvik i 2024?"}
    answer = client.post(f"{V1}/ask", json=question).json()
    assert answer["status"] == "answered"
    assert answer["figure"]["base_value"] == 41200000
    citation = answer["citations"][0]
    page = client.get(f"{V1}/documents/{citation['doc']}/pages/{citation['page']}").json()
    assert citation["quote"] in page["text"]
    box = ",".join(f"{side:.1f}" for side in citation["bbox"])
    image = client.get(f"{V1}/documents/{citation['doc']}/pages/1/image", params={"box": box})
    assert has_yellow(image.content)
    table = client.get(f"{V1}/tables/{citation['table_id']}").json()
    assert len(table["rows"]) == len(ROWS)


def test_what_the_report_does_not_say_is_not_answered(client: TestClient) -> None:
    question = {"question": "Hvor mange romferger eide Fjordvik kommune i 2024?"}
    assert client.post(f"{V1}/ask", json=question).json()["status"] == "not_found"


def test_documents_status_search_and_figures_come_from_the_index(client: TestClient) -> None:
    (document,) = client.get(f"{V1}/documents").json()["documents"]
    assert (document["municipality"], document["year"]) == ("Fjordvik", 2024)
    assert client.get(f"{V1}/status").json()["documents"] == 1
    passages = client.get(f"{V1}/search?q=sykefravær").json()["passages"]
    assert "8,1 prosent" in passages[0]["text"]
    assert "553,0" in client.get(f"{V1}/figures?q=lønnsutgifter&format=csv").text


def test_filters_that_fit_no_report_are_a_problem_that_says_so(client: TestClient) -> None:
    body = {"question": "Hva var resultatet?", "kommune": "Atlantis"}
    response = client.post(f"{V1}/ask", json=body)
    assert response.status_code == 422
    assert "Fjordvik" in response.json()["detail"]


def test_an_index_that_is_not_there_is_a_problem_without_paths(tmp_path: Path) -> None:
    client = TestClient(create_app(IndexService(Settings(index=tmp_path / "none"))))
    for path in (f"{V1}/status", f"{V1}/documents", "/readyz"):
        response = client.get(path)
        assert response.status_code == 503
        assert response.json()["type"].endswith(":no-index")
        assert str(tmp_path) not in response.text
    assert "ingen rapporter" in client.get("/").text


def has_yellow(image: bytes) -> bool:
    with Image.open(io.BytesIO(image)) as picture:
        colours = picture.convert("RGB").getcolors(1 << 20) or []
    return any(is_yellow(colour) for _, colour in colours)


def is_yellow(colour: object) -> bool:
    """The highlighter's colour, but for what JPEG changes."""
    assert isinstance(colour, tuple)
    return all(abs(a - b) <= 6 for a, b in zip(colour, (255, 222, 89), strict=True))
