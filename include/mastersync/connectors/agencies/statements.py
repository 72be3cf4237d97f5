"""What agencies list as charged."""

from dataclasses import dataclass
from datetime import UTC, datetime

from mastersync.connectors.json_paths import value_at
from mastersync.domain.credit.ledger import Charge
from mastersync.errors import PermanentError


@dataclass(frozen=True, kw_only=True)
class ChargePaths:
    """Where an agency's list of charges holds what; ``since`` is the name of the query's day."""

    charges: str
    since: str
    charge_id: str
    company: str
    our_reference: str
    charged_at: str
    units: str


def charges_of(body: object, paths: ChargePaths) -> tuple[Charge, ...]:
    """Read a list of charges.

    Raises:
        PermanentError: It is none, or a line has no id or time. Nothing may be concluded from it:
            a line left out would look like an order that was never charged.
    """
    lines = value_at(body, paths.charges)
    if not isinstance(lines, list):
        raise _unreadable("it has no list of charges")
    return tuple(_charge(line, paths) for line in lines)


def _charge(line: object, paths: ChargePaths) -> Charge:
    charge_id = value_at(line, paths.charge_id)
    units = value_at(line, paths.units)
    try:
        charged_at = datetime.fromisoformat(str(value_at(line, paths.charged_at)))
    except ValueError as error:
        raise _unreadable("a line has no time") from error
    if charge_id in (None, ""):
        raise _unreadable("a line has no number")
    return Charge(
        charge_id=str(charge_id),
        company_reference=_text(value_at(line, paths.company)),
        our_reference=_text(value_at(line, paths.our_reference)),
        charged_at=charged_at if charged_at.tzinfo else charged_at.replace(tzinfo=UTC),
        units=units if isinstance(units, int) else 1,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _unreadable(why: str) -> PermanentError:
    return PermanentError(
        f"The agency's statement cannot be read: {why}.",
        next_step="Compare credit.statement.path with the agency's manual.",
    )
