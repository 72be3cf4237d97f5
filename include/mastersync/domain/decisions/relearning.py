"""Weights that were learned anew, held against those in force before they take effect."""

from collections.abc import Mapping
from dataclasses import dataclass

from mastersync.domain.decisions.backtest import Backtest, Measured, PairLook, changes_between
from mastersync.domain.matching.model import Band
from mastersync.domain.resolution.model import Model
from mastersync.domain.resolution.weight_changes import WeightChange
from mastersync.domain.search.pair_sample import Side

PairCounts = Mapping[Side, Mapping[Band, int]]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What weights were learned from.

    Args:
        records: Records looked at, out of ``of_records``, compared as ``pairs``.
        labels: Decisions that taught; of the others ``unmet`` share no key and ``gone`` name a
            record that is deleted or unknown.
    """

    records: int
    of_records: int
    pairs: int
    labels: int
    unmet: int
    gone: int


@dataclass(frozen=True, kw_only=True)
class Relearning:
    """What would change if these weights took effect.

    Args:
        in_force: The version that they were held against; 0 are the default weights.
        held_out: The decisions that taught, each by weights learned without it.
        counts_before: The sampled pairs by how they stand and by band.
    """

    in_force: int
    model: Model
    looked: Looked
    changes: tuple[WeightChange, ...]
    before: Backtest
    after: Backtest
    held_out: Backtest
    counts_before: PairCounts
    counts_after: PairCounts

    @property
    def is_worse(self) -> bool:
        """Whether they go against more decisions than those in force."""
        return self.after.measured.disagreed > self.before.measured.disagreed

    @property
    def is_only_memory(self) -> bool:
        """Whether on decisions that they were not shown they do worse than those in force."""
        shown = {look.decision.decision_id for look in self.held_out.looks}
        flips = sum(look.decision.decision_id in shown for look in self.before.flips)
        return self.held_out.measured.disagreed > flips

    @property
    def moved(self) -> tuple[tuple[PairLook, PairLook], ...]:
        """The decided pairs that change their band, before and after; flips come first."""
        moved = changes_between(self.before, self.after)
        return tuple(sorted(moved, key=lambda pair: not pair[1].is_flip))

    def evidence(self) -> dict[str, object]:
        """Return what is kept of it, as counts."""
        return {
            **vars(self.looked),
            "held_against": self.in_force,
            "before": _counted(self.before.measured),
            "after": _counted(self.after.measured),
            "held_out": _counted(self.held_out.measured),
        }


def _counted(measured: Measured) -> dict[str, int]:
    return {
        "agreed": measured.agreed,
        "asked": measured.asked,
        "disagreed": measured.disagreed,
    }
