"""What the client's own ledger says of a customer, before anybody is paid for an opinion."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mastersync.domain.records.mapping import value_at
from mastersync.domain.records.money import normal_amount


@dataclass(frozen=True, kw_only=True)
class InternalSource:
    """Where the ledger is: a system of the client, and paths in its records; "" is not there.

    ``authority`` is where a reference to the applicant's own consent stands.
    """

    system: str
    currency: str
    exposure: str = ""
    overdue: str = ""
    disputed: str = ""
    days_late: str = ""
    authority: str = ""


@dataclass(frozen=True, kw_only=True)
class InternalStanding:
    """How a customer stands in the ledger; None where it does not say.

    Amounts are sums over the customer's accounts, ``days_late`` is the worst of them.
    ``unreadable`` names what was there and is no number.
    """

    currency: str
    exposure: Decimal | None = None
    overdue: Decimal | None = None
    disputed: Decimal | None = None
    days_late: Decimal | None = None
    authority: str = ""
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StopRules:
    """From what standing no report is bought, because the answer is known; None never stops."""

    overdue_above: Decimal | None = None
    disputed_above: Decimal | None = None
    days_late_above: Decimal | None = None
    exposure_above: Decimal | None = None


_AMOUNTS: Final[Mapping[str, Callable[[Iterable[Decimal]], Decimal]]] = {
    "exposure": lambda amounts: sum(amounts, Decimal(0)),
    "overdue": lambda amounts: sum(amounts, Decimal(0)),
    "disputed": lambda amounts: sum(amounts, Decimal(0)),
    "days_late": max,
}


def standing_of(
    accounts: Iterable[Mapping[str, object]], source: InternalSource
) -> InternalStanding | None:
    """Return how a customer stands by the ledger's records of it; None without any."""
    held = list(accounts)
    if not held:
        return None
    read: dict[str, Decimal | None] = {}
    unreadable: list[str] = []
    for name, total in _AMOUNTS.items():
        numbers = [_number(value) for value in _values(held, getattr(source, name))]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers):
            unreadable.append(name)
        read[name] = total(known) if known and len(known) == len(numbers) else None
    said = [str(value) for value in _values(held, source.authority)]
    return InternalStanding(
        currency=source.currency,
        authority=said[0] if said else "",
        unreadable=tuple(unreadable),
        **read,
    )


def reasons_to_stop(standing: InternalStanding | None, rules: StopRules) -> tuple[str, ...]:
    """Return, in words, what makes a report needless; empty when it is to be bought.

    A figure that a limit is on and that cannot be read is a reason, too: a person looks.
    """
    if standing is None:
        return ()
    limits = {
        "overdue": (rules.overdue_above, f"{standing.currency} overdue"),
        "disputed": (rules.disputed_above, f"{standing.currency} disputed"),
        "days_late": (rules.days_late_above, "days late"),
        "exposure": (rules.exposure_above, f"{standing.currency} open"),
    }
    reasons: list[str] = []
    for name, (limit, of_what) in limits.items():
        amount: Decimal | None = getattr(standing, name)
        if limit is not None and name in standing.unreadable:
            reasons.append(f"what is given as {name.replace('_', ' ')} is no number")
        elif limit is not None and amount is not None and amount > limit:
            reasons.append(f"{amount} {of_what}, limit {limit}")
    return tuple(reasons)


def _values(accounts: Iterable[Mapping[str, object]], path: str) -> list[object]:
    found = [value_at(account, path) for account in accounts] if path else []
    return [value for value in found if value is not None and value != ""]


def _number(value: object) -> Decimal | None:
    amount = None if isinstance(value, bool) else normal_amount(str(value).strip())
    return None if amount is None else Decimal(amount)
