from collections.abc import Iterator

import pytest

from pipelines import Pipeline, company, running_pipeline
from stewards import Steward, homes, steward_of
from stores import TestStore


@pytest.fixture
def pipeline(store: TestStore) -> Iterator[Pipeline]:
    with running_pipeline(store) as client:
        yield client


@pytest.fixture
def known(pipeline: Pipeline) -> Pipeline:
    """A pipeline whose one customer is in both systems, alike."""
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    assert pipeline.effects() == []
    return pipeline


@pytest.fixture
def ann(pipeline: Pipeline) -> Iterator[Steward]:
    """A person at the desk of the pipeline's client."""
    with steward_of(pipeline) as steward:
        yield steward


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
