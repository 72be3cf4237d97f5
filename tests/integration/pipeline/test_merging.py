"""Two customers become one, and two again."""

from datetime import timedelta

import pytest

from golden_store import differences, snapshot
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.golden.model import FieldRule, SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import NotFoundError, RuleError
from mastersync.usecases.plan_run import release_plan
from outsiders import holds
from pipelines import CONFIRMATION, CREDIT, Pipeline, company
from stewards import Steward, homes
from stores import NOON

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}


@pytest.fixture
def two(pipeline: Pipeline) -> Pipeline:
    """Two companies, each in both systems and a customer of its own."""
    for system, one, other in ((pipeline.crm, "a", "b"), (pipeline.erp, "x", "y")):
        system.put(one, **company("aldgate"))
        system.put(other, **company("brixton"))
    pipeline.sync()
    assert len(set(homes(pipeline).values())) == 2
    assert pipeline.effects() == []
    return pipeline


def ids(pipeline: Pipeline) -> tuple[str, str]:
    linked = homes(pipeline)
    return linked["crm:a"], linked["crm:b"]


def redirects(pipeline: Pipeline) -> dict[str, str]:
    return dict(
        pipeline.rows("SELECT customer_id, redirect_to FROM customer WHERE redirect_to IS NOT NULL")
    )


def test_the_survivor_keeps_its_id_and_the_other_one_leads_to_it(
    two: Pipeline, ann: Steward
) -> None:
    keep, other = ids(two)

    moved = ann.merge(keep, other)

    assert set(homes(two).values()) == {keep}
    assert redirects(two) == {other: keep}
    assert len(moved.records) == 2
    assert two.violations() == []
    feed = two.rows(
        "SELECT kind, from_customer_id, to_customer_id, author, reason FROM identity_change"
    )
    assert feed == [("merged", other, keep, "ann", "one company")]
    assert two.rows("SELECT kind, author FROM decision") == [("same", "ann")]


def test_the_next_run_forms_the_one_customer_and_tells_every_system(
    two: Pipeline, ann: Steward
) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)

    two.sync()

    names = [holds(system, key, "name") for system, key in _everywhere(two)]
    assert names == [two.golden("crm", "a")["name"]] * 4
    newest = two.rows(
        "SELECT customer_id, max(version_no) FROM golden_version GROUP BY 1 ORDER BY 1"
    )
    assert dict(newest) == {keep: 2, other: 1}
    assert two.sync()["run"]["state"] == "done"
    assert dict(newest) == {keep: 2, other: 1}, "and no run forms it again for nothing"


def _everywhere(pipeline: Pipeline) -> list[tuple]:
    return [
        *((pipeline.crm, "a"), (pipeline.crm, "b")),
        *((pipeline.erp, "x"), (pipeline.erp, "y")),
    ]


