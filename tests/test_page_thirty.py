"""The chat page over a real index of thirty reports: the right place, and how soon."""

from collections.abc import Iterator

import pytest
from chat import Site, ask
from playwright.sync_api import Browser, Page, expect

from indexer.build import build_index
from indexer.embed import load_embedder

PLACES = (
    *("Asker", "Bodø", "Drammen", "Elverum", "Farsund", "Gjøvik", "Halden", "Indre Østfold"),
    *("Kragerø", "Larvik", "Molde", "Narvik", "Orkland", "Porsgrunn", "Ringerike"),
)
REPORT = """# {place} kommune – Årsrapport {year}

## 1 Økonomi

{place} kommune brukte mest penger på skole i {year}.

Tabell 1 Regnskap for skole {year}. Tall i tusen kr

Post\tRegnskap {year}\tBudsjett {year}\tAvvik
Lønn\t{wages}\t{wages}\t0
Varer\t3 100\t3 100\t0
Sum\t{total}\t{total}\t0

## 2 Ansatte

Sykefraværet i {place} kommune var {leave} prosent i {year}.
"""


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("thirty")
    reports = folder / "reports"
    reports.mkdir()
    for n, place in enumerate(PLACES):
        for year in (2023, 2024):
            text = REPORT.format(
                place=place,
                year=year,
                wages=f"{40 + n} {year - 1900}",
                total=f"{43 + n} {year - 1800}",
                leave=f"{5 + n},{year - 2020}",
            )
            name = f"{place.lower().replace(' ', '-')}-{year}.md"
            (reports / name).write_text(text, "utf-8")
    index = folder / "index"
    build_index([reports], index, embedder=load_embedder())
    site = Site(folder, index)
    yield site
    site.stop()


@pytest.fixture
def page(thirty: Site, browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(thirty.address)
    yield page
    page.close()


def test_thirty_reports_are_summed_up_and_can_be_chosen_from(page: Page) -> None:
    expect(page.locator(".holds").first).to_contain_text("Svarer fra 30 årsrapporter.")
    places = page.get_by_label("Kommune").locator("option").all_text_contents()
    assert places[1:] == sorted(PLACES)
    assert len(page.locator(".examples button").all()) >= 1


def test_the_answer_is_the_named_places_own(page: Page) -> None:
    turn = ask(page, "Hva var sykefraværet i Kragerø i 2024?")
    expect(turn.locator(".scope")).to_contain_text("Kragerø 2024")
    expect(turn.locator(".figure strong")).to_contain_text("13,4")
    expect(turn.locator(".sources")).to_contain_text("Kragerø kommune – Årsrapport 2024")


def test_an_unclear_question_is_asked_back_with_few_choices(page: Page) -> None:
    turn = ask(page, "Hva var sykefraværet i 2024?")
    assert 2 <= len(turn.locator(".options button").all()) <= len(PLACES)


def test_the_first_source_is_on_the_screen_soon(page: Page) -> None:
    """200 ms is the aim on a machine at rest; the limit here leaves room for a busy one."""
    ask(page, "Hva var lønn til skole i Bodø i 2024?")
    page.evaluate(
        """() => new MutationObserver((_, watcher) => {
          const last = document.querySelector("article:last-child");
          if (!last?.querySelector(".sources li")) return;
          document.body.dataset.took = performance.now() - window.asked;
          watcher.disconnect();
        }).observe(document.getElementById("log"), {childList: true, subtree: true})"""
    )
    page.get_by_role("textbox").fill("Hva var lønn til skole i Molde i 2023?")
    page.evaluate(
        "window.asked = performance.now(); document.querySelector('form').requestSubmit()"
    )
    page.locator("body[data-took]").wait_for()
    assert float(page.locator("body").get_attribute("data-took") or "inf") < 1000


def test_a_phone_on_a_slow_line_can_ask_within_seconds(thirty: Site, browser: Browser) -> None:
    """4G of 1.6 Mbit/s and 150 ms, a processor four times slower: one second at rest."""
    page = browser.new_page(viewport={"width": 390, "height": 800}, is_mobile=True)
    devtools = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000}
    devtools.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": 100_000})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(thirty.address, wait_until="commit")
    page.get_by_role("textbox").wait_for()
    page.locator("#theme:not([hidden])").wait_for()  # the scripts have run
    usable = page.evaluate("performance.now()")
    assert usable < 5000
    page.close()
