"""The SendGrid mailer, over real HTTP: what is sent, and what each failure means."""

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.connectors.mail.header_safety import unsafe_part
from mastersync.connectors.mail.sendgrid_mailer import SendGridMailer, _retry_after
from mastersync.errors import (
    ConfigError,
    MastersyncError,
    PermanentError,
    RetryableError,
    UnknownOutcomeError,
)
from mastersync.ports.mail import Mail
from sandboxes import Sandbox, running_sandbox

KEY = "SG.harbor_foods.sandbox"
SEND = "/sendgrid/v3/mail/send"
MAIL = Mail(
    to="office@mortons.example",
    sender="details@harbor.example",
    sender_name="Maria Lopez, Harbor Foods",
    reply_to="maria@harbor.example",
    subject="Harbor Foods: are your details still right?",
    text="Hello",
    html="<p>Hello</p>",
    reference="0190b1ab-0000-7000-8000-000000000001",
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture
def mailer(sandbox: Sandbox) -> Iterator[SendGridMailer]:
    yield SendGridMailer(KEY, host=f"{sandbox.url}/sendgrid", timeout=1.0)
    sandbox.order_faults()


def mails(sandbox: Sandbox, reference: str) -> list[dict]:
    return [
        entry
        for entry in sandbox.ledger("mails")
        if entry["custom_args"] == {"mastersync_effect": reference}
    ]


def raised(mailer: SendGridMailer, mail: Mail = MAIL) -> MastersyncError:
    with pytest.raises(MastersyncError) as caught:
        mailer.send(mail)
    said = f"{caught.value} {caught.value.facts} {caught.value.__cause__}"
    assert mail.to not in said
    assert "SG." not in said
    return caught.value


def test_a_mail_arrives_once_with_our_reference(sandbox, mailer):
    mail = replace(MAIL, reference="arrives")

    message_id = mailer.send(mail)

    [arrived] = mails(sandbox, "arrives")
    assert arrived["message_id"] == message_id
    assert arrived["to"] == mail.to


def test_the_refused_address_is_refused_for_good(mailer):
    error = raised(mailer, replace(MAIL, to="refused@mailbox.example"))

    assert isinstance(error, PermanentError)
    assert "email address is refused" in error.problem


def test_a_wrong_key_has_to_be_mended(sandbox):
    error = raised(SendGridMailer("SG.wrong.key", host=f"{sandbox.url}/sendgrid"))

    assert isinstance(error, ConfigError)


def test_too_many_requests_are_tried_again_when_sendgrid_says(sandbox, mailer):
    sandbox.order_faults({"path": SEND, "kind": "rate_limit", "retry_after": 7})

    error = raised(mailer)

    assert isinstance(error, RetryableError)
    assert error.retry_after is not None
    assert 0 <= error.retry_after <= 60


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        ({"kind": "error_before"}, 0),
        ({"kind": "error_after"}, 1),
        ({"kind": "cut_before"}, 0),
        ({"kind": "cut_after"}, 1),
        ({"kind": "hang", "ms": 2500, "effect": "before"}, 1),
        ({"kind": "hang", "ms": 2500, "effect": "none"}, 0),
    ],
)
def test_after_the_request_is_out_a_failure_means_that_nobody_knows(
    sandbox, mailer, fault, arrives
):
    mail = replace(MAIL, reference=f"unknown-{fault}")
    sandbox.order_faults({"path": SEND, **fault})

    error = raised(mailer, mail)

    assert isinstance(error, UnknownOutcomeError)
    assert error.facts["effect"] == mail.reference
    assert len(mails(sandbox, mail.reference)) == arrives


def test_an_answer_that_is_not_sendgrids_proves_nothing(sandbox, mailer):
    sandbox.order_faults({"path": SEND, "kind": "html"})

    assert isinstance(raised(mailer), UnknownOutcomeError)


def test_a_refused_connection_and_an_unknown_host_surely_sent_nothing():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        port = taken.getsockname()[1]
        error = raised(SendGridMailer(KEY, host=f"http://127.0.0.1:{port}"))
    assert isinstance(error, RetryableError)
    assert isinstance(
        raised(SendGridMailer(KEY, host="http://no.such.host.invalid")), RetryableError
    )


@contextmanager
def answering(
    status: int, body: bytes = b"", headers: dict[str, str] | None = None
) -> Iterator[tuple[SendGridMailer, list[dict]]]:
    """A SendGrid that always gives one answer, and what it was sent."""
    requests: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            requests.append(json.loads(self.rfile.read(length)))
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield SendGridMailer(KEY, host=f"http://127.0.0.1:{server.server_port}", timeout=5), requests
    server.shutdown()
    thread.join()
    server.server_close()


