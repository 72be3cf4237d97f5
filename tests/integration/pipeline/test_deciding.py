"""What people decide on pairs holds, ends when it should, and never contradicts itself."""

from datetime import timedelta

import pytest

from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import NotFoundError, RuleError
from mastersync.usecases.resolve_ticket import PairVerdict
from pipelines import Pipeline, company
from stewards import Steward, homes

TWIN = company("aldgate", registration_number="08213457")


@pytest.fixture
def four(pipeline: Pipeline) -> Pipeline:
    """Four companies, nothing alike, each a customer of its own."""
    pipeline.set_rules(targets={})
    for name in ("aldgate", "brixton", "cobham", "dunmore"):
        pipeline.crm.put(name[0], **company(name))
    pipeline.sync()
    assert len(set(homes(pipeline).values())) == 4
    return pipeline


def test_same_makes_two_customers_one_at_once(four: Pipeline, ann: Steward) -> None:
    decided = ann.decide("same", "crm:a", "crm:b")

    linked = homes(four)
    assert linked["crm:a"] == linked["crm:b"]
    assert decided.recorded.is_new
    assert len(decided.moved) == 1
    assert four.violations() == []
    four.sync()


def test_it_survives_an_edit_and_a_rerun(four: Pipeline, ann: Steward) -> None:
    ann.decide("same", "crm:a", "crm:b")
    four.crm.put("b", **company("dunmore", name="Quite Another Ltd", registration_number=""))

    four.sync()
    four.sync()

    linked = homes(four)
    assert linked["crm:a"] == linked["crm:b"]


def test_not_the_same_survives_an_edit_that_makes_them_alike(four: Pipeline, ann: Steward) -> None:
    ann.decide("not_same", "crm:a", "crm:b")
    four.crm.delete("b")
    four.sync()
    four.crm.put("b", **company("aldgate"))

    four.sync()

    linked = homes(four)
    assert linked["crm:a"] != linked["crm:b"]
    assert four.tickets() == []


@pytest.mark.parametrize("how", ["expires", "is withdrawn"])
def test_a_decision_that_ended_is_followed_no_more(four: Pipeline, ann: Steward, how: str) -> None:
    ends = four.clock.now + timedelta(days=1) if how == "expires" else None
    decided = ann.decide("not_same", "crm:a", "crm:b", expires_at=ends)
    four.crm.delete("b")
    four.sync(days=2)
    if how == "is withdrawn":
        ann.withdraw(decided.recorded.decision_id)
    four.crm.put("b", **company("aldgate"))

    four.sync()

    linked = homes(four)
    assert linked["crm:a"] == linked["crm:b"]


def test_a_record_that_waits_follows_in_the_next_run(four: Pipeline, ann: Steward) -> None:
    four.crm.put("t", **TWIN)
    four.sync()
    assert four.tickets() == ["review:crm:t"]

    decided = ann.decide("same", "crm:a", "crm:t")
    four.sync()

    linked = homes(four)
    assert decided.moved == ()
    assert linked["crm:a"] == linked["crm:t"]
    assert four.tickets() == []


def test_a_record_that_waits_between_two_customers_joins_them(four: Pipeline, ann: Steward) -> None:
    four.crm.put("t", **TWIN)
    four.sync()
    ann.decide("same", "crm:a", "crm:t")

    decided = ann.decide("same", "crm:b", "crm:t")
    four.sync()

    linked = homes(four)
    assert len(decided.moved) == 1
    assert linked["crm:a"] == linked["crm:b"] == linked["crm:t"]


def test_what_contradicts_is_refused_and_the_chain_is_named(four: Pipeline, ann: Steward) -> None:
    first = ann.decide("same", "crm:a", "crm:b").recorded.decision_id
    second = ann.decide("same", "crm:b", "crm:c").recorded.decision_id
    before = homes(four)

    with pytest.raises(RuleError) as refused:
        ann.decide("not_same", "crm:a", "crm:c")

    assert refused.value.problem == (
        "crm:a cannot be kept apart from crm:c, because "
        f"crm:a is the same as crm:b (decision {first}, ann); "
        f"crm:b is the same as crm:c (decision {second}, ann). Nothing was saved."
    )
    assert f"--insist: that withdraws decision {first}" in refused.value.next_step
    assert homes(four) == before
    assert decisions(four) == 2


@pytest.mark.usefixtures("four")
def test_same_against_not_the_same_is_refused_too(ann: Steward) -> None:
    ann.decide("same", "crm:a", "crm:b")
    ann.decide("not_same", "crm:a", "crm:c")

    with pytest.raises(RuleError, match=r"crm:a is not the same as crm:c"):
        ann.decide("same", "crm:b", "crm:c")


