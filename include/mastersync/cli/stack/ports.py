"""Ports: whether they are free, said before anything is started."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass

from mastersync.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class WantedPort:
    """A port on this machine that a process is about to listen on."""

    number: int
    wanted_by: str
    setting: str


def demand_free(wanted: Iterable[WantedPort]) -> None:
    """Raises: ConfigError: with every port that is taken or asked for twice."""
    problems = []
    claimed: dict[int, WantedPort] = {}
    for port in wanted:
        if (other := claimed.get(port.number)) is not None:
            problems.append(
                f"port {port.number} is wanted by {other.wanted_by} ({other.setting})"
                f" and by {port.wanted_by} ({port.setting})"
            )
        elif not _is_free(port.number):
            problems.append(
                f"port {port.number}, which {port.wanted_by} wants ({port.setting}), is taken"
            )
        claimed[port.number] = port
    if problems:
        raise ConfigError(
            f"Nothing was started: {'; '.join(problems)}.",
            next_step="Stop the program that listens there, or set another port,"
            f" for example {wanted_example(problems, claimed.values())}.",
        )


def wanted_example(problems: list[str], wanted: Iterable[WantedPort]) -> str:
    """A setting and a value that would do."""
    port = next(port for port in wanted if port.setting in problems[0])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"{port.setting}={probe.getsockname()[1]}"


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port that only waits for its last packets to die is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
        return True
