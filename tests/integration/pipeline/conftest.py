from collections.abc import Iterator

import pytest

from pipelines import Pipeline, running_pipeline
from stores import TestStore


@pytest.fixture
def pipeline(store: TestStore) -> Iterator[Pipeline]:
    with running_pipeline(store) as client:
        yield client
