"""Who goes back when a merge is undone, and who survives one."""

from datetime import UTC, datetime, timedelta

from mastersync.domain.decisions.model import PairDecision, PairWord
from mastersync.domain.identity.model import BeforeImage, CustomerLink, CustomerState
from mastersync.domain.identity.parting import going_back, survival
from mastersync.domain.matching.model import SourceKey, Verdict

MERGED = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BEFORE = BeforeImage(links=(1,))


def link(link_id: int, record_id: int, *, later: bool = False, **rest: object) -> CustomerLink:
    values = {
        "link_id": link_id,
        "record_id": record_id,
        "system": "crm",
        "source_key": str(record_id),
        "customer_id": "C-KEEP",
        "linked_at": MERGED + HOUR if later else MERGED - HOUR,
        "is_current": True,
    }
    return CustomerLink(**{**values, **rest})


def same(one: int, other: int) -> PairDecision:
    left, right = (SourceKey(system="crm", key=str(record)) for record in (one, other))
    said = PairWord(verdict=Verdict.SAME, left=left, right=right, author="a", reason="r")
    return PairDecision(decision_id=1, word=said, decided_at=MERGED)


def back(*links: CustomerLink, **rest: object) -> set[int]:
    values = {"own_ids": {"C-GONE"}, "by_other_merges": (), "same": ()} | rest
    return set(going_back(BEFORE, links, merged_at=MERGED, **values))


def test_what_came_with_it_goes_and_what_was_there_stays() -> None:
    assert back(link(1, 10), link(2, 20)) == {1}


def test_what_came_later_stays() -> None:
    assert back(link(1, 10), link(2, 20), link(3, 30, later=True)) == {1}


def test_a_record_that_came_back_after_its_deletion_goes_with_its_own() -> None:
    ended = link(1, 10, is_current=False)

    assert back(ended, link(3, 10, later=True)) == {1, 3}


def test_an_old_link_of_the_survivor_to_such_a_record_stays() -> None:
    assert back(link(1, 10), link(2, 10, is_current=False)) == {1}


def test_a_record_that_we_made_for_it_goes() -> None:
    assert back(link(1, 10), link(3, 30, later=True, made_for="C-GONE")) == {1, 3}
    assert back(link(1, 10), link(3, 30, later=True, made_for="C-KEEP")) == {1}


def test_a_record_goes_with_what_it_was_matched_to() -> None:
    matched = link(3, 30, later=True, matched_with=[10, 30])
    in_turn = link(4, 40, later=True, matched_with=[30, 40])
    elsewhere = link(5, 50, later=True, matched_with=[20, 50])

    assert back(link(1, 10), link(2, 20), in_turn, matched, elsewhere) == {1, 3, 4}


def test_a_record_of_before_stays_whatever_it_was_matched_to() -> None:
    assert back(link(1, 10), link(2, 20, matched_with=[10, 20])) == {1}


def test_a_record_goes_with_what_a_person_called_the_same() -> None:
    assert back(link(1, 10), link(3, 30, later=True), same=[same(30, 10)]) == {1, 3}
    assert back(link(1, 10), link(2, 20), same=[same(20, 10)]) == {1}


def test_what_came_with_another_merge_is_undone_with_that_one() -> None:
    later = link(3, 30, later=True)

    assert back(link(1, 10), later, same=[same(30, 10)], by_other_merges={3}) == {1}


def test_who_has_more_records_survives_then_the_older_then_the_smaller_id() -> None:
    def state(customer_id: str, records: int, hours: int) -> CustomerState:
        created_at = MERGED + hours * HOUR
        return CustomerState(
            customer_id=customer_id,
            live_id=customer_id,
            created_at=created_at,
            record_count=records,
        )

    states = [state("C-4", 1, 0), state("C-3", 2, 2), state("C-2", 2, 1), state("C-1", 2, 1)]

    assert [s.customer_id for s in sorted(states, key=survival)] == ["C-1", "C-2", "C-3", "C-4"]
