"""Taking back what has left: writes, merges; what cannot be; and that it stays taken back."""

from uuid import UUID

import pytest

from mastersync.domain.effects.model import EffectState
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.errors import NotFoundError, RetryableError, RuleError
from mastersync.usecases.intervene import cancel_effects, hold_effects, release_effects
from mastersync.usecases.roll_back import lift
from mastersync.wiring import sync
from mastersync.wiring.undoing import apply_rollback, plan_rollback
from outsiders import holds
from pipelines import COMPANIES, CONFIRMATION, CREDIT, Pipeline, company

THE_PUSH = EffectChoice(run_id="r2")
PHONES = {which: f"+44207946090{number}" for number, which in enumerate(COMPANIES)}
OLD, NEW, OTHER = "+442079460101", "+442079460999", "+442079460888"


@pytest.fixture
def pushed(known: Pipeline) -> Pipeline:
    """The CRM's phone number has just been written to the ERP."""
    known.crm.put("a", phone=NEW)
    known.sync()
    assert holds(known.erp, "x", "phone") == NEW
    return known


@pytest.fixture
def four_pushed(pipeline: Pipeline) -> Pipeline:
    """The CRM's phone numbers of four companies have just been written to the ERP."""
    for which in COMPANIES:
        pipeline.crm.put(which, **company(which))
        pipeline.erp.put(which, **company(which))
    pipeline.sync()
    for which, phone in PHONES.items():
        pipeline.crm.put(which, phone=phone)
    pipeline.sync()
    return pipeline


def roll_back(pipeline: Pipeline, choice: EffectChoice) -> list[str]:
    """Take effects back; returns the states of the writes that do."""
    _, writes = apply_rollback(pipeline, choice, author="ann", reason="a wrong number")
    return [str(write.state) for write in writes]


def why_not(pipeline: Pipeline, choice: EffectChoice) -> list[str]:
    return [refused.why for refused in plan_rollback(pipeline, choice).refused]


# --- rolling back -----------------------------------------------------------------------------


def test_a_rollback_is_shown_before_anything_is_written(pushed: Pipeline) -> None:
    before = len(pushed.erp.writes)

    plan = plan_rollback(pushed, THE_PUSH)

    ((record,), refused) = (plan.records, plan.refused)
    assert (record.record.system, record.record.source_key) == ("erp", "x")
    assert record.values == {"phone": (NEW, OLD)}
    assert refused == ()
    assert len(pushed.erp.writes) == before


@pytest.mark.parametrize("is_read_again", [False, True])
def test_what_was_rolled_back_stays_so_through_every_sync(
    pushed: Pipeline, *, is_read_again: bool
) -> None:
    if is_read_again:
        pushed.sync()
    assert roll_back(pushed, THE_PUSH) == ["done"]
    assert holds(pushed.erp, "x", "phone") == OLD
    written = len(pushed.erp.writes)

    for _ in range(2):
        counts = pushed.sync()
        assert "push" not in counts

    assert holds(pushed.erp, "x", "phone") == OLD
    assert holds(pushed.crm, "a", "phone") == NEW
    assert (len(pushed.erp.writes), pushed.crm.writes) == (written, [])


def test_many_records_are_looked_up_in_as_few_requests_as_the_system_takes(
    four_pushed: Pipeline,
) -> None:
    four_pushed.erp.batch_size = 3

    plan = plan_rollback(four_pushed, THE_PUSH)

    assert four_pushed.erp.lookups == [3, 1]
    assert {one.record.source_key: one.values["phone"] for one in plan.records} == {
        which: (PHONES[which], company(which)["phone"]) for which in COMPANIES
    }


def test_nothing_goes_back_while_a_system_does_not_say_what_it_holds(
    four_pushed: Pipeline,
) -> None:
    erp = four_pushed.erp
    erp.batch_size, erp.lookup_problem = 2, "It is busy."
    before = len(erp.writes)

    with pytest.raises(RetryableError, match=r"erp does not say .* It is busy"):
        roll_back(four_pushed, THE_PUSH)

    assert len(erp.writes) == before


def test_another_value_is_written_again_and_the_same_one_is_not(pushed: Pipeline) -> None:
    roll_back(pushed, THE_PUSH)
    pushed.sync()

    pushed.crm.put("a", phone=NEW, city="Bradford")
    pushed.sync()
    assert (holds(pushed.erp, "x", "phone"), holds(pushed.erp, "x", "city")) == (OLD, "Leeds")
    pushed.crm.put("a", phone=OTHER)
    pushed.sync()

    assert holds(pushed.erp, "x", "phone") == OTHER


