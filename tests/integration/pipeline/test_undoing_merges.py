"""Taking back a merge, in the client's systems, too; and that it stays taken back."""

from collections.abc import Sequence

import pytest

from mastersync.domain.decisions.model import Person
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.usecases.unmerge_with_writes import MergeToUndo
from mastersync.wiring.undoing import unmerge
from outsiders import holds
from pipelines import COMPANIES, Pipeline
from stewards import Steward, ids

THE_PUSH = EffectChoice(run_id="r2")
PHONES = {which: f"+44207946090{number}" for number, which in enumerate(COMPANIES)}
OLD, NEW, OTHER = "+442079460101", "+442079460999", "+442079460888"


@pytest.fixture
def merged(two: Pipeline, ann: Steward) -> tuple[Pipeline, str]:
    """Two customers made one, which was pushed to the ERP; returns the one that is gone."""
    keep, other = ids(two)
    ann.merge(keep, other)
    two.sync()
    assert len({names(two)["x"], names(two)["y"]}) == 1
    return two, other


def names(pipeline: Pipeline) -> dict[str, object]:
    return {key: held.values["name"] for key, held in pipeline.erp.held.items()}


def take_back(pipeline: Pipeline, customer_id: str, *, plan: bool = False) -> Sequence[str]:
    person = Person(by="ann", reason="two companies", insist=True)
    merge = MergeToUndo(customer_id=customer_id, merge_id=None, person=person)
    unmerged = unmerge(pipeline, merge, plan=plan)
    return sorted({f"{write.target}:{write.record_key}" for write in unmerged.writes})


@pytest.mark.parametrize("is_read_again", [False, True])
def test_an_unmerge_reaches_the_systems_and_stays(
    merged: tuple[Pipeline, str], *, is_read_again: bool
) -> None:
    pipeline, gone = merged
    if is_read_again:
        pipeline.sync()
    written = len(pipeline.erp.writes)

    planned = take_back(pipeline, gone, plan=True)
    assert (len(pipeline.erp.writes), len(names(pipeline))) == (written, 2)
    done = take_back(pipeline, gone)

    assert planned == done
    assert names(pipeline) == {"x": "Aldgate Foundry Ltd", "y": "Brixton Joinery Ltd"}
    assert pipeline.violations() == []
    for _ in range(2):
        counts = pipeline.sync()
        assert "push" not in counts
    assert names(pipeline) == {"x": "Aldgate Foundry Ltd", "y": "Brixton Joinery Ltd"}


@pytest.mark.parametrize(("policy", "ticket"), [("approve", True), ("shadow", False)])
def test_an_unmerge_waits_where_the_clients_policy_says_so(
    merged: tuple[Pipeline, str], policy: str, *, ticket: bool
) -> None:
    pipeline, gone = merged
    pipeline.set_rules(release=ReleaseRules(policy=ReleasePolicy(policy)))

    take_back(pipeline, gone)
    pipeline.deliver()

    assert len(set(names(pipeline).values())) == 1
    assert any(cause.startswith("held:") for cause in pipeline.tickets()) is ticket


def test_an_unmerge_leaves_alone_what_people_changed_since(merged: tuple[Pipeline, str]) -> None:
    pipeline, gone = merged
    merged_name = names(pipeline)["y"]
    pipeline.erp.put("y", street="1 New Street")

    take_back(pipeline, gone)

    assert holds(pipeline.erp, "y", "street") == "1 New Street"
    assert names(pipeline)["y"] != merged_name or names(pipeline)["x"] != merged_name
