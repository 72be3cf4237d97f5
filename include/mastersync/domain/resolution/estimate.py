"""How good the result is, estimated without labels."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.candidates import KeyIndex, Pairs
from mastersync.domain.resolution.keys import CONTACT_KEY, NAME_KEY
from mastersync.domain.resolution.words import Codes, Flags, Longs

LogOdds = NDArray[np.float64]
_SAMPLE: Final = 5_000
_SURE: Final = 1.96
_SEEN: Final = 0.3


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What the records themselves say about the result; None where they cannot say it.

    Args:
        precision: Share of the automatic merges (pairs) that are right.
        recall: Share of all true pairs that were compared, by capture-recapture over keys
            of names and keys of contacts, with the interval of nineteen times in twenty.
        joined: Share of all true pairs that the likeliest clusters join.
        review_records: Records that a person should look at.
        curve: Points of (log-odds from which a merge is automatic, precision, review records).
    """

    precision: float | None
    recall: float | None
    recall_low: float | None
    recall_high: float | None
    joined: float | None
    review_records: int
    pairs_compared: int
    curve: tuple[tuple[float, float, int], ...] = ()


def chances(odds: LogOdds) -> LogOdds:
    """Return the probabilities that log-odds stand for."""
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))


def precision_from(odds: LogOdds, threshold: float) -> float | None:
    """Return the expected share of right pairs among those from ``threshold`` on.

    The model takes aspects for independent that are not quite, and is surer than it should be:
    of the errors that there are it sees about a third, so that each counts for three.
    """
    taken = odds >= threshold
    if not taken.any():
        return None
    seen = float(1.0 - chances(odds[taken]).mean())
    return max(1.0 - seen / _SEEN, 0.0)


def joined_share(pairs: Pairs, odds: LogOdds, clusters: Longs, *, compared: float) -> float | None:
    """Return the expected share of true pairs that clusters join, of those compared and not."""
    chance = chances(odds)
    total = float(chance.sum())
    if total <= 0.0:
        return None
    together = clusters[pairs.left] == clusters[pairs.right]
    return float(chance[together].sum()) / total * compared


def recapture(index: KeyIndex, pairs: Pairs, odds: LogOdds) -> tuple[float, float, float] | None:
    """Return recall with its interval: Chapman's estimate over two families of keys.

    A pair that both families find was catchable twice; from how often one family misses what
    the other finds follows how many both miss. Families that fail together make it too high.
    """
    matched = np.flatnonzero(odds >= 0.0)
    if len(matched) > _SAMPLE:
        matched = matched[:: len(matched) // _SAMPLE + 1]
    if not len(matched):
        return None
    left, right = pairs.left[matched], pairs.right[matched]
    by_name, by_contact = (
        shares_key(index, left, right, family) for family in (NAME_KEY, CONTACT_KEY)
    )
    one, other = int(by_name.sum()), int(by_contact.sum())
    both = int((by_name & by_contact).sum())
    if not both:
        return None
    total = (one + 1) * (other + 1) / (both + 1) - 1
    spread = (one + 1) * (other + 1) * (one - both) * (other - both)
    error = (spread / ((both + 1) ** 2 * (both + 2))) ** 0.5
    found = len(matched)
    low, high = total + _SURE * error, max(total - _SURE * error, 1.0)
    return min(found / total, 1.0), min(found / low, 1.0), min(found / high, 1.0)


def shares_key(index: KeyIndex, left: Codes, right: Codes, family: int) -> Flags:
    """Say of each pair whether the two share a key of a family."""
    shared = np.zeros(len(left), np.bool_)
    for at, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        mine = index.groups[index.row_starts[one] : index.row_starts[one + 1]]
        theirs = index.groups[index.row_starts[other] : index.row_starts[other + 1]]
        both = np.intersect1d(mine, theirs, assume_unique=True)
        shared[at] = bool((index.family[both] == family).any())
    return shared
