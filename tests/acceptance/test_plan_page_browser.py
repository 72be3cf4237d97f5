"""A plan's page in a real browser: whole on a phone and a desktop, with script and without.

Set SCREENSHOTS_DIR to a folder to keep pictures of it.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from mastersync.cli.plan_page.page import render_plan
from plans import a_plan

pytestmark = pytest.mark.browser

SCREENSHOTS = os.environ.get("SCREENSHOTS_DIR")
SCREENS = {"phone": 375, "desktop": 1280}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.html"
    path.write_text(render_plan(a_plan()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_the_page_fits_the_screen_and_fetches_nothing(
    browser: Browser, page_file: Path, screen: str, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": SCREENS[screen], "height": 900}, color_scheme=scheme)
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(page_file.as_uri())

    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"plan_{screen}_{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]
    hidden = page.locator("svg text").evaluate_all(
        """texts => texts.filter(text => {
          const box = text.getBoundingClientRect(),
            svg = text.ownerSVGElement.getBoundingClientRect();
          return box.left < svg.left - 1 || box.right > svg.right + 1;
        }).map(text => text.textContent)"""
    )
    assert hidden == []
    assert (requests, complaints) == ([page_file.as_uri()], [])


def test_words_filter_the_rows_and_open_what_holds_them(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())

    page.get_by_role("searchbox").fill("brixton erp")

    assert page.locator("output").inner_text() == "1 rows"
    assert page.locator("details[data-rows='writes erp'] tbody tr:visible").count() == 1
    assert not page.locator("details[data-rows='golden']").is_visible()
    page.get_by_role("searchbox").fill("")
    assert page.locator("details[data-rows='golden']").is_visible()


def test_without_script_every_section_opens(browser: Browser, page_file: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(page_file.as_uri())

    assert not page.get_by_role("searchbox").is_visible()
    page.locator("details[data-rows='golden'] summary").click()
    assert page.get_by_text("erp:x", exact=False).first.is_visible()
