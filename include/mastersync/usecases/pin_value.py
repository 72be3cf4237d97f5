"""A person pins the value of a customer's field, or takes the pin back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mastersync.domain.decisions.model import Person
from mastersync.domain.decisions.pins import PinDecision, PinWord
from mastersync.domain.records.fields import FIELDS
from mastersync.domain.records.prepare import PreparePolicy, prepare_record
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.store import Store, Unit
from mastersync.usecases.find_customer import live_customer

_REPLACED = "replaced by decision {}"


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """The pin that holds now, whether it is a new one, and those that it replaced."""

    decision_id: int
    word: PinWord
    is_new: bool
    replaced: tuple[int, ...] = ()


def pin_value(store: Store, word: PinWord, *, policy: PreparePolicy, now: datetime) -> Pinned:
    """Pin a value; older pins on the field are withdrawn. The next run forms and plans with it.

    Saying word for word what holds already changes nothing.

    Args:
        policy: How the client's records are prepared; the value takes the same normal form.

    Raises:
        NotFoundError: There is no such customer or field.
        RuleError: The value is not usable for the field.
    """
    _check_field(word.field)
    with store.begin() as unit:
        live_id = live_customer(unit, word.customer_id)
        country = next(
            (golden.fields.get("country", "") for golden in unit.customers.newest([live_id])), ""
        )
        value = usable_value(word.field, word.value, country=country, policy=policy)
        word = replace(word, customer_id=live_id, value=value)
        held = _in_force(unit, live_id, word.field, now=now)
        if held and (held[0].word.value, held[0].word.expires_at) == (value, word.expires_at):
            return Pinned(decision_id=held[0].decision_id, word=held[0].word, is_new=False)
        decision_id = unit.customers.record_pin(word, now=now)
        replaced = tuple(pin.decision_id for pin in held)
        reason = _REPLACED.format(decision_id)
        unit.decisions.withdraw(replaced, author=word.author, reason=reason, now=now)
        unit.audit.append(
            "value.pinned",
            actor=word.author,
            run_id=None,
            summary={"decision_id": decision_id, "customer_id": live_id, "field": word.field},
            now=now,
        )
    return Pinned(decision_id=decision_id, word=word, is_new=True, replaced=replaced)


def unpin_value(
    store: Store, *, customer_id: str, field: str, person: Person, now: datetime
) -> Sequence[PinDecision]:
    """Withdraw the pins in force on a field; returns them as they were.

    Raises:
        NotFoundError: There is no such customer or field.
        RuleError: Nothing is pinned there.
    """
    _check_field(field)
    with store.begin() as unit:
        live_id = live_customer(unit, customer_id)
        held = _in_force(unit, live_id, field, now=now)
        if not held:
            raise RuleError(
                f"{FIELDS[field].label} of {live_id} is not pinned. Nothing was changed.",
                next_step=f"See what is: mastersync pins {store.client_id}.",
            )
        ids = [pin.decision_id for pin in held]
        unit.decisions.withdraw(ids, author=person.by, reason=person.reason, now=now)
        unit.audit.append(
            "value.unpinned",
            actor=person.by,
            run_id=None,
            summary={"decision_ids": ids, "customer_id": live_id, "field": field},
            now=now,
        )
    return held


def usable_value(field: str, text: str, *, country: str, policy: PreparePolicy) -> str:
    """Return a value in the normal form of its field, as if a system had sent it.

    Args:
        country: Alpha-2 code that phones and numbers are read by; "" for the client's usual one.

    Raises:
        RuleError: It is blank, or not usable; the message does not repeat it.
    """
    label = FIELDS[field].label
    if not text.strip():
        raise RuleError(
            f"{label}: a blank cannot be pinned. Nothing was saved.",
            next_step="Blank it in its source system; the field's rule on blanks decides then.",
        )
    mapped: dict[str, object] = {"country": country, field: text}
    prepared = prepare_record(mapped, policy=replace(policy, required=frozenset({field})))
    if field in prepared.fields:
        return prepared.fields[field]
    why = next(
        (found.words.partition(";")[0] for found in prepared.problems if found.field == field),
        f"{label}: is not usable",
    )
    raise RuleError(f"{why}. Nothing was saved.", next_step="Write it as the field wants it.")


def _check_field(field: str) -> None:
    if field not in FIELDS:
        raise NotFoundError(
            f"There is no field {field!r}.", next_step=f"The fields are: {', '.join(FIELDS)}."
        )


def _in_force(unit: Unit, live_id: str, field: str, *, now: datetime) -> Sequence[PinDecision]:
    """Return the pins in force on a field, the newest first."""
    return [
        pin
        for pin in unit.customers.pin_history(unit.identity.within(live_id))
        if pin.word.field == field and pin.is_in_force(now)
    ]
