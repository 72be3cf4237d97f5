"""What it takes to undo writes, without a store: order, whole records, what systems keep."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from mastersync.domain.effects.model import EffectKind, EffectState
from mastersync.domain.effects.outbox import ChosenEffect
from mastersync.domain.effects.undo import RecordNow, plan_undo, still_holds

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RECORD = RecordNow(
    record_id=1,
    system="erp",
    source_key="x",
    customer_id="C-1",
    payload={"phone": "3", "city": "LEEDS", "limit": 500.0},
    guard="v9",
    deleted=False,
    read_at=NOON,
)


def push(number: int, before: dict[str, object], after: dict[str, object]) -> ChosenEffect:
    """The n-th write to the record."""
    return ChosenEffect(
        effect_id=UUID(int=number),
        kind=EffectKind.PUSH,
        target="erp",
        run_id="r1",
        customer_id="C-1",
        record_id=1,
        record_key="x",
        is_creation=False,
        state=EffectState.DONE,
        held_for=None,
        not_before=NOON,
        planned_at=NOON + timedelta(hours=number),
        settled_at=NOON + timedelta(hours=number),
        attempt_count=1,
        cost=Decimal(0),
        currency=None,
        problem=None,
        before=before,
        after=after,
        transformation=None,
        undoes=False,
        is_undone=False,
        is_in_doubt=False,
    )


def test_of_several_writes_each_field_goes_back_to_before_the_first() -> None:
    writes = [
        push(2, {"phone": "2"}, {"phone": "3"}),
        push(1, {"phone": "1", "city": "York"}, {"phone": "2", "city": "Leeds"}),
    ]

    (undone,) = plan_undo(writes, {1: RECORD}).records

    assert undone.values == {"phone": ("3", "1"), "city": ("Leeds", "York")}
    assert undone.effect_ids == (UUID(int=1), UUID(int=2))


def test_what_ends_where_it_began_needs_no_write() -> None:
    writes = [push(1, {"phone": "3"}, {"phone": "2"}), push(2, {"phone": "2"}, {"phone": "3"})]

    plan = plan_undo(writes, {1: RECORD})

    assert plan.records == ()
    assert [one.why for one in plan.refused] == ["nothing of it differs from what was there before"]


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (
            replace(RECORD, payload={"phone": "9", "city": "LEEDS"}),
            "the system changed phone since",
        ),
        (replace(RECORD, deleted=True), "the record was deleted in the system"),
        (
            replace(RECORD, later=["city"]),
            "a later write of ours changed city: take that back, too",
        ),
        (None, "the record is not known any more"),
    ],
)
def test_a_record_is_left_alone_as_a_whole(now: RecordNow | None, why: str) -> None:
    write = push(1, {"phone": "1", "city": "York"}, {"phone": "3", "city": "Leeds"})

    plan = plan_undo([write], {} if now is None else {1: now})

    assert (plan.records, [one.why for one in plan.refused]) == ((), [why])


@pytest.mark.parametrize(
    ("held", "written", "holds"),
    [
        ("LEEDS", "Leeds", True),
        ("12 A VERY LONG STREET NA", "12 A Very Long Street Name", True),
        (500.0, "500.00", True),
        ("", None, True),
        ("Leeds", "York", False),
        ("501", 500, False),
    ],
)
def test_systems_keep_what_we_wrote_in_their_own_way(
    held: object, written: object, *, holds: bool
) -> None:
    assert still_holds(held, written) is holds
