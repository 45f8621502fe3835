"""The API over a small real service: what it answers, and that every error has the one shape."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from small_service import SmallService

from api.app import create_app
from api.examples import EXAMPLES
from api.keys import create_key, list_keys, revoke_key
from api.problems import KINDS
from api.settings import ApiSettings
from figures.errors import UsageError
from kommunesvar.library import IndexLibrary
from kommunesvar.settings import Settings

V1 = "/api/v1"
MANY = "100000/minute"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SmallService:
    return SmallService(tmp_path_factory.mktemp("reports"))


@pytest.fixture
def client(service: SmallService, tmp_path: Path) -> Iterator[TestClient]:
    settings = ApiSettings(store=tmp_path / "api.db", questions=MANY, reads=MANY)
    with TestClient(create_app(service, settings), raise_server_exceptions=False) as client:
        yield client


def events_of(text: str) -> list[tuple[str, Any]]:
    events = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        events.append((fields["event"], json.loads(fields["data"])))
    return events


def assert_problem(response: Any, kind: str) -> None:
    body = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert body["type"] == f"urn:kommunesvar:problem:{kind}"
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["status"] == response.status_code
    assert body["detail"]
    assert "Traceback" not in response.text


def test_an_answer_has_the_contracts_shape(client: TestClient) -> None:
    answer = client.post(f"{V1}/ask", json={"question": "Hva var netto driftsresultat?"}).json()
    assert answer["status"] == "answered"
    assert answer["figure"] == {
        "base_value": 41200000,
        "base_unit": "kr",
        "text": "41,2 mill. kr",
    }
    assert answer["citations"][0]["quote"] == "Netto driftsresultat 41,2 19,7"
    assert answer["scope"]["kommuner"] == ["Fjordvik"]


def test_the_filters_reach_the_service(client: TestClient) -> None:
    body = {"question": "Hva var resultatet?", "kommune": "Havnes", "year": 2023, "lang": "nn"}
    answer = client.post(f"{V1}/ask", json=body).json()
    assert answer["scope"]["kommuner"] == ["Havnes"]
    assert answer["scope"]["years"] == [2023]
    assert answer["language"] == "nn"


def test_the_history_reaches_the_service(client: TestClient, service: SmallService) -> None:
    history = [{"question": "Hva var gjelden?", "answer": "12 mill. kr [1]."}]
    client.post(f"{V1}/ask", json={"question": "Og året før?", "history": history})
    question, turns = service.seen[-1]
    assert question == "Og året før?"
    assert [(turn.question, turn.answer) for turn in turns] == [
        ("Hva var gjelden?", "12 mill. kr [1].")
    ]


def test_a_stream_tells_scope_then_sources_then_text_then_the_whole_answer(
    client: TestClient,
) -> None:
    body = {"question": "Hva var veksten i rammetilskuddet?"}
    response = client.post(f"{V1}/ask/stream", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    names = [name for name, _ in events]
    ordered = list(dict.fromkeys(names))
    assert ordered == ["status", "citation", "figure", "delta", "done"]
    assert events[0][1]["scope"]["kommuner"] == ["Fjordvik"]
    whole = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "delta") == whole["answer"]
    assert whole == client.post(f"{V1}/ask", json=body).json()


def test_a_bug_ends_a_stream_with_a_problem(client: TestClient) -> None:
    response = client.post(f"{V1}/ask/stream", json={"question": "krasj"})
    name, data = events_of(response.text)[-1]
    assert name == "error"
    assert data["type"] == "urn:kommunesvar:problem:internal"
    assert "bug" not in response.text


def test_search_gives_passages(client: TestClient) -> None:
    found = client.get(f"{V1}/search", params={"q": "sykefravær", "k": 1}).json()
    assert [passage["doc"] for passage in found["passages"]] == ["fjordvik-2024"]
    assert found["passages"][0]["text"].startswith("Sykefraværet i 2024")


def test_figures_are_json_or_csv_by_format_or_accept(client: TestClient) -> None:
    rows = client.get(f"{V1}/figures", params={"q": "drift"}).json()["figures"]
    by_format = client.get(f"{V1}/figures", params={"q": "drift", "format": "csv"})
    by_accept = client.get(f"{V1}/figures?q=drift", headers={"accept": "text/csv"})
    assert by_format.text == by_accept.text
    assert by_format.headers["content-type"] == "text/csv; charset=utf-8"
    read = list(csv.DictReader(io.StringIO(by_format.text.removeprefix("\ufeff"))))
    assert [row["text"] for row in read] == [row["text"] for row in rows]


def test_a_reports_text_is_never_a_formula_in_csv(client: TestClient) -> None:
    assert "'=1+1" in client.get(f"{V1}/figures?q=x&format=csv").text


def test_figures_are_xlsx_by_format_or_accept_with_numbers_as_numbers(client: TestClient) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    by_format = client.get(f"{V1}/figures?q=drift&format=xlsx")
    by_accept = client.get(f"{V1}/figures?q=drift", headers={"accept": f"text/html, {kind};q=0.9"})
    assert by_format.headers["content-type"] == by_accept.headers["content-type"] == kind
    assert "figures.xlsx" in by_format.headers["content-disposition"]
    with ZipFile(io.BytesIO(by_format.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert '<c r="B2"><v>1</v></c>' in sheet  # the page is a number
    assert "<f>" not in sheet  # a report's text is never a formula
    assert "<t>=1+1</t>" in texts
    assert "<t>Netto driftsresultat</t>" in texts


def test_a_table_is_found_by_the_id_in_a_citation(client: TestClient) -> None:
    table = client.get(f"{V1}/tables/fjordvik-2024/t1").json()
    assert table["columns"] == ["Regnskap 2024", "Regnskap 2023"]
    assert table["trust"] == "verified"


def test_documents_pages_and_status(client: TestClient) -> None:
    documents = client.get(f"{V1}/documents").json()["documents"]
    assert documents[0]["id"] == "fjordvik-2024"
    page = client.get(f"{V1}/documents/fjordvik-2024/pages/1").json()
    assert "Netto driftsresultat 41,2 19,7" in page["text"]
    assert page["height"] > page["width"] > 0
    assert client.get(f"{V1}/status").json()["figures"] == 10


def test_a_page_image_is_jpeg_and_marking_changes_it(client: TestClient) -> None:
    address = f"{V1}/documents/fjordvik-2024/pages/1/image"
    plain, marked = client.get(address), client.get(f"{address}?box=70,257,512,273")
    assert plain.headers["content-type"] == "image/jpeg"
    assert plain.content[:2] == marked.content[:2] == b"\xff\xd8"
    assert plain.content != marked.content


def test_a_report_is_served_in_ranges_and_cannot_run_anything(client: TestClient) -> None:
    address = f"{V1}/documents/fjordvik-2024/file"
    whole = client.get(address)
    part = client.get(address, headers={"range": "bytes=0-4"})
    assert whole.headers["content-type"] == "application/pdf"
    assert (part.status_code, part.content) == (206, b"%PDF-")
    assert part.headers["content-range"] == f"bytes 0-4/{len(whole.content)}"
    assert whole.headers["content-security-policy"].startswith("default-src 'none'")


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "documents": 4}


BAD_REQUESTS = [
    ("POST", "/ask", {"json": {}}, 422),
    ("POST", "/ask", {"json": {"question": "  "}}, 422),
    ("POST", "/ask", {"json": {"question": "?!"}}, 422),
    ("POST", "/ask", {"json": {"question": "a" * 1001}}, 422),
    ("POST", "/ask", {"json": {"question": "a", "year": "x"}}, 422),
    ("POST", "/ask", {"json": {"question": "a", "lang": "sv"}}, 422),
    ("POST", "/ask", {"json": {"question": "a", "nonsense": 1}}, 422),
    ("POST", "/ask", {"content": b"{", "headers": {"content-type": "application/json"}}, 422),
    ("POST", "/ask", {"content": b"\xff\xfe"}, 422),
    ("POST", "/ask", {"json": [1]}, 422),
    ("POST", "/ask/stream", {"json": {"question": ""}}, 422),
    ("GET", "/ask", {}, 405),
    ("GET", "/search", {}, 422),
    ("GET", "/search?q=%00", {}, 422),
    ("GET", "/search?q=a&k=0", {}, 422),
    ("GET", "/search?q=a&k=1001", {}, 422),
    ("GET", "/figures", {}, 422),
    ("GET", "/figures?q=a&format=exe", {}, 422),
    ("GET", "/tables/none", {}, 404),
    ("GET", "/tables/..%2f..%2fetc", {}, 404),
    ("GET", "/documents/none/pages/1", {}, 404),
    ("GET", "/documents/fjordvik-2024/pages/0", {}, 422),
    ("GET", "/documents/fjordvik-2024/pages/9", {}, 404),
    ("GET", "/documents/fjordvik-2024/pages/one", {}, 422),
    ("GET", "/documents/fjordvik-2024/pages/9/image", {}, 404),
    ("GET", "/documents/fjordvik-2024/pages/1/image?box=1,2,3", {}, 422),
    ("GET", "/documents/fjordvik-2024/pages/1/image?box=a,b,c,d", {}, 422),
    ("GET", "/documents/fjordvik-2024/pages/1/image?box=nan,1,2,3", {}, 422),
    ("GET", "/documents/..%2f..%2fetc%2fpasswd/file", {}, 404),
    ("GET", "/documents/none/file", {}, 404),
    ("DELETE", "/documents", {}, 405),
    ("POST", "/feedback", {"json": {}}, 422),
    ("POST", "/feedback", {"json": {"verdict": "bad", "reason": "none"}}, 422),
    ("GET", "/feedback/newest", {}, 401),
    ("GET", "/nothing", {}, 404),
    ("POST", "/ask", {"json": {"question": "krasj"}}, 500),
]


@pytest.mark.parametrize(("method", "path", "request_parts", "status"), BAD_REQUESTS)
def test_every_error_has_the_one_shape(
    client: TestClient, method: str, path: str, request_parts: dict[str, Any], status: int
) -> None:
    response = client.request(method, V1 + path, **request_parts)
    assert response.status_code == status
    kinds = {422: "invalid-request", 404: "not-found", 405: "method-not-allowed"}
    kinds |= {401: "unauthorized", 500: "internal"}
    assert_problem(response, kinds[status])
    assert response.headers["x-content-type-options"] == "nosniff"


def test_an_error_never_repeats_what_was_sent(client: TestClient) -> None:
    for body in ({"question": "hemmelig" * 200}, {"question": {"hemmelig": 1}}, ["hemmelig"]):
        assert "hemmelig" not in client.post(f"{V1}/ask", json=body).text


def test_extreme_boxes_still_give_a_picture(client: TestClient) -> None:
    address = f"{V1}/documents/fjordvik-2024/pages/1/image"
    for box in ("-99999,-99999,99999,99999", "500,500,100,100", "9000,9000,9001,9001", "0,0,0,0"):
        assert client.get(address, params={"box": box}).status_code == 200


def test_a_body_that_is_too_large_is_refused_declared_or_not(client: TestClient) -> None:
    large = b'{"question": "' + b"a" * 20_000 + b'"}'

    def in_pieces() -> Iterator[bytes]:
        yield from (large[i : i + 1000] for i in range(0, len(large), 1000))

    headers = {"content-type": "application/json"}
    for content in (large, in_pieces()):
        response = client.post(f"{V1}/ask", content=content, headers=headers)
        assert response.status_code == 413
        assert_problem(response, "body-too-large")


def test_every_response_carries_the_safety_headers(client: TestClient) -> None:
    for path in ("/", "/om", "/static/ask.js", f"{V1}/status", "/nothing", "/healthz"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_too_many_questions_are_told_when_to_come_back(
    service: SmallService, tmp_path: Path
) -> None:
    settings = ApiSettings(store=tmp_path / "api.db", questions="2/minute", key_factor=2)
    key = create_key(tmp_path / "api.db", "council")
    client = TestClient(create_app(service, settings))
    question = {"question": "Hva var resultatet?"}
    statuses = [client.post(f"{V1}/ask", json=question).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.post(f"{V1}/ask/stream", json=question)
    assert_problem(refused, "too-many-requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 120
    headers = {"authorization": f"Bearer {key}"}
    with_key = [
        client.post(f"{V1}/ask", json=question, headers=headers).status_code for _ in range(5)
    ]
    assert with_key == [200, 200, 200, 200, 429]


def test_a_service_that_is_full_says_so(service: SmallService) -> None:
    client = TestClient(create_app(service, ApiSettings(at_once=0)))
    response = client.post(f"{V1}/ask", json={"question": "Hva var resultatet?"})
    assert_problem(response, "busy")
    assert response.headers["retry-after"] == "3"


def test_a_closed_service_answers_only_with_a_key(service: SmallService, tmp_path: Path) -> None:
    store = tmp_path / "api.db"
    key = create_key(store, "council")
    client = TestClient(create_app(service, ApiSettings(public=False, store=store)))
    question = {"question": "Hva var resultatet?"}
    for headers in ({}, {"authorization": "Bearer ksv_wrong"}):
        response = client.post(f"{V1}/ask", json=question, headers=headers)
        assert_problem(response, "unauthorized")
        assert response.headers["www-authenticate"] == "Bearer"
        assert client.get(f"{V1}/documents", headers=headers).status_code == 401
        assert client.get("/", headers=headers).status_code == 401
        assert client.post("/spor", data=question, headers=headers).status_code == 401
    headers = {"authorization": f"Bearer {key}"}
    assert client.post(f"{V1}/ask", json=question, headers=headers).status_code == 200
    revoke_key(store, "council")
    assert client.post(f"{V1}/ask", json=question, headers=headers).status_code == 401
    assert client.get("/healthz").status_code == 200


def test_only_a_hash_of_a_key_is_kept(tmp_path: Path) -> None:
    store = tmp_path / "api.db"
    key = create_key(store, "journalist", scope="admin")
    assert len(key) > 40
    assert key.encode() not in store.read_bytes()
    assert [(k.name, k.scope, k.revoked) for k in list_keys(store)] == [
        ("journalist", "admin", None)
    ]
    with pytest.raises(UsageError, match="journalist"):
        create_key(store, "journalist")
    revoke_key(store, "journalist")
    with pytest.raises(UsageError, match="journalist"):
        revoke_key(store, "journalist")


def test_feedback_is_kept_and_read_only_with_an_admin_key(
    client: TestClient, tmp_path: Path
) -> None:
    body = {"verdict": "bad", "reason": "wrong_year", "question": "Ring meg på 912 34 567?"}
    assert client.post(f"{V1}/feedback", json=body).status_code == 201
    store = tmp_path / "api.db"
    reader, admin = create_key(store, "reader"), create_key(store, "admin", scope="admin")
    refused = client.get(f"{V1}/feedback/newest", headers={"authorization": f"Bearer {reader}"})
    assert_problem(refused, "forbidden")
    kept = client.get(f"{V1}/feedback/newest", headers={"authorization": f"Bearer {admin}"}).json()
    assert kept["feedback"][0]["reason"] == "wrong_year"
    assert kept["feedback"][0]["question"] == "Ring meg på [telefonnummer]?"


def test_metrics_count_routes_and_answers_by_template(client: TestClient) -> None:
    client.post(f"{V1}/ask", json={"question": "Hva var resultatet?"})
    client.get(f"{V1}/documents/fjordvik-2024/pages/1")
    client.get("/some/secret/path")
    text = client.get("/metrics").text
    assert 'kommunesvar_answers_total{status="answered"} 1' in text
    assert "{doc}" in text
    assert "fjordvik" not in text
    assert "secret" not in text
    assert 'le="+Inf"' in text


def test_the_description_names_every_operation_once(client: TestClient) -> None:
    described = client.get(f"{V1}/openapi.json").json()
    operations = [
        operation["operationId"]
        for path in described["paths"].values()
        for operation in path.values()
    ]
    assert len(operations) == len(set(operations))
    assert {"ask", "askStream", "search", "figures", "table", "page", "pageImage"} <= set(
        operations
    )
    assert described["info"]["title"] == "Kommunesvar"


def test_every_parameter_is_described_and_every_answer_has_an_example(
    service: SmallService, tmp_path: Path
) -> None:
    settings = ApiSettings(store=tmp_path / "api.db", reports=tmp_path / "reports")
    described = create_app(service, settings, IndexLibrary(Settings())).openapi()
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            for parameter in operation.get("parameters", []):
                assert parameter.get("description"), (path, parameter["name"])
            answers = [r for code, r in operation["responses"].items() if code.startswith("2")]
            for content in (r.get("content", {}).get("application/json") for r in answers):
                assert content is None or content["example"], path
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body:
                name = body["schema"]["$ref"].split("/")[-1]
                assert described["components"]["schemas"][name]["examples"], path


def test_the_example_of_an_answer_has_the_shape_of_an_answer(client: TestClient) -> None:
    answer = client.post(f"{V1}/ask", json={"question": "Hva var resultatet?"}).json()
    assert EXAMPLES["ask"].keys() == answer.keys()
    assert EXAMPLES["ask"]["citations"][0].keys() == answer["citations"][0].keys()


def test_a_wrong_method_is_told_which_ones_there_are(service: SmallService, tmp_path: Path) -> None:
    settings = ApiSettings(store=tmp_path / "api.db", reports=tmp_path / "reports")
    client = TestClient(create_app(service, settings, IndexLibrary(Settings())))
    assert client.put(f"{V1}/documents").headers["allow"] == "GET, POST"
    assert client.get(f"{V1}/ask").headers["allow"] == "POST"


def test_the_documentation_lists_every_kind_of_problem() -> None:
    text = (Path(__file__).parents[1] / "docs" / "api.md").read_text("utf-8")
    for kind, (status, _) in KINDS.items():
        assert f"| `urn:kommunesvar:problem:{kind}` | {status} |" in text
