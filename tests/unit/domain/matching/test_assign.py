"""Where each record of a delta goes."""

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.matching.assign import assign
from mastersync.domain.matching.model import (
    Assignment,
    Band,
    Judgement,
    MatchCandidate,
    MatchPolicy,
    MatchRecord,
    Verdict,
)

POLICY = MatchPolicy(same_at=0.9, review_at=0.7, max_group=4)


def a_record(record_id: int, customer_id: str | None = None) -> MatchRecord:
    return MatchRecord(
        record_id=record_id,
        system="crm",
        source_key=str(record_id),
        fields={},
        customer_id=customer_id,
    )


def a_pair(left: int, right: int, score: float) -> MatchCandidate:
    return MatchCandidate(
        left=left, right=right, score=score, band=POLICY.band(score), rule="test", evidence=()
    )


def judged(left: int, right: int, verdict: Verdict) -> Judgement:
    return Judgement(left=a_record(left).key, right=a_record(right).key, verdict=verdict)


def assigned(
    delta: Sequence[MatchRecord],
    pairs: Sequence[MatchCandidate],
    *known: MatchRecord,
    judgements: Sequence[Judgement] = (),
) -> dict[int, Assignment]:
    found = assign(
        delta,
        pairs,
        {record.record_id: record for record in known},
        policy=POLICY,
        judgements=judgements,
    )
    return {assignment.record_id: assignment for assignment in found}


def test_a_record_like_nobody_opens_a_customer() -> None:
    found = assigned([a_record(1)], [])

    assert found == {1: Assignment(record_id=1, band=Band.NEW, leader=1)}


def test_a_record_joins_the_existing_customer_it_is_the_same_as() -> None:
    found = assigned([a_record(2)], [a_pair(1, 2, 0.97)], a_record(1, "C-1"))

    assert found == {2: Assignment(record_id=2, band=Band.SAME, customer_id="C-1")}


def test_new_records_that_are_the_same_open_one_customer_led_by_the_smallest() -> None:
    pairs = [a_pair(1, 2, 0.97), a_pair(2, 3, 0.99), a_pair(1, 3, 0.95)]

    found = assigned([a_record(3), a_record(1), a_record(2)], pairs)

    assert {number: (a.band, a.leader) for number, a in found.items()} == {
        1: (Band.NEW, 1),
        2: (Band.SAME, 1),
        3: (Band.SAME, 1),
    }


def test_of_two_that_are_perhaps_the_same_only_the_newer_waits() -> None:
    pair = a_pair(1, 2, 0.8)

    found = assigned([a_record(1), a_record(2)], [pair])

    assert found[1].band is Band.NEW
    assert found[2].band is Band.REVIEW
    assert found[2].candidates == (pair,)


def test_a_record_perhaps_the_same_as_an_existing_customer_waits() -> None:
    found = assigned([a_record(2)], [a_pair(1, 2, 0.8)], a_record(1, "C-1"))

    assert found[2].band is Band.REVIEW


def test_a_record_that_would_join_two_customers_waits() -> None:
    pairs = [a_pair(1, 3, 0.99), a_pair(2, 3, 0.95)]

    found = assigned([a_record(3)], pairs, a_record(1, "C-1"), a_record(2, "C-2"))

    assert found[3].band is Band.REVIEW
    assert found[3].reason == "would join two customers"
    assert found[3].candidates == tuple(pairs)


def test_a_record_held_only_by_one_that_waits_waits_too() -> None:
    pairs = [a_pair(1, 3, 0.99), a_pair(2, 3, 0.95), a_pair(3, 4, 0.99)]

    found = assigned([a_record(3), a_record(4)], pairs, a_record(1, "C-1"), a_record(2, "C-2"))

    assert found[4].band is Band.REVIEW


def test_a_judgement_settles_which_of_two_customers_it_is() -> None:
    pairs = [a_pair(1, 3, 0.99), a_pair(2, 3, 0.95)]

    found = assigned(
        [a_record(3)],
        pairs,
        a_record(1, "C-1"),
        a_record(2, "C-2"),
        judgements=[judged(3, 1, Verdict.NOT_SAME)],
    )

    assert found[3].customer_id == "C-2"


def test_records_judged_not_the_same_stay_apart_even_through_a_third() -> None:
    pairs = [a_pair(1, 2, 0.99), a_pair(2, 3, 0.98), a_pair(1, 3, 0.97)]

    found = assigned(
        [a_record(n) for n in (1, 2, 3)], pairs, judgements=[judged(1, 3, Verdict.NOT_SAME)]
    )

    assert found[1].leader == found[2].leader == 1
    assert found[3].leader != 1


