"""SendGrid's signatures, with the vector that its library ships."""

import json

import pytest

from mastersync.connectors.mail.sendgrid_events import SendGridEvents
from mastersync.errors import ConfigError

PUBLIC_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+"
    "2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="
)
OTHER_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo"
    "7aNDthvj+y7GjUuFDb/R1NGe1OPzpA=="
)
SIGNATURE = (
    "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZt"
    "M="
)
TIMESTAMP = "1600112502"
EVENTS = [
    {
        "email": "hello@world.com",
        "event": "dropped",
        "reason": "Bounced Address",
        "sg_event_id": "ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",
        "sg_message_id": "LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C"
        "-9.0",
        "smtp-id": "<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>",
        "timestamp": 1600112492,
    }
]
BODY = json.dumps(EVENTS, sort_keys=True, separators=(",", ":")).encode() + b"\r\n"


def is_genuine(
    *,
    body: bytes = BODY,
    signature: str = SIGNATURE,
    timestamp: str = TIMESTAMP,
    keys: tuple[str, ...] = (PUBLIC_KEY,),
) -> bool:
    return SendGridEvents(keys).is_genuine(body, signature=signature, timestamp=timestamp)


def test_the_known_vector_is_genuine():
    assert is_genuine()
    assert is_genuine(keys=(OTHER_KEY, PUBLIC_KEY))


@pytest.mark.parametrize(
    "forged",
    [
        {"body": BODY.strip()},
        {"body": BODY.replace(b"dropped", b"delivered")},
        {"body": b"\xff"},
        {"timestamp": "1600112503"},
        {"timestamp": ""},
        {"signature": ""},
        {"signature": "no base64"},
        {"signature": "AAAA"},
        {"keys": (OTHER_KEY,)},
        {"keys": ()},
    ],
)
def test_anything_else_is_not(forged):
    assert not is_genuine(**forged)


@pytest.mark.parametrize("key", ["nonsense", f"-----BEGIN PUBLIC KEY-----\n{PUBLIC_KEY}"])
def test_a_key_that_cannot_be_read_is_said_at_the_start(key):
    with pytest.raises(ConfigError):
        SendGridEvents([key])