def test_who_insists_withdraws_the_older_word(four: Pipeline, ann: Steward) -> None:
    first = ann.decide("same", "crm:a", "crm:b").recorded.decision_id
    ann.decide("same", "crm:b", "crm:c")

    decided = ann.decide("not_same", "crm:a", "crm:c", insist=True)

    assert [d.decision_id for d in decided.recorded.withdrawn] == [first]
    linked = homes(four)
    assert linked["crm:a"] != linked["crm:c"]
    assert linked["crm:b"] == linked["crm:c"]
    assert four.violations() == []
    ((author, reason),) = four.rows("SELECT author, reason FROM decision_withdrawal")
    assert author == "ann"
    assert "replaced by decision" in reason


def test_the_same_word_twice_is_kept_once(four: Pipeline, ann: Steward) -> None:
    ann.decide("not_same", "crm:a", "crm:b")

    again = ann.decide("not_same", "crm:b", "crm:a")

    assert not again.recorded.is_new
    assert decisions(four) == 1


def test_related_customers_are_shown_and_never_one(four: Pipeline, ann: Steward) -> None:
    four.crm.put("a", **company("aldgate", name="Aldgate Foundry Leeds"))
    ann.decide("related", "crm:a", "crm:b", relation="branch")

    linked = homes(four)
    with four.store.begin() as unit:
        (related,) = unit.identity.relations(customer_id=linked["crm:b"], now=four.clock())
    assert (related.customer_id, related.relation) == (linked["crm:a"], "branch")
    assert related.related_customer_id == linked["crm:b"]
    four.sync()
    assert homes(four)["crm:a"] != homes(four)["crm:b"]


def test_a_relation_follows_its_records_and_ends_with_its_decision(
    four: Pipeline, ann: Steward
) -> None:
    decided = ann.decide("related", "crm:a", "crm:b", relation="household")
    linked = homes(four)
    ann.merge(linked["crm:c"], linked["crm:b"])

    with four.store.begin() as unit:
        (related,) = unit.identity.relations(now=four.clock())
    assert related.related_customer_id == linked["crm:c"]
    ann.withdraw(decided.recorded.decision_id)
    with four.store.begin() as unit:
        assert unit.identity.relations(now=four.clock()) == []


@pytest.mark.usefixtures("four")
def test_what_a_relation_says_more_exactly_replaces_the_older_word(ann: Steward) -> None:
    first = ann.decide("not_same", "crm:a", "crm:b").recorded.decision_id

    decided = ann.decide("related", "crm:a", "crm:b", relation="group")

    assert [d.decision_id for d in decided.recorded.withdrawn] == [first]


def test_not_the_same_splits_a_record_off_that_the_engine_had_linked(
    pipeline: Pipeline, ann: Steward
) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate", phone="+442079460777"))
    pipeline.sync()
    opened = homes(pipeline)["crm:a"]

    decided = ann.decide("not_same", "erp:x", "crm:a")

    linked = homes(pipeline)
    assert linked["crm:a"] == opened, "who opened the customer keeps it"
    assert linked["erp:x"] != opened
    (split,) = decided.moved
    assert (split.change.kind, split.change.to_customer_id) == ("split", linked["erp:x"])
    ((evidence, by),) = pipeline.rows(
        "SELECT search_evidence, created_by FROM customer WHERE created_run_id IS NULL"
    )
    assert (evidence["engine"], evidence["split_from"], by) == ("a person", opened, "ann")
    pipeline.sync()
    assert pipeline.golden("erp", "x")["phone"] == "+442079460777"
    assert len(pipeline.rows("SELECT 1 FROM golden_version WHERE customer_id = %s", opened)) == 2


def test_a_split_takes_along_what_people_called_the_same(pipeline: Pipeline, ann: Steward) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.erp.put("y", **company("aldgate"))
    pipeline.sync()
    ann.decide("same", "erp:x", "erp:y")

    ann.decide("not_same", "crm:a", "erp:x")

    linked = homes(pipeline)
    assert linked["erp:x"] == linked["erp:y"] != linked["crm:a"]
    assert pipeline.violations() == []


