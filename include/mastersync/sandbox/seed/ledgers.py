"""What customers owe, as an ERP's ledger says: most pay, some are late, a few dispute."""

from dataclasses import dataclass
from decimal import Decimal

from mastersync.sandbox.seed.records import number, share

_LATE, _VERY_LATE, _DISPUTING = 12, 3, 2  # in a hundred
_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Amounts as text with two decimals, in the currency of the limit."""

    open: str
    overdue: str
    disputed: str
    days_late: int


def standing(limit: str, *key: str) -> Standing:
    """Return how a customer with a credit limit stands; the same for a key every time."""
    total = Decimal(limit) * (number("open", *key) % 80) / 100
    is_late = share(_LATE, "late", *key)
    is_very_late = share(_VERY_LATE, "very-late", *key)
    overdue = total / 2 if is_late or is_very_late else Decimal(0)
    disputed = total / 4 if share(_DISPUTING, "disputes", *key) else Decimal(0)
    days = 60 + number("days", *key) % 60 if is_very_late else number("days", *key) % 30 + 1
    return Standing(
        open=str(total.quantize(_CENT)),
        overdue=str(overdue.quantize(_CENT)),
        disputed=str(disputed.quantize(_CENT)),
        days_late=days if overdue else 0,
    )
