"""Whatever befalls the processes, the database and the outside: nothing is lost, nothing doubled.

A handful of seeds here, as many as the time allows; ``python -m benchmarks.chaos`` runs as many as
one likes. A seed that failed is replayed with ``CHAOS_SEED=<seed> pytest
tests/chaos/test_random_schedules.py`` (its deeds; how processes interleave is the machine's).
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos_schedules import Arena, open_arena

pytestmark = pytest.mark.chaos

GIVEN = os.environ.get("CHAOS_SEED")
SEEDS = [int(GIVEN)] if GIVEN else range(1_001, 2_000)
SECONDS = 75  # of schedules; more are left to the benchmark
FEWEST = 1 if GIVEN else 4


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    home = tmp_path_factory.mktemp("arena")
    with open_arena(home) as opened:
        yield opened


def test_random_schedules_end_as_if_nothing_had_happened(arena: Arena, tmp_path: Path) -> None:
    until = time.monotonic() + SECONDS
    for done, seed in enumerate(SEEDS):
        if done >= FEWEST and time.monotonic() > until:
            break
        report = arena.run(seed, tmp_path / str(seed))
        assert report.violations == [], report
