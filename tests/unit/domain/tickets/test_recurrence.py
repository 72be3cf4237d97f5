from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mastersync.domain.tickets.causes import explain
from mastersync.domain.tickets.failures import TaskFailure, task_ticket
from mastersync.domain.tickets.model import TicketDraft, TicketKind, WordsFrom
from mastersync.domain.tickets.recurrence import (
    KnownTicket,
    Recurrence,
    TaskSuccess,
    judge,
    settles,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FAILURE = TaskFailure(
    dag_id="client_sync__acme",
    run_id="r1",
    task_id="push",
    map_index=3,
    try_number=2,
    failed_at=NOON,
)
OPEN = KnownTicket(
    ticket_id=1,
    cause_key="task:client_sync__acme:r1:push:3",
    state="open",
    run_id="r1",
    try_number=2,
    last_seen_at=NOON,
    resolved_at=None,
    words_from=WordsFrom.STATE,
)
RESOLVED = replace(OPEN, state="resolved", resolved_at=NOON + SECOND)


def a_draft(*, error: object = None, **changes: object) -> TicketDraft:
    failure = replace(FAILURE, **changes)
    return task_ticket(failure, airflow_url="http://a", explanation=explain(error))


@pytest.mark.parametrize("ticket", [OPEN, RESOLVED])
def test_the_same_failure_told_again_changes_nothing(ticket: KnownTicket) -> None:
    assert judge(ticket, a_draft()) is Recurrence.KNOWN
    assert judge(ticket, a_draft(failed_at=None)) is Recurrence.KNOWN


def test_the_next_try_that_fails_is_seen_again_or_reopens() -> None:
    assert judge(OPEN, a_draft(try_number=3)) is Recurrence.SEEN_AGAIN
    assert judge(RESOLVED, a_draft(try_number=3)) is Recurrence.REOPENED


def test_news_of_an_earlier_try_that_arrives_late_changes_nothing() -> None:
    late = a_draft(try_number=1, error=ValueError(), failed_at=NOON + 9 * SECOND)

    assert judge(OPEN, late) is Recurrence.KNOWN
    assert judge(RESOLVED, late) is Recurrence.KNOWN


def test_the_same_try_set_to_failed_by_hand_after_the_resolution_reopens() -> None:
    assert judge(RESOLVED, a_draft(failed_at=NOON + 2 * SECOND)) is Recurrence.REOPENED


def test_better_words_for_the_same_failure_are_taken_and_poorer_ones_are_not() -> None:
    assert judge(OPEN, a_draft(error=ValueError())) is Recurrence.EXPLAINED

    explained = replace(OPEN, words_from=WordsFrom.ERROR)
    assert judge(explained, a_draft()) is Recurrence.KNOWN
    assert judge(explained, a_draft(error="heartbeat timeout")) is Recurrence.KNOWN


def test_a_cause_without_a_task_counts_each_time_it_is_found() -> None:
    draft = TicketDraft(
        cause_key="phone_invalid", kind=TicketKind.RECORD, title="t", cause="c", next_step="n"
    )

    assert judge(OPEN, draft) is Recurrence.SEEN_AGAIN
    assert judge(RESOLVED, draft) is Recurrence.REOPENED


def test_of_a_standing_task_only_a_later_run_is_news() -> None:
    later = a_draft(run_id="r2", try_number=1, failed_at=NOON + SECOND)
    earlier = a_draft(run_id="r0", try_number=9, failed_at=NOON - SECOND)

    assert judge(OPEN, later) is Recurrence.SEEN_AGAIN
    assert judge(OPEN, earlier) is Recurrence.KNOWN


def a_success(**changes: object) -> TaskSuccess:
    return replace(
        TaskSuccess(cause_key=OPEN.cause_key, run_id="r1", try_number=3, ended_at=NOON - SECOND),
        **changes,
    )


def test_a_later_try_that_succeeds_settles_whatever_the_clocks_say() -> None:
    assert settles(a_success(), OPEN)


def test_a_success_of_an_earlier_try_settles_nothing() -> None:
    assert not settles(a_success(try_number=1, ended_at=NOON + SECOND), OPEN)


def test_a_try_marked_as_success_by_hand_settles_its_own_failure() -> None:
    assert settles(a_success(try_number=2, ended_at=NOON + SECOND), OPEN)
    assert not settles(a_success(try_number=2, ended_at=NOON - SECOND), OPEN)


def test_a_later_run_that_succeeds_settles_a_standing_task() -> None:
    assert settles(a_success(run_id="r2", try_number=1, ended_at=NOON + SECOND), OPEN)
    assert not settles(a_success(run_id="r0", try_number=1, ended_at=NOON - SECOND), OPEN)
