"""What hangs on a customer follows a merge, and comes back."""

from datetime import timedelta

from golden_store import differences, snapshot
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import FieldRule, SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.usecases.release_plan import release_plan
from outsiders import holds
from pipelines import CONFIRMATION, CREDIT, Pipeline, company
from stewards import Steward, homes, ids
from stores import NOON

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}


def test_a_report_that_was_bought_for_one_is_not_bought_again_for_the_other(
    pipeline: Pipeline, ann: Steward
) -> None:
    pipeline.set_rules(credit=CREDIT, targets={})
    pipeline.creditsafe.known = {"01234561": "GB-1", "02234562": "GB-2"}
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton", **WANTED))
    pipeline.sync()
    assert pipeline.creditsafe.orders == ["GB-2"]
    keep, other = ids(pipeline)
    ann.merge(keep, other)
    pipeline.crm.put("a", **WANTED)

    pipeline.sync()

    assert pipeline.creditsafe.orders == ["GB-2"]
    assert pipeline.golden("crm", "a")["credit_rating"] == "A"
    ann.unmerge(keep)
    pipeline.sync()
    assert pipeline.creditsafe.orders == ["GB-2", "GB-1"], "now it has none of its own"


def test_an_answer_to_an_older_question_reaches_the_survivor(
    pipeline: Pipeline, ann: Steward
) -> None:
    pipeline.set_rules(confirmation=CONFIRMATION, targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton", email="office@brixton.example"))
    pipeline.sync()
    keep, other = ids(pipeline)
    ann.merge(keep, other)
    ((token_hash,),) = pipeline.rows("SELECT token_hash FROM confirmation_request")
    with pipeline.test_store.session("mastersync_portal") as portal:
        correction = '{"phone": "+442079460999"}'
        portal.execute(
            "SELECT answer_confirmation(%s, 'corrections', %s, %s)",
            [token_hash, correction, pipeline.clock()],
        )
        portal.commit()

    pipeline.sync()

    assert pipeline.golden("crm", "a")["phone"] == "+442079460999"
    assert len(pipeline.mails.sent) == 1, "nor is the one customer asked a second time"
    ann.unmerge(keep)
    pipeline.sync()
    assert pipeline.golden("crm", "b")["phone"] == "+442079460999"
    assert pipeline.golden("crm", "a")["phone"] == "+442079460101"


def test_a_pin_follows_and_comes_back(pipeline: Pipeline, ann: Steward) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton"))
    pipeline.sync()
    keep, other = ids(pipeline)
    pipeline.test_store.change(
        "INSERT INTO decision (client_id, kind, customer_id, field, value, author, reason,"
        f" decided_at) VALUES ('acme', 'pin', '{other}', 'phone', '+442079460555', 'ann', 'c',"
        f" '{pipeline.clock()}')"
    )
    ann.merge(keep, other)
    pipeline.sync()
    assert pipeline.golden("crm", "a")["phone"] == "+442079460555"

    ann.unmerge(keep)
    pipeline.sync()

    assert pipeline.golden("crm", "a")["phone"] == "+442079460101"
    assert pipeline.golden("crm", "b")["phone"] == "+442079460555"


def held_plan(pipeline: Pipeline) -> None:
    """Two customers that only the CRM knows; their creations in the ERP have not left."""
    pipeline.set_rules(confirmation=CONFIRMATION, guards=_guards(max_creates=1))
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton", email="office@brixton.example"))
    pipeline.sync()
    assert [state for *_, state in pipeline.effects()] == ["held"] * 3


def release(pipeline: Pipeline) -> None:
    release_plan(pipeline.store, run_id="r1", actor="ann", hold={}, now=pipeline.clock())
    pipeline.deliver()


def _guards(**limits: int) -> GuardPolicy:
    return GuardPolicy(**{"max_updates": 100, "max_creates": 100, "max_mails": 100} | limits)


def test_what_is_one_customer_is_created_and_asked_once(pipeline: Pipeline, ann: Steward) -> None:
    held_plan(pipeline)
    keep, other = ids(pipeline)
    before = snapshot(pipeline.test_store)

    moved = ann.merge(keep, other)

    assert moved.effects_withdrawn == 2
    assert len(moved.change.before.requests) == 1
    ann.unmerge(keep)
    assert differences(before, snapshot(pipeline.test_store)) == {}
    ann.merge(keep, other, insist=True)
    release(pipeline)
    assert pipeline.erp.references == [keep]
    assert pipeline.mails.sent == []


def test_an_unmerge_after_the_plan_went_out_creates_the_other_one_after_all(
    pipeline: Pipeline, ann: Steward
) -> None:
    held_plan(pipeline)
    keep, other = ids(pipeline)
    ann.merge(keep, other)
    release(pipeline)
    assert pipeline.tickets() == []

    ann.unmerge(keep)

    assert pipeline.violations() == []
    assert pipeline.tickets() == ["guard:r1"], "it is held again, and somebody is told"
    release(pipeline)
    assert pipeline.erp.references == [keep, other]
    assert len(pipeline.mails.sent) == 1


def test_an_update_that_has_not_left_follows_and_comes_back(two: Pipeline, ann: Steward) -> None:
    two.set_rules(guards=_guards(max_updates=0))
    two.crm.put("b", phone="+442079460999")
    two.sync()
    keep, other = ids(two)
    before = snapshot(two.test_store)
    held = "SELECT customer_id FROM effect WHERE state = 'held'"
    assert two.rows(held) == [(other,)]

    ann.merge(keep, other)

    assert two.rows(held) == [(keep,)]
    ann.unmerge(keep)
    assert differences(before, snapshot(two.test_store)) == {}


def test_a_push_planned_for_the_one_customer_does_not_leave_after_the_unmerge(
    two: Pipeline, ann: Steward
) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)
    two.set_rules(guards=_guards(max_updates=0))
    two.sync()
    ann.unmerge(keep)

    two.set_rules(guards=_guards())
    two.deliver()
    two.sync()

    assert holds(two.crm, "b", "name") == "Brixton Joinery Ltd"
    assert holds(two.erp, "y", "name") == "Brixton Joinery Ltd"
    assert two.erp.done("y") == 0


