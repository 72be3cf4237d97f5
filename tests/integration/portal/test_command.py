"""``mastersync portal`` as a process: starts, serves, stops when told, and logs no secret."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from portals import SECRET, ask


@contextmanager
def started(
    folder: Path, *arguments: str, **settings: str
) -> Iterator[tuple[subprocess.Popen, Path]]:
    log = folder / "portal.log"
    environment = {name: text for name, text in os.environ.items() if "MASTERSYNC" not in name}
    environment |= {f"MASTERSYNC_{name}": text for name, text in settings.items()}
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "mastersync.cli", "portal", *arguments],
            env=environment,
            cwd=folder,
            stdout=stream,
            stderr=stream,
        )
        try:
            yield process, log
        finally:
            process.kill()
            process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_health(url: str, process: subprocess.Popen) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return httpx.get(f"{url}/health", timeout=5, trust_env=False).status_code
        except httpx.TransportError:
            time.sleep(0.1)
    return 0


def test_the_process_serves_pages_and_keeps_links_out_of_its_log(store_url, tmp_path):
    question = ask(store_url, expires_at=datetime.now(UTC) + timedelta(days=1))
    url = f"http://127.0.0.1:{free_port()}"
    settings = {
        "STORE_URL": store_url,
        "SECRET_KEY": SECRET,
        "HOME": str(tmp_path),
        "PORTAL_URL": "https://details.harbor.example",
    }
    with started(tmp_path, "--port", url.rsplit(":", 1)[1], **settings) as (process, log):
        assert await_health(url, process) == 200, log.read_text()
        page = httpx.get(f"{url}/c/{question.token}", trust_env=False)
        events = httpx.post(f"{url}/events/sendgrid", content=b"[]", trust_env=False)
        process.send_signal(signal.SIGTERM)
        process.wait(10)

        assert "Are these details right?" in page.text
        assert page.headers["Strict-Transport-Security"]
        assert "uvicorn" not in page.headers.get("server", "")
        assert events.status_code == 503
        written = log.read_text()
        assert "MASTERSYNC_SENDGRID_PUBLIC_KEY" in written
        assert question.token not in written
        assert "Traceback" not in written


def test_without_a_store_it_says_what_to_do(tmp_path):
    settings = {"HOME": str(tmp_path), "SECRET_KEY": SECRET}
    with started(tmp_path, "--port", str(free_port()), **settings) as (process, log):
        assert process.wait(30) == 1
        assert "Start it with `mastersync up`" in log.read_text()
