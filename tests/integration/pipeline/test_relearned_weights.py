"""What weights that a person puts in force change in the next run."""

from mastersync.domain.decisions.model import Person
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.resolution.model import DEFAULT_MODEL
from mastersync.ports.match_index import ModelVersion
from mastersync.usecases.weight_versions import go_back, keep_weights
from pipelines import Pipeline, company
from stewards import Steward, homes

ASKS = MatchPolicy(same_at=0.99999, review_at=0.7)
ANN = Person(by="ann", reason="we know them")


def put_in_force(pipeline: Pipeline, ann: Steward, *, prior: float, model_no: int = 1) -> None:
    weights = {**DEFAULT_MODEL.to_json(), "prior": prior}
    with ann.store.begin() as unit:
        keep_weights(
            unit,
            ModelVersion(
                model_no=model_no,
                model=weights,
                learned_from=2,
                author="ann",
                reason="we know them",
                made_at=pipeline.clock(),
            ),
        )


def fill(pipeline: Pipeline) -> None:
    """Two records of which one waits: they are like one, and the bands ask for more."""
    pipeline.set_rules(targets={}, match=ASKS)
    pipeline.crm.put("a", **company("aldgate", registration_number=""))
    pipeline.erp.put("x", **company("aldgate", registration_number=""))
    pipeline.sync()
    assert len(homes(pipeline)) == 1
    assert len(pipeline.tickets()) == 1


def test_what_waits_for_a_person_is_looked_at_again_by_new_weights(
    pipeline: Pipeline, ann: Steward
) -> None:
    fill(pipeline)
    put_in_force(pipeline, ann, prior=20.0)

    pipeline.sync()

    assert len(set(homes(pipeline).values())) == 1
    assert len(homes(pipeline)) == 2
    assert pipeline.tickets() == []


def test_what_waits_stays_as_it_is_while_the_weights_do(pipeline: Pipeline) -> None:
    fill(pipeline)
    before = pipeline.rows("SELECT version_id, run_id, changed_at FROM version_state ORDER BY 1")

    pipeline.sync()

    assert before == pipeline.rows(
        "SELECT version_id, run_id, changed_at FROM version_state ORDER BY 1"
    )
    assert len(pipeline.tickets()) == 1


def test_what_is_linked_stays_linked_whatever_weights_say(pipeline: Pipeline, ann: Steward) -> None:
    fill(pipeline)
    put_in_force(pipeline, ann, prior=20.0)
    pipeline.sync()
    linked = homes(pipeline)

    go_back(ann.store, person=ANN, now=pipeline.clock())
    pipeline.sync()

    assert homes(pipeline) == linked
    assert pipeline.tickets() == []
