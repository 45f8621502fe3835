"""The chat page in a real browser: Debian's Chromium against a real server."""

import re
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from chat import GROWTH, NOT_THERE, RESULT, SERIES, UNCLEAR, Open, Site, ask
from playwright.sync_api import Browser, expect

from api.html import LANGUAGES, WEB, read_texts
from api.keys import create_key


def test_ask_and_see_the_scope_the_figure_the_text_and_the_source(open_page: Open) -> None:
    page = open_page()
    turn = ask(page, RESULT)
    expect(turn.get_by_role("heading", level=2)).to_contain_text(RESULT)
    expect(turn.locator(".scope")).to_contain_text("Forstått som Fjordvik 2024")
    expect(turn.locator(".scope")).to_contain_text("Maskinlaget svar")
    expect(turn.locator(".figure strong")).to_have_text("41,2 mill. kr")
    expect(turn.locator(".figure")).to_contain_text(
        "Resultat › Netto driftsresultat · Regnskap 2024"
    )
    expect(turn.locator(".text")).to_contain_text("netto driftsresultat på 41,2 mill. kr i 2024")
    expect(turn.locator(".sources blockquote")).to_have_text("Netto driftsresultat 41,2 19,7")
    expect(page.get_by_role("textbox")).to_be_focused()
    assert page.url.endswith("/")


