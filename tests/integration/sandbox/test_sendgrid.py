import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from python_http_client.exceptions import BadRequestsError, UnauthorizedError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.eventwebhook import EventWebhook, EventWebhookHeader
from sendgrid.helpers.mail import Content, CustomArg, Email, Mail, To

from mastersync.sandbox.connections import sendgrid_key


def official(sandbox, key: str | None = None) -> SendGridAPIClient:
    client = SendGridAPIClient(key or sendgrid_key("harbor_foods"), host=f"{sandbox.url}/sendgrid")
    client.client.timeout = 5
    return client


def message(to: str = "ap@acme.example", **arguments: str) -> Mail:
    mail = Mail(from_email=Email("billing@harbor.example"), to_emails=To(to), subject="Confirm")
    mail.add_content(Content("text/plain", "Is <b>this</b> right?"))
    mail.add_content(Content("text/html", "<p>Is this right?</p><script>alert(1)</script>"))
    for name, value in arguments.items():
        mail.add_custom_arg(CustomArg(name, value))
    return mail


class Webhook:
    """Keeps what is posted to it, byte for byte."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], bytes]] = []
        kept = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kept.append((dict(self.headers.items()), body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/events"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 10
        while len(self.received) < count and time.monotonic() < deadline:
            time.sleep(0.05)

    def events(self, index: int = 0) -> list[dict]:
        return json.loads(self.received[index][1])


@pytest.fixture
def webhook():
    webhook = Webhook()
    yield webhook
    webhook.server.shutdown()
    webhook.thread.join(5)
    webhook.server.server_close()


def verified(sandbox, headers: dict[str, str], body: bytes) -> bool:
    lower = {name.lower(): value for name, value in headers.items()}
    path = "/sendgrid/v3/user/webhooks/event/settings/signed/default"
    bearer = {"Authorization": f"Bearer {sendgrid_key('harbor_foods')}"}
    key = sandbox.http.get(path, headers=bearer).json()["public_key"]
    return EventWebhook(key).verify_signature(
        body.decode(),
        lower[EventWebhookHeader.SIGNATURE.lower()],
        lower[EventWebhookHeader.TIMESTAMP.lower()],
    )


def test_the_official_client_sends_and_the_inbox_and_the_ledger_have_the_mail(sandbox) -> None:
    answer = official(sandbox).send(message(message_key="conf-1"))
    assert answer.status_code == 202
    assert answer.body == b""
    mail = sandbox.http.get("/inbox.json").json()[0]
    assert mail["message_id"] == answer.headers["X-Message-Id"]
    assert (mail["to"], mail["client"]) == ("ap@acme.example", "harbor_foods")
    assert mail["text"] == "Is <b>this</b> right?"
    entry = sandbox.ledger("mails", client="harbor_foods")[-1]
    assert entry["custom_args"] == {"message_key": "conf-1"}
    assert entry["message_id"] == mail["message_id"]


def test_the_page_of_a_mail_shuts_its_html_in_a_frame_and_escapes_the_rest(sandbox) -> None:
    official(sandbox).send(message())
    seq = sandbox.http.get("/inbox.json").json()[0]["seq"]
    page = sandbox.http.get(f"/inbox/{seq}").text
    assert "<script>" not in page
    assert "<b>this</b>" not in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "ap@acme.example" in sandbox.http.get("/inbox").text


def test_the_refused_address_is_a_400_that_names_the_field_and_is_not_kept(sandbox) -> None:
    before = len(sandbox.ledger("mails"))
    with pytest.raises(BadRequestsError) as refused:
        official(sandbox).send(message("refused@mailbox.example"))
    assert refused.value.to_dict["errors"][0]["field"] == "personalizations.0.to.0.email"
    assert len(sandbox.ledger("mails")) == before


def test_a_wrong_key_is_a_401(sandbox) -> None:
    with pytest.raises(UnauthorizedError) as refused:
        official(sandbox, "SG.wrong.key").send(message())
    assert "authorization grant is invalid" in refused.value.to_dict["errors"][0]["message"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"personalizations": []}, "personalizations"),
        ({"personalizations": [{"to": []}]}, "personalizations.0.to"),
        (
            {"personalizations": [{"to": [{"email": "a@b.example"}, {"email": "A@b.example"}]}]},
            "personalizations.0",
        ),
        ({"from": {}}, "from.email"),
        ({"subject": ""}, "subject"),
        ({"content": []}, "content"),
        ({"content": [{"type": "text/html", "value": ""}]}, "content.0.value"),
        (
            {
                "content": [
                    {"type": "text/html", "value": "x"},
                    {"type": "text/plain", "value": "x"},
                ]
            },
            "content",
        ),
        ({"custom_args": "text"}, "custom_args"),
        ({"custom_args": {"n": 5}}, "custom_args.n"),
        ({"headers": {"Subject": "x"}}, "headers.Subject"),
        ({"categories": ["a", "a"]}, "categories"),
        ({"send_at": 4_000_000_000}, "send_at"),
        (
            {"mail_settings": {"sandbox_mode": {"enable": "true"}}},
            "mail_settings.sandbox_mode.enable",
        ),
    ],
)
def test_a_mail_that_breaks_a_rule_is_refused_at_the_field(sandbox, change, field) -> None:
    body = message().get() | change
    answer = sandbox.http.post(
        "/sendgrid/v3/mail/send",
        json=body,
        headers={"Authorization": f"Bearer {sendgrid_key('harbor_foods')}"},
    )
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_sandbox_mode_checks_only(sandbox) -> None:
    before = len(sandbox.ledger("mails"))
    body = message().get() | {"mail_settings": {"sandbox_mode": {"enable": True}}}
    answer = sandbox.http.post(
        "/sendgrid/v3/mail/send",
        json=body,
        headers={"Authorization": f"Bearer {sendgrid_key('harbor_foods')}"},
    )
    assert answer.status_code == 200
    assert len(sandbox.ledger("mails")) == before


def test_ordered_events_are_signed_doubled_and_out_of_order(sandbox, webhook) -> None:
    sent = official(sandbox).send(message(message_key="conf-2"))
    order = {
        "url": webhook.url,
        "messages": [sent.headers["X-Message-Id"]],
        "events": ["processed", "delivered", "blocked"],
        "duplicates": 1,
        "shuffle": True,
    }
    assert sandbox.http.post("/control/sendgrid/events", json=order).json() == {
        "sent": 6,
        "status": 204,
    }
    headers, body = webhook.received[0]
    assert body.endswith(b"]\r\n")
    assert verified(sandbox, headers, body)
    assert not verified(sandbox, headers, body.rstrip())
    assert headers["User-Agent"] == "SendGrid Event API"
    events = webhook.events()
    assert [event["event"] for event in events] == [
        *["bounce", "bounce"],
        *["delivered", "delivered"],
        *["processed", "processed"],
    ]
    assert events[0]["type"] == "blocked"
    assert len({event["sg_event_id"] for event in events}) == 3
    assert {event["message_key"] for event in events} == {"conf-2"}
    assert events[0]["sg_message_id"].split(".")[0] == sent.headers["X-Message-Id"]


def test_with_a_webhook_enabled_each_mail_brings_its_events_by_itself(sandbox, webhook) -> None:
    path = "/sendgrid/v3/user/webhooks/event/settings/default"
    bearer = {"Authorization": f"Bearer {sendgrid_key('harbor_foods')}"}
    settings = {"enabled": True, "url": webhook.url}
    sandbox.http.patch(path, json=settings, headers=bearer).raise_for_status()
    official(sandbox).send(message())
    official(sandbox).send(message("bounced@mailbox.example"))
    webhook.wait_for(2)
    sandbox.http.patch(path, json={"enabled": False}, headers=bearer).raise_for_status()
    assert all(verified(sandbox, *request) for request in webhook.received)
    outcomes = {event["email"]: event["event"] for i in (0, 1) for event in webhook.events(i)}
    assert outcomes == {"ap@acme.example": "delivered", "bounced@mailbox.example": "bounce"}


def test_a_mail_may_be_accepted_and_the_line_cut(sandbox) -> None:
    before = len(sandbox.ledger("mails"))
    sandbox.order_faults({"path": "/sendgrid", "kind": "cut_after", "times": 1})
    with pytest.raises((OSError, EOFError)):
        official(sandbox).send(message())
    assert len(sandbox.ledger("mails")) == before + 1
