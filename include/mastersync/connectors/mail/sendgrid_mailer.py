"""Sends mail through SendGrid's v3 API, with its official client.

SendGrid takes no idempotency key, so what matters here is to know which failures mean "surely
not accepted" and which mean "nobody knows".
"""

import http.client
import logging
import socket
import ssl
import urllib.error
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from mastersync.connectors.mail.header_safety import unsafe_part
from mastersync.connectors.mail.refusals import refusal_of
from mastersync.errors import ConfigError, MastersyncError, RetryableError, UnknownOutcomeError
from mastersync.ports.mail import Mail

REFERENCE_ARGUMENT = "mastersync_effect"
DEFAULT_HOST = "https://api.sendgrid.com"
_ACCEPTED = 202
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500

# The client logs whole payloads and the API key when somebody turns on debugging.
logging.getLogger("python_http_client").setLevel(logging.WARNING)


class SendGridMailer:
    """A ``Mailer`` with one client's SendGrid account.

    Args:
        host: Base address of the API; SendGrid's European one, or a stand-in in tests.
        timeout: Seconds that each step of the call may take; the library itself waits for ever.
    """

    def __init__(self, api_key: str, *, host: str = DEFAULT_HOST, timeout: float = 20.0) -> None:
        if not api_key or not api_key.isascii() or not api_key.isprintable() or " " in api_key:
            raise ConfigError(
                "The SendGrid connection has no usable API key, so no mail was sent.",
                next_step="Put the key (it starts with SG.) into the connection's password.",
            )
        if not host.startswith(("http://", "https://")):
            raise ConfigError(
                "The SendGrid connection's host is no http(s) address, so no mail was sent.",
                next_step=f"Set it to {DEFAULT_HOST}, or leave it empty.",
            )
        self._client = SendGridAPIClient(api_key, host=host.rstrip("/"))
        self._client.client.timeout = timeout

    def send(self, mail: Mail) -> str:
        unsafe = unsafe_part(mail)
        if unsafe is not None:
            raise refusal_of(400, field=unsafe, reference=mail.reference)
        try:
            answer = self._client.client.mail.send.post(request_body=_body(mail))
        except HTTPError as error:
            raise _translate_answer(error, reference=mail.reference) from None
        except (OSError, http.client.HTTPException) as error:
            raise _translate_network(error, reference=mail.reference) from None
        message_id = answer.headers.get("X-Message-Id", "")
        if answer.status_code != _ACCEPTED or not message_id:
            raise _unknown("It gave an answer that is not SendGrid's", reference=mail.reference)
        return str(message_id)


def _body(mail: Mail) -> dict[str, object]:
    """Return the request: one recipient, our own two parts, and nothing that rewrites links."""
    return {
        "personalizations": [
            {"to": [{"email": mail.to}], "custom_args": {REFERENCE_ARGUMENT: mail.reference}}
        ],
        "from": {"email": mail.sender, "name": _plain_name(mail.sender_name)},
        "reply_to": {"email": mail.reply_to or mail.sender},
        "subject": mail.subject,
        "content": [
            {"type": "text/plain", "value": mail.text},
            {"type": "text/html", "value": mail.html},
        ],
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
            "subscription_tracking": {"enable": False},
        },
    }


def _plain_name(name: str) -> str:
    """SendGrid refuses names with a comma or a semicolon."""
    return " ".join(name.replace(",", " ").replace(";", " ").split())


def _translate_answer(error: HTTPError, *, reference: str) -> MastersyncError:
    status = int(error.status_code)
    if status == _TOO_MANY_REQUESTS:
        return RetryableError(
            "SendGrid takes no more mail for the moment; this one was not sent.",
            next_step="It is tried again by itself.",
            retry_after=_retry_after(error.headers or {}),
            effect=reference,
        )
    if status >= _SERVER_ERROR:
        return _unknown(f"SendGrid failed ({status})", reference=reference)
    return refusal_of(status, body=error.body, reference=reference)


def _translate_network(
    error: OSError | http.client.HTTPException, *, reference: str
) -> MastersyncError:
    # urllib wraps what went wrong before the answer, and only these say for sure that the
    # request had not been handed over.
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return RetryableError(
            "SendGrid cannot be reached; the mail was not sent.",
            next_step="It is tried again by itself. If it goes on, check host and network.",
            effect=reference,
        )
    return _unknown("The connection to SendGrid broke", reference=reference)


def _unknown(what: str, *, reference: str) -> UnknownOutcomeError:
    return UnknownOutcomeError(
        f"{what}; the mail may or may not have been accepted.",
        next_step="Wait for SendGrid's events to settle it; do not send it again by hand.",
        effect=reference,
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds until the limit is lifted, by SendGrid's own clock; None when it does not say."""
    try:
        if "Retry-After" in headers:
            return max(0.0, float(headers["Retry-After"]))
        now = parsedate_to_datetime(headers["Date"]).timestamp()
        return max(0.0, float(headers["X-RateLimit-Reset"]) - now)
    except (KeyError, ValueError, TypeError):
        return None