def test_a_record_that_comes_back_as_somebody_new_gets_a_new_id(pipeline: Pipeline) -> None:
    """Others are by now the customer that it opened once."""
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    opened = homes(pipeline)["crm:a"]
    pipeline.crm.delete("a")
    pipeline.sync()
    pipeline.crm.put("a", **company("cobham"))

    pipeline.sync()

    linked = homes(pipeline)
    assert linked["erp:x"] == opened
    assert linked["crm:a"] != opened
    pipeline.crm.delete("a")
    pipeline.sync()
    pipeline.crm.put("a", **company("cobham"))
    pipeline.sync()
    assert homes(pipeline)["crm:a"] == linked["crm:a"], "alone, it is who it was"


def test_an_id_is_never_used_again(pipeline: Pipeline, ann: Steward) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    ann.decide("not_same", "crm:a", "erp:x")
    first = homes(pipeline)["erp:x"]
    ann.decide("same", "crm:a", "erp:x", insist=True)
    ann.decide("not_same", "crm:a", "erp:x", insist=True)

    assert homes(pipeline)["erp:x"] == first, "an undone merge gives the same id back"
    pipeline.sync()


@pytest.mark.usefixtures("four")
def test_a_record_that_nobody_landed_is_refused(ann: Steward) -> None:
    with pytest.raises(NotFoundError, match="crm:zz"):
        ann.decide("same", "crm:a", "crm:zz")


def test_a_plan_of_a_decision_changes_nothing(four: Pipeline, ann: Steward) -> None:
    before = homes(four)

    planned = ann.decide("same", "crm:a", "crm:b", plan=True)

    assert len(planned.moved) == 1
    assert homes(four) == before
    assert decisions(four) == 0


@pytest.mark.usefixtures("four")
def test_a_withdrawn_decision_is_not_withdrawn_twice(ann: Steward) -> None:
    decision = ann.decide("not_same", "crm:a", "crm:b").recorded.decision_id
    ann.withdraw(decision)

    with pytest.raises(RuleError, match="withdrawn before, by ann"):
        ann.withdraw(decision)
    with pytest.raises(NotFoundError):
        ann.withdraw(decision + 1)


def decisions(pipeline: Pipeline) -> int:
    return pipeline.rows("SELECT count(*) FROM decision")[0][0]


def test_a_verdict_between_two_customers_lets_the_record_that_waits_go_on(
    pipeline: Pipeline, ann: Steward
) -> None:
    """It is like both of them, and a person said whose it is: nobody asks again."""
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    parted = ann.decide("not_same", "crm:a", "erp:x")
    ann.withdraw(parted.recorded.decision_id)
    pipeline.crm.put("r", **company("aldgate"))
    pipeline.sync()
    assert pipeline.tickets() == ["review:crm:r"]

    ann.decide("same", "crm:a", "crm:r")
    pipeline.sync()

    linked = homes(pipeline)
    assert linked["crm:r"] == linked["crm:a"] != linked["erp:x"]
    assert pipeline.tickets() == []


@pytest.mark.parametrize("verdict", list(PairVerdict))
def test_a_tickets_verdict_on_two_customers_joins_them_or_keeps_them_apart(
    four: Pipeline, ann: Steward, verdict: PairVerdict
) -> None:
    with four.store.begin() as unit:
        draft = TicketDraft(
            cause_key="review:crm:a",
            kind=TicketKind.REVIEW,
            title="Same customer?",
            cause="The names are alike.",
            next_step="Say which.",
            detail={
                "left": {"system": "crm", "key": "a"},
                "right": {"system": "crm", "key": "b"},
            },
        )
        ticket_id = unit.tickets.ensure(draft, now=four.clock())

    ann.resolve(ticket_id, verdict)

    linked = homes(four)
    assert (linked["crm:a"] == linked["crm:b"]) is (verdict is PairVerdict.SAME)
    told = four.rows("SELECT kind, ticket_id FROM identity_change")
    assert told == ([("merged", ticket_id)] if verdict is PairVerdict.SAME else [])
    assert four.violations() == []
    four.sync()


def test_a_tickets_verdict_that_contradicts_a_decision_is_refused_and_the_ticket_stays_open(
    four: Pipeline, ann: Steward
) -> None:
    four.crm.put("t", **TWIN)
    four.sync()
    ((ticket_id,),) = four.rows("SELECT ticket_id FROM ticket")
    ann.decide("same", "crm:b", "crm:t")
    ann.decide("not_same", "crm:a", "crm:b")

    with pytest.raises(RuleError, match="cannot be called the same"):
        ann.resolve(ticket_id, PairVerdict.SAME)

    assert four.tickets() == ["review:crm:t"]
    ann.resolve(ticket_id, PairVerdict.SAME, insist=True)
    assert four.violations() == []
