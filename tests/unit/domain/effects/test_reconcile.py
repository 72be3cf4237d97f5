from uuid import UUID

import pytest

from mastersync.domain.effects.model import EffectKind, EffectState
from mastersync.domain.effects.reconcile import (
    TriedEffect,
    reconcile_references,
    reconcile_writes,
)

ONE = UUID(int=1)


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
