"""A sync dies at the commit of every transaction it has, none forgotten; the next ones mend it.

The named boundaries are swept in real processes; this sweeps whatever a use case opens, today's
and tomorrow's, for the door to the store is the boundary. ``python -m benchmarks.simulation
--every-boundary`` sweeps the requests, the answers and the named ones in the same way.
"""

import pytest

from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases.failpoints import STORE_BEFORE_COMMIT
from simulation import Simulation
from stores import migrated_template, store_copy

pytestmark = pytest.mark.chaos

PARTS = 4  # that failures are told apart, and no test takes too long


def die(server: EmbeddedServer, template: str, at: int | None) -> Simulation:
    with store_copy(server, template) as store:
        return Simulation(1, store).die_once(at)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_sync_that_died_before_its_nth_commit_is_made_up_for(
    postgres_server: EmbeddedServer, part: int
) -> None:
    with migrated_template(postgres_server) as template:
        undisturbed = die(postgres_server, template, None)
        assert undisturbed.violations == []
        crossed = undisturbed.crossed[: undisturbed.peace_at]
        commits = [at for at, name in enumerate(crossed, start=1) if name == STORE_BEFORE_COMMIT]
        assert len(commits) > 50

        for at in commits[part::PARTS]:
            died = die(postgres_server, template, at)
            assert died.counts["dies"] == 1
            assert died.violations == [], f"died at crossing {at}: {crossed[at - 10 : at]}"
