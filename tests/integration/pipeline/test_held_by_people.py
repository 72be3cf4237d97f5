"""What a person holds, or has to release, stays until that person says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mastersync.domain.decisions.model import Person
from mastersync.domain.effects.model import EffectKind, EffectState
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.domain.targets.model import TargetField
from mastersync.usecases.intervene import cancel_effects, hold_effects, release_effects
from mastersync.usecases.unmerge_with_writes import MergeToUndo, Unmerged
from mastersync.wiring import sync
from mastersync.wiring.undoing import unmerge
from outsiders import holds
from pipelines import Pipeline, company
from stewards import Steward, homes, ids

OLD, NEW, OTHER = "+442079460101", "+442079460999", "+442079460888"
HELD = EffectChoice(states=(EffectState.HELD,))


# --- a hold outlasts the plan that it was on ----------------------------------------------------


def hold_all(pipeline: Pipeline, desk: Steward) -> None:
    waiting = EffectChoice(states=(EffectState.READY, EffectState.HELD))
    hold_effects(desk.store, waiting, actor="ann", reason="asking them", now=pipeline.clock())


@pytest.fixture(params=["never tried", "tried"])
def held(request: pytest.FixtureRequest, known: Pipeline, ann: Steward) -> Pipeline:
    """Ann holds the write of a new phone number to the ERP."""
    known.crm.put("a", phone=NEW)
    if request.param == "tried":
        known.erp.faults = ["retry"]
        known.sync()
    else:
        known.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
        known.sync()
        known.set_rules(release=ReleaseRules())
    hold_all(known, ann)
    (ticket,) = [cause for cause in known.tickets() if cause.startswith("held:")]
    assert ticket
    return known


def test_what_a_newer_plan_writes_instead_is_held_too(held: Pipeline, ann: Steward) -> None:
    held.crm.put("a", phone=OTHER)

    for _ in range(2):
        held.sync()
        held.deliver()

    assert held.erp.writes == []
    assert len(held.tickets()) == 1
    release_effects(ann.store, HELD, actor="ann", now=held.clock())
    held.deliver()
    assert (holds(held.erp, "x", "phone"), held.tickets()) == (OTHER, [])


def test_what_is_needed_no_more_is_withdrawn_with_its_ticket(known: Pipeline, ann: Steward) -> None:
    known.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
    known.crm.put("a", phone=NEW)
    known.sync()
    hold_all(known, ann)
    known.crm.put("a", phone=OLD)

    known.sync()

    assert (known.effects(), known.tickets()) == ([("push", "erp", "cancelled")], [])


def test_a_cancelled_hold_holds_nothing_that_is_planned_later(held: Pipeline, ann: Steward) -> None:
    held.crm.put("a", phone=OTHER)
    held.sync()
    cancel_effects(ann.store, HELD, actor="ann", reason="", now=held.clock())

    held.crm.put("a", phone=NEW[:-1] + "1")
    held.sync()

    assert (holds(held.erp, "x", "phone"), held.tickets()) == (NEW[:-1] + "1", [])


def test_a_creation_stays_held_whatever_the_new_record_would_hold(
    pipeline: Pipeline, ann: Steward
) -> None:
    pipeline.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    hold_all(pipeline, ann)
    pipeline.set_rules(release=ReleaseRules())
    pipeline.crm.put("a", phone=NEW)

    pipeline.sync()

    assert pipeline.erp.writes == []
    assert len(pipeline.tickets()) == 1


def unknown_terms(pipeline: Pipeline) -> None:
    """Let the ERP get terms by a table that does not know those of the customer."""
    erp = pipeline.rules.targets["erp"]
    terms = TargetField(path="terms", field="payment_terms", code_table="t")
    pipeline.set_rules(
        targets={"erp": replace(erp, mapping=(*erp.mapping, terms))}, tables={"t": {"N30": "30D"}}
    )
    pipeline.crm.put("a", phone=OTHER, payment_terms="N90")


def test_a_hold_outlasts_a_plan_that_cannot_tell_what_would_be_written(
    held: Pipeline, ann: Steward
) -> None:
    unknown_terms(held)
    held.sync()
    assert len(held.tickets()) == 2, "the hold's, and that of the unknown code"
    held.set_rules(tables={"t": {"N30": "30D", "N90": "90D"}})

    held.sync()
    held.deliver()

    assert held.erp.writes == []
    assert len(held.tickets()) == 1
    release_effects(ann.store, HELD, actor="ann", now=held.clock())
    held.deliver()
    assert (holds(held.erp, "x", "phone"), held.tickets()) == (OTHER, [])


# --- a hold outlasts a merge ---------------------------------------------------------------------


@pytest.fixture
def creation_held(known: Pipeline, ann: Steward) -> Pipeline:
    """Ann holds the creation in the ERP of a customer that only the CRM knows."""
    known.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
    known.crm.put("b", **company("brixton"))
    known.sync()
    hold_all(known, ann)
    known.set_rules(release=ReleaseRules())
    return known


def holds_of_people(pipeline: Pipeline) -> list[str]:
    return [cause for cause in pipeline.tickets() if cause.startswith("held:")]


def test_the_hold_of_a_creation_is_on_what_the_survivor_writes_there(
    creation_held: Pipeline, ann: Steward
) -> None:
    (ticket,) = holds_of_people(creation_held)
    ann.merge(*ids(creation_held))
    creation_held.crm.put("a", phone=NEW)

    for _ in range(2):
        creation_held.sync()
        creation_held.deliver()

    assert creation_held.erp.writes == []
    assert holds_of_people(creation_held) == [ticket], "the same, with her name and her reason"
    release_effects(ann.store, HELD, actor="ann", now=creation_held.clock())
    creation_held.deliver()
    assert (holds(creation_held.erp, "x", "phone"), holds_of_people(creation_held)) == (NEW, [])


def test_the_hold_is_on_a_creation_of_the_survivor_that_waits_its_time(
    creation_held: Pipeline, ann: Steward
) -> None:
    waiting = ReleaseRules(hold={EffectKind.PUSH: timedelta(hours=3)})
    creation_held.set_rules(release=waiting)
    creation_held.crm.put("c", **company("cobham"))
    creation_held.sync()
    cobham, brixton = (homes(creation_held)[key] for key in ("crm:c", "crm:b"))
    ann.merge(cobham, brixton)

    creation_held.sync()
    creation_held.deliver(hours=5)

    assert creation_held.erp.writes == []
    assert len(holds_of_people(creation_held)) == 1
    release_effects(ann.store, HELD, actor="ann", now=creation_held.clock())
    creation_held.deliver()
    assert creation_held.erp.references == [cobham]


def test_a_hold_ends_with_the_merge_when_nothing_is_to_be_written(
    creation_held: Pipeline, ann: Steward
) -> None:
    creation_held.crm.put("b", **company("aldgate"))
    ann.merge(*ids(creation_held))

    creation_held.sync()

    assert (holds_of_people(creation_held), creation_held.erp.writes) == ([], [])


@pytest.mark.parametrize("is_planned", [False, True], ids=["before a run", "after a run"])
def test_an_unmerge_brings_a_hold_back_with_its_ticket(
    creation_held: Pipeline, ann: Steward, *, is_planned: bool
) -> None:
    (ticket,) = holds_of_people(creation_held)
    keep, brixton = ids(creation_held)
    ann.merge(keep, brixton)
    if is_planned:
        creation_held.crm.put("a", phone=NEW)
        creation_held.sync()

    ann.unmerge(brixton)

    creation_held.sync()
    creation_held.deliver()
    assert holds_of_people(creation_held) == [ticket]
    release_effects(ann.store, HELD, actor="ann", now=creation_held.clock())
    creation_held.deliver()
    assert creation_held.erp.references == [brixton]
    assert holds_of_people(creation_held) == []


def test_the_hold_of_a_write_to_a_record_goes_with_the_record_that_an_unmerge_gives_back(
    two: Pipeline, ann: Steward
) -> None:
    gone, keep = ids(two)
    ann.merge(keep, gone)
    two.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
    two.sync()
    hold_all(two, ann)
    two.set_rules(release=ReleaseRules())
    ann.unmerge(gone)
    two.crm.put("a", phone=NEW)

    two.sync()
    two.deliver()

    assert two.erp.done("x") == 0
    release_effects(ann.store, HELD, actor="ann", now=two.clock())
    two.deliver()
    assert (holds(two.erp, "x", "phone"), holds_of_people(two)) == (NEW, [])


# --- an unmerge while a question is open ---------------------------------------------------------


@pytest.fixture
def asked(two: Pipeline, ann: Steward) -> tuple[Pipeline, Unmerged]:
    """A merge is taken back while a run's plan, without these writes, waits for approval."""
    keep, gone = ids(two)
    ann.merge(keep, gone)
    two.sync()
    two.set_rules(release=ReleaseRules(policy=ReleasePolicy.APPROVE))
    two.crm.put("c", **company("cobham"))
    two.sync()
    person = Person(by="ann", reason="two companies", insist=True)
    merge = MergeToUndo(customer_id=gone, merge_id=None, person=person)
    return two, unmerge(two, merge, plan=False)


def names(pipeline: Pipeline) -> set[object]:
    return {held.values["name"] for held in pipeline.erp.held.values()}


def test_an_approval_lets_go_what_it_was_asked_about_and_no_unmerge(
    asked: tuple[Pipeline, Unmerged],
) -> None:
    pipeline, unmerged = asked

    sync.answer(pipeline, "r3", "Approve", actor="olga")
    pipeline.deliver()
    pipeline.sync()

    assert len(names(pipeline)) == 2, "the merged name, and the new company's"
    assert len([cause for cause in pipeline.tickets() if cause.startswith("held:")]) == 1
    release_effects(
        pipeline.store,
        EffectChoice(effect_ids=tuple(write.effect_id for write in unmerged.writes)),
        actor="ann",
        now=pipeline.clock(),
    )
    pipeline.deliver()
    assert names(pipeline) == {"Aldgate Foundry Ltd", "Brixton Joinery Ltd", "Cobham Orchards Ltd"}
    assert pipeline.tickets() == []
