from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from mastersync.domain.effects.model import EffectKind, EffectState
from mastersync.domain.effects.reconcile import (
    HeldRecord,
    SeenRecord,
    TriedEffect,
    reconcile_records,
    reconcile_references,
    reconcile_values,
    reconcile_writes,
)

ONE, TWO = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def tried(kind: EffectKind = EffectKind.CREDIT_ORDER, **values: object) -> TriedEffect:
    known = {
        "effect_id": ONE,
        "target": "erp",
        "customer_id": "C-1",
        "record_key": None,
        "is_creation": False,
        "state": EffectState.DONE,
        "attempt_count": 1,
    }
    return TriedEffect(kind=kind, **{**known, **values})


def test_an_order_that_was_done_once_and_seen_once_agrees() -> None:
    assert list(reconcile_references([tried()], [str(ONE)], kind=EffectKind.CREDIT_ORDER)) == []


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ([], "is done, and the outside never saw it"),
        ([str(ONE), str(ONE)], "was taken 2 times"),
        ([str(ONE), "other"], "other, which nobody planned"),
    ],
)
def test_each_disagreement_about_an_order_is_named(seen: list[str], words: str) -> None:
    (found,) = reconcile_references([tried()], seen, kind=EffectKind.CREDIT_ORDER)

    assert words in found


def test_what_a_person_had_sent_again_may_be_taken_once_more() -> None:
    effect = tried(resend_count=1)
    seen = [str(ONE)] * 2

    assert list(reconcile_references([effect], seen, kind=EffectKind.CREDIT_ORDER)) == []


def test_a_mail_may_be_taken_twice_only_after_a_second_attempt() -> None:
    seen = [str(ONE)] * 2
    once, again = tried(EffectKind.EMAIL), tried(EffectKind.EMAIL, attempt_count=2)

    assert len(list(reconcile_references([once], seen, kind=EffectKind.EMAIL))) == 1
    assert list(reconcile_references([again], seen, kind=EffectKind.EMAIL)) == []


def test_a_customer_created_twice_is_named() -> None:
    creation = tried(EffectKind.PUSH, is_creation=True)
    seen = [("erp", "7", "C-1"), ("erp", "8", "C-1")]

    assert list(reconcile_writes([creation], seen)) == ["erp created C-1 2 times"]


def test_an_update_that_nobody_planned_is_named() -> None:
    (found,) = reconcile_writes([], [("erp", "7", "")])

    assert found == "erp took 1 updates of 7, 0 were planned"


def test_an_update_that_is_done_and_was_never_seen_is_named() -> None:
    update = tried(EffectKind.PUSH, record_key="7")

    assert list(reconcile_writes([update], [])) == ["1 updates of 7 are done, erp saw 0"]


def seen(**values: object) -> SeenRecord:
    known = {"system": "erp", "key": "7", "values": {"name": "Aldgate"}, "deleted": False}
    return SeenRecord(**{**known, "changed_at": NOON, **values})


def held(**values: object) -> HeldRecord:
    known = {"system": "erp", "key": "7", "payload": {"name": "Aldgate"}, "deleted": False}
    return HeldRecord(**{**known, "read_to": NOON.isoformat(), "read_at": LATER, **values})


def test_a_record_that_is_held_as_its_system_has_it_agrees() -> None:
    assert list(reconcile_records([held()], [seen()])) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (held(key="8"), seen(), "erp has 7, which was never landed"),
        (held(deleted=True), seen(), "erp has 7, and we hold it for deleted"),
        (held(payload={}), seen(), "erp has another version of 7 than we hold"),
        (held(payload={}, read_to="page 9"), seen(), "erp has another version of 7 than we hold"),
    ],
)
def test_each_record_that_should_have_been_read_is_named(
    ours: HeldRecord, theirs: SeenRecord, words: str
) -> None:
    assert list(reconcile_records([ours], [theirs])) == [words]


def test_what_changed_after_the_system_was_read_is_no_fault() -> None:
    changed = seen(values={"name": "Aldgate Foundry"}, changed_at=LATER)

    assert list(reconcile_records([held()], [changed])) == []


def push(effect_id: UUID, name: str, planned_at: datetime, **values: object) -> TriedEffect:
    return tried(
        EffectKind.PUSH,
        **{"effect_id": effect_id, "record_key": "7", "after": {"name": name}, **values},
        planned_at=planned_at,
    )


@pytest.mark.parametrize("name", ["Aldgate", "ALDGATE "])
def test_a_record_that_holds_what_was_written_last_agrees(name: str) -> None:
    pushes = [push(ONE, "Brixton", NOON), push(TWO, "Aldgate", LATER)]

    assert list(reconcile_values(pushes, [("erp", "7", {"name": name})])) == []


def test_a_late_write_that_took_a_record_back_is_named() -> None:
    pushes = [push(ONE, "Brixton", NOON), push(TWO, "Aldgate", LATER)]
    writes = [("erp", "7", {"name": "Aldgate"}), ("erp", "7", {"name": "Brixton"})]

    assert list(reconcile_values(pushes, writes)) == [
        f"erp holds something else in 7 than effect {TWO} wrote"
    ]


def test_a_later_write_of_unknown_outcome_may_have_got_through() -> None:
    pushes = [push(ONE, "Brixton", NOON), push(TWO, "Aldgate", LATER, state=EffectState.READY)]

    assert list(reconcile_values(pushes, [("erp", "7", {"name": "Aldgate"})])) == []


@pytest.mark.parametrize(
    ("holds", "was_written"),
    [("1000.0", "1000.00"), (1000, "1000.00"), ("A name of more than twenty", None), (None, "")],
)
def test_a_system_may_keep_a_value_in_its_own_way(holds: object, was_written: object) -> None:
    wanted = f"{holds} letters" if was_written is None else was_written

    assert list(reconcile_values([push(ONE, wanted, NOON)], [("erp", "7", {"name": holds})])) == []
