"""How an engine's bands compare with what people decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from mastersync.domain.decisions.model import PairDecision
from mastersync.domain.matching.model import Band


@dataclass(frozen=True, kw_only=True)
class PairLook:
    """What the engine says of a decided pair, had nobody decided. ``met``: it shares a key."""

    decision: PairDecision
    band: Band
    score: float
    sentence: str
    met: bool

    @property
    def is_flip(self) -> bool:
        """Whether it would go the other way without asking anybody."""
        says = Band.SAME if self.decision.is_same else Band.NEW
        return self.band is not says and self.band is not Band.REVIEW


@dataclass(frozen=True, kw_only=True)
class Measured:
    """An engine's decisions over decided pairs, counted.

    Args:
        merged_right: Joined, and people say the same.
        merged_wrong: Joined, and people say otherwise.
        asked: Given to a person, whatever it was.
        missed: Left apart, and people say the same.
        parted_right: Left apart, and people say so too.
    """

    merged_right: int
    merged_wrong: int
    asked: int
    missed: int
    parted_right: int
    same: int

    @property
    def agreed(self) -> int:
        """How many it decides as people did."""
        return self.merged_right + self.parted_right

    @property
    def disagreed(self) -> int:
        """How many it decides against people, without asking."""
        return self.merged_wrong + self.missed

    @property
    def precision(self) -> float | None:
        """Share of what it joins that is right, 0.0 to 1.0; None when it joins nothing."""
        joined = self.merged_right + self.merged_wrong
        return self.merged_right / joined if joined else None

    @property
    def recall(self) -> float | None:
        """Share of what is the same that it joins by itself; None when nothing is the same."""
        return self.merged_right / self.same if self.same else None

    @property
    def found(self) -> float | None:
        """Share of what is the same that it joins or asks about."""
        return 1.0 - self.missed / self.same if self.same else None


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """One engine over all decided pairs."""

    looks: tuple[PairLook, ...]

    @property
    def measured(self) -> Measured:
        return Measured(
            merged_right=self._count(Band.SAME, same=True),
            merged_wrong=self._count(Band.SAME, same=False),
            asked=sum(look.band is Band.REVIEW for look in self.looks),
            missed=self._count(Band.NEW, same=True),
            parted_right=self._count(Band.NEW, same=False),
            same=sum(look.decision.is_same for look in self.looks),
        )

    @property
    def flips(self) -> tuple[PairLook, ...]:
        """The pairs that it decides against people, the surest first."""
        flips = [look for look in self.looks if look.is_flip]
        return tuple(sorted(flips, key=lambda look: -abs(look.score - 0.5)))

    def _count(self, band: Band, *, same: bool) -> int:
        return sum(look.band is band and look.decision.is_same is same for look in self.looks)


def changes_between(one: Backtest, other: Backtest) -> Sequence[tuple[PairLook, PairLook]]:
    """Return the pairs on which two engines differ in band, by decision id."""
    looks = {look.decision.decision_id: look for look in other.looks}
    both = [(look, looks[look.decision.decision_id]) for look in one.looks]
    return [(before, after) for before, after in both if before.band is not after.band]
