"""Cutting a delta into batches that hang on no other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.search.batches import cut_batches

NUMBERS = st.integers(1, 30)


@given(
    own=st.sets(NUMBERS),
    pairs=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=25),
    size=st.integers(1, 10),
)
def test_every_record_comes_once_and_what_is_tied_comes_together(
    own: set[int], pairs: list[tuple[int, int]], size: int
) -> None:
    left, right = (np.array([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))

    batches = list(cut_batches(np.array(sorted(own), dtype=np.int64), left, right, size=size))

    place = {record: at for at, batch in enumerate(batches) for record in batch.tolist()}
    assert sum(len(batch) for batch in batches) == len(place) == len(own)
    assert place.keys() == own
    for one, other in pairs:
        if one in own and other in own:
            assert place[one] == place[other]
    assert all(len(batch) >= size for batch in batches[:-1])


def test_a_long_chain_is_one_batch() -> None:
    chain = np.arange(10_000)

    (batch,) = cut_batches(chain, chain[:-1], chain[1:], size=100)

    assert len(batch) == len(chain)