def test_a_person_lifts_it_and_the_next_sync_writes_again(pushed: Pipeline) -> None:
    roll_back(pushed, THE_PUSH)
    pushed.sync()
    with pushed.store.begin() as unit:
        (kept,) = unit.outbox.rolled_back()
    assert (kept.path, kept.author, kept.reason) == ("phone", "ann", "a wrong number")

    lifted = lift(
        pushed.store, [kept.decision_id], author="ann", reason="right", now=pushed.clock()
    )
    counts = pushed.sync()

    assert (lifted, counts["push"]) == (1, {"done": 1})
    assert holds(pushed.erp, "x", "phone") == NEW
    with pytest.raises(NotFoundError):
        lift(pushed.store, [kept.decision_id], author="ann", reason="x", now=pushed.clock())


@pytest.mark.parametrize("is_read_again", [False, True])
def test_a_record_that_the_system_changed_since_is_left_alone(
    pushed: Pipeline, *, is_read_again: bool
) -> None:
    pushed.erp.put("x", phone=OTHER)
    if is_read_again:
        pushed.crm.put("a", phone="")
        pushed.sync()
    written = len(pushed.erp.writes)

    assert why_not(pushed, THE_PUSH) == ["the system changed phone since"]
    with pytest.raises(RuleError, match="Nothing can be taken back"):
        roll_back(pushed, THE_PUSH)
    assert (len(pushed.erp.writes), holds(pushed.erp, "x", "phone")) == (written, OTHER)


def test_a_record_that_changes_in_the_last_moment_is_left_alone_by_the_guard(
    pushed: Pipeline,
) -> None:
    find = pushed.erp.find

    def find_and_be_overtaken(write: object) -> object:
        row = find(write)
        pushed.erp.put("x", phone=OTHER)
        return row

    pushed.erp.find = find_and_be_overtaken

    assert roll_back(pushed, THE_PUSH) == ["cancelled"]
    assert holds(pushed.erp, "x", "phone") == OTHER


def test_a_later_write_of_ours_is_taken_back_with_it_or_not_at_all(pushed: Pipeline) -> None:
    pushed.sync()
    pushed.crm.put("a", phone=OTHER)
    pushed.sync()

    assert why_not(pushed, THE_PUSH) == ["a later write of ours changed phone: take that back, too"]
    both = EffectChoice(target="erp", states=(EffectState.DONE,))
    assert roll_back(pushed, both) == ["done"]
    assert holds(pushed.erp, "x", "phone") == OLD


def test_mails_orders_and_creations_cannot_be_taken_back_and_it_is_said_why(
    pipeline: Pipeline,
) -> None:
    pipeline.set_rules(credit=CREDIT, confirmation=CONFIRMATION)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    wanted = {"credit_limit": "5000.00", "credit_currency": "GBP"}
    pipeline.crm.put("a", **company("aldgate", email="office@aldgate.example", **wanted))
    pipeline.sync()

    reasons = sorted(why_not(pipeline, EffectChoice(run_id="r1", target="erp")))
    others = sorted(why_not(pipeline, EffectChoice(run_id="r1")))

    assert reasons == ["it created the record: only people in erp can remove it"]
    assert "a mail that was sent cannot be called back" in others
    assert "a report that was ordered is paid for" in others


def test_what_was_taken_back_is_not_taken_back_twice(pushed: Pipeline) -> None:
    roll_back(pushed, THE_PUSH)

    found = set(why_not(pushed, THE_PUSH))

    assert found == {
        "it was taken back before",
        "it undoes another one: `mastersync effect lift` lets the sync write again",
    }


def test_what_the_system_refused_to_take_back_is_tried_again_on_a_persons_word(
    pushed: Pipeline,
) -> None:
    pushed.erp.faults = ["refused"]
    assert roll_back(pushed, THE_PUSH) == ["failed"]

    assert roll_back(pushed, THE_PUSH) == ["done"]

    assert holds(pushed.erp, "x", "phone") == OLD
    with pushed.store.begin() as unit:
        assert len(unit.outbox.rolled_back()) == 1


def test_nothing_is_written_back_to_a_client_in_shadow(pushed: Pipeline) -> None:
    pushed.set_rules(release=ReleaseRules(policy=ReleasePolicy.SHADOW))

    with pytest.raises(RuleError, match="may leave"):
        roll_back(pushed, THE_PUSH)


