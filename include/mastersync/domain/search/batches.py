"""Cutting a delta into batches that can be decided one by one."""

from collections.abc import Iterator

import numpy as np

from mastersync.domain.search.entries import Ids


def cut_batches(ids: Ids, left: Ids, right: Ids, *, size: int) -> Iterator[Ids]:
    """Yield all the ids, each once, in batches of about ``size``.

    Records that a chain of pairs ties together come in the same batch, whole, so that what is
    decided of one batch hangs on no other. Pairs may name records that are not among the ids.
    """
    everyone = np.unique(np.concatenate((ids, left, right)))
    labels = _components(
        len(everyone), np.searchsorted(everyone, left), np.searchsorted(everyone, right)
    )
    own = np.unique(ids)
    label = labels[np.searchsorted(everyone, own)]
    order = np.argsort(label, kind="stable")
    own, label = own[order], label[order]
    ends = np.append(np.flatnonzero(label[1:] != label[:-1]) + 1, len(own))
    begin = 0
    for end in ends.tolist():
        if end - begin >= size or end == len(own):
            if end > begin:
                yield own[begin:end]
            begin = end


def _components(size: int, left: Ids, right: Ids) -> Ids:
    """Return the smallest node of each node's component.

    Every round hooks components to their smallest neighbour and halves all paths, so a handful
    of rounds suffices however long a chain is.
    """
    labels = np.arange(size, dtype=np.int64)
    while len(left):
        smaller = np.minimum(labels[left], labels[right])
        larger = np.maximum(labels[left], labels[right])
        apart = smaller != larger
        if not apart.any():
            break
        left, right = left[apart], right[apart]
        np.minimum.at(labels, larger[apart], smaller[apart])
        while True:
            shorter = labels[labels]
            if np.array_equal(shorter, labels):
                break
            labels = shorter
    return labels
