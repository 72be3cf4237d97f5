"""The mail that asks a customer to confirm: its content, before any template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mastersync.domain.confirmations.labels import label_of
from mastersync.domain.confirmations.masking import mask_code, mask_value
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.records.fields import FIELDS, FieldKind
from mastersync.domain.records.text import clean_text

PROOF_COUNT = 2
LINK_PATH = "/c/"

# The strongest first: what a stranger is least likely to know.
_PROOFS = ("tax_id", "registration_number", "phone", "postcode")
_LONGEST_GREETING = 80
# A name that mail programs would turn into a link, or that is markup, is not repeated.
_NO_GREETING = re.compile(r"[/@<>=:\\]|\bwww\b|\w\.\w", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A detail, masked, that shows the customer that the mail is from somebody who knows them."""

    label: str
    masked_value: str


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What the mail says. ``customer_name`` is "" when it had better not be repeated."""

    client_name: str
    relation: str
    sender_name: str
    reply_to: str
    customer_name: str
    proofs: tuple[Proof, ...]
    link: str
    valid_until: datetime


def compose(
    held: Mapping[str, str],
    *,
    client_name: str,
    token: str,
    portal_url: str,
    policy: ConfirmationPolicy,
    now: datetime,
) -> Invitation:
    """Return the content of the mail to one customer.

    Args:
        held: The golden record's fields.
        client_name: The client as its customers know it.
        portal_url: What links start with, without a slash at the end.
    """
    return Invitation(
        client_name=clean_text(client_name),
        relation=clean_text(policy.relation),
        sender_name=clean_text(policy.sender_name),
        reply_to=policy.reply_to,
        customer_name=_greeting(held.get("name", "")),
        proofs=_proofs(held, language=policy.language),
        link=f"{portal_url}{LINK_PATH}{token}",
        valid_until=now + timedelta(days=policy.link_valid_days),
    )


def _greeting(name: str) -> str:
    text = clean_text(name)
    return "" if len(text) > _LONGEST_GREETING or _NO_GREETING.search(text) else text


def _proofs(held: Mapping[str, str], *, language: str) -> tuple[Proof, ...]:
    proofs = [
        Proof(label=label_of(name, language=language), masked_value=_masked(name, held[name]))
        for name in _PROOFS
        if held.get(name)
    ]
    return tuple(proofs[:PROOF_COUNT])


def _masked(name: str, value: str) -> str:
    kind = FIELDS[name].kind
    if kind in {FieldKind.CODE, FieldKind.POSTCODE}:
        return mask_code(value)
    return mask_value(kind, value)
