"""The audit finds whatever does not hold together about who is who."""

from collections.abc import Iterator

import pytest

from mastersync.usecases.audit_client import audit_client
from pipelines import Pipeline, company, running_pipeline
from stewards import Steward, homes, steward_of
from stores import TestStore


@pytest.fixture
def pipeline(store: TestStore) -> Iterator[Pipeline]:
    with running_pipeline(store) as filled:
        filled.set_rules(targets={})
        for name in ("aldgate", "brixton", "cobham"):
            filled.crm.put(name[0], **company(name))
        filled.sync()
        yield filled


@pytest.fixture
def ann(pipeline: Pipeline) -> Iterator[Steward]:
    with steward_of(pipeline) as steward:
        yield steward


def breaches(pipeline: Pipeline) -> tuple[str, ...]:
    return audit_client(pipeline.store, ledger=None, now=pipeline.clock()).breaches


def test_a_merge_and_its_undoing_break_nothing(pipeline: Pipeline, ann: Steward) -> None:
    linked = homes(pipeline)
    ann.merge(linked["crm:a"], linked["crm:b"])
    assert breaches(pipeline) == ()
    ann.unmerge(linked["crm:a"])
    assert breaches(pipeline) == ()


def test_a_link_to_a_customer_that_redirects(pipeline: Pipeline, ann: Steward) -> None:
    a, b = homes(pipeline)["crm:a"], homes(pipeline)["crm:b"]
    ann.merge(a, b)
    pipeline.test_store.change(
        f"UPDATE link SET customer_id = '{b}' WHERE record_id = 2", checks=False
    )

    assert f"record 2 is linked to {b}, which redirects" in breaches(pipeline)


def test_a_redirect_that_nobody_told(pipeline: Pipeline) -> None:
    a, c = homes(pipeline)["crm:a"], homes(pipeline)["crm:c"]
    pipeline.test_store.change(
        f"UPDATE customer SET redirect_to = '{c}' WHERE customer_id = '{a}'",
        f"UPDATE link SET customer_id = '{c}' WHERE customer_id = '{a}'",
        checks=False,
    )

    assert breaches(pipeline)[-1:] == (
        f"customer {a} redirects, and the change feed says nothing of it",
    )


def test_a_merge_that_was_told_and_not_done(pipeline: Pipeline, ann: Steward) -> None:
    a, b = homes(pipeline)["crm:a"], homes(pipeline)["crm:b"]
    moved = ann.merge(a, b)
    pipeline.test_store.change("UPDATE customer SET redirect_to = NULL", checks=False)

    change_id = moved.change.change_id
    assert breaches(pipeline) == (f"change {change_id} merged {b}, which does not redirect to {a}",)


def test_redirects_that_go_round(pipeline: Pipeline) -> None:
    a, b = homes(pipeline)["crm:a"], homes(pipeline)["crm:b"]
    pipeline.test_store.change(
        f"UPDATE customer SET redirect_to = '{b}' WHERE customer_id = '{a}'",
        f"UPDATE customer SET redirect_to = '{a}' WHERE customer_id = '{b}'",
        checks=False,
    )

    found = breaches(pipeline)

    for customer_id in (a, b):
        words = f"customer {customer_id} redirects, and the chain ends in no live customer"
        assert words in found


def test_decisions_that_links_do_not_honour(pipeline: Pipeline, ann: Steward) -> None:
    linked = homes(pipeline)
    same = ann.decide("same", "crm:a", "crm:b").recorded.decision_id
    apart = ann.decide("not_same", "crm:a", "crm:c").recorded.decision_id
    related = ann.decide("related", "crm:b", "crm:c", relation="branch").recorded.decision_id
    keep = homes(pipeline)["crm:a"]
    assert breaches(pipeline) == ()
    pipeline.test_store.change(
        f"UPDATE link SET customer_id = '{linked['crm:c']}' WHERE record_id = 2", checks=False
    )
    assert f"decision {same} says same, and the records are apart in {keep} and " in " ".join(
        breaches(pipeline)
    )
    assert f"decision {related} says related, and the records are together" in " ".join(
        breaches(pipeline)
    )
    pipeline.test_store.change(
        f"UPDATE link SET customer_id = '{linked['crm:c']}' WHERE record_id = 1", checks=False
    )
    assert f"decision {apart} says not_same, and the records are together" in " ".join(
        breaches(pipeline)
    )
    for decision_id in (same, apart, related):
        ann.withdraw(decision_id)
    assert "decision" not in " ".join(breaches(pipeline))
