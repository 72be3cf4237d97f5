"""The dedupe report in a real browser: whole on a phone and a desktop, and asking for nothing.

Set SCREENSHOTS_DIR to a folder to keep pictures of it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).resolve().parents[2] / "include" / "mastersync" / "sandbox" / "data"
SCREENSHOTS = os.environ.get("SCREENSHOTS_DIR")
SCREENS = {"phone": 375, "desktop": 1280}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    argv = [sys.executable, "-m", "mastersync.cli", "dedupe", str(SAMPLES / "fodors_zagats.csv")]
    subprocess.run([*argv, "--report", str(path)], check=True, capture_output=True, timeout=120)
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_the_report_fits_the_screen_and_fetches_nothing(
    report: Path, screen: str, scheme: str
) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": SCREENS[screen], "height": 900}, color_scheme=scheme
        )
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(report.as_uri())
        if SCREENSHOTS:
            page.screenshot(
                path=Path(SCREENSHOTS) / f"dedupe_{screen}_{scheme}.png", full_page=True
            )
        assert page.get_by_role("heading", level=1).inner_text() == "Duplicates in fodors_zagats"
        assert page.locator("svg").count() == 4
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]
        hidden = page.locator("svg text").evaluate_all(
            """texts => texts.filter(text => {
              const box = text.getBoundingClientRect(),
                svg = text.ownerSVGElement.getBoundingClientRect();
              return box.left < svg.left - 1 || box.right > svg.right + 1
                || box.bottom > svg.bottom + 1;
            }).map(text => text.textContent)"""
        )
        assert hidden == []
        browser.close()
    assert requests == [report.as_uri()]
    assert complaints == []
