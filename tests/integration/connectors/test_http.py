"""What one HTTP call may cost, show and follow."""

import time

import pytest

from integration.connectors.raw_servers import answer, raw_server
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_options import Auth, HttpOptions
from mastersync.connectors.rate_limit import RateLimit
from mastersync.errors import (
    ConfigError,
    MastersyncError,
    PermanentError,
    RetryableError,
    UnknownOutcomeError,
)
from mastersync.ports.connections import ConnectionDetails

SECRET = "a-secret-token"
QUICK = {"read_timeout": 1.0, "deadline": 1.0, "max_tries": 2, "first_wait": 0.01}


def api(url: str, **given) -> HttpApi:
    connection = ConnectionDetails(host=url, login="user", password=SECRET)
    return HttpApi(connection, HttpOptions(**{**QUICK, **given}))


def failure(url: str, **given) -> MastersyncError:
    with api(url, **given) as system, pytest.raises(MastersyncError) as caught:
        system.read("/customers", params={"email": "ada@example.com"})
    return caught.value


def test_an_answer_that_drips_is_given_up_at_the_deadline() -> None:
    body = [b"[", *[b" "] * 100]
    head = answer(b"", length=False)
    with raw_server([head, *body], pause=0.1) as server:
        started = time.monotonic()
        error = failure(server.url, max_tries=1)

    assert isinstance(error, RetryableError)
    assert time.monotonic() - started < 3


def test_an_answer_without_end_is_not_kept_in_memory() -> None:
    head = answer(b"", length=False)
    with raw_server([head, *[b"x" * 65536] * 50]) as server:
        error = failure(server.url, max_body_bytes=100_000)

    assert isinstance(error, PermanentError)
    assert "100000 bytes" in error.problem


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(answer(b'[{"id": 1}, {"id"', length=False), id="closed early"),
        pytest.param(answer(b'[{"id": 1}]' + b" " * 9)[:-9], id="shorter than announced"),
        pytest.param(answer(b'[{"id": NaN}]'), id="not a number"),
        pytest.param(answer(b"[" * 100_000), id="nested too deep"),
    ],
)
def test_broken_json_is_no_data(sent: bytes) -> None:
    with raw_server([sent]) as server:
        assert isinstance(failure(server.url), RetryableError)


def test_a_redirect_is_not_followed() -> None:
    sent = answer(b"", status="302 Found", headers="Location: http://127.0.0.1:9/login\r\n")
    with raw_server([sent]) as server:
        error = failure(server.url)

    assert isinstance(error, ConfigError)


def test_a_link_to_another_host_never_sees_the_token() -> None:
    with raw_server([answer(b"[]")]) as other, raw_server([answer(b"[]")]) as server:
        with api(server.url) as system, pytest.raises(PermanentError):
            system.read(f"{other.url}/customers?page=2")

        assert other.requests == []


def test_errors_show_neither_secrets_nor_queries() -> None:
    for status in ("400 Bad Request", "401 Unauthorized", "404 Not Found", "503 Busy"):
        sent = answer(b'{"message": "ada@example.com"}', status=status)
        with raw_server([sent]) as server:
            error = failure(server.url)
        shown = f"{error} {error.facts!r} {error.__cause__!r}"
        assert SECRET not in shown
        assert "ada" not in shown


def test_a_wait_given_as_a_date_is_understood() -> None:
    headers = (
        "Date: Sat, 21 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 10:01:30 GMT\r\n"
    )
    with raw_server([answer(b"{}", status="429 Slow", headers=headers)]) as server:
        error = failure(server.url)

    assert isinstance(error, RetryableError)
    assert error.retry_after == 90


def test_reads_are_tried_as_often_as_allowed_and_writes_once() -> None:
    with raw_server([answer(b"{}", status="503 Busy")]) as server:
        failure(server.url, max_tries=3)
        read_count = len(server.requests)
        with api(server.url) as system, pytest.raises(UnknownOutcomeError):
            system.send("POST", "/customers", document={"name": "A"})

    assert read_count == 3
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("options", "header"),
    [
        ({"auth": Auth.BEARER}, b"authorization: bearer a-secret-token"),
        ({"auth": Auth.HEADER, "auth_header": "X-Key"}, b"x-key: a-secret-token"),
        ({"auth": Auth.BASIC}, b"authorization: basic dxnlcjphlxnly3jldc10b2tlbg=="),
    ],
)
def test_the_secret_goes_where_the_system_wants_it(options: dict, header: bytes) -> None:
    with raw_server([answer(b"[]")]) as server, api(server.url, **options) as system:
        system.read("/customers")

    assert header in server.requests[0].lower()


@pytest.mark.parametrize("host", ["", "crm.example.com", "ftp://crm.example.com", "http://"])
def test_a_host_that_is_no_address_is_a_mistake_in_the_connection(host: str) -> None:
    with pytest.raises(ConfigError):
        api(host)


@pytest.mark.parametrize("secret", ["", "line\nbreak", "tökén"])
def test_a_secret_that_cannot_be_sent_is_a_mistake_in_the_connection(secret: str) -> None:
    connection = ConnectionDetails(host="http://127.0.0.1:9", password=secret)
    with pytest.raises(ConfigError) as caught:
        HttpApi(connection, HttpOptions())

    assert not secret or secret not in str(caught.value)


def test_a_connection_does_not_show_its_secret() -> None:
    connection = ConnectionDetails(host="http://x", password=SECRET, extra={"token": SECRET})

    assert SECRET not in repr(connection)


def test_a_system_is_asked_no_more_often_than_it_bears() -> None:
    limit = RateLimit(per_second=50, burst=5)

    started = time.monotonic()
    for _ in range(15):
        limit.wait()

    assert time.monotonic() - started >= 10 / 50 * 0.95
