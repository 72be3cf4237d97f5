"""Takes the pictures of the README: `make screenshots`.

Runs the demo in a new home, starts it again with `mastersync up`, and looks at it as its users
do. With ``--running`` it takes what runs already, by the same MASTERSYNC_ settings (and leaves
out the terminal's picture, unless ``--output`` gives what the demo printed).
"""

import argparse
import contextlib
import html
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import lived_weeks
from mastersync.cli.stack.airflow import user_passwords
from mastersync.config.settings import Settings, load_settings
from mastersync.store import embedded

PICTURES = Path(__file__).parent / "pictures"
CLIENT = "bright_bakery"
PLANNED = "northwind_industrial"
DEDUPED = Path(__file__).parents[1] / "include/mastersync/sandbox/data/northwind_industrial.csv"
COLOURS = 128
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #14181f; color: #dfe5ec; width: max-content; }
  pre { font: 14px/1.35 'DejaVu Sans Mono', monospace; margin: 0; padding: 18px 22px; }
</style><pre>%s</pre>"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--running", action="store_true", help="take the stack that runs now")
    options.add_argument("--output", type=Path, help="what the demo printed, in a file")
    wanted = options.parse_args()
    PICTURES.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        if wanted.running:
            settings = load_settings()
            printed = wanted.output.read_text() if wanted.output else ""
        else:
            settings, printed = stack.enter_context(demonstrated())
        playwright = stack.enter_context(sync_playwright())
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        if printed:
            take_terminal(browser, printed)
        take_report(browser)
        take_plan(browser)
        take_weeks(browser)
        take_airflow(browser, settings)
        take_outside(browser, settings)
        browser.close()


@contextlib.contextmanager
def demonstrated() -> Iterator[tuple[Settings, str]]:
    """Run the demo in a new home, and keep it up; gives what it printed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["MASTERSYNC_HOME"] = home
        for name in ("AIRFLOW", "PORTAL", "SANDBOX"):
            os.environ[f"MASTERSYNC_{name}_PORT"] = str(free_port())
        command = [sys.executable, "-m", "mastersync.cli"]
        demo = subprocess.run(
            [*command, "demo"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
        with subprocess.Popen([*command, "up"], stdout=subprocess.PIPE, text=True) as up:
            try:
                assert up.stdout is not None
                next(line for line in up.stdout if line.startswith("Ctrl-C"))
                yield load_settings(), demo.stdout
            finally:
                up.send_signal(signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def take_terminal(browser: Browser, printed: str) -> None:
    """What the demo says at its end."""
    start = printed.index("records seen")
    start = printed.rindex("\n", 0, printed.rindex("\n", 0, printed.rindex("\n", 0, start)))
    end = printed.index("\n", printed.index("audit:", start))
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_content(TERMINAL % html.escape(printed[start:end].strip("\n")))
    keep(page, "terminal", element="pre")


def take_report(browser: Browser) -> None:
    """The report of a dedupe run over one client's records."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        command = [sys.executable, "-m", "mastersync.cli", "dedupe", str(DEDUPED)]
        subprocess.run([*command, "--report", str(report)], check=True, capture_output=True)
        page = browser.new_page(viewport={"width": 1200, "height": 1130})
        page.goto(report.as_uri())
        keep(page, "dedupe")


def take_plan(browser: Browser) -> None:
    """The plan of a client's first sync, from a store and a sandbox of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home, page_file, port = Path(folder), Path(folder) / "plan.html", free_port()
        own = {"MASTERSYNC_HOME": folder, "MASTERSYNC_SANDBOX_PORT": str(port)}
        environment = os.environ | own
        command = [sys.executable, "-m", "mastersync.cli"]
        server = embedded.start(home / "pg")
        embedded.ensure_database(server, "mastersync")
        subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
        with subprocess.Popen([*command, "sandbox", "--port", str(port)], env=environment) as box:
            try:
                wait_for(f"http://127.0.0.1:{port}/")
                wanted = [*command, "plan", PLANNED, "--html", str(page_file)]
                subprocess.run(wanted, env=environment, check=True, capture_output=True)
            finally:
                box.send_signal(signal.SIGTERM)
                server.stop()
        page = browser.new_page(viewport={"width": 1200, "height": 1250})
        page.goto(page_file.as_uri())
        keep(page, "plan")


def take_weeks(browser: Browser) -> None:
    """How an SLA was kept, and what credit reports cost, after twelve weeks."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name, written in lived_weeks.pages(Path(folder)).items():
            file = Path(folder) / f"{name}.html"
            file.write_text(written, "utf-8")
            page = browser.new_page(viewport={"width": 1200, "height": 920})
            page.goto(file.as_uri())
            keep(page, name)


def wait_for(url: str) -> None:
    """Wait until something answers there."""
    for _ in range(300):
        with contextlib.suppress(httpx.TransportError):
            httpx.get(url, trust_env=False)
            return
        time.sleep(0.1)


def take_airflow(browser: Browser, settings: Settings) -> None:
    """A client's DAG, and the exceptions, as Airflow's users see them."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{settings.airflow_url}/auth/login/")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill(user_passwords(settings)["admin"])
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(f"{settings.airflow_url}/dags?tags=client")
    page.wait_for_timeout(4_000)
    keep(page, "dags")
    page.goto(f"{settings.airflow_url}/dags/client_sync__{CLIENT}")
    page.wait_for_timeout(5_000)
    keep(page, "dag")
    page.goto(f"{settings.airflow_url}/plugin/exceptions")
    page.wait_for_timeout(5_000)
    keep(page, "exceptions")


def take_outside(browser: Browser, settings: Settings) -> None:
    """A mail in the inbox, the page behind its link on a phone, and a client's system."""
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(f"{settings.sandbox_url}/")
    keep(page, "sandbox")
    mails = httpx.get(
        f"{settings.sandbox_url}/inbox.json", params={"client": CLIENT}, trust_env=False
    ).json()
    link = re.search(r"https?://\S+", mails[0]["text"])
    assert link is not None
    page.goto(f"{settings.sandbox_url}/inbox/{mails[0]['seq']}")
    page.wait_for_timeout(1_000)
    keep(page, "mail")
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=1.5, java_script_enabled=False
    ).new_page()
    phone.goto(link.group())
    keep(phone, "portal", full=True)


def keep(page: Page, name: str, *, element: str = "", full: bool = False) -> None:
    """Keep a picture, with few enough colours to be small."""
    file = PICTURES / f"{name}.png"
    if element:
        page.locator(element).screenshot(path=file)
    else:
        page.screenshot(path=file, full_page=full)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
