"""The desk over HTTP on a real store, with a host that stands in for Airflow."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated

import httpx
import pytest
from fastapi import Header, HTTPException

from databases import temporary_database
from mastersync.domain.tickets.failures import TaskFailure, task_ticket
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import RetryableError
from mastersync.ports.tickets import TicketDesk
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.store.ticket_desk import PostgresTicketDesk
from mastersync.store.tickets import PostgresTickets
from mastersync.web.desk.app import DeskHost, create_desk
from mastersync.web.desk.pages import ago, airflow_path
from sandboxes import serve_in_thread

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "k" * 40
HOSTILE = "<img src=x onerror=alert(1)>\"'&"


def readable_clients(x_clients: Annotated[str | None, Header()] = None) -> Sequence[str]:
    """Stand in for Airflow's sign-in: a header says whose tickets one may see."""
    if x_clients is None:
        raise HTTPException(401, "Not authenticated")
    return x_clients.split(",")


@dataclass
class Host:
    """A web server for the desk to live in."""

    database: Database
    refreshed: list[bool] = field(default_factory=list)
    is_broken: bool = False

    @contextmanager
    def open_tickets(self, clients: Sequence[str]) -> Iterator[TicketDesk]:
        with self.database.begin(clients=clients) as session:
            yield PostgresTicketDesk(session)

    def refresh(self) -> None:
        if self.is_broken:
            raise RetryableError("down", next_step="wait")
        self.refreshed.append(True)

    def raise_ticket(self, client_id: str, draft: TicketDraft) -> int:
        with self.database.begin(clients=[client_id]) as session:
            return PostgresTickets(session, client_id).ensure(draft, now=NOON)