def test_a_record_made_for_the_other_one_meanwhile_lands_with_the_survivor_and_goes_back(
    pipeline: Pipeline, ann: Steward
) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton"))
    pipeline.erp.faults = ["lost"]
    pipeline.sync()
    keep, other = ids(pipeline)
    ann.merge(keep, other)

    pipeline.deliver()

    made = next(key for key in homes(pipeline) if key not in {"crm:a", "crm:b", "erp:x"})
    assert homes(pipeline)[made] == keep
    ann.unmerge(keep)
    assert homes(pipeline)[made] == other
    pipeline.sync()


def test_tickets_about_the_other_one_are_about_the_survivor(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    with two.store.begin() as unit:
        for cause, subjects in {
            "one": (f"write:erp:{other}",),
            "both": (f"customer:{keep}", f"customer:{other}"),
        }.items():
            unit.tickets.ensure(_ticket(cause, subjects), now=NOON)
    before = snapshot(two.test_store)
    open_ones = "SELECT subject FROM ticket_subject WHERE cleared_at IS NULL ORDER BY 1"

    ann.merge(keep, other)

    assert two.rows(open_ones) == [(f"customer:{keep}",), (f"write:erp:{keep}",)]
    ann.unmerge(keep)
    assert differences(before, snapshot(two.test_store)) == {}


def _ticket(cause: str, subjects: tuple[str, ...]) -> TicketDraft:
    return TicketDraft(
        cause_key=cause,
        kind=TicketKind.EFFECT,
        title="t",
        cause="c",
        next_step="n",
        subjects=subjects,
    )


def test_a_group_that_grows_too_large_is_held_for_a_person(pipeline: Pipeline) -> None:
    pipeline.set_rules(targets={}, match=MatchPolicy(max_group=3))
    for number in range(6):
        pipeline.crm.put(f"p{number}", **company("aldgate"))

    pipeline.sync()

    sizes = pipeline.rows(
        "SELECT count(*) FROM link WHERE ended_at IS NULL GROUP BY customer_id ORDER BY 1"
    )
    assert max(size for (size,) in sizes) <= 3
    assert pipeline.tickets() != []


def test_a_customer_that_died_in_planning_and_was_merged_is_not_created_again(
    pipeline: Pipeline, ann: Steward
) -> None:
    """Its run formed it and never planned it; the next one plans the survivor instead."""
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton"))
    pipeline.set_rules(
        survivorship=SurvivorshipPolicy(
            trust=("crm", "erp"), by_field={"phone": FieldRule(trust=("crm", "erp"))}
        )
    )
    pipeline.erp.faults = ["retry"]
    pipeline.sync()
    pipeline.test_store.change("UPDATE run SET planned_at = NULL", "DELETE FROM effect_attempt")
    pipeline.test_store.change("DELETE FROM disclosure", "DELETE FROM effect", checks=False)
    keep, other = ids(pipeline)
    ann.merge(keep, other)

    pipeline.sync()

    assert not any(write.key is None for write in pipeline.erp.writes)


def test_an_old_link_of_the_other_one_that_ended_comes_back_too(
    two: Pipeline, ann: Steward
) -> None:
    two.erp.delete("y")
    two.sync(minutes=30)
    keep, other = ids(two)
    before = snapshot(two.test_store)
    ann.merge(keep, other)
    assert two.rows("SELECT DISTINCT customer_id FROM link") == [(keep,)]

    ann.unmerge(keep)

    assert differences(before, snapshot(two.test_store)) == {}
    assert two.clock() - NOON > timedelta(hours=1)
