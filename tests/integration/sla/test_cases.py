"""What happened to each change that we were told of, as clocks take it from the facts."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from mastersync.domain.sla.model import EventKind, Milestone
from mastersync.usecases.release_plan import release_plan
from mastersync.usecases.trace_cases import TracedCase, trace_cases
from pipelines import CREDIT, Pipeline, company
from promises import promised


def traced(pipeline: Pipeline) -> dict[str, TracedCase]:
    """All cases by their record's newest version: ``crm:a``, then ``crm:a 2`` and so on."""
    with pipeline.store.begin() as unit:
        ids = unit.sla.touched(since=None, now=pipeline.clock.now)
        cases = trace_cases(unit.sla, promised(), sorted(ids, key=lambda one: int(one[8:])))
    found: dict[str, TracedCase] = {}
    for case in sorted(cases, key=lambda one: one.found.seen_at):
        name, number = case.found.subject, 1
        while (called := name if number == 1 else f"{name} {number}") in found:
            number += 1
        found[called] = case
    return found


def when(case: TracedCase, milestone: str) -> datetime | None:
    times = [e.at for e in case.case.events if e.milestone is Milestone(milestone)]
    assert len(times) < 2
    return times[0] if times else None


def test_a_change_is_seen_formed_pushed_and_verified(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.sync()

    change = traced(known)["crm:a 2"]
    assert change.case.request == "change"
    seen, formed, pushed = (when(change, name) for name in ("seen", "formed", "pushed"))
    assert seen < formed < pushed
    assert [write.target for write in change.writes] == ["erp"]
    assert when(change, "verified") is None, "nobody has read the ERP since"

    known.sync()

    change = traced(known)["crm:a 2"]
    assert when(change, "pushed") == pushed
    assert when(change, "verified") > pushed + timedelta(minutes=50)


def test_our_own_writes_coming_back_are_no_case(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.sync()
    known.sync()

    assert [one for one in traced(known) if one.startswith("erp")] == ["erp:x"]


def test_a_record_that_we_created_is_no_case_when_it_is_read(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.sync()

    cases = traced(pipeline)
    assert set(cases) == {"crm:a"}
    assert cases["crm:a"].case.request == "new_customer"
    assert when(cases["crm:a"], "verified") is not None


def test_a_change_that_calls_for_no_write_is_pushed_when_it_is_formed(known: Pipeline) -> None:
    case = traced(known)["crm:a"]

    assert case.writes == []
    assert when(case, "pushed") == when(case, "verified") == when(case, "formed")


def test_a_change_that_says_nothing_new_is_no_case(known: Pipeline) -> None:
    known.crm.put("a", note="seen on Tuesday")
    known.sync()

    assert set(traced(known)) == {"crm:a", "erp:x"}


def test_a_write_that_is_put_off_is_waited_for(known: Pipeline) -> None:
    known.erp.faults = ["retry"]
    known.crm.put("a", phone="+442079460999")
    known.sync()
    change = traced(known)["crm:a 2"]
    assert when(change, "formed") is not None
    assert when(change, "pushed") is None

    known.deliver(hours=2)

    late = traced(known)["crm:a 2"]
    assert when(late, "pushed") - when(late, "formed") > timedelta(minutes=110)


def test_an_overtaken_change_goes_on_until_the_newer_one_is_pushed(known: Pipeline) -> None:
    known.erp.faults = ["retry"]
    known.crm.put("a", phone="+442079460111")
    known.sync()
    known.erp.faults = ["retry"]
    known.crm.put("a", phone="+442079460222")
    known.sync()
    cases = traced(known)
    assert when(cases["crm:a 2"], "pushed") is None
    assert when(cases["crm:a 3"], "pushed") is None

    known.deliver(hours=4)

    cases = traced(known)
    assert when(cases["crm:a 2"], "pushed") == when(cases["crm:a 3"], "pushed") is not None
    assert when(cases["crm:a 2"], "seen") < when(cases["crm:a 3"], "seen")


def test_a_refused_write_is_not_done_until_another_one_is(known: Pipeline) -> None:
    known.erp.faults = ["refused"]
    known.crm.put("a", phone="+442079460111")
    known.sync()
    known.sync()
    assert when(traced(known)["crm:a 2"], "pushed") is None

    known.crm.put("a", phone="+442079460222")
    known.sync()

    cases = traced(known)
    assert when(cases["crm:a 2"], "pushed") == when(cases["crm:a 3"], "pushed") is not None


def test_what_is_set_aside_goes_on_and_does_not_wait_for_anybody(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate", name=""))
    pipeline.sync()

    case = traced(pipeline)["crm:a"]
    assert when(case, "formed") is None
    assert [wait.waiting_for for wait in case.waits] == [None]
    assert [e for e in case.case.events if e.kind is not EventKind.REACHED] == []

    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()

    cases = traced(pipeline)
    assert when(cases["crm:a"], "formed") == when(cases["crm:a 2"], "formed") is not None


def test_a_deletion_is_a_closing(known: Pipeline) -> None:
    known.crm.delete("a")
    known.sync()

    closing = traced(known)["crm:a 2"]
    assert closing.case.request == "closing"
    assert when(closing, "pushed") is not None


def test_a_change_of_credit_terms_is_told_apart(known: Pipeline) -> None:
    known.erp.put("x", payment_terms="NET60")
    known.sync()

    assert traced(known)["erp:x 2"].case.request == "credit_change"


def test_a_case_waits_for_the_agency_from_the_order_to_its_answer_and_no_longer(
    pipeline: Pipeline,
) -> None:
    asked = replace(CREDIT, budget=replace(CREDIT.budget, approve_above=Decimal(1)))
    pipeline.set_rules(credit=asked)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", credit_limit="5000.00", credit_currency="GBP"))
    pipeline.sync()
    release_plan(pipeline.store, run_id="r1", actor="olga", hold={}, now=pipeline.clock())
    pipeline.deliver(hours=2)
    answered_at = pipeline.clock.now

    pipeline.sync(hours=5)

    events = traced(pipeline)["crm:a"].case.events
    (paused,) = [one.at for one in events if one.kind is EventKind.PAUSED]
    (resumed,) = [one.at for one in events if one.kind is EventKind.RESUMED]
    assert paused < resumed <= answered_at
    assert answered_at - paused < timedelta(minutes=1)
