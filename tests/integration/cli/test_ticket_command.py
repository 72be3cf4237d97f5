"""``mastersync ticket`` as somebody types it, on a real store."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import run_command
from databases import temporary_database
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.store.tickets import PostgresTickets

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "k" * 40
RECORD = TicketDraft(
    cause_key="record:phone_invalid",
    kind=TicketKind.RECORD,
    title="[bold]Phone numbers[/bold]",
    cause="2 records cannot be read",
    next_step="Correct them in the CRM.",
)
REVIEW = TicketDraft(
    cause_key="review:1",
    kind=TicketKind.REVIEW,
    title="One customer or two?",
    cause="The names are alike.",
    next_step="Say which.",
    detail={"left": {"system": "crm", "key": "7"}, "right": {"system": "erp", "key": "9"}},
)


class Installation:
    """A store with one client, and the command on it."""

    def __init__(self, url: str, home: Path) -> None:
        self._variables = {
            "MASTERSYNC_STORE_URL": url,
            "MASTERSYNC_SECRET_KEY": SECRET,
            "MASTERSYNC_HOME": str(home),
            "MASTERSYNC_CLIENTS_DIR": str(home / "clients"),
            "COLUMNS": "160",
        }
        folder = home / "clients" / "acme"
        folder.mkdir(parents=True)
        (folder / "client.yaml").write_text("name: Acme\n")
        self.database = Database(role_url(url, client_role("acme"), secret_key=SECRET))

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_command("ticket", *arguments, variables=self._variables)

    def raise_ticket(self, draft: TicketDraft) -> str:
        with self.database.begin() as session:
            return str(PostgresTickets(session, "acme").ensure(draft, now=NOON))


@pytest.fixture
def ticket(postgres_server: EmbeddedServer, tmp_path: Path) -> Iterator[Installation]:
    with temporary_database(postgres_server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names={"acme": "Acme"})
        installation = Installation(url, tmp_path)
        yield installation
        installation.database.close()


def test_open_tickets_are_listed_for_people_and_for_programs(ticket: Installation) -> None:
    ticket_id = ticket.raise_ticket(RECORD)

    people = ticket("list")
    assert people.returncode == 0
    assert "[bold]Phone numbers[/bold]: 2 records" in people.stdout

    programs = json.loads(ticket("list", "--client", "acme", "--json").stdout)
    assert [(found["ticket_id"], found["kind"]) for found in programs] == [
        (int(ticket_id), "record")
    ]
    assert json.loads(ticket("list", "--kind", "review", "--json").stdout) == []


def test_a_ticket_is_shown_resolved_with_a_note_and_not_resolved_twice(
    ticket: Installation,
) -> None:
    ticket_id = ticket.raise_ticket(RECORD)

    assert "Correct them in the CRM." in ticket("show", ticket_id).stdout
    unexplained = ticket("resolve", ticket_id)
    assert (unexplained.returncode, "--note" in unexplained.stderr) == (1, True)

    assert ticket("resolve", ticket_id, "--note", "Done").returncode == 0

    assert "No ticket is open." in ticket("list").stdout
    history = json.loads(ticket("show", ticket_id, "--json").stdout)["events"]
    assert [(event["event"], event["words"]) for event in history] == [
        ("opened", ""),
        ("resolved", "Done"),
    ]
    again = ticket("resolve", ticket_id, "--note", "Done")
    assert (again.returncode, "resolved already" in again.stderr) == (1, True)


def test_a_verdict_on_a_review_ticket_is_kept_as_a_fact(ticket: Installation) -> None:
    ticket_id = ticket.raise_ticket(REVIEW)

    assert ticket("resolve", ticket_id, "--note", "?").returncode == 1
    assert ticket("resolve", ticket_id, "--same", "--different").returncode == 2
    assert ticket("resolve", ticket_id, "--different").returncode == 0

    with ticket.database.begin() as session:
        facts = session._connection.exec_driver_sql(
            "SELECT kind, left_key, right_key FROM decision"
        )
        assert [tuple(fact) for fact in facts] == [("not_same", "7", "9")]


def test_a_ticket_or_a_client_that_is_not_there_is_said_in_two_lines(
    ticket: Installation,
) -> None:
    missing = ticket("show", "999999")
    assert missing.returncode == 1
    assert missing.stderr.startswith("mastersync: There is no ticket 999999")
    assert missing.stderr.count("\n") == 2

    unknown = ticket("list", "--client", "nobody")
    assert (unknown.returncode, "knows no client" in unknown.stderr) == (1, True)


def test_a_ticket_tells_of_how_many_it_is(ticket: Installation) -> None:
    waiting = tuple(f"projection:erp:C-{number:04}" for number in range(150))
    ticket_id = ticket.raise_ticket(replace(RECORD, subjects=waiting))

    assert json.loads(ticket("list", "--json").stdout)[0]["waiting_count"] == 150
    assert "150" in ticket("list").stdout
    shown = " ".join(ticket("show", ticket_id).stdout.split())
    assert "150: projection:erp:C-0000, " in shown
    assert "C-0099 and 50 more" in shown
