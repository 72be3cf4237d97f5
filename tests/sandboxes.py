"""The sandbox over real HTTP, in a thread: for every suite that needs the outside world."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn

from mastersync.sandbox.app import create_app
from mastersync.sandbox.rest.systems import SYSTEMS

# Reading the certificates of the world takes 40 ms; nothing here has any.
PLAIN = httpx.create_ssl_context(verify=False)


@dataclass(frozen=True)
class Sandbox:
    url: str
    home: Path
    http: httpx.Client
    opened: list[httpx.Client] = field(default_factory=list)

    def system(self, client: str, name: str) -> httpx.Client:
        """A client of one system that carries its token."""
        system = SYSTEMS[client, name]
        headers = (
            {system.api_key_header: system.token}
            if system.api_key_header
            else {"Authorization": f"Bearer {system.token}"}
        )
        client = httpx.Client(
            base_url=self.url + system.path,
            headers=headers,
            timeout=5,
            trust_env=False,
            verify=PLAIN,
        )
        self.opened.append(client)
        return client

    def close(self) -> None:
        """Close the clients that were opened; the server goes on."""
        while self.opened:
            self.opened.pop().close()

    def ledger(self, book: str, **query: str) -> list[dict]:
        return self.http.get(f"/ledger/{book}", params=query).json()["entries"]

    def order_faults(self, *rules: dict) -> None:
        self.http.put("/control/faults", json=list(rules)).raise_for_status()


@dataclass
class Served:
    server: uvicorn.Server
    thread: threading.Thread
    url: str

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


def serve_in_thread(app) -> Served:
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 15
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    return Served(server, thread, f"http://127.0.0.1:{port}")


@contextmanager
def running_sandbox(home: Path) -> Iterator[Sandbox]:
    """A sandbox on a free port, seeded and kept under ``home``."""
    served = serve_in_thread(create_app(home))
    with httpx.Client(base_url=served.url, timeout=5, trust_env=False, verify=PLAIN) as http:
        sandbox = Sandbox(served.url, home, http)
        yield sandbox
        sandbox.close()
    served.stop()
