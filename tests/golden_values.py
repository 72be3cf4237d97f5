"""What systems, customers and operators say of a field, for tests of survivorship."""

from datetime import UTC, datetime, timedelta

from mastersync.domain.golden.model import FieldRule, FieldValue, SurvivorshipPolicy, ValueKind
from mastersync.domain.golden.survive import survive

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TRUST = ("crm", "erp", "shop")
PLAIN = SurvivorshipPolicy(trust=TRUST)


def said(value, *, system="crm", field="phone", days=0, key="1", **more):
    """What a system says since so many days before noon."""
    return FieldValue(
        field=field,
        value=value,
        system=system,
        source_key=key,
        version_id=1,
        observed_at=NOON - days * DAY,
        **more,
    )


def confirmed(value, *, field="phone", days=0, answer="1"):
    return FieldValue(
        field=field,
        value=value,
        system="customer",
        source_key=f"answer {answer}",
        observed_at=NOON - days * DAY,
        kind=ValueKind.CONFIRMATION,
    )


def pinned(value, *, field="phone", until=None):
    return FieldValue(
        field=field,
        value=value,
        system="operator",
        source_key="decision 1",
        observed_at=NOON,
        kind=ValueKind.PIN,
        holds_until=until,
    )


def policy(*, trust=TRUST, **rule):
    return SurvivorshipPolicy(trust=trust, by_field={"phone": FieldRule(**rule)})


def phone(*values, policy=PLAIN, now=NOON):
    return survive(values, policy, now=now).fields.get("phone")
