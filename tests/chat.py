"""A real server and a real browser for the tests of the chat page, and what they share."""

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from small_service import SmallService

from api.app import create_app
from api.server import make_server, open_socket
from api.service import Service
from api.settings import ApiSettings
from kommunesvar.service import IndexService
from kommunesvar.settings import Settings

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

RESULT = "Hva var netto driftsresultat i Fjordvik i 2024?"
GROWTH = "Hvor stor var veksten i rammetilskuddet?"
SERIES = "Hvordan har netto driftsresultat utviklet seg?"
UNCLEAR = "Hvor høyt var sykefraværet?"
NOT_THERE = "Hva står det om romfart?"

Open = Callable[..., Page]


class Site:
    """A real server on a free port that can be stopped and started again."""

    def __init__(self, folder: Path, index: Path | None = None, **settings: Any) -> None:
        """Over the small service, or over a real index."""
        self.store = folder / "api.db"
        many = "100000/minute"
        self.service = SmallService(folder)
        self.answers_from: Service = IndexService(Settings(index=index)) if index else self.service
        self.settings = ApiSettings(store=self.store, questions=many, reads=many, **settings)
        self.port = 0
        self.start()

    def start(self) -> None:
        listener = open_socket("127.0.0.1", self.port)
        self.port = listener.getsockname()[1]
        self.server = make_server(create_app(self.answers_from, self.settings))
        self.thread = threading.Thread(target=self.server.run, args=([listener],), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def ask(page: Page, question: str) -> Any:
    """Ask and wait for the whole answer."""
    before = page.locator("article").count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("article[aria-busy=false]")).to_have_count(before + 1)
    return page.locator("article").last


VIEWS = [
    "start",
    "answer",
    "table",
    "series",
    "clarify",
    "not found",
    "source",
    "feedback",
    "about",
]


def show(open_page: Open, view: str, **options: Any) -> Page:
    """The page in one of its states."""
    page = open_page("/om" if view == "about" else "/", **options)
    if view in ("answer", "table", "source", "feedback"):
        turn = ask(page, RESULT)
        if view == "table":
            turn.get_by_text("Hele tabellen").click()
            expect(turn.locator("td.used")).to_be_visible()
        if view == "source":
            turn.locator("button.cite").click()
            page.get_by_text("Siden som tekst").click()
            expect(page.get_by_role("dialog").locator("mark")).to_be_attached()
        if view == "feedback":
            turn.get_by_role("button", name="Nei").click()
    others = {"series": SERIES, "clarify": UNCLEAR, "not found": NOT_THERE}
    if view in others:
        ask(page, others[view])
    return page
