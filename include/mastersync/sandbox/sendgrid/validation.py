"""What SendGrid v3 refuses in POST /v3/mail/send, in the words of its OpenAPI file."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}")
_RESERVED_HEADERS = frozenset(
    (
        *("x-sg-id", "x-sg-eid", "received", "dkim-signature"),
        *("content-type", "content-transfer-encoding"),
        *("to", "from", "subject", "reply-to", "cc", "bcc"),
    )
)
_MOST_PEOPLE = 1000
_MOST_ARGUMENT_BYTES = 10_000
_MOST_CATEGORIES = 10
_SEND_AT_HORIZON = 72 * 3600


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One entry of the ``errors`` array."""

    message: str
    field: str | None

    def as_json(self) -> dict[str, object]:
        return {"message": self.message, "field": self.field, "help": None}


def refusals(mail: object, *, refused: frozenset[str], now: int) -> list[Refusal]:
    """Returns: why this request is refused; empty when it is accepted.

    Args:
        refused: addresses that are refused whoever sends to them.
        now: unix seconds.
    """
    if not isinstance(mail, dict):
        return [Refusal(message="Bad Request", field=None)]
    found = [*_people(mail, refused), *_sender(mail), *_subject(mail), *_content(mail)]
    return [*found, *_extras(mail), *_settings(mail), *_times(mail, now)]


def _people(mail: dict[str, Any], refused: frozenset[str]) -> list[Refusal]:
    blocks = mail.get("personalizations")
    if not isinstance(blocks, list) or not 1 <= len(blocks) <= _MOST_PEOPLE:
        message = (
            "The personalizations field is required and must have at least one personalization."
        )
        return [Refusal(message=message, field="personalizations")]
    found: list[Refusal] = []
    total = 0
    for index, block in enumerate(blocks):
        place = f"personalizations.{index}"
        if not isinstance(block, dict) or not isinstance(block.get("to"), list) or not block["to"]:
            message = (
                "The to array is required for all personalization objects, and must have at least "
                "one email object with a valid email address."
            )
            found.append(Refusal(message=message, field=f"{place}.to"))
            continue
        everybody = [*block["to"], *block.get("cc", []), *block.get("bcc", [])]
        total += len(everybody)
        for position, person in enumerate(block["to"]):
            found += _address(person, f"{place}.to.{position}", refused)
        found += _twice(everybody, place)
        found += _arguments(block, f"{place}.custom_args")
    if total > _MOST_PEOPLE:
        message = "The total number of recipients must be no more than 1000."
        found.append(Refusal(message=message, field="personalizations"))
    return found


def _address(person: object, place: str, refused: frozenset[str] = frozenset()) -> list[Refusal]:
    person = person if isinstance(person, dict) else {}
    email = person.get("email")
    if not isinstance(email, str) or not _EMAIL.fullmatch(email) or email.lower() in refused:
        return [Refusal(message="Does not contain a valid address.", field=f"{place}.email")]
    if isinstance(person.get("name"), str) and re.search(r"[;,]", person["name"]):
        message = "The name cannot contain a comma or a semicolon."
        return [Refusal(message=message, field=f"{place}.name")]
    return []


def _twice(everybody: list[Any], place: str) -> list[Refusal]:
    emails = Counter(str(p.get("email", "")).lower() for p in everybody if isinstance(p, dict))
    first = next((email for email, count in emails.items() if count > 1), None)
    if first is None:
        return []
    message = (
        "Each email address in the personalization block should be unique between to, cc, and bcc. "
        f"We found the first duplicate instance of [{first}] in the {place}.to field."
    )
    return [Refusal(message=message, field=place)]


