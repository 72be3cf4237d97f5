"""Random interleavings under a virtual clock: the same invariants, thousands of crossings, no luck.

``SIMULATION_SEED=<seed> pytest tests/chaos/test_simulation.py`` replays a seed exactly.
``python -m benchmarks.simulation --seeds 2000`` runs as many as one likes.
"""

import os
import time
from collections.abc import Iterator

import pytest

from mastersync.domain.effects.model import EffectState
from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases.order_credit import CreditPerformer
from simulation import Simulation
from stores import migrated_template, store_copy

pytestmark = pytest.mark.chaos

GIVEN = os.environ.get("SIMULATION_SEED")
SEEDS = [int(GIVEN)] if GIVEN else range(1, 1_000)
SECONDS = 30  # of seeds, then the rest is left to the benchmark
ANSWERED = "reads the answer of agency.order"
FEWEST = 1 if GIVEN else 5


@pytest.fixture(scope="module")
def template(postgres_server: EmbeddedServer) -> Iterator[str]:
    with migrated_template(postgres_server) as name:
        yield name


def simulate(server: EmbeddedServer, template: str, seed: int) -> Simulation:
    with store_copy(server, template) as store:
        return Simulation(seed, store).run()


def test_whatever_the_schedule_the_books_agree_with_the_outside(
    postgres_server: EmbeddedServer, template: str
) -> None:
    until = time.monotonic() + SECONDS
    done = 0
    for seed in SEEDS:
        if done >= FEWEST and time.monotonic() > until:
            break
        simulation = simulate(postgres_server, template, seed)
        assert simulation.violations == [], f"seed {seed}\n" + "\n".join(simulation.trace)
        done += 1
    assert done >= FEWEST


def test_a_seed_replays_exactly(postgres_server: EmbeddedServer, template: str) -> None:
    one, other = (simulate(postgres_server, template, 5) for _ in range(2))

    assert one.counts["dies"] > 0
    assert one.trace == other.trace
    assert one.digest == other.digest


def test_another_seed_is_another_schedule(postgres_server: EmbeddedServer, template: str) -> None:
    one, other = (simulate(postgres_server, template, seed) for seed in (1, 2))

    assert one.digest != other.digest


def test_a_naive_delivery_is_found_out(
    postgres_server: EmbeddedServer, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CreditPerformer, "state_of_lost", EffectState.READY)
    with store_copy(postgres_server, template) as store:
        crossed = Simulation(1, store).die_once(None).crossed
    (reading, *_) = [at for at, name in enumerate(crossed, start=1) if ANSWERED in name]

    with store_copy(postgres_server, template) as store:
        died = Simulation(1, store).die_once(reading)

    assert any("credit_order" in words and "taken 2 times" in words for words in died.violations)
