"""Ports: a taken one is said before anything starts, with the setting that changes it."""

import socket
from collections.abc import Iterator

import pytest

from mastersync.cli.stack.ports import WantedPort, demand_free
from mastersync.errors import ConfigError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def wanted(number: int, name: str = "PORTAL") -> WantedPort:
    return WantedPort(number=number, wanted_by=f"the {name}", setting=f"MASTERSYNC_{name}_PORT")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_named_with_who_wants_it_and_the_setting(taken: int) -> None:
    with pytest.raises(ConfigError) as caught:
        demand_free([wanted(free_port(), "AIRFLOW"), wanted(taken)])
    assert f"port {taken}, which the PORTAL wants (MASTERSYNC_PORTAL_PORT)" in caught.value.problem
    assert "for example MASTERSYNC_PORTAL_PORT=" in caught.value.next_step


def test_one_port_for_two_is_named_with_both() -> None:
    number = free_port()
    with pytest.raises(ConfigError, match=r"MASTERSYNC_AIRFLOW_PORT.*MASTERSYNC_PORTAL_PORT"):
        demand_free([wanted(number, "AIRFLOW"), wanted(number)])


def test_free_ports_are_fine() -> None:
    demand_free([wanted(free_port())])