# --- holding, releasing, cancelling single effects ----------------------------------------------


@pytest.fixture
def waiting(known: Pipeline) -> tuple[Pipeline, EffectChoice]:
    """A push that the ERP was too busy for."""
    known.erp.faults = ["retry"]
    known.crm.put("a", phone=NEW)
    known.sync()
    ((effect_id,),) = known.rows("SELECT effect_id FROM effect")
    return known, EffectChoice(effect_ids=(UUID(str(effect_id)),))


def test_a_held_effect_waits_until_a_person_lets_it_go(
    waiting: tuple[Pipeline, EffectChoice],
) -> None:
    pipeline, choice = waiting

    held = hold_effects(
        pipeline.store, choice, actor="ann", reason="asking them", now=pipeline.clock()
    )
    pipeline.deliver()

    assert (held.changed, pipeline.erp.writes) == (1, [])
    assert len(pipeline.tickets()) == 1
    release_effects(pipeline.store, choice, actor="ann", now=pipeline.clock())
    pipeline.deliver()
    assert holds(pipeline.erp, "x", "phone") == NEW
    assert pipeline.tickets() == []
    told = pipeline.rows("SELECT action FROM audit_entry WHERE action LIKE 'effect.%%'")
    assert told == [("effect.held",), ("effect.released",)]


def test_what_a_person_holds_stays_when_the_rest_of_its_plan_is_released(two: Pipeline) -> None:
    two.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
    two.crm.put("a", phone=NEW)
    two.crm.put("b", phone=OTHER)
    two.sync()
    ((effect_id,),) = two.rows("SELECT effect_id FROM effect WHERE after ->> 'phone' = %s", NEW)
    one = EffectChoice(effect_ids=(effect_id,))

    hold_effects(two.store, one, actor="ann", reason="", now=two.clock())
    sync.answer(two, "r2", "Approve", actor="olga")
    two.deliver()

    assert (holds(two.erp, "x", "phone"), holds(two.erp, "y", "phone")) == (OLD, OTHER)


def test_a_release_of_a_cancelled_effect_is_refused(
    waiting: tuple[Pipeline, EffectChoice],
) -> None:
    pipeline, choice = waiting
    cancel_effects(pipeline.store, choice, actor="ann", reason="wrong", now=pipeline.clock())

    with pytest.raises(RuleError, match="withdrawn"):
        release_effects(pipeline.store, choice, actor="ann", now=pipeline.clock())

    pipeline.deliver()
    assert pipeline.erp.writes == []
    assert pipeline.rows("SELECT problem FROM effect") == [("withdrawn by ann: wrong",)]


def test_what_is_done_cannot_be_held_or_cancelled(pushed: Pipeline) -> None:
    for deed in (hold_effects, cancel_effects):
        with pytest.raises(RuleError, match="1 done"):
            deed(pushed.store, THE_PUSH, actor="ann", reason="", now=pushed.clock())


@pytest.mark.parametrize("is_held_first", [False, True])
def test_what_may_have_got_through_is_not_cancelled(
    known: Pipeline, *, is_held_first: bool
) -> None:
    known.erp.faults = ["lost"]
    known.crm.put("a", phone=NEW)
    known.sync()
    if is_held_first:
        hold_effects(known.store, THE_PUSH, actor="ann", reason="", now=known.clock())

    with pytest.raises(RuleError, match="perhaps done"):
        cancel_effects(known.store, THE_PUSH, actor="ann", reason="", now=known.clock())


def test_what_may_be_under_way_is_not_looked_up_sooner_for_being_released(
    known: Pipeline,
) -> None:
    known.erp.faults = ["lost"]
    known.crm.put("a", phone=NEW)
    known.sync()
    due = "SELECT state, not_before FROM effect"
    ((_, settled_then),) = known.rows(due)

    hold_effects(known.store, THE_PUSH, actor="ann", reason="", now=known.clock())
    release_effects(known.store, THE_PUSH, actor="ann", now=known.clock())

    assert known.rows(due) == [("ready", settled_then)]


def test_effects_that_there_are_not_are_named_so(known: Pipeline) -> None:
    with pytest.raises(NotFoundError):
        hold_effects(
            known.store, EffectChoice(run_id="r9"), actor="ann", reason="", now=known.clock()
        )