def test_related_records_stay_apart() -> None:
    found = assigned(
        [a_record(1), a_record(2)],
        [a_pair(1, 2, 0.99)],
        judgements=[judged(1, 2, Verdict.RELATED)],
    )

    assert [a.band for a in found.values()] == [Band.NEW, Band.NEW]


def test_records_judged_the_same_are_joined_without_any_evidence() -> None:
    found = assigned([a_record(2)], [], a_record(1, "C-1"), judgements=[judged(1, 2, Verdict.SAME)])

    assert found[2].customer_id == "C-1"


def test_a_single_strong_pair_is_no_bridge_between_two_groups() -> None:
    pairs = [
        a_pair(1, 2, 0.999),
        a_pair(3, 4, 0.998),
        a_pair(2, 3, 0.95),
        a_pair(1, 3, 0.01),
        a_pair(1, 4, 0.01),
        a_pair(2, 4, 0.01),
    ]

    found = assigned([a_record(n) for n in (1, 2, 3, 4)], pairs)

    assert found[1].leader == found[2].leader == 1
    assert found[3].band is found[4].band is Band.REVIEW


def test_a_group_larger_than_allowed_is_not_formed_without_a_person() -> None:
    numbers = range(1, 7)
    pairs = [a_pair(i, j, 0.99) for i in numbers for j in numbers if i < j]

    found = assigned([a_record(n) for n in numbers], pairs)

    assert sum(a.leader == 1 for a in found.values()) <= POLICY.max_group
    assert any(a.band is Band.REVIEW for a in found.values())


def test_a_linked_record_keeps_its_customer() -> None:
    found = assigned([a_record(2, "C-2")], [a_pair(1, 2, 0.99)], a_record(1, "C-1"))

    assert found[2] == Assignment(record_id=2, band=Band.SAME, customer_id="C-2")


NUMBERS = range(1, 9)
SCORES = st.sampled_from([0.01, 0.5, 0.75, 0.91, 0.95, 0.99])
PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)).filter(lambda p: p[0] < p[1]),
    SCORES,
)
VERDICTS = st.lists(
    st.builds(
        judged, st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.sampled_from(list(Verdict))
    ).filter(lambda judgement: judgement.left != judgement.right),
    max_size=3,
    unique_by=lambda judgement: frozenset((judgement.left, judgement.right)),
)
CUSTOMERS = st.dictionaries(st.sampled_from(NUMBERS), st.sampled_from(["C-1", "C-2"]), max_size=4)


@given(PAIRS, VERDICTS, CUSTOMERS, st.randoms(use_true_random=False))
def test_the_order_of_records_pairs_and_judgements_does_not_matter(
    scores: dict[tuple[int, int], float],
    judgements: list[Judgement],
    customers: dict[int, str],
    shuffler: random.Random,
) -> None:
    known = [a_record(number, customer) for number, customer in customers.items()]
    delta = [a_record(number) for number in NUMBERS if number not in customers]
    pairs = [a_pair(left, right, score) for (left, right), score in scores.items()]
    straight = assigned(delta, pairs, *known, judgements=judgements)
    for shuffled in (known, delta, pairs, judgements):
        shuffler.shuffle(shuffled)

    assert assigned(delta, pairs, *known, judgements=judgements) == straight


@given(PAIRS, VERDICTS, CUSTOMERS)
def test_each_record_goes_one_way_and_no_judgement_is_broken(
    scores: dict[tuple[int, int], float],
    judgements: list[Judgement],
    customers: dict[int, str],
) -> None:
    known = [a_record(number, customer) for number, customer in customers.items()]
    delta = [a_record(number) for number in NUMBERS if number not in customers]
    pairs = [a_pair(left, right, score) for (left, right), score in scores.items()]

    found = assigned(delta, pairs, *known, judgements=judgements)

    assert found.keys() == {record.record_id for record in delta}
    for assignment in found.values():
        ways = (assignment.customer_id, assignment.leader, assignment.reason or None)
        assert sum(way is not None for way in ways) == 1
    leaders = {a.leader for a in found.values() if a.leader is not None}
    assert all(found[leader].band is Band.NEW for leader in leaders)
    home = {n: a.customer_id or a.leader for n, a in found.items() if a.band is not Band.REVIEW}
    home |= customers
    for judgement in judgements:
        left, right = int(judgement.left.key), int(judgement.right.key)
        if judgement.verdict is not Verdict.SAME and {left, right} <= home.keys():
            both_known = {left, right} <= customers.keys()
            assert both_known or home[left] != home[right]
