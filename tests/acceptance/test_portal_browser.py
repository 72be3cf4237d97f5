"""A customer answers in a real browser: without script, by keyboard, on a phone, in the dark.

Set SCREENSHOTS_DIR to a folder to keep pictures of every page.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from databases import temporary_database
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from portals import CLIENTS, HELD, POLICY, SECRET, Portal, ask, running_portal

pytestmark = pytest.mark.browser

SCREENSHOTS = os.environ.get("SCREENSHOTS_DIR")
SCREENS = {"phone": (375, 812), "desktop": (1280, 900)}


@pytest.fixture(scope="module")
def portal(postgres_server: EmbeddedServer) -> Iterator[Portal]:
    with temporary_database(postgres_server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names=CLIENTS)
        with running_portal(url) as portal:
            yield portal


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone without script, which also fails on whatever the browser complains about."""
    context = browser.new_context(viewport={"width": 375, "height": 812}, java_script_enabled=False)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    context.close()
    assert [
        text for text in complaints if "favicon" not in text and "status of 4" not in text
    ] == []


def read(portal: Portal) -> None:
    """The customer takes a moment."""
    portal.clock.push(seconds=10)


def test_one_choice_and_one_button_confirm_everything(portal, page):
    question = ask(portal.store_url)
    page.goto(f"{portal.url}/c/{question.token}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Are these details right?")
    expect(page.get_by_label("Phone")).to_be_hidden()
    read(portal)

    page.get_by_label("Everything is right").check()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert portal.answers(question.request_id) == [("all_correct", {})]


def test_a_correction_is_written_in_place_reviewed_and_sent(portal, page):
    question = ask(portal.store_url)
    page.goto(f"{portal.url}/c/{question.token}")
    read(portal)
    page.get_by_label("Something is wrong").check()
    page.get_by_label("Phone").fill("call me")
    page.get_by_label("City").fill("Santa Monica")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("alert")).to_contain_text("Phone: this cannot be right")
    page.get_by_label("Phone").fill("(310) 246-1502")
    read(portal)
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your changes")
    page.get_by_role("button", name="Send my changes").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expected = {"city": "Santa Monica", "phone": "+13102461502"}
    assert portal.answers(question.request_id) == [("corrections", expected)]


def test_the_keyboard_is_enough(portal, page):
    question = ask(portal.store_url)
    page.goto(f"{portal.url}/c/{question.token}")
    read(portal)

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert portal.answers(question.request_id) == [("all_correct", {})]


def test_a_scanner_that_presses_everything_answers_nothing(portal, browser):
    question = ask(portal.store_url)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{portal.url}/c/{question.token}")

    for position in range(page.get_by_role("radio").count()):
        page.get_by_role("radio").nth(position).check()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Send").click()

    assert portal.answers(question.request_id) == []
    context.close()


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_has_to_be_scrolled_sideways(portal, browser, width):
    long_word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    question = ask(portal.store_url, {**HELD, "name": long_word, "street": "x" * 190})
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{portal.url}/c/{question.token}")
    page.get_by_label("Something is wrong").check()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('button, input[type=text], select, .choice label')]"
        ".filter(e => e.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(portal, browser, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    question = ask(portal.store_url)
    page.goto(f"{portal.url}/c/{question.token}")
    page.get_by_label("Something is wrong").check()
    assert page.evaluate(WEAK_TEXTS) == []
    page.get_by_role("button", name="Send").click()
    assert page.evaluate(WEAK_TEXTS) == []
    context.close()


# WCAG 1.4.3: at least 4.5 to 1 between each text and the nearest ground painted behind it.
WEAK_TEXTS = """
() => {
  const parse = text => (text.match(/[0-9.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(element.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return weak;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_fits_its_screen(portal, browser, screen, scheme):  # noqa: PLR0915 (a walk)
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1
    )
    page = context.new_page()

    def shoot(name: str) -> None:
        if SCREENSHOTS:
            picture = Path(SCREENSHOTS) / f"{name}-{screen}-{scheme}.png"
            page.screenshot(path=picture, full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    question = ask(portal.store_url)
    page.goto(f"{portal.url}/c/{question.token}")
    shoot("1-ask")
    read(portal)
    page.get_by_label("Something is wrong").check()
    page.get_by_label("Phone").fill("call me")
    page.get_by_label("City").fill("Santa Monica")
    shoot("2-correct")
    page.get_by_role("button", name="Send").click()
    shoot("3-mistake")
    page.get_by_label("Phone").fill("(310) 246-1502")
    read(portal)
    page.get_by_role("button", name="Send").click()
    shoot("4-review")
    page.get_by_role("button", name="Send my changes").click()
    shoot("5-thanks")
    page.goto(f"{portal.url}/c/{question.token}")
    shoot("6-answered")
    page.goto(f"{portal.url}/c/unknown")
    shoot("7-gone")
    german = ask(portal.store_url, policy=replace(POLICY, language="de"))
    page.goto(f"{portal.url}/c/{german.token}")
    shoot("8-german")
    context.close()
