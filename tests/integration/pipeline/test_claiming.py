"""What is claimed at once, by whom, and what becomes of what a lost worker held."""

from datetime import timedelta

import pytest

from mastersync.domain.effects.model import Deed, EffectKind, EffectState, Settlement
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.ports.systems import Recovery
from mastersync.wiring.undoing import apply_rollback
from outsiders import holds
from pipelines import Pipeline, company


def _at_first(wanted, deed):
    done = []

    def crossed(name: str, /) -> None:
        if name == wanted and not done:
            done.append(name)
            deed()

    return crossed


def claim(pipeline: Pipeline):
    with pipeline.store.begin() as unit:
        return unit.effects.claim(
            EffectKind.PUSH,
            target="erp",
            size=10,
            lease=timedelta(minutes=10),
            now=pipeline.clock(),
        )


def test_what_a_lost_worker_held_is_taken_over_and_its_late_word_is_not_taken(
    known: Pipeline,
) -> None:
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["retry"]
    known.sync()
    known.clock.push(hours=1)
    (lost,) = claim(known)
    assert claim(known) == [], "nobody else gets it while the lease lasts"

    known.deliver(minutes=11)
    assert known.erp.writes == [], "its request may be under way"
    known.deliver(minutes=1)
    with known.store.begin() as unit:
        late = Settlement(effect=lost, deed=Deed.FAILED, problem="too late")
        settled = unit.effects.settle([late], now=known.clock())

    assert settled == []
    assert known.effects() == [("push", "erp", "done")]
    assert known.erp.done("x") == 1
    outcomes = known.rows("SELECT outcome FROM effect_attempt ORDER BY fence")
    assert outcomes == [("retry",), ("lost",), ("done",)]


def test_a_lost_workers_effect_at_a_blind_system_is_unknown_and_has_a_ticket(
    known: Pipeline,
) -> None:
    known.erp.recovery = Recovery.BLIND
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["retry"]
    known.sync()
    known.clock.push(hours=1)
    claim(known)

    known.deliver(minutes=11)

    assert known.effects() == [("push", "erp", EffectState.UNKNOWN)]
    assert len(known.tickets()) == 1
    assert known.erp.writes == []


def put_off(pipeline: Pipeline) -> None:
    """Let creations of four customers be due."""
    for key in ("aldgate", "brixton", "cobham", "dunmore"):
        pipeline.crm.put(key, **company(key))
    pipeline.erp.faults = ["retry"] * 4
    pipeline.sync()
    pipeline.erp.faults = []
    pipeline.erp.batches = []


def test_a_batch_that_is_refused_is_cut_in_two_until_one_is_left(pipeline: Pipeline) -> None:
    pipeline.erp.batch_size = 4
    put_off(pipeline)
    pipeline.erp.poison = frozenset({"Cobham Orchards Ltd"})

    pipeline.deliver()

    assert sorted(pipeline.erp.batches, reverse=True) == [4, 2, 2, 1, 1]
    assert sorted(state for *_, state in pipeline.effects()) == ["done", "done", "done", "failed"]
    assert len(pipeline.tickets()) == 1


def test_what_cannot_be_asked_about_is_claimed_one_by_one(pipeline: Pipeline) -> None:
    pipeline.erp.recovery = Recovery.BLIND
    put_off(pipeline)

    pipeline.failpoint = _at_first("deliver.before_deed", _die)
    with pytest.raises(KeyboardInterrupt):
        pipeline.deliver()
    states = sorted(state for *_, state in pipeline.effects())
    pipeline.deliver(minutes=11)

    assert states == ["inflight", "ready", "ready", "ready"]
    states = sorted(state for *_, state in pipeline.effects())
    assert states == ["done", "done", "done", "unknown"]
    assert len(pipeline.tickets()) == 1


def _die() -> None:
    raise KeyboardInterrupt


def test_two_writes_of_one_record_are_never_under_way_at_once(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["retry"]
    known.sync()
    known.clock.push(hours=1)
    (older,) = claim(known)
    known.crm.put("a", phone="+442079460888")
    known.run_count += 1
    known.erp.faults = []

    known.sync(minutes=1)
    assert known.erp.writes == [], "the newer one waits"
    with known.store.begin() as unit:
        unit.effects.settle(
            [Settlement(effect=older, deed=Deed.STALE, problem="it changed")], now=known.clock()
        )
    known.sync()

    assert holds(known.erp, "x", "phone") == "+442079460888"


@pytest.mark.parametrize("older_is_due", [True, False])
def test_of_two_writes_of_one_record_the_newer_waits_for_the_older(
    known: Pipeline, *, older_is_due: bool
) -> None:
    """A rollback that was put off, and what the next run writes to the same record."""
    known.crm.put("a", phone="+442079460999")
    known.sync()
    known.erp.faults = ["retry"]
    choice = EffectChoice(run_id="r2")
    ((older, state),) = (
        (one.effect_id, one.state)
        for one in apply_rollback(known, choice, author="ann", reason="a wrong number")[1]
    )
    assert state == EffectState.READY
    known.erp.faults = ["retry"] * 2
    known.crm.put("a", phone="+442079460888")
    known.sync(seconds=1)
    known.clock.push(hours=1)
    ready = "SELECT effect_id FROM effect WHERE state = 'ready' ORDER BY planned_at"
    (_, newer) = [effect_id for (effect_id,) in known.rows(ready)]
    if not older_is_due:
        known.test_store.change(
            f"UPDATE effect SET not_before = now() + interval '100 years'"
            f" WHERE effect_id = '{older}'"
        )

    claimed = [[effect.effect_id for effect in claim(known)] for _ in range(2)]

    assert newer != older
    assert claimed == [[older] if older_is_due else [], []]


def test_two_workers_never_claim_the_same_effect(pipeline: Pipeline) -> None:
    for key in ("aldgate", "brixton", "cobham", "dunmore"):
        pipeline.crm.put(key, **company(key))
    pipeline.erp.faults = ["retry"] * 4
    pipeline.sync()
    pipeline.clock.push(hours=1)

    with pipeline.store.begin() as first, pipeline.store.begin() as second:
        terms = {"target": "erp", "size": 2, "lease": timedelta(minutes=1)}
        now = pipeline.clock()
        ones = first.effects.claim(EffectKind.PUSH, **terms, now=now)
        others = second.effects.claim(EffectKind.PUSH, **terms, now=now)

    ids = [effect.effect_id for effect in (*ones, *others)]
    assert len(ids) == len(set(ids)) == 4
