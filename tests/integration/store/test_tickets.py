"""Tickets on a real store: one per cause, whoever raises it, however often."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from databases import temporary_database
from mastersync.domain.tickets.causes import explain
from mastersync.domain.tickets.failures import RunFailure, TaskFailure, run_ticket, task_ticket
from mastersync.domain.tickets.model import Ticket, TicketDraft, TicketKind
from mastersync.domain.tickets.recurrence import TaskSuccess
from mastersync.errors import ConflictError, NotFoundError, RetryableError, RuleError
from mastersync.store.database import DESK_ROLE, Database, client_role, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.store.ticket_desk import PostgresTicketDesk
from mastersync.store.tickets import PostgresTickets
from mastersync.store.unit import PostgresUnit
from mastersync.usecases.resolve_ticket import Answer, PairVerdict, resolve_ticket

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SECRET = "k" * 40
FAILURE = TaskFailure(
    dag_id="client_sync__acme",
    run_id="r1",
    task_id="push",
    map_index=-1,
    try_number=1,
    failed_at=NOON,
)
CAUSE = "task:client_sync__acme:r1:push:-1"
BAD_PHONES = TicketDraft(
    cause_key="record:phone_invalid",
    kind=TicketKind.RECORD,
    title="Phone numbers that cannot be read",
    cause="2 records",
    next_step="Correct them in the CRM.",
    subjects=("version:1", "version:2"),
)


@pytest.fixture(scope="module")
def store_url(postgres_server: EmbeddedServer) -> Iterator[str]:
    with temporary_database(postgres_server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        names = {"acme": "Acme", "globex": "Globex"}
        register_clients(admin_url=url, secret_key=SECRET, names=names)
        yield url


@pytest.fixture
def acme(store_url: str) -> Iterator[Database]:
    """The pipeline of one client, on tables without tickets."""
    owner = Database(role_url(store_url, "postgres", secret_key=SECRET))
    with owner.begin() as session:
        session._connection.exec_driver_sql(
            "TRUNCATE ticket, ticket_event, ticket_subject, decision CASCADE"
        )
    owner.close()
    database = Database(role_url(store_url, client_role("acme"), secret_key=SECRET), pool_size=20)
    yield database
    database.close()


@pytest.fixture
def desk(store_url: str) -> Iterator[Database]:
    database = Database(role_url(store_url, DESK_ROLE, secret_key=SECRET))
    yield database
    database.close()


def ensure(database: Database, *drafts: TicketDraft, now: datetime = NOON) -> int:
    with database.begin() as session:
        return PostgresTickets(session, "acme").ensure_all(drafts, now=now)


def settle(database: Database, **changes: object) -> int:
    success = TaskSuccess(cause_key=CAUSE, run_id="r1", try_number=2, ended_at=NOON + SECOND)
    with database.begin() as session:
        tickets = PostgresTickets(session, "acme")
        return tickets.settle([replace(success, **changes)], now=NOON + 2 * SECOND)


def the_ticket(desk: Database) -> Ticket:
    """The only ticket there is."""
    with desk.begin(clients=["acme"]) as session:
        ticket_id = session._connection.exec_driver_sql("SELECT ticket_id FROM ticket").scalar_one()
        return PostgresTicketDesk(session).get(ticket_id)


def history(desk: Database) -> list[str]:
    ticket = the_ticket(desk)
    with desk.begin(clients=["acme"]) as session:
        return [event.event for event in PostgresTicketDesk(session).events(ticket)]


def failed(error: object = None, **changes: object) -> TicketDraft:
    failure = replace(FAILURE, **changes)
    return task_ticket(failure, airflow_url="http://a", explanation=explain(error))


def test_twenty_processes_that_raise_one_cause_at_once_make_one_ticket(
    acme: Database, desk: Database
) -> None:
    together = Barrier(20)

    def raise_it(_: int) -> int:
        with acme.begin() as session:
            together.wait(timeout=30)
            return PostgresTickets(session, "acme").ensure(failed(), now=NOON)

    with ThreadPoolExecutor(20) as threads:
        ticket_ids = set(threads.map(raise_it, range(20)))

    assert ticket_ids == {the_ticket(desk).ticket_id}
    assert history(desk) == ["opened"]


def test_two_that_raise_many_causes_in_opposite_order_do_not_block_each_other(
    acme: Database,
) -> None:
    drafts = [failed(task_id=f"t{number}") for number in range(200)]
    together = Barrier(2)

    def raise_them(ordered: list[TicketDraft]) -> int:
        together.wait(timeout=30)
        return ensure(acme, *ordered)

    with ThreadPoolExecutor(2) as threads:
        opened = list(threads.map(raise_them, [drafts, drafts[::-1]]))

    assert sum(opened) == 200


def test_a_failure_told_by_the_task_and_swept_twice_is_seen_once(
    acme: Database, desk: Database
) -> None:
    ensure(acme, failed(ValueError(), failed_at=None))
    ensure(acme, failed(), now=NOON + SECOND)
    ensure(acme, failed(), now=NOON + 2 * SECOND)

    ticket = the_ticket(desk)
    assert (ticket.seen_count, ticket.cause) == (1, "The task raised ValueError.")
    assert history(desk) == ["opened"]


def test_words_that_come_late_replace_poorer_ones_without_another_event(
    acme: Database, desk: Database
) -> None:
    ensure(acme, failed())
    ensure(acme, failed(ValueError()))

    ticket = the_ticket(desk)
    assert (ticket.seen_count, ticket.cause) == (1, "The task raised ValueError.")
    assert history(desk) == ["opened"]


def test_a_later_success_closes_and_only_a_later_failure_reopens(
    acme: Database, desk: Database
) -> None:
    ensure(acme, failed())
    assert settle(acme) == 1
    assert settle(acme) == 0

    ensure(acme, failed(), now=NOON + 9 * SECOND)
    assert not the_ticket(desk).is_open

    ensure(acme, failed(try_number=3, failed_at=NOON + 9 * SECOND), now=NOON + 9 * SECOND)
    ticket = the_ticket(desk)
    assert ticket.is_open
    assert (ticket.seen_count, ticket.try_number, ticket.resolution) == (2, 3, None)
    assert history(desk) == ["opened", "resolved", "reopened"]


def test_a_success_that_a_newer_failure_has_overtaken_closes_nothing(
    acme: Database, desk: Database
) -> None:
    ensure(acme, failed(try_number=3))

    assert settle(acme, try_number=2) == 0
    assert the_ticket(desk).is_open


def test_of_many_failures_of_a_standing_task_the_last_one_is_told(
    acme: Database, desk: Database
) -> None:
    runs = [
        failed(dag_id="deliver_effects", run_id=f"r{n}", failed_at=NOON + n * SECOND)
        for n in range(5)
    ]

    assert ensure(acme, *runs) == 1
    assert the_ticket(desk).run_id == "r4"


def test_a_failed_run_has_a_ticket_without_a_task(acme: Database, desk: Database) -> None:
    run = RunFailure(dag_id="client_sync__acme", run_id="r1", failed_at=NOON)

    ensure(acme, run_ticket(run, airflow_url="http://a"))
    ensure(acme, run_ticket(run, airflow_url="http://a"))

    ticket = the_ticket(desk)
    assert (ticket.task_id, ticket.run_id, ticket.seen_count) == (None, "r1", 1)


def test_a_ticket_resolves_when_the_last_thing_it_is_about_is_settled(
    acme: Database, desk: Database
) -> None:
    ensure(acme, BAD_PHONES)
    with acme.begin() as session:
        assert PostgresTickets(session, "acme").clear(["version:1", "version:9"], now=NOON) == 0
    assert the_ticket(desk).is_open

    with acme.begin() as session:
        assert PostgresTickets(session, "acme").clear(["version:2"], now=NOON) == 1
    assert not the_ticket(desk).is_open


def test_a_record_that_is_bad_again_reopens_its_ticket_with_that_record_only(
    acme: Database, desk: Database
) -> None:
    ensure(acme, BAD_PHONES)
    with acme.begin() as session:
        PostgresTickets(session, "acme").clear(["version:1", "version:2"], now=NOON)

    ensure(acme, replace(BAD_PHONES, subjects=("version:2",)))

    ticket = the_ticket(desk)
    with desk.begin(clients=["acme"]) as session:
        subjects = PostgresTicketDesk(session).subjects(ticket)
    assert [found.subject for found in subjects if found.cleared_at is None] == ["version:2"]
    assert history(desk) == ["opened", "resolved", "reopened"]


def test_a_subject_raised_while_the_last_one_is_settled_keeps_the_ticket_open(
    acme: Database, desk: Database
) -> None:
    ensure(acme, replace(BAD_PHONES, subjects=("version:1",)))
    with ThreadPoolExecutor(1) as other:
        with acme.begin() as session:
            PostgresTickets(session, "acme").ensure(
                replace(BAD_PHONES, subjects=("version:2",)), now=NOON
            )

            def settle_first() -> int:
                with acme.begin() as theirs:
                    return PostgresTickets(theirs, "acme").clear(["version:1"], now=NOON)

            resolved = other.submit(settle_first)
        assert resolved.result(timeout=30) == 0
    assert the_ticket(desk).is_open


def test_a_cause_is_resolved_once(acme: Database) -> None:
    ensure(acme, BAD_PHONES)

    with acme.begin() as session:
        tickets = PostgresTickets(session, "acme")
        outcomes = [
            tickets.resolve(BAD_PHONES.cause_key, by="eva", words="fixed", now=NOON)
            for _ in range(2)
        ]

    assert outcomes == [True, False]


def test_one_clients_tickets_are_nothing_to_another(acme: Database, desk: Database) -> None:
    ensure(acme, BAD_PHONES)
    ticket_id = the_ticket(desk).ticket_id

    with desk.begin(clients=["globex"]) as session, pytest.raises(NotFoundError):
        PostgresTicketDesk(session).get(ticket_id)
    with desk.begin() as session:
        assert PostgresTicketDesk(session).list_open() == []


def test_the_list_is_filtered_by_client_and_kind_and_counts_agree(
    acme: Database, desk: Database
) -> None:
    ensure(acme, BAD_PHONES, failed())

    with desk.begin(clients=["acme", "globex"]) as session:
        tickets = PostgresTicketDesk(session)
        assert len(tickets.list_open()) == 2
        assert [t.kind for t in tickets.list_open(kind=TicketKind.RECORD)] == [TicketKind.RECORD]
        assert tickets.list_open(client_id="globex") == []
        assert {(c.kind, c.open_count) for c in tickets.count_open()} == {
            (TicketKind.RECORD, 1),
            (TicketKind.TASK, 1),
        }


REVIEW = TicketDraft(
    cause_key="review:crm:7|erp:9",
    kind=TicketKind.REVIEW,
    title="One customer or two?",
    cause="The names are alike and the tax numbers differ.",
    next_step="Say whether they are the same.",
    detail={"left": {"system": "crm", "key": "7"}, "right": {"system": "erp", "key": "9"}},
)


def decide(desk: Database, answer: Answer) -> None:
    ticket = the_ticket(desk)
    with desk.begin(clients=["acme"]) as session:
        resolve_ticket(
            ticket,
            answer,
            desk=PostgresTicketDesk(session),
            unit=PostgresUnit(session, ticket.client_id),
            now=NOON,
        )


def test_a_verdict_on_a_pair_becomes_a_fact_and_an_audit_entry(
    acme: Database, desk: Database
) -> None:
    ensure(acme, REVIEW)

    decide(desk, Answer(by="eva", note="Asked them.", verdict=PairVerdict.DIFFERENT))

    assert not the_ticket(desk).is_open
    with acme.begin() as session:
        fact = session._connection.exec_driver_sql(
            "SELECT kind, left_system, left_key, right_system, right_key, author FROM decision"
        ).one()
        entries = session._connection.exec_driver_sql(
            "SELECT summary ->> 'verdict' FROM audit_entry WHERE action = 'ticket.resolved'"
        )
        assert tuple(fact) == ("not_same", "crm", "7", "erp", "9", "eva")
        assert "different" in list(entries.scalars())


def test_a_review_without_a_verdict_and_a_second_resolution_are_refused(
    acme: Database, desk: Database
) -> None:
    ensure(acme, REVIEW)

    with pytest.raises(RuleError, match="no verdict"):
        decide(desk, Answer(by="eva", note="?"))
    assert the_ticket(desk).is_open

    decide(desk, Answer(by="eva", note="", verdict=PairVerdict.SAME))
    with pytest.raises(ConflictError, match="resolved already"):
        decide(desk, Answer(by="kim", note="", verdict=PairVerdict.DIFFERENT))
    with acme.begin() as session:
        kinds = session._connection.exec_driver_sql("SELECT kind FROM decision").scalars()
        assert list(kinds) == ["same"]


def test_the_ticket_of_a_held_plan_is_not_resolved_but_its_plan_released(
    acme: Database, desk: Database
) -> None:
    held = replace(REVIEW, cause_key="guard:r1", kind=TicketKind.GUARD, subjects=("plan:r1",))
    ensure(acme, held)

    with pytest.raises(RuleError) as refused:
        decide(desk, Answer(by="eva", note="Fine."))

    assert "mastersync release acme r1" in refused.value.next_step
    assert the_ticket(desk).is_open


def test_a_verdict_on_a_ticket_without_a_pair_is_refused(acme: Database, desk: Database) -> None:
    ensure(acme, BAD_PHONES)

    with pytest.raises(RuleError, match="no pair"):
        decide(desk, Answer(by="eva", note="", verdict=PairVerdict.SAME))


def test_whoever_may_not_be_held_up_gives_up_on_a_locked_ticket(acme: Database) -> None:
    ensure(acme, failed())
    again = failed(try_number=2)

    def raise_in_haste() -> None:
        with acme.begin() as session:
            session.value("tickets/limit_waiting", patience="100ms")
            PostgresTickets(session, "acme").ensure(again, now=NOON)

    with acme.begin() as holder:
        PostgresTickets(holder, "acme").ensure(again, now=NOON)
        with pytest.raises(RetryableError):
            raise_in_haste()