def test_merge_and_unmerge_give_everything_back(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    before = snapshot(two.test_store)
    ann.merge(keep, other)
    assert differences(before, snapshot(two.test_store)) != {}

    ann.unmerge(keep)

    assert differences(before, snapshot(two.test_store)) == {}
    assert two.violations() == []


def test_after_an_unmerge_every_system_gets_its_own_values_back(
    two: Pipeline, ann: Steward
) -> None:
    keep, other = ids(two)
    fields = [two.golden("crm", "a"), two.golden("crm", "b")]
    ann.merge(keep, other)
    two.sync()
    two.sync()
    assert len({holds(system, key, "name") for system, key in _everywhere(two)}) == 1

    ann.unmerge(keep)
    two.sync()

    assert ids(two) == (keep, other)
    assert [two.golden("crm", "a"), two.golden("crm", "b")] == fields
    for field in ("name", "street", "phone", "registration_number"):
        values = [holds(system, key, field) for system, key in _everywhere(two)]
        assert values == [fields[0][field], fields[1][field]] * 2
    two.sync()
    assert two.sync()["run"]["state"] == "done"
    assert [two.golden("crm", "a"), two.golden("crm", "b")] == fields


def test_what_people_change_after_an_unmerge_counts(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)
    two.sync()
    two.sync()
    ann.unmerge(keep)
    two.sync()
    two.sync()

    two.crm.put("b", phone="+442079460777")
    two.sync()
    two.sync()

    assert holds(two.erp, "y", "phone") == "+442079460777"
    assert two.golden("crm", "b")["phone"] == "+442079460777"


def test_an_unmerge_before_anything_left_restores_the_golden_records(
    two: Pipeline, ann: Steward
) -> None:
    two.set_rules(targets={})
    two.sync()
    fields = [two.golden("crm", "a"), two.golden("crm", "b")]
    keep, other = ids(two)
    ann.merge(keep, other)
    two.sync()
    assert two.golden("crm", "b") == two.golden("crm", "a")

    ann.unmerge(other)
    two.sync()

    assert [two.golden("crm", "a"), two.golden("crm", "b")] == fields


def test_an_unmerged_pair_is_not_merged_again(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)
    ann.unmerge(keep)

    kinds = two.rows(
        "SELECT kind, withdrawal.decision_id IS NULL FROM decision"
        " LEFT JOIN decision_withdrawal AS withdrawal USING (client_id, decision_id) ORDER BY 1, 2"
    )

    assert kinds == [*[("not_same", True)] * 3, ("same", False)]
    with pytest.raises(RuleError, match="is not the same as"):
        ann.merge(keep, other)
    two.erp.delete("y")
    two.sync()
    two.erp.put("y", **company("aldgate"))
    two.sync()
    assert homes(two)["erp:y"] != keep
    ann.merge(keep, other, insist=True)
    assert two.violations() == []


def test_what_comes_later_stays_with_the_survivor_unless_it_is_the_others(
    two: Pipeline, ann: Steward
) -> None:
    two.set_rules(targets={})
    keep, other = ids(two)
    ann.merge(keep, other)
    for twin, name in (("a2", "aldgate"), ("b2", "brixton")):
        two.crm.put(twin, **company(name))
    two.sync()
    assert two.tickets() == ["review:crm:a2", "review:crm:b2"]
    ann.decide("same", "crm:a", "crm:a2")
    ann.decide("same", "crm:b", "crm:b2")
    two.sync()
    assert set(homes(two).values()) == {keep}

    moved = ann.unmerge(keep)

    linked = homes(two)
    assert (linked["crm:a2"], linked["crm:b2"]) == (keep, other)
    assert [key.key for key in moved.later] == ["a2"]
    assert "b2" in {key.key for key in moved.records}
    assert two.violations() == []


def test_merges_are_undone_in_any_order(pipeline: Pipeline, ann: Steward) -> None:
    pipeline.set_rules(targets={})
    for name in ("aldgate", "brixton", "cobham", "dunmore"):
        pipeline.crm.put(name[0], **company(name))
    pipeline.sync()
    before, linked = snapshot(pipeline.test_store), homes(pipeline)
    a, b, c, d = (linked[f"crm:{name}"] for name in "abcd")
    ann.merge(b, c)
    ann.merge(a, b)
    ann.merge(d, a)
    assert set(homes(pipeline).values()) == {d}
    with pipeline.test_store.session("ms_acme") as session:
        assert session.execute("SELECT live_customer('acme', %s)", [c]).fetchone() == (d,)

    for gone in (b, c, a):
        ann.unmerge(gone)
        assert pipeline.violations() == []

    assert differences(before, snapshot(pipeline.test_store)) == {}
    assert homes(pipeline) == linked


def test_a_merge_that_cannot_be_is_refused_and_changes_nothing(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    with pytest.raises(NotFoundError, match="C-NOBODY"):
        ann.merge(keep, "C-NOBODY")
    with pytest.raises(RuleError, match="into itself"):
        ann.merge(keep, keep)
    with pytest.raises(RuleError, match="no merge that could be undone"):
        ann.unmerge(keep)
    ann.merge(keep, other)
    with pytest.raises(RuleError, match=f"stands for {keep}"):
        ann.merge(other, keep)
    with pytest.raises(RuleError, match="no merge 99"):
        ann.unmerge(keep, merge_id=99)
    assert len(two.rows("SELECT 1 FROM identity_change")) == 1


def test_a_plan_shows_what_would_move_and_moves_nothing(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    before = snapshot(two.test_store)

    planned = ann.merge(keep, other, plan=True)

    assert len(planned.records) == 2
    assert differences(before, snapshot(two.test_store)) == {}
    assert two.rows("SELECT 1 FROM identity_change") == []


# --- what hangs on a customer -----------------------------------------------------------------


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
    release_plan(pipeline.store, run_id="r1", actor="ann", now=pipeline.clock())
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


def test_two_people_who_merge_crosswise_do_not_both_succeed(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)

    with pytest.raises(RuleError, match="was merged before"):
        ann.merge(other, keep)
    assert redirects(two) == {other: keep}


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
