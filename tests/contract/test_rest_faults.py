"""What a run relies on when a system misbehaves, for each of the four page styles."""

import socket
from collections.abc import Callable

import pytest

from contract.reader_cases import RestCase
from contract.rest_systems import api_of, options_of
from mastersync.connectors.http import HttpApi
from mastersync.connectors.systems.rest import RestReader
from mastersync.errors import ConfigError, MastersyncError, PermanentError, RetryableError
from mastersync.ports.systems import Page
from mastersync.sandbox.rest.systems import SYSTEMS
from sandboxes import Sandbox

STYLES = [
    pytest.param(("harbor_foods", "crm"), id="cursor"),
    pytest.param(("harbor_foods", "erp"), id="page"),
    pytest.param(("northwind_industrial", "crm"), id="offset"),
    pytest.param(("northwind_industrial", "erp"), id="link"),
]

LONG_LISTS = {("northwind_industrial", "crm")}

Read = Callable[..., tuple[list[Page], MastersyncError | None]]


@pytest.fixture(params=STYLES)
def system(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


@pytest.fixture
def read(sandbox: Sandbox, system: tuple[str, str]) -> Read:
    """Read on from a watermark; returns the pages and the error that ended them, if any."""

    def run(since: str = "", **given) -> tuple[list[Page], MastersyncError | None]:
        with api_of(sandbox.url, *system, **given) as api:
            return _collect(api, system, since)

    return run


def _collect(
    api: HttpApi, system: tuple[str, str], since: str
) -> tuple[list[Page], MastersyncError | None]:
    pages: list[Page] = []
    try:
        for page in RestReader(api, options_of(*system).reading).read_changes(since):
            pages.append(page)  # noqa: PERF402 - what was read before the error matters
    except MastersyncError as error:
        return pages, error
    return pages, None


def _fault(system: tuple[str, str], kind: str, **more: object) -> dict:
    return {"path": f"{SYSTEMS[system].path}/customers", "kind": kind, **more}


def _keys(pages: list[Page]) -> set[str]:
    return {row.key for page in pages for row in page.rows}


def _all_keys(sandbox: Sandbox, system: tuple[str, str]) -> set[str]:
    case = RestCase(sandbox, *system)
    case.close()
    return case.keys()


def test_a_wrong_token_is_for_a_person_to_mend_and_is_tried_once(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "latency", ms=0))

    pages, error = read(token="not-the-token")

    assert isinstance(error, ConfigError)
    assert pages == []
    assert sandbox.http.get("/control/faults").json()[0]["matched"] == 1
    assert "not-the-token" not in str(error)


def test_being_told_to_wait_is_obeyed_and_the_read_goes_on(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "rate_limit", times=1, skip=1, retry_after=1))

    pages, error = read()

    assert error is None
    assert _keys(pages) == _all_keys(sandbox, system)


def test_being_told_to_wait_for_long_is_left_to_the_caller(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "rate_limit", retry_after=90))

    _, error = read()

    assert isinstance(error, RetryableError)
    assert error.retry_after == 90
    assert sandbox.http.get("/control/faults").json()[0]["matched"] == 1


@pytest.mark.parametrize("kind", ["error_before", "cut_before", "cut_mid_body"])
def test_a_passing_fault_is_not_noticed(
    sandbox: Sandbox, system: tuple[str, str], read: Read, kind: str
) -> None:
    sandbox.order_faults(_fault(system, kind, every=3))

    pages, error = read()

    assert error is None
    assert _keys(pages) == _all_keys(sandbox, system)


@pytest.mark.parametrize("kind", ["error_before", "cut_before", "cut_mid_body"])
def test_a_lasting_fault_in_the_middle_keeps_what_was_read_and_loses_nothing(
    sandbox: Sandbox, system: tuple[str, str], read: Read, kind: str
) -> None:
    sandbox.order_faults(_fault(system, kind, skip=22 if system in LONG_LISTS else 9))

    landed, error = read()
    sandbox.order_faults()
    rest, none = read(landed[-1].watermark)

    assert isinstance(error, RetryableError)
    assert len(landed) > 1
    assert none is None
    assert _keys(landed) | _keys(rest) == _all_keys(sandbox, system)
    assert len(_keys(rest)) < len(_all_keys(sandbox, system))


def test_a_system_that_hangs_is_given_up_in_time(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "hang", ms=1500))

    _, error = read(read_timeout=0.2, max_tries=2)

    assert isinstance(error, RetryableError)


def test_a_system_that_is_away_may_work_later(system: tuple[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        port = taken.getsockname()[1]
        with api_of(f"http://127.0.0.1:{port}", *system) as api:
            pages, error = _collect(api, system, "")

    assert isinstance(error, RetryableError)
    assert pages == []


def test_a_web_page_instead_of_data_is_refused_and_named(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "html", skip=1))

    pages, error = read()

    assert isinstance(error, PermanentError)
    assert "text/html" in error.problem
    assert len(pages) == 1


def test_a_page_that_comes_twice_by_accident_is_asked_for_again(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "repeat_page", every=4))

    pages, error = read()

    assert error is None
    assert _keys(pages) == _all_keys(sandbox, system)


def test_a_system_that_repeats_a_page_for_ever_is_left(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "repeat_page", skip=2))

    landed, error = read()
    sandbox.order_faults()
    rest, _ = read(landed[-1].watermark)

    assert isinstance(error, RetryableError)
    assert _keys(landed) | _keys(rest) == _all_keys(sandbox, system)


def test_a_page_that_lost_its_rest_is_not_taken_for_whole(
    sandbox: Sandbox, system: tuple[str, str], read: Read
) -> None:
    sandbox.order_faults(_fault(system, "short_page", every=3))

    pages, error = read()
    rest, _ = read(pages[-1].watermark)  # the very last page may have been a short one

    assert error is None
    assert _keys(pages) | _keys(rest) == _all_keys(sandbox, system)
    assert len(_keys(rest)) <= 40


def test_records_that_move_while_the_list_is_read_are_not_lost(
    sandbox: Sandbox, system: tuple[str, str]
) -> None:
    case = RestCase(sandbox, *system)
    with api_of(sandbox.url, *system) as api:
        reading = RestReader(api, options_of(*system).reading).read_changes("")
        pages = [next(reading)]
        for row in pages[0].rows[:10]:  # they go to the end, and all others move up
            path = f"/control/{system[0]}/{system[1]}/customers/{row.key}"
            sandbox.http.post(path, json={"phone": "1"}).raise_for_status()
        pages += list(reading)
    case.close()

    assert _keys(pages) == case.keys()


def test_deleting_while_the_list_is_read_loses_no_other_record(
    sandbox: Sandbox, system: tuple[str, str]
) -> None:
    case = RestCase(sandbox, *system)
    with api_of(sandbox.url, *system) as api:
        reading = RestReader(api, options_of(*system).reading).read_changes("")
        pages = [next(reading)]
        gone = pages[0].rows[3].key
        sandbox.http.delete(f"/control/{system[0]}/{system[1]}/customers/{gone}")
        pages += list(reading)
    case.close()

    assert case.keys() <= _keys(pages)
    assert not pages[-1].complete