@pytest.fixture
def host(postgres_server: EmbeddedServer) -> Iterator[Host]:
    with temporary_database(postgres_server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        names = {"acme": "Acme", "globex": "Globex"}
        register_clients(admin_url=url, secret_key=SECRET, names=names)
        database = Database(role_url(url, DESK_ROLE, secret_key=SECRET))
        yield Host(database)
        database.close()


@pytest.fixture
def browser(host: Host) -> Iterator[httpx.Client]:
    app = create_desk(
        DeskHost(
            readable_clients=readable_clients,
            open_tickets=host.open_tickets,
            refresh=host.refresh,
            login_url=lambda next_url: f"/login?next={next_url}",
            clock=lambda: NOON + timedelta(hours=3),
        )
    )
    served = serve_in_thread(app)
    with httpx.Client(base_url=served.url, headers={"accept": "text/html"}) as client:
        yield client
    served.stop()


def a_ticket(title: str = "Phones", kind: TicketKind = TicketKind.RECORD) -> TicketDraft:
    return TicketDraft(
        cause_key=title, kind=kind, title=title, cause="A cause.", next_step="A next step."
    )


ACME = {"x-clients": "acme"}
BOTH = {"x-clients": "acme,globex"}


def test_whoever_is_not_signed_in_is_sent_to_the_login_and_a_program_is_refused(
    host: Host, browser: httpx.Client
) -> None:
    ticket_id = host.raise_ticket("acme", a_ticket())

    for path in ("/", f"/tickets/{ticket_id}"):
        sent_away = browser.get(path)
        assert (sent_away.status_code, sent_away.text) == (303, "")
        assert sent_away.headers["location"].startswith("/login?next=http")
        assert browser.get(path, headers={"accept": "application/json"}).status_code == 401
    assert host.refreshed == []


def test_one_sees_the_tickets_of_ones_own_clients_only(host: Host, browser: httpx.Client) -> None:
    host.raise_ticket("acme", a_ticket("Ours"))
    theirs = host.raise_ticket("globex", a_ticket("Theirs"))

    page = browser.get("/", headers=ACME)

    assert ("Ours" in page.text, "Theirs" in page.text, "globex" in page.text) == (
        True,
        False,
        False,
    )
    assert browser.get("/?client=globex", headers=ACME).text.count("Theirs") == 0
    assert browser.get(f"/tickets/{theirs}", headers=ACME).status_code == 404


def test_the_list_is_filtered_by_client_and_kind(host: Host, browser: httpx.Client) -> None:
    host.raise_ticket("acme", a_ticket("A record"))
    host.raise_ticket("acme", a_ticket("A limit", TicketKind.GUARD))
    host.raise_ticket("globex", a_ticket("Of Globex"))

    def titles(query: str) -> set[str]:
        page = browser.get(f"/?{query}", headers=BOTH).text
        return {title for title in ("A record", "A limit", "Of Globex") if title in page}

    assert titles("") == titles("client=&kind=") == {"A record", "A limit", "Of Globex"}
    assert titles("client=acme") == {"A record", "A limit"}
    assert titles("kind=guard") == {"A limit"}
    assert titles("client=globex&kind=guard") == set()
    assert titles("kind=nonsense") == {"A record", "A limit", "Of Globex"}


def test_whatever_a_ticket_says_is_shown_as_text(host: Host, browser: httpx.Client) -> None:
    draft = TicketDraft(
        cause_key="x",
        kind=TicketKind.RECORD,
        title=HOSTILE,
        cause=HOSTILE,
        next_step=HOSTILE,
        subjects=(HOSTILE,),
    )
    ticket_id = host.raise_ticket("acme", draft)

    for path in ("/", f"/tickets/{ticket_id}", f"/?client={HOSTILE}"):
        page = browser.get(path, headers=ACME)
        assert page.status_code == 200
        assert "<img" not in page.text
        assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert "&lt;img" in browser.get("/", headers=ACME).text


def test_a_failed_task_links_to_its_log_within_this_airflow(
    host: Host, browser: httpx.Client
) -> None:
    failure = TaskFailure(
        dag_id="client_sync__acme",
        run_id="r1",
        task_id="push",
        map_index=0,
        try_number=2,
        failed_at=NOON,
    )
    draft = task_ticket(failure, airflow_url="https://airflow.example.com")
    ticket_id = host.raise_ticket("acme", draft)

    path = "/dags/client_sync__acme/runs/r1/tasks/push/mapped/0?try_number=2"
    assert f'href="{path}"' in browser.get("/", headers=ACME).text
    page = browser.get(f"/tickets/{ticket_id}", headers=ACME).text
    assert f'href="{path}"' in page
    assert "push[0], try 2" in page


def test_a_list_without_tickets_says_so(browser: httpx.Client) -> None:
    assert "Nothing is waiting for you." in browser.get("/", headers=ACME).text
    assert "Nothing is waiting" in browser.get("/?kind=task", headers=ACME).text


def test_the_list_is_shown_when_airflow_cannot_be_read_and_says_that_it_is_old(
    host: Host, browser: httpx.Client
) -> None:
    host.raise_ticket("acme", a_ticket("Ours"))
    host.is_broken = True

    page = browser.get("/", headers=ACME)

    assert page.status_code == 200
    assert "Ours" in page.text
    assert "could not be read just now" in page.text


@pytest.mark.parametrize("path", ["/tickets/999999999", "/tickets/x", "/nowhere"])
def test_a_page_that_is_not_there_is_a_calm_404(browser: httpx.Client, path: str) -> None:
    page = browser.get(path, headers=ACME)

    assert page.status_code == 404
    assert "That did not work" in page.text


def test_only_airflow_may_frame_the_desk_and_nothing_is_cached(browser: httpx.Client) -> None:
    headers = browser.get("/", headers=ACME).headers

    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://a:8080/dags/d?try_number=1", "/dags/d?try_number=1"),
        ("javascript:alert(1)", None),
        ("http://a//evil.example.com/x", None),
        ("", None),
        (None, None),
    ],
)
def test_a_link_never_leaves_this_server(url: str | None, path: str | None) -> None:
    assert airflow_path(url) == path


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=23), "23 h ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=40), "40 days ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_unit(passed: timedelta, words: str) -> None:
    assert ago(NOON - passed, NOON) == words
