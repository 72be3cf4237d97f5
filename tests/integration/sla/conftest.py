from collections.abc import Iterator

import pytest

from pipelines import Pipeline, company, running_pipeline
from stores import TestStore


@pytest.fixture
def pipeline(store: TestStore) -> Iterator[Pipeline]:
    """A client before its first sync: Monday, 13:00 in Berlin."""
    with running_pipeline(store) as client:
        yield client


@pytest.fixture
def known(pipeline: Pipeline) -> Pipeline:
    """The client with one customer, who is in both systems, alike."""
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate"))
    pipeline.sync()
    return pipeline
