"""What a client of tests was promised: clauses on a calendar of office hours in Berlin."""

from datetime import date
from decimal import Decimal

from mastersync.domain.sla.calendar import Span, WorkingCalendar
from mastersync.domain.sla.model import (
    Allowance,
    Cause,
    Clause,
    CreditTier,
    Milestone,
    Person,
    Request,
    Rung,
    SlaPolicy,
    Unit,
)

NINE_TO_FIVE = (Span(opens=9 * 60, closes=17 * 60),)
OFFICE = WorkingCalendar(
    name="office",
    zone="Europe/Berlin",
    week=dict.fromkeys(range(5), NINE_TO_FIVE),
    closed={date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"},
    first_year=2025,
    last_year=2028,
)
MANAGER = Person(
    name="Lin Berg", email="lin@house.example", deputy_name="Max Ode", deputy_email="max@h.example"
)
LADDER = (
    Rung(at=Decimal("0.5"), to="operator"),
    Rung(at=Decimal("0.8"), to="line_manager", person=MANAGER),
    Rung(at=Decimal(1), to="account_manager", person=MANAGER),
)


def clause(key: str, start: str, stop: str, within: str, **said: object) -> Clause:
    """A clause such as ``clause("4.1", "seen", "pushed", "8 working hours")``."""
    amount, unit = within.split(" ", 1)
    allowance = Allowance(amount=Decimal(amount), unit=Unit(unit))
    return Clause(
        key=key,
        number=key,
        clock=f"{start} to {stop}",
        start=Milestone(start),
        stop=Milestone(stop),
        within=allowance,
        calendar="office" if "working" in unit else "",
        **{"target": Decimal("0.95"), **said},
    )


PUSHED = clause("4.1", "seen", "pushed", "8 working hours", pauses=frozenset(Cause))
NEW = clause(
    "4.2",
    "seen",
    "pushed",
    "16 working hours",
    requests=frozenset({Request.NEW_CUSTOMER}),
    pauses=frozenset(Cause),
)
VERIFIED = clause("4.3", "seen", "verified", "2 working days")
CONFIRMED = clause("5.1", "asked", "confirmed", "10 days")


def promised(*clauses: Clause) -> SlaPolicy:
    return SlaPolicy(
        clauses=clauses or (PUSHED, NEW, VERIFIED, CONFIRMED),
        zone="Europe/Berlin",
        calendars={"office": OFFICE},
        ladder=LADDER,
        credit_tiers=(
            CreditTier(below=Decimal("0.95"), credit=Decimal("0.02")),
            CreditTier(below=Decimal("0.8"), credit=Decimal("0.05")),
        ),
    )