def refusal(field: str | None) -> bytes:
    message = f"The address {MAIL.to} is not valid."
    return json.dumps({"errors": [{"message": message, "field": field, "help": None}]}).encode()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, refusal("personalizations.0.to.0.email"), PermanentError),
        (400, refusal("subject"), PermanentError),
        (400, refusal(None), PermanentError),
        (400, b"<html>", PermanentError),
        (400, b"", PermanentError),
        (400, refusal(f"x {MAIL.to}"), PermanentError),
        (400, refusal("from.email"), ConfigError),
        (400, refusal("reply_to"), ConfigError),
        (401, b"", ConfigError),
        (403, refusal("from"), ConfigError),
        (404, b"not here", ConfigError),
        (413, b"", PermanentError),
        (415, b"", ConfigError),
        (429, b"", RetryableError),
        (500, b"<html>", UnknownOutcomeError),
        (502, b"", UnknownOutcomeError),
        (503, b"", UnknownOutcomeError),
        (504, b"", UnknownOutcomeError),
        (200, b"<html>", UnknownOutcomeError),
        (202, b"", UnknownOutcomeError),  # without a message id
    ],
)
def test_each_answer_means_one_kind_of_error(status, body, kind):
    with answering(status, body) as (mailer, _):
        assert type(raised(mailer)) is kind


def test_the_limit_is_waited_for_by_sendgrids_own_clock():
    headers = {"X-RateLimit-Reset": "4102444800", "Date": "Thu, 31 Dec 2099 23:59:30 GMT"}

    assert _retry_after(headers) == 30
    assert _retry_after({"Retry-After": "5"}) == 5
    assert _retry_after({"X-RateLimit-Reset": "soon"}) is None
    assert _retry_after({}) is None


def test_what_is_sent_is_one_recipient_two_parts_and_no_tracking():
    with answering(202, headers={"X-Message-Id": "m1"}) as (mailer, requests):
        assert mailer.send(MAIL) == "m1"

    assert requests == [
        {
            "personalizations": [
                {
                    "to": [{"email": MAIL.to}],
                    "custom_args": {"mastersync_effect": MAIL.reference},
                }
            ],
            "from": {"email": MAIL.sender, "name": "Maria Lopez Harbor Foods"},
            "reply_to": {"email": MAIL.reply_to},
            "subject": MAIL.subject,
            "content": [
                {"type": "text/plain", "value": "Hello"},
                {"type": "text/html", "value": "<p>Hello</p>"},
            ],
            "tracking_settings": {
                "click_tracking": {"enable": False, "enable_text": False},
                "open_tracking": {"enable": False},
                "subscription_tracking": {"enable": False},
            },
        }
    ]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"subject": "Hello\r\nBcc: all@evil.example"}, PermanentError),
        ({"subject": ""}, PermanentError),
        ({"subject": "x" * 201}, PermanentError),
        ({"subject": "\u202egnp.exe"}, PermanentError),
        ({"sender_name": "Maria\nX-Evil: 1"}, ConfigError),
        ({"sender": "a@b.example\r\nBcc: c@d.example"}, ConfigError),
        ({"reply_to": "nobody"}, ConfigError),
        ({"to": "a@b.example, c@d.example"}, PermanentError),
        ({"to": ""}, PermanentError),
    ],
)
def test_what_could_forge_a_header_is_never_sent(changes, kind):
    with answering(202, headers={"X-Message-Id": "m1"}) as (mailer, requests), pytest.raises(kind):
        mailer.send(replace(MAIL, **changes))

    assert requests == []


@given(st.text(min_size=1, max_size=50))
def test_no_control_character_gets_past_the_guard(text):
    if any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in text):
        assert unsafe_part(replace(MAIL, subject=text)) == "subject"
        assert unsafe_part(replace(MAIL, sender_name=text)) == "from.name"


@pytest.mark.parametrize("name", ["Café Müller", "Бар", "مطعم", "😀 👨\u200d🍳 Kitchen"])
def test_other_scripts_and_emoji_may_be_in_a_subject(name):
    assert unsafe_part(replace(MAIL, subject=name)) is None


def test_debug_logs_hold_neither_key_nor_address(caplog):
    caplog.set_level(logging.DEBUG)

    with answering(202, headers={"X-Message-Id": "m1"}) as (mailer, _):
        mailer.send(MAIL)

    assert KEY not in caplog.text
    assert MAIL.to not in caplog.text


@pytest.mark.parametrize("key", ["", "SG.a b", "SG.a\nX: 1", "SG.ä"])
def test_a_key_that_cannot_be_one_is_refused_at_once(key):
    with pytest.raises(ConfigError):
        SendGridMailer(key)


def test_a_host_that_is_no_address_is_refused_at_once():
    with pytest.raises(ConfigError):
        SendGridMailer(KEY, host="api.sendgrid.com")
