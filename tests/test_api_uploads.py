"""Reports in and out over HTTP: what is refused, what survives a crash, what answers meanwhile."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from small_service import SmallService, typeset_report

from api.app import create_app
from api.jobs import PENDING, Jobs
from api.keys import create_key
from api.settings import ApiSettings
from figures.errors import ReadError
from kommunesvar.__main__ import main
from kommunesvar.library import IndexLibrary
from kommunesvar.service import IndexService
from kommunesvar.settings import Settings

V1 = "/api/v1"
TEXT = "# {} kommune – Årsrapport 2024\n\n## 1 Skole\n\nKommunen bygde {}.\n"


class SmallLibrary:
    """Remembers files by their document; a file that says so cannot be read."""

    def __init__(self) -> None:
        self.held: dict[str, Path] = {}
        self.gate = threading.Event()
        self.gate.set()

    def change(
        self,
        *,
        add: Sequence[Path],
        drop: Sequence[str],
        progress: Callable[[str, int, int], None],
    ) -> list[str]:
        self.gate.wait(10)
        for path in add:
            if b"unreadable" in path.read_bytes():
                raise ReadError(f"{path.name}: cannot be read")
            progress(path.name, 1, 1)
            self.held[path.stem] = path.resolve()
        for doc in drop:
            self.held.pop(doc, None)
        return ["side 3 har ikke tekst"] if add else []

    def files(self) -> dict[str, Path]:
        return dict(self.held)


@pytest.fixture
def library() -> SmallLibrary:
    return SmallLibrary()


@pytest.fixture
def client(tmp_path: Path, library: SmallLibrary) -> Iterator[TestClient]:
    settings = ApiSettings(store=tmp_path / "api.db", reports=tmp_path / "reports", upload_mb=1)
    app = create_app(SmallService(tmp_path), settings, library)
    with TestClient(app, raise_server_exceptions=False) as client:
        key = create_key(tmp_path / "api.db", "admin", scope="admin")
        client.headers["authorization"] = f"Bearer {key}"
        yield client


def send(client: TestClient, name: str, content: bytes = b"# Rapport") -> Any:
    return client.post(f"{V1}/documents", params={"name": name}, content=content)


def finish(client: TestClient, answer: Any) -> Any:
    assert answer.status_code == 202, answer.text
    url = answer.json()["url"]
    assert answer.headers["location"] == url
    for _ in range(600):
        job = client.get(url).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_an_accepted_report_is_indexed_and_its_job_says_so(
    client: TestClient, library: SmallLibrary
) -> None:
    job = finish(client, send(client, "Ås og Øy-2024.md"))
    assert (job["state"], job["document"], job["action"]) == ("done", "Ås og Øy-2024", "add")
    assert job["warnings"] == ["side 3 har ikke tekst"]
    assert library.held["Ås og Øy-2024"].read_bytes() == b"# Rapport"


def test_the_events_of_a_job_end_with_its_end(client: TestClient, library: SmallLibrary) -> None:
    library.gate.clear()
    url = send(client, "a.md").json()["url"]
    threading.Timer(0.5, library.gate.set).start()
    text = client.get(f"{url}/events").text
    blocks = [dict(line.split(": ", 1) for line in b.split("\n")) for b in text.split("\n\n") if b]
    names = [block["event"] for block in blocks]
    order = ["queued", "reading", "writing", "done"]
    assert names == [name for name in order if name in names]  # a short state may be missed
    assert names[-1] == "done"
    assert len(names) > 1
    assert json.loads(blocks[-1]["data"])["document"] == "a"


def test_a_report_of_the_same_id_is_replaced_and_the_old_file_goes(
    client: TestClient, library: SmallLibrary, tmp_path: Path
) -> None:
    finish(client, send(client, "a.md", b"# En"))
    finish(client, send(client, "a.txt", b"To"))
    files = [path for path in (tmp_path / "reports").rglob("*") if path.is_file()]
    assert files == [library.held["a"]]
    assert files[0].name == "a.txt"


def test_a_removed_report_leaves_nothing(
    client: TestClient, library: SmallLibrary, tmp_path: Path
) -> None:
    finish(client, send(client, "fjordvik-2024.md"))
    job = finish(client, client.delete(f"{V1}/documents/fjordvik-2024"))
    assert (job["state"], job["action"]) == ("done", "remove")
    assert library.held == {}
    assert list((tmp_path / "reports").iterdir()) == []


def test_a_report_that_cannot_be_read_fails_and_keeps_the_old_one(
    client: TestClient, library: SmallLibrary
) -> None:
    finish(client, send(client, "a.md", b"# En"))
    job = finish(client, send(client, "a.md", b"unreadable"))
    assert (job["state"], job["detail"]) == ("failed", "a.md: cannot be read")
    assert library.held["a"].read_bytes() == b"# En"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("../a.md", 422),
        ("..\\a.md", 422),
        ("/etc/a.md", 422),
        ("x/a.md", 422),
        (".a.md", 422),
        ("-rf.md", 422),
        ("a\x00.md", 422),
        ("a\n.md", 422),
        ("<script>.md", 422),
        ("a" * 101 + ".md", 422),
        ("字" * 100 + ".md", 422),
        ("..", 415),
        (".md", 415),
        ("a.exe", 415),
        ("a.md.sh", 415),
        ("", 422),
        ("a" * 200, 422),
    ],
)
def test_a_name_that_is_no_plain_reports_name_is_refused(
    client: TestClient, tmp_path: Path, name: str, status: int
) -> None:
    response = send(client, name)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert not list((tmp_path / "reports").rglob("*"))


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.pdf", b"not a pdf", 415),
        ("a.docx", b"not a docx", 415),
        ("a.md", b"\x00\x01", 415),
        ("a.md", b"", 422),
        ("a.md", b"a" * 1_000_001, 413),
    ],
)
def test_a_file_that_is_not_what_it_says_or_too_large_is_refused(
    client: TestClient, tmp_path: Path, name: str, content: bytes, status: int
) -> None:
    assert send(client, name, content).status_code == status
    assert not list((tmp_path / "reports").rglob("*"))


def test_only_an_admin_may_change_the_index_or_see_its_jobs(
    client: TestClient, tmp_path: Path
) -> None:
    reader = create_key(tmp_path / "api.db", "reader")
    for key, status in (("", 401), (f"Bearer {reader}", 403)):
        client.headers["authorization"] = key
        assert send(client, "a.md").status_code == status
        for method, path in (
            ("DELETE", "fjordvik-2024"),
            ("GET", "jobs/1"),
            ("GET", "jobs/1/events"),
        ):
            assert client.request(method, f"{V1}/documents/{path}").status_code == status


def test_what_is_not_there_is_said(client: TestClient) -> None:
    for method, path in (("DELETE", "none"), ("GET", "jobs/none"), ("GET", "jobs/none/events")):
        response = client.request(method, f"{V1}/documents/{path}")
        assert response.json()["type"].endswith(":not-found")


def test_what_was_accepted_before_a_crash_is_done_at_the_next_start(tmp_path: Path) -> None:
    library = SmallLibrary()
    crashed = Jobs(tmp_path, library, after=lambda: None)
    part = crashed.new_folder()
    (part / "a.md").write_text("# Rapport")
    job = crashed.accept(part, action="add", document="a")
    (crashed.new_folder() / "half.md").write_text("# Ra")
    assert (tmp_path / job.id / PENDING).exists()
    Jobs(tmp_path, library, after=lambda: None).start()
    for _ in range(100):
        if not (tmp_path / job.id / PENDING).exists():
            break
        time.sleep(0.02)
    assert library.held["a"].read_text() == "# Rapport"
    assert [path.name for path in tmp_path.rglob("*.md")] == ["a.md"]


def test_the_real_index_takes_a_report_in_and_out_and_answers_meanwhile(tmp_path: Path) -> None:
    typeset_report(tmp_path / "fjordvik-2024.pdf")
    index = tmp_path / "index"
    assert main(["index", str(tmp_path / "fjordvik-2024.pdf"), "--index", str(index)]) == 0
    settings = Settings(index=index)
    api = ApiSettings(
        store=tmp_path / "api.db", reports=tmp_path / "reports", questions="1000/minute"
    )
    key = create_key(tmp_path / "api.db", "admin", scope="admin")
    question = {"question": "Hva var netto driftsresultat i Fjordvik i 2024?"}
    with TestClient(create_app(IndexService(settings), api, IndexLibrary(settings))) as client:
        client.headers["authorization"] = f"Bearer {key}"
        answer = send(client, "Vestvik-2024.md", TEXT.format("Vestvik", "en svømmehall").encode())
        assert client.post(f"{V1}/ask", json=question).json()["status"] == "answered"
        assert finish(client, answer)["state"] == "done"
        ids = [document["id"] for document in client.get(f"{V1}/documents").json()["documents"]]
        assert sorted(ids) == ["Vestvik-2024", "fjordvik-2024"]
        found = client.get(f"{V1}/search?q=svømmehall").json()["passages"][0]
        assert found["doc"] == "Vestvik-2024"
        file = client.get(f"{V1}/documents/Vestvik-2024/file")
        assert "svømmehall" in file.text
        assert file.headers["content-type"] == "text/plain; charset=utf-8"
        assert "sandbox" in file.headers["content-security-policy"]
        for doc in ids:
            assert finish(client, client.delete(f"{V1}/documents/{doc}"))["state"] == "done"
        assert client.get(f"{V1}/documents").json() == {"documents": []}
        assert client.get("/readyz").status_code == 503
        assert client.post(f"{V1}/ask", json=question).status_code == 200
    assert (tmp_path / "fjordvik-2024.pdf").exists()
    assert list((tmp_path / "reports").iterdir()) == []


def test_an_index_of_another_embedder_is_never_replaced_by_one_report(tmp_path: Path) -> None:
    typeset_report(tmp_path / "fjordvik-2024.pdf")
    index = tmp_path / "index"
    assert main(["index", str(tmp_path / "fjordvik-2024.pdf"), "--index", str(index)]) == 0
    manifest = next(index.glob("g*/manifest.json"))
    manifest.write_text(manifest.read_text().replace('"embedder": "', '"embedder": "other-'))
    report = tmp_path / "a.md"
    report.write_text(TEXT.format("Vestvik", "en svømmehall"))
    library = IndexLibrary(Settings(index=index))
    with pytest.raises(Exception, match="index all the reports again"):
        library.change(add=[report], drop=[], progress=lambda *_: None)
    assert library.files().keys() == {"fjordvik-2024"}
