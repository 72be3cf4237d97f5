"""A run that was given up and works on all the same takes nothing from the run that followed it."""

from collections.abc import Callable, Iterator

import pytest

from mastersync.usecases.failpoints import PLAN_AFTER_COMMIT
from mastersync.wiring import sync
from outsiders import holds
from pipelines import Pipeline, company, running_pipeline
from stores import TestStore


class Died(BaseException):
    """A process ended."""


@pytest.fixture
def pipeline(store: TestStore) -> Iterator[Pipeline]:
    with running_pipeline(store) as filled:
        filled.crm.put("a", **company("aldgate"))
        filled.erp.put("b", **company("brixton"))
        yield filled


def derive(pipeline: Pipeline, run_id: str) -> None:
    """All steps of an open run up to its golden records."""
    for system in ("crm", "erp"):
        sync.extract(pipeline, run_id, system)
    for batch in sync.version_batches(pipeline):
        sync.prepare(pipeline, batch)
        sync.compare(pipeline, run_id, batch)
    sync.match(pipeline, run_id)
    for customers in sync.customer_batches(pipeline, run_id):
        sync.form(pipeline, run_id, customers)


def die_while_planning(pipeline: Pipeline, run_id: str) -> None:
    def die(name: str) -> None:
        if name == PLAN_AFTER_COMMIT:
            raise Died

    pipeline.failpoint = die
    with pytest.raises(Died):
        sync.plan(pipeline, run_id)
    pipeline.failpoint = lambda _: None


def overlap(pipeline: Pipeline) -> None:
    """Run r1 is given up by the opening of r2, plans all the same, and then r2 finds a change."""
    sync.open_this_run(pipeline, "r1")
    derive(pipeline, "r1")
    pipeline.clock.push(minutes=1)
    sync.open_this_run(pipeline, "r2")
    sync.plan(pipeline, "r1")
    pipeline.erp.put("b", email="office@brixton.example")
    pipeline.crm.put("b", **company("brixton", phone="+442079460999"))
    derive(pipeline, "r2")


@pytest.mark.parametrize("dies", [lambda *_: None, die_while_planning])
def test_what_the_newer_run_had_begun_when_it_died_is_done_by_the_next(
    pipeline: Pipeline, dies: Callable[[Pipeline, str], None]
) -> None:
    overlap(pipeline)
    dies(pipeline, "r2")

    pipeline.run_count = 2
    pipeline.sync()

    assert pipeline.rows("SELECT effect_id FROM effect WHERE state = 'held'") == []
    assert holds(pipeline.erp, "b", "phone") == "+442079460999"
