"""What a person writes about themselves goes no further than the door."""

import logging
import random
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from small_service import SmallService

from api.app import create_app
from api.privacy import mask
from api.settings import ApiSettings

V1 = "/api/v1"


def identity_number(random_: random.Random) -> str:
    """A made-up fødselsnummer with right control digits, of a person who cannot exist."""
    while True:
        digits = [int(d) for d in f"{random_.randint(1, 28):02d}{random_.randint(1, 12) + 80:02d}"]
        digits += [random_.randint(0, 9) for _ in range(5)]
        first = -sum(a * b for a, b in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), digits, strict=True)) % 11
        second = -sum(
            a * b for a, b in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*digits, first], strict=True)
        )
        if first < 10 and second % 11 < 10:
            return "".join(map(str, [*digits, first, second % 11]))


def test_identity_numbers_are_masked_in_every_grouping() -> None:
    random_ = random.Random(7)
    for _ in range(200):
        number = identity_number(random_)
        for written in (number, f"{number[:6]} {number[6:]}", f"{number[:6]}-{number[6:]}"):
            assert mask(f"Hva med {written}?") == "Hva med [fødselsnummer]?"


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("1234.56.78911", "[kontonummer]"),
        ("1234 56 78911", "[kontonummer]"),
        ("912 34 567", "[telefonnummer]"),
        ("91 23 45 67", "[telefonnummer]"),
        ("+47 91234567", "[telefonnummer]"),
        ("+4791234567", "[telefonnummer]"),
        ("91234567", "[telefonnummer]"),
        ("kari.nordmann@fjordvik.kommune.no", "[e-postadresse]"),
    ],
)
def test_accounts_phones_and_addresses_are_masked(written: str, masked: str) -> None:
    assert mask(f"Skriv til {written}, takk") == f"Skriv til {masked}, takk"


@pytest.mark.parametrize(
    "question",
    [
        "Var gjelden 45 000 000 i 2024?",
        "Var gjelden 45000000 kroner i 2024?",
        "Var det kr 45000000?",
        "Økte den fra 1 234 567 890 til 2 345 678 901?",
        "Hva var gjelden i 2022 2023 2024?",
        "Er 349 978 388 008 372 050 321 828 riktig?",
        "Hva er organisasjonsnummer 942 110 464?",
        "Var det 12,45 prosent av 91 234 567?",
        "Hva skjedde 31.12.2024?",
        "Var det 23.456.789 kr?",
    ],
)
def test_figures_and_years_are_left_as_they_are(question: str) -> None:
    assert mask(question) == question


def test_the_service_sees_only_the_masked_question_and_history(tmp_path: Path) -> None:
    service = SmallService(tmp_path)
    client = TestClient(create_app(service))
    secret = "Jeg heter x@y.no, hva var resultatet?"
    history = [{"question": secret, "answer": secret}]
    client.post(f"{V1}/ask", json={"question": secret, "history": history})
    assert "x@y.no" not in repr(service.seen)
    assert "[e-postadresse]" in repr(service.seen)


def test_a_thousand_marked_questions_leave_no_mark_anywhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpx2"):  # the test's own client tells which address it asks
        caplog.set_level(logging.WARNING, logger=name)
    many = "100000/minute"
    settings = ApiSettings(store=tmp_path / "api.db", questions=many, reads=many)
    app = create_app(SmallService(tmp_path), settings)
    client = TestClient(app, raise_server_exceptions=False)
    for n in range(1000):
        mark = f"merke{n}xyz"
        words = ("krasj", "romfart", "vekst", "resultat")[n % 4]
        method, address, body = (
            ("POST", f"{V1}/ask", {"json": {"question": f"{words} {mark}"}}),
            ("POST", f"{V1}/ask/stream", {"json": {"question": f"{words} {mark}"}}),
            ("POST", "/spor", {"data": {"question": f"{words} {mark}"}}),
            ("POST", f"{V1}/ask", {"json": {"question": mark, "wrong": mark}}),
            ("GET", "/", {"params": {"q": f"{words} {mark}"}}),
        )[n // 4 % 5]
        client.request(method, address, **body)  # type: ignore[arg-type]
    metrics = client.get("/metrics").text
    captured = capfd.readouterr()
    for place in (metrics, captured.out, captured.err, caplog.text):
        assert "xyz" not in place
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"xyz" not in file.read_bytes()
