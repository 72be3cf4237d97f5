"""What a refusal by SendGrid means for whoever has to mend it.

SendGrid's own words may repeat the address, so only the name of the field is taken over.
"""

import json
import re

from mastersync.errors import ConfigError, MastersyncError, PermanentError

_FIELD = re.compile(r"^[A-Za-z0-9_.\[\]]{1,80}$")
_BAD_REQUEST, _TOO_LARGE = 400, 413


def refusal_of(
    status: int, *, body: bytes = b"", field: str = "", reference: str
) -> MastersyncError:
    """Return the error for an answer of 4xx other than 429."""
    if status == 401:  # noqa: PLR2004 (HTTP's own number)
        return ConfigError(
            "SendGrid refused the API key; the mail was not sent.",
            next_step="Put a valid key with the right to send mail into the client's connection.",
            status=status,
            effect=reference,
        )
    if status == 403:  # noqa: PLR2004 (HTTP's own number)
        return ConfigError(
            "SendGrid does not let this key send, or does not know the sender; nothing was sent.",
            next_step="Verify the sender's address or domain in SendGrid, and the key's scopes.",
            status=status,
            effect=reference,
        )
    if status not in {_BAD_REQUEST, _TOO_LARGE}:
        return ConfigError(
            f"SendGrid does not know this request ({status}); the mail was not sent.",
            next_step="Check the host of the client's SendGrid connection.",
            status=status,
            effect=reference,
        )
    return _refused_field(field or _field_of(body), status=status, reference=reference)


def _refused_field(field: str, *, status: int, reference: str) -> MastersyncError:
    if field.startswith(("from", "reply_to")):
        return ConfigError(
            f"The mail's {field} is refused; it was not sent.",
            next_step="Mend the sender in the confirmation section of the client's file.",
            status=status,
            field=field,
            effect=reference,
        )
    if field == "to" or ".to" in field:
        return PermanentError(
            "The customer's email address is refused; the mail was not sent.",
            next_step="Correct the address in the source system, or ask the customer otherwise.",
            status=status,
            field=field,
            effect=reference,
        )
    return PermanentError(
        "The mail's content is refused; it was not sent.",
        next_step="Check the client's mail template, then send it again.",
        status=status,
        field=field,
        effect=reference,
    )


def _field_of(body: bytes) -> str:
    """Return the first field that the answer names, "" when it names none."""
    try:
        field = json.loads(body)["errors"][0]["field"]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
    return field if isinstance(field, str) and _FIELD.match(field) else ""
