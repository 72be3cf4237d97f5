"""SendGrid's signed events, posted as SendGrid posts them."""

import base64
import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portals import Portal, Question, ask, running_portal

KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())


def public(key: ec.EllipticCurvePrivateKey) -> str:
    der = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


@pytest.fixture
def portal(store_url: str) -> Iterator[Portal]:
    with running_portal(store_url, public_keys=(public(OTHER_KEY), public(KEY))) as portal:
        yield portal


def event(question: Question, event_id: str, **fields: object) -> dict[str, object]:
    return {
        "email": "office@mortons.example",
        "timestamp": 1772452800,
        "event": "delivered",
        "sg_event_id": f"{event_id}.{question.effect_id}" if len(event_id) == 1 else event_id,
        "mastersync_effect": str(question.effect_id),
        **fields,
    }


def post(portal: Portal, events: object, *, key=KEY, tamper: bytes = b"") -> int:
    body = json.dumps(events).encode() + b"\r\n"
    signature = key.sign(b"1772452900" + body, ec.ECDSA(hashes.SHA256()))
    headers = {
        "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
        "X-Twilio-Email-Event-Webhook-Timestamp": "1772452900",
        "Content-Type": "application/json;charset=utf-8",
    }
    answer = portal.http.post("/events/sendgrid", content=body + tamper, headers=headers)
    return answer.status_code


def kept(portal: Portal, question: Question) -> list[tuple]:
    return portal.rows(
        "SELECT split_part(event_id, '.', 1), event, reason FROM mastersync.mail_event"
        " WHERE effect_id = %s ORDER BY event_id",
        question.effect_id,
    )


def test_events_are_kept_once_however_often_they_are_posted(portal):
    question = ask(portal.store_url)
    events = [event(question, "a", event="processed"), event(question, "b")]

    statuses = [post(portal, events) for _ in range(3)] + [post(portal, events[::-1] * 4)]

    assert statuses == [204] * 4
    assert kept(portal, question) == [("a", "processed", None), ("b", "delivered", None)]


def test_a_block_is_told_from_a_bounce_and_reasons_hold_no_address(portal):
    question = ask(portal.store_url)
    reason = "550 5.1.1 <office@mortons.example>: unknown\x00 user"
    events = [
        event(question, "a", event="bounce", type="blocked", reason=reason),
        event(question, "b", event="bounce", type="bounce", reason=reason),
    ]

    assert post(portal, events) == 204

    words = "550 5.1.1 <<address>>: unknown user"
    assert kept(portal, question) == [("a", "blocked", words), ("b", "bounce", words)]


def test_events_that_are_not_ours_are_passed_over(portal):
    question = ask(portal.store_url)
    strangers = [
        {"event": "open"},
        "text",
        None,
        event(question, "x", mastersync_effect="no uuid"),
        event(question, "x", mastersync_effect="00000000-0000-0000-0000-000000000000"),
        event(question, "x", timestamp="never"),
        event(question, "x", timestamp=10**30),
        event(question, "x" * 500),
    ]

    assert post(portal, [*strangers, event(question, "a")]) == 204
    assert [row[0] for row in kept(portal, question)] == ["a"]


def test_what_sendgrid_did_not_sign_is_refused(portal):
    question = ask(portal.store_url)
    events = [event(question, "a")]
    stranger = ec.generate_private_key(ec.SECP256R1())

    assert post(portal, events, key=stranger) == 401
    assert post(portal, events, tamper=b" ") == 401
    assert portal.http.post("/events/sendgrid", json=events).status_code == 401
    garbage = {
        "X-Twilio-Email-Event-Webhook-Signature": "no base64!",
        "X-Twilio-Email-Event-Webhook-Timestamp": "1",
    }
    for body in (b"[]", b"\xff\xfe"):
        forged = portal.http.post("/events/sendgrid", content=body, headers=garbage)
        assert forged.status_code == 401
    assert kept(portal, question) == []


def test_the_old_key_counts_while_a_new_one_is_introduced(portal):
    question = ask(portal.store_url)

    assert post(portal, [event(question, "a")], key=OTHER_KEY) == 204
    assert len(kept(portal, question)) == 1


def test_what_is_signed_but_no_list_is_a_bad_request(portal):
    assert post(portal, {"not": "a list"}) == 400


def test_a_post_beyond_the_limit_is_refused(portal):
    assert post(portal, ["x" * 3_000_000]) == 413


def test_without_a_key_the_webhook_is_closed(store_url):
    question = ask(store_url)
    with running_portal(store_url) as portal:
        assert post(portal, [event(question, "a")]) == 503
        assert kept(portal, question) == []
