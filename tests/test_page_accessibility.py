"""What docs/accessibility.md says of the page, checked in a real browser.

axe-core is used where `npm install axe-core` put it.
"""

import re
from pathlib import Path

import pytest
from chat import RESULT, SERIES, VIEWS, Open, ask, show
from playwright.sync_api import expect

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def test_everything_works_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "question":
            break
    page.keyboard.type(RESULT)
    page.keyboard.press("Enter")
    marker = page.locator("button.cite")
    expect(marker).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "cite":
            break
    expect(marker).to_be_focused()
    assert marker.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()


def test_a_screen_reader_is_told_that_the_answer_is_there(open_page: Open) -> None:
    page = open_page()
    assert page.get_by_role("log").get_attribute("aria-live") == "polite"
    ask(page, RESULT)
    expect(page.get_by_role("status").first).to_have_text("Svaret er klart.")


def test_wider_text_spacing_cuts_nothing_off(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 800}, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
    )
    turn = ask(page, SERIES)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = turn.locator("button, p, h2, h3, summary").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).overflow === 'hidden'"
        " && !e.className.includes('hidden') && e.scrollHeight > e.clientHeight + 1).length"
    )
    assert cut == 0


def test_the_first_tab_stop_skips_to_the_question(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til spørsmålsfeltet")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_cut_off_at_any_width(open_page: Open, width: int) -> None:
    """320 pixels is what 400 % zoom leaves of a screen of 1280."""
    page = open_page(viewport={"width": width, "height": 800})
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    turn = ask(page, SERIES)
    turn.get_by_text("Hele tabellen").first.click()
    expect(turn.locator("td.used").first).to_be_attached()
    assert page.evaluate(fits)
    turn.locator("button.cite").first.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Lukk")).to_be_in_viewport()
    assert page.evaluate(fits)


@pytest.mark.skipif(not AXE.is_file(), reason="npm install axe-core was not run")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(open_page: Open, view: str, scheme: str) -> None:
    width = 390 if view == "source" and scheme == "dark" else 1280
    page = show(open_page, view, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(result => result.violations.map("
        "v => v.id + ': ' + v.nodes.map(n => n.html + n.failureSummary).join(' | ')))",
        WCAG,
    )
    assert found == []


@pytest.mark.skipif(AXE.is_file(), reason="axe looks at this, and at more")
def test_every_field_and_button_has_a_name(open_page: Open) -> None:
    for view in VIEWS:
        page = show(open_page, view)
        nameless = page.locator("button, input, select, textarea, a, summary").evaluate_all(
            "all => all.filter(e => e.checkVisibility())"
            ".filter(e => !((e.labels?.[0] ?? e).textContent + (e.ariaLabel ?? '')).trim())"
            ".map(e => e.outerHTML)"
        )
        assert nameless == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_field_and_the_focus_ring_stand_out(open_page: Open, scheme: str) -> None:
    """Three to one or more against what lies beside them."""
    page = open_page(color_scheme=scheme)
    page.keyboard.press("Tab")
    page.get_by_role("textbox").focus()
    border, ring, ground = page.evaluate(
        """() => {
          const field = getComputedStyle(document.getElementById("question"));
          const form = getComputedStyle(document.getElementById("form"));
          return [field.borderTopColor, field.outlineColor, form.backgroundColor];
        }"""
    )
    assert contrast(border, ground) >= 3
    assert contrast(ring, ground) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG's contrast between two CSS colours like `rgb(1, 2, 3)`."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def test_the_table_of_criteria_names_tests_that_exist() -> None:
    text = (Path(__file__).parents[1] / "docs" / "accessibility.md").read_text("utf-8")
    rows = [line.split("|") for line in text.splitlines() if re.match(r"\| \d", line)]
    numbers = [number for row in rows for number in re.findall(r"\d\.\d\.\d+", row[1])]
    assert len(numbers) == len(set(numbers)) == 47
    tests = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_page*.py"))
    for row in rows:
        for name in re.findall(r"\w+_\w+", row[3]):
            assert f"def test_{name}(" in tests