def test_a_citation_opens_the_page_with_the_place_marked(open_page: Open) -> None:
    page = open_page()
    turn = ask(page, RESULT)
    marker = turn.get_by_role("button", name=re.compile(r"^\[1\] Kilde: "))
    with page.expect_response(re.compile("/pages/1/image")) as answered:
        marker.click()
    assert answered.value.status == 200
    assert "box=70.0,257.0,512.0,273.0" in answered.value.url
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading")).to_have_text("Fjordvik kommune – Årsrapport 2024, side 1")
    picture = panel.get_by_role("img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 1000
    yellow = picture.evaluate(
        """image => {
          const canvas = document.createElement("canvas");
          canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
          const paper = canvas.getContext("2d");
          paper.drawImage(image, 0, 0);
          const scale = image.naturalWidth / 595.28;
          return Array.from(paper.getImageData(300 * scale, 260 * scale, 1, 1).data);
        }"""
    )
    assert [abs(a - b) <= 6 for a, b in zip(yellow, (255, 222, 89), strict=False)] == [True] * 3
    panel.get_by_text("Siden som tekst").click()
    expect(panel.locator("mark")).to_have_text("Netto driftsresultat 41,2 19,7")
    panel.get_by_role("button", name="Neste side").click()
    expect(panel.get_by_role("heading")).to_contain_text("side 2")
    expect(panel.get_by_role("button", name="Neste side")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(marker).to_be_focused()


def test_a_report_without_pages_opens_as_text_with_the_quote_marked(open_page: Open) -> None:
    page = open_page()
    ask(page, "Hva er kommunens historie?").get_by_role(
        "button", name=re.compile(r"^\[1\]")
    ).click()
    expect(page.get_by_role("dialog").locator("mark")).to_contain_text("Sykefraværet i 2024")


def test_the_table_around_a_figure_shows_the_used_cell(open_page: Open) -> None:
    turn = ask(open_page(), RESULT)
    turn.get_by_text("Hele tabellen").click()
    expect(turn.locator("td.used mark")).to_have_text("41,2")
    expect(turn.locator("table tbody th[scope=row]")).to_have_count(5)
    expect(turn.locator(".trust")).to_contain_text("summene stemmer")


def test_two_figures_of_one_table_are_marked_in_it_together(open_page: Open) -> None:
    turn = ask(open_page(), GROWTH)
    expect(turn.get_by_text("Hele tabellen")).to_have_count(1)
    turn.get_by_text("Hele tabellen").click()
    expect(turn.locator("td.used mark")).to_have_text(["512,4", "498,1"])


def test_many_sources_are_folded_in(open_page: Open) -> None:
    turn = ask(open_page(), "Gi meg en rangering")
    expect(turn.locator(".sources > ol > li")).to_have_count(6)
    turn.get_by_text("4 kilder til").click()
    expect(turn.locator(".sources details li").first).to_contain_text("[7]")


def test_a_calculation_folds_out(open_page: Open) -> None:
    turn = ask(open_page(), GROWTH)
    steps = turn.locator(".steps")
    expect(steps).to_be_hidden()
    turn.get_by_text("Slik er det regnet ut").click()
    expect(turn.locator(".expression")).to_have_text("512,4 − 498,1 = 14,3 mill. kr")
    expect(steps.locator("li")).to_have_count(2)


def test_a_series_is_a_chart_with_its_table_and_downloads(open_page: Open) -> None:
    page = open_page()
    turn = ask(page, SERIES)
    chart = turn.get_by_role("img")
    expect(chart).to_have_attribute("aria-label", re.compile("2021 −12,5, 2022 8,0"))
    expect(turn.locator(".scope")).to_contain_text("2021–2024")
    turn.get_by_text("Tallene i diagrammet").click()
    expect(turn.locator(".chart-box tbody tr")).to_have_count(4)
    with page.expect_download() as csv:
        turn.get_by_role("button", name=re.compile("CSV")).click()
    assert '"2021";-12500000' in csv.value.path().read_text("utf-8")
    with page.expect_download() as png:
        turn.get_by_role("button", name=re.compile("PNG")).click()
    assert png.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_question_back_is_answered_with_a_button(open_page: Open) -> None:
    page = open_page()
    turn = ask(page, UNCLEAR)
    expect(turn.locator(".text")).to_have_text("Hvilken kommune mener du?")
    turn.get_by_role("button", name="Fjordvik").click()
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("article").last.locator(".text")).to_contain_text("8,1 prosent")


def test_what_the_reports_do_not_say_is_said_plainly(open_page: Open) -> None:
    turn = ask(open_page(), NOT_THERE)
    expect(turn.locator(".verdict")).to_have_text("Står ikke i rapportene")
    expect(turn.locator(".text")).to_contain_text("Rapporten handler om")


def test_a_follow_up_sends_the_conversation(open_page: Open, site: Site) -> None:
    page = open_page()
    turn = ask(page, RESULT)
    turn.get_by_role("button", name="Hva med 2023?").click()
    expect(page.locator("article[aria-busy=false]")).to_have_count(2)
    question, turns = site.service.seen[-1]
    assert question == "Hva med 2023?"
    assert [turn.question for turn in turns] == [RESULT]


def test_the_filters_are_sent(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Kommune").select_option("Havnes")
    page.get_by_label("År").select_option("2023")
    expect(ask(page, RESULT).locator(".scope")).to_contain_text("Havnes 2023")


def test_an_example_is_asked_with_one_click(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name=RESULT).click()
    expect(page.locator("article .figure strong")).to_have_text("41,2 mill. kr")
    expect(page.get_by_text("Eksempler på spørsmål")).to_have_count(0)


def test_the_conversation_stays_in_the_tab_and_can_be_deleted(open_page: Open) -> None:
    page = open_page()
    ask(page, RESULT)
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    expect(page.locator("article .figure strong")).to_have_text("41,2 mill. kr")
    page.get_by_role("button", name="Slett samtalen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kva lurer du på om kommunen?")
    expect(page.locator("article")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_nynorsk_and_english_speak_their_own_language(open_page: Open) -> None:
    page = open_page("/nn")
    turn = ask(page, "Kva er romfart?")
    expect(turn.locator(".verdict")).to_have_text("Står ikkje i rapportane")
    expect(turn.locator(".text")).to_have_attribute("lang", "nn")
    page = open_page("/en")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would you like")
    expect(ask(page, RESULT).locator(".sources h3")).to_have_text("Sources")


def test_the_marked_place_is_in_view_on_a_phone(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 700})
    ask(page, RESULT).locator("button.cite").click()
    picture = page.get_by_role("dialog").get_by_role("img")
    expect(picture).to_have_attribute("style", re.compile("width"))
    middle = picture.evaluate("i => i.getBoundingClientRect().top + i.clientHeight * 265 / 842")
    assert 60 < middle < 640


def test_feedback_shows_what_it_sends_and_sends_only_that(open_page: Open, site: Site) -> None:
    page = open_page()
    turn = ask(page, RESULT)
    turn.get_by_role("button", name="Nei").click()
    turn.get_by_label("Feil år").check()
    expect(turn.locator("pre")).to_have_text("Var svaret til hjelp? Nei. Feil år.")
    turn.get_by_label("Vil du si mer?").fill("Det var 2023.")
    expect(turn.locator("pre")).to_contain_text("Det var 2023.")
    turn.get_by_role("button", name="Send").click()
    expect(turn.get_by_text("Takk for tilbakemeldingen.")).to_be_visible()
    key = create_key(site.store, f"admin-{time.time()}", scope="admin")
    headers = {"authorization": f"Bearer {key}"}
    kept = httpx.get(f"{site.address}/api/v1/feedback/newest", headers=headers).json()["feedback"][
        0
    ]
    assert (kept["verdict"], kept["reason"], kept["question"]) == ("bad", "wrong_year", None)


def test_a_link_to_an_answer_asks_it_again_and_never_tells_the_server(open_page: Open) -> None:
    page = open_page("/en", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Municipality").select_option("Havnes")
    turn = ask(page, RESULT)
    assert page.url.endswith("/en")
    turn.get_by_role("button", name="Copy link").click()
    expect(turn.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/en#q=Hva\+var\+netto.*&kommune=Havnes$", link)
    path = link.removeprefix(page.evaluate("location.origin"))
    asked: list[str] = []
    other = open_page("/en/about")
    other.on("request", lambda request: asked.append(request.url))
    other.goto(link)
    expect(other.locator("article .figure strong")).to_have_text("41,2 mill. kr")
    expect(other.locator("article .scope")).to_contain_text("Havnes")
    expect(other.get_by_label("Municipality")).to_have_value("Havnes")
    assert other.url.endswith("/en")
    assert not [url for url in asked if "netto" in url.split("#")[0]]
    other.evaluate("path => { location.href = path }", path)  # the same link again, in an open page
    expect(other.locator("article[aria-busy=false]")).to_have_count(2)


def test_a_link_to_a_follow_up_holds_what_it_took_from_the_conversation(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, RESULT).get_by_role("button", name="Hva med 2023?").click()
    expect(page.locator("article[aria-busy=false]")).to_have_count(2)
    page.locator("article").last.get_by_role("button", name="Kopier lenke").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("2024%3F+Hva+med+2023%3F")


def test_reading_on_opens_the_report_itself_at_the_page(open_page: Open) -> None:
    page = open_page()
    files: list[str] = []
    page.context.on("request", lambda request: files.append(request.url))
    ask(page, RESULT).locator("button.cite").click()
    expect(page.get_by_role("dialog").get_by_role("img")).to_have_js_property("complete", True)
    assert not [url for url in files if "/file" in url]
    link = page.get_by_role("dialog").get_by_role("link", name="Les videre i rapporten")
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_url("**/documents/fjordvik-2024/file#page=1")


def test_an_address_with_a_question_is_answered_without_javascript(open_page: Open) -> None:
    path = "/nn?q=Hva+var+resultatet%3F&kommune=Havnes&year=2023"
    page = open_page(path, java_script_enabled=False, expected=r"/static/\w+.js")
    expect(page.locator(".figure")).to_contain_text("41,2 mill. kr")
    expect(page.locator(".scope")).to_contain_text("Havnes 2023")
    expect(page.get_by_label("Kommune")).to_have_value("Havnes")
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    expect(page.get_by_role("link", name="Les vidare i rapporten")).to_have_attribute(
        "href", "/api/v1/documents/fjordvik-2024/file#page=1"
    )
    page.get_by_role("link", name="Lenkje til dette svaret").click()
    assert page.url.endswith("/nn?q=Hva+var+resultatet%3F&kommune=Havnes&year=2023")
    page = open_page("/?q=%3F", java_script_enabled=False, expected=r"422|/static/\w+.js")
    expect(page.get_by_role("alert")).to_have_text("Skriv et spørsmål først.")


def test_the_script_takes_a_question_out_of_the_address_again(open_page: Open) -> None:
    page = open_page("/?q=Hva+var+resultatet%3F&year=2023")
    expect(page.locator("article[aria-busy=false] .scope")).to_contain_text("Fjordvik 2023")
    expect(page.locator("article")).to_have_count(1)
    assert page.url.endswith("/")


def test_a_planted_script_is_shown_as_text(open_page: Open) -> None:
    page = open_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    turn = ask(page, "Hvor mange byggetillatelser ga Fjordvik? <img src=x onerror=alert(1)>")
    expect(turn.locator(".text")).to_contain_text("<script>alert('nei')</script>")
    expect(turn.locator(".sources blockquote")).to_have_count(0)  # it is the answer, word for word
    expect(turn.get_by_role("heading", level=2)).to_contain_text("<img src=x")
    turn.locator("button.cite").click()
    expect(page.get_by_role("dialog").locator("blockquote")).to_contain_text("<script>")
    assert page.locator("article img, article script").count() == 0
    assert dialogs == []


def test_an_empty_question_is_told_so(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Spør", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Skriv et spørsmål først.")
    expect(page.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    ask(page, RESULT)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_server_that_went_away_is_told_and_tried_again(open_page: Open, site: Site) -> None:
    page = open_page(expected="ERR_CONNECTION_REFUSED")
    site.stop()
    try:
        turn = ask(page, RESULT)
        expect(turn).to_contain_text("Fikk ikke kontakt med tjenesten")
    finally:
        site.start()
    turn.get_by_role("button", name="Prøv igjen").click()
    expect(page.locator("article .figure strong")).to_have_text("41,2 mill. kr")
    expect(page.locator("article")).to_have_count(1)


def test_a_long_wait_can_be_given_up(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("textbox").fill("en langsom sak")
    page.keyboard.press("Enter")
    expect(page.locator("article .scope")).to_contain_text("Fjordvik 2024")
    page.get_by_role("button", name="Stopp").click()
    expect(page.locator("article .text")).to_contain_text("Stoppet.")
    page.get_by_role("textbox").fill(RESULT)
    page.keyboard.press("Enter")
    expect(page.locator("article .figure strong")).to_have_text("41,2 mill. kr")


def test_a_bug_is_told_without_its_inside(open_page: Open) -> None:
    turn = ask(open_page(), "krasj")
    expect(turn.locator(".text")).to_contain_text("Noe gikk galt")


def test_the_page_works_without_javascript(open_page: Open) -> None:
    page = open_page(java_script_enabled=False, expected=r"/static/\w+.js|inline style|404")
    page.get_by_label("Spørsmålet ditt").fill(GROWTH)
    page.get_by_role("button", name="Spør", exact=True).click()
    assert page.url.endswith("/spor")
    expect(page.locator(".figure")).to_have_text("14,3 mill. kr")
    expect(page.locator(".expression")).to_contain_text("512,4 − 498,1 = 14,3 mill. kr")
    page.get_by_role("link", name="Fjordvik kommune – Årsrapport 2024, side 1").first.click()
    assert "/pages/1/image?box=" in page.url


def test_ask_back_and_errors_work_without_javascript(open_page: Open) -> None:
    page = open_page("/nn", java_script_enabled=False, expected=r"/static/\w+.js")
    page.get_by_role("button", name=UNCLEAR).click()
    page.get_by_role("button", name="Fjordvik", exact=True).click()
    expect(page.locator(".text")).to_contain_text("8,1 prosent")
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    page = open_page("/en", java_script_enabled=False, expected=r"422|/static/\w+.js")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Write a question first.")


def test_the_choice_of_dark_or_light_is_remembered(open_page: Open) -> None:
    page = open_page(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Mørk visning").click()
    dark = page.evaluate(ground)
    assert light != dark
    page.goto(page.url + "om")
    assert page.evaluate(ground) == dark
    expect(page.get_by_role("button", name="Lys visning")).to_be_visible()


def test_on_paper_everything_is_unfolded_and_nothing_is_covered(open_page: Open) -> None:
    page = open_page(color_scheme="light")
    page.get_by_role("button", name="Mørk visning").click()
    ask(page, GROWTH)
    turn = ask(page, SERIES)
    page.emulate_media(media="print")
    expect(page.get_by_role("textbox")).to_be_hidden()
    expect(turn.get_by_role("button", name="Kopier lenke")).to_be_hidden()
    expect(page.locator(".steps li").first).to_be_visible()
    covered = turn.locator(".chart-box table").evaluate(
        "table => table.rows[0].cells[0].getBoundingClientRect().bottom"
        " - table.rows[1].getBoundingClientRect().top"
    )
    assert covered <= 1
    style = "getComputedStyle(document.body)"
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{style}.color") == "rgb(30, 43, 60)"


def test_a_figure_is_never_broken_over_two_lines(open_page: Open) -> None:
    for options in ({}, {"java_script_enabled": False, "expected": r"/static/\w+.js"}):
        page = open_page("/", **options)
        page.get_by_role("button", name=RESULT).click()
        expect(page.locator(".text")).to_contain_text("41,2 mill. kr")
        assert "41,2\u00a0mill." in (page.locator(".text").text_content() or "")


def test_a_wrong_address_is_a_page_in_its_language(open_page: Open) -> None:
    page = open_page("/nn/ingenting", expected="404")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sida finst ikkje.")


def test_what_loads_before_the_first_question_is_small(open_page: Open, site: Site) -> None:
    page = open_page("/om")
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 8
    assert sum(sizes) <= 75_000


def test_the_texts_have_the_same_names_in_every_language(open_page: Open) -> None:
    names = {lang: set(read_texts(lang)) for lang in LANGUAGES}
    assert names["nb"] == names["nn"] == names["en"]
    sources = "".join(
        file.read_text("utf-8")
        for folder in ("static", "templates")
        for file in (WEB / folder).iterdir()
    )
    made = {"lang_name", "site", "tagline"}
    made |= {
        name for name in names["nb"] if name.startswith(("reason_", "trust_", "reports_", "error_"))
    }
    made |= {"no_reports", "long_question", "about_title"}
    used = set(re.findall(r"\b(?:t|texts)\.(\w+)", sources)) | made
    assert names["nb"] - used == set()
    assert used - names["nb"] == set()


def test_work_stops_when_nobody_waits_for_the_answer(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"{site.address}/api/v1/ask/stream"
    site.service.stopped.clear()
    with httpx.stream("POST", address, json={"question": "en langsom sak"}) as response:
        next(response.iter_lines())
    assert site.service.stopped.wait(5)
    assert "never retrieved" not in caplog.text


def test_a_municipality_can_show_the_page_on_its_own_site(browser: Browser, tmp_path: Path) -> None:
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=tmp_path))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{host.server_port}"
    site = Site(tmp_path, frame_ancestors=at)
    script = f'<script src="{site.address}/static/embed.js" data-kommune="Havnes" async></script>'
    (tmp_path / "index.html").write_text(
        f"<!doctype html><title>Havnes</title><body>{script}", "utf-8"
    )
    page = browser.new_page()
    page.goto(at)
    frame = page.frame_locator("iframe[title=Kommunesvar]")
    expect(frame.get_by_label("Kommune")).to_have_value("Havnes")
    frame.get_by_role("textbox").fill(RESULT)
    frame.get_by_role("button", name="Spør", exact=True).click()
    expect(frame.locator(".scope")).to_contain_text("Havnes")
    page.close()
    site.stop()
    host.shutdown()
    host.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass
