"""Cutting a delta into batches that can be decided one by one."""

from collections.abc import Iterator

import numpy as np

from mastersync.domain.resolution.groups import connected
from mastersync.domain.search.entries import Ids


def cut_batches(ids: Ids, left: Ids, right: Ids, *, size: int) -> Iterator[Ids]:
    """Yield all the ids, each once, in batches of about ``size``.

    Records that a chain of pairs ties together come in the same batch, whole, so that what is
    decided of one batch hangs on no other. Pairs may name records that are not among the ids.
    """
    everyone = np.unique(np.concatenate((ids, left, right)))
    labels = connected(
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
