"""Run simulated schedules under a virtual clock, and count what they met.

    python -m benchmarks.simulation [--seeds 200] [--first-seed 1] [--every-boundary]

Prints what a seed found wrong, and exits 1; the same seed replays it exactly:

    SIMULATION_SEED=17 pytest tests/chaos/test_simulation.py
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "include"), str(PROJECT / "tests")]

from mastersync.store import embedded  # noqa: E402 (the tests are no package)
from simulation import Simulation  # noqa: E402
from stores import migrated_template, store_copy  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument(
        "--every-boundary", action="store_true", help="one sync dies at each of its crossings"
    )
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    started = time.monotonic()
    simulations = _boundaries if arguments.every_boundary else _seeds
    for words, simulation in simulations(arguments):
        counts += simulation.counts
        counts["schedules"] += 1
        counts["boundaries crossed"] += len(simulation.crossed)
        if simulation.violations:
            counts["schedules with a violation"] += 1
            print(words, *simulation.violations, sep="\n  ", flush=True)
    seconds = time.monotonic() - started
    for what, number in sorted(counts.items()):
        print(f"| {what} | {number:,} |")
    print(f"{seconds:.0f} s, {counts['schedules'] * 60 / seconds:.0f} schedules a minute")
    sys.exit(counts["schedules with a violation"] > 0)


def _seeds(arguments: argparse.Namespace) -> Iterator[tuple[str, Simulation]]:
    with _simulations() as simulate:
        for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds):
            yield f"seed {seed}:", simulate(seed, Simulation.run)


def _boundaries(_: argparse.Namespace) -> Iterator[tuple[str, Simulation]]:
    with _simulations() as simulate:
        undisturbed = simulate(1, lambda one: one.die_once(None))
        for at, name in enumerate(undisturbed.crossed[: undisturbed.peace_at], start=1):
            yield f"died at crossing {at}, {name}:", simulate(1, lambda one: one.die_once(at))  # noqa: B023


@contextmanager
def _simulations() -> Iterator[Callable[[int, Callable[[Simulation], Simulation]], Simulation]]:
    with tempfile.TemporaryDirectory(prefix="mastersync-simulation-") as home:
        server = embedded.start(Path(home) / "pg", options=embedded.THROW_AWAY_OPTIONS)
        try:
            with migrated_template(server) as template:

                def simulate(seed: int, run: Callable[[Simulation], Simulation]) -> Simulation:
                    with store_copy(server, template) as store:
                        return run(Simulation(seed, store))

                yield simulate
        finally:
            server.stop()


if __name__ == "__main__":
    main()
