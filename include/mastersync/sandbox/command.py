"""Run the sandbox: ``python -m mastersync.sandbox.command --port 8070 --home .mastersync``."""

import argparse
from pathlib import Path

import uvicorn

from mastersync.sandbox.app import create_app


def serve(port: int, home: Path, *, host: str = "127.0.0.1") -> None:
    """Serve the outside world until interrupted; state is kept under ``home``."""
    uvicorn.run(
        create_app(home),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Stand-ins for the outside systems.")
    parser.add_argument("--port", type=int, default=8070)
    parser.add_argument("--home", type=Path, default=Path(".mastersync"))
    parser.add_argument("--host", default="127.0.0.1")
    given = parser.parse_args()
    serve(given.port, given.home, host=given.host)


if __name__ == "__main__":
    main()