def _sender(mail: dict[str, Any]) -> list[Refusal]:
    sender = mail.get("from")
    if not isinstance(sender, dict) or not sender.get("email"):
        message = (
            "The from object must be provided for every email send. It is an object that requires "
            "the email parameter, but may also contain a name parameter."
        )
        return [Refusal(message=message, field="from.email")]
    found = _address(sender, "from")
    if "reply_to" in mail and "reply_to_list" in mail:
        message = "You can set reply_to or reply_to_list, not both."
        found.append(Refusal(message=message, field="reply_to"))
    if "reply_to" in mail:
        found += _address(mail["reply_to"], "reply_to")
    return found


def _subject(mail: dict[str, Any]) -> list[Refusal]:
    blocks = mail.get("personalizations") or [{}]
    if (
        mail.get("subject")
        or mail.get("template_id")
        or all(isinstance(b, dict) and b.get("subject") for b in blocks)
    ):
        return []
    message = (
        "The subject is required. You can get around this requirement if you use a template with a "
        "subject defined or if every personalization has a subject defined."
    )
    return [Refusal(message=message, field="subject")]


def _content(mail: dict[str, Any]) -> list[Refusal]:
    parts = mail.get("content")
    if mail.get("template_id") and not parts:
        return []
    if not isinstance(parts, list) or not parts:
        message = (
            "Unless a valid template_id is provided, the content parameter is required. There must "
            "be at least one defined content block. We typically suggest both text/plain and "
            "text/html blocks are included, but only one block is required."
        )
        return [Refusal(message=message, field="content")]
    for index, part in enumerate(parts):
        if (
            not isinstance(part, dict)
            or not isinstance(part.get("value"), str)
            or not part["value"]
        ):
            message = "The content value must be a string at least one character in length."
            return [Refusal(message=message, field=f"content.{index}.value")]
    kinds = [part.get("type") for part in parts]
    if "text/plain" in kinds and kinds[0] != "text/plain":
        message = "If present, text/plain must be first, followed by text/html."
        return [Refusal(message=message, field="content")]
    return []


def _arguments(holder: dict[str, Any], place: str) -> list[Refusal]:
    given = holder.get("custom_args")
    if given is None:
        return []
    if not isinstance(given, dict):
        kind = "string" if isinstance(given, str) else "array"
        message = f"Invalid type. Expected: object, given: {kind}."
        return [Refusal(message=message, field=place)]
    for name, value in given.items():
        if not isinstance(value, str):
            message = "Invalid type. Expected: string, given: integer."
            return [Refusal(message=message, field=f"{place}.{name}")]
    if len(json.dumps(given).encode()) > _MOST_ARGUMENT_BYTES:
        return [Refusal(message="The custom_args are larger than 10000 bytes.", field=place)]
    return []


def _extras(mail: dict[str, Any]) -> list[Refusal]:
    found = _arguments(mail, "custom_args")
    categories = mail.get("categories", [])
    if len(categories) > _MOST_CATEGORIES:
        found.append(Refusal(message="There is a limit of 10 categories.", field="categories"))
    if len(set(categories)) != len(categories):
        message = "The categories array must be unique."
        found.append(Refusal(message=message, field="categories"))
    for header in mail.get("headers", {}):
        if header.lower() in _RESERVED_HEADERS:
            message = f"The header {header} cannot be set."
            found.append(Refusal(message=message, field=f"headers.{header}"))
    return found


def _settings(mail: dict[str, Any]) -> list[Refusal]:
    enable = mail.get("mail_settings", {}).get("sandbox_mode", {}).get("enable", False)
    if isinstance(enable, bool):
        return []
    message = "Invalid type. Expected: boolean, given: string."
    return [Refusal(message=message, field="mail_settings.sandbox_mode.enable")]


def _times(mail: dict[str, Any], now: int) -> list[Refusal]:
    blocks = mail.get("personalizations")
    times = [b.get("send_at") for b in blocks if isinstance(b, dict)] if blocks else []
    for when in (mail.get("send_at"), *times):
        if isinstance(when, int) and when > now + _SEND_AT_HORIZON:
            message = "The send_at time cannot be more than 72 hours in advance."
            return [Refusal(message=message, field="send_at")]
    return []
