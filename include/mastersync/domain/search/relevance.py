"""Which compared pairs are worth keeping: what may be the same, and what speaks against a group."""

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.groups import connected
from mastersync.domain.search.entries import Ids

Flags = NDArray[np.bool_]


def worth_keeping(left: Ids, right: Ids, *, probable: Flags, groups: Ids, others: Flags) -> Flags:
    """Return which pairs of rows to keep.

    A pair that is improbable matters when its two records might end up together all the same,
    through others that are like both.

    Args:
        groups: A number for each row, the same for rows of one existing customer.
        others: Rows that belong to no customer and whose own pairs are not all at hand.
    """
    anchor = len(groups)
    size = anchor + (int(groups.max()) + 1 if anchor else 0)
    rows = np.arange(anchor)
    label = connected(
        size,
        np.concatenate((left[probable], rows)).astype(np.int64),
        np.concatenate((right[probable], anchor + groups)).astype(np.int64),
    )
    paired = np.zeros(anchor, dtype=np.bool_)
    paired[left[probable]] = paired[right[probable]] = True
    together = label[left] == label[right]
    unsure = (others[left] & paired[right]) | (others[right] & paired[left])
    keep: Flags = probable | together | unsure
    return keep
