"""The ports of the stack that runs in a home, for commands in another shell."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PORTS = ("airflow_port", "portal_port", "sandbox_port")
_FILE = "ports.json"


@contextmanager
def remembered_ports(home: Path, ports: Mapping[str, int]) -> Iterator[None]:
    """Let commands on the same home find the ports while this process lives."""
    file = home / _FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"pid": os.getpid(), **ports}), "utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def running_ports(home: Path) -> dict[str, int]:
    """Return the ports by the names of their settings; nothing when no stack runs."""
    try:
        known = json.loads((home / _FILE).read_text("utf-8"))
        ports = {name: int(known[name]) for name in PORTS}
        pid = int(known["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return ports if _lives(pid) else {}


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # and is another user's
    return True
