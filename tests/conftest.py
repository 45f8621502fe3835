"""Fixtures that several test files share: an index of the samples, the page's site and browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat import CHROMIUM, FLAGS, Open, Site
from playwright.sync_api import Browser, Page, sync_playwright

from indexer.build import build_index
from indexer.embed import load_embedder
from indexer.index import Index

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"


@pytest.fixture(scope="session")
def samples_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample reports, indexed once; tests only read it."""
    folder = tmp_path_factory.mktemp("samples") / "index"
    build_index([SAMPLES], folder, embedder=load_embedder())
    return folder


@pytest.fixture(scope="session")
def samples(samples_index: Path) -> Index:
    """The same, opened."""
    return Index(samples_index, embedder="bundled")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Open]:
    """Open an address of the site; at the end nothing may have gone wrong or outside."""
    complaints: list[str] = []
    contexts = []

    def open_address(path: str = "/", **options: Any) -> Page:
        expected = options.pop("expected", None)
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))

        def on_console(message: Any) -> None:
            if message.type in ("error", "warning") and not (
                expected and re.search(expected, message.text)
            ):
                complaints.append(message.text)

        def on_request(request: Any) -> None:
            if not request.url.startswith((site.address, "blob:", "data:")):
                complaints.append(f"a request to another host: {request.url}")

        page.on("console", on_console)
        page.on("request", on_request)
        page.goto(site.address + path)
        return page

    yield open_address
    for context in contexts:
        context.close()
    assert complaints == []
