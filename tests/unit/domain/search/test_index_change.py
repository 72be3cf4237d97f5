"""What an index of keys is to change when records change."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.search.entries import NO_ENTRIES, Entries, Ids, index_change

Held = dict[int, tuple[set[int], list[int], list[tuple[int, int]]]]
FEW = st.integers(-3, 3)
USED = st.lists(st.tuples(FEW, FEW), max_size=4)
HELD = st.dictionaries(
    st.integers(1, 5),
    st.tuples(
        st.sets(FEW, max_size=4),
        st.lists(FEW, max_size=4),
        st.lists(st.tuples(FEW, FEW), max_size=4),
    ),
    max_size=4,
)


def ids(values: list[int]) -> Ids:
    return np.array(values, dtype=np.int64)


def entries(held: Held) -> Entries:
    keys = [(record, key) for record, (own, _, _) in held.items() for key in sorted(own)]
    terms = [(record, term) for record, (_, own, _) in held.items() for term in own]
    contacts = [(record, *used) for record, (_, _, own) in held.items() for used in own]
    return Entries(
        record_ids=ids(sorted(held)),
        key_records=ids([record for record, _ in keys]),
        keys=ids([key for _, key in keys]),
        term_records=ids([record for record, _ in terms]),
        terms=ids([term for _, term in terms]),
        contact_records=ids([record for record, _, _ in contacts]),
        contacts=ids([contact for _, contact, _ in contacts]),
        names=ids([name for _, _, name in contacts]),
    )


def counted(*columns: Ids) -> Counter[tuple[int, ...]]:
    return Counter(zip(*(column.tolist() for column in columns), strict=True))


@given(old=HELD, new=HELD)
def test_the_change_makes_the_new_index_of_the_old_one(old: Held, new: Held) -> None:
    before, after = entries(old), entries(new)

    change = index_change(before, after)

    keys = counted(before.key_records, before.keys)
    keys += counted(change.added_records, change.added_keys)
    keys -= counted(change.dropped_records, change.dropped_keys)
    assert keys == counted(after.key_records, after.keys)
    terms = counted(before.terms)
    terms.update(dict(zip(zip(change.terms.tolist()), change.term_changes.tolist(), strict=True)))
    assert +terms == counted(after.terms)
    contacts = counted(before.contacts, before.names)
    pairs = zip(change.contacts.tolist(), change.names.tolist(), strict=True)
    contacts.update(dict(zip(pairs, change.contact_changes.tolist(), strict=True)))
    assert +contacts == counted(after.contacts, after.names)
    assert change.records == len(new) - len(old)


@given(held=HELD)
def test_what_stays_is_left_alone(held: Held) -> None:
    change = index_change(entries(held), entries(held))

    for nothing in (change.added_keys, change.dropped_keys, change.terms, change.contacts):
        assert len(nothing) == 0


def test_rows_come_sorted_so_that_two_writers_do_not_lock_each_other_out() -> None:
    new = entries({1: ({3, 1}, [9, 2], [(5, 1), (4, 2)]), 2: ({2}, [1], [(4, 1)])})

    change = index_change(NO_ENTRIES, new)

    assert change.added_keys.tolist() == [1, 2, 3]
    assert change.terms.tolist() == [1, 2, 9]
    assert list(zip(change.contacts.tolist(), change.names.tolist(), strict=True)) == [
        *((4, 1), (4, 2), (5, 1)),
    ]
