"""A portal over real HTTP on a real store, and questions to ask through it."""

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import make_url

from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.confirmations.shown import show_details
from mastersync.domain.confirmations.tokens import token_for, token_hash
from mastersync.store.database import PORTAL_ROLE, Database, client_role, role_url
from mastersync.web.portal.app import create_portal
from sandboxes import serve_in_thread

SECRET = "k" * 40
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLIENTS = {"harbor": "Harbor Foods", "lumen": "Lumen Lending"}
FIELDS = (
    *("name", "street", "city", "region", "postcode", "country"),
    *("phone", "email", "tax_id", "payment_terms"),
)
HELD = {
    "name": "Arnie Morton's of Chicago",
    "street": "435 S. La Cienega Blvd.",
    "city": "Los Angeles",
    "region": "CA",
    "postcode": "90048",
    "country": "US",
    "phone": "+13102461501",
    "email": "office@mortons.example",
    "tax_id": "123456789",
    "payment_terms": "N30",
}
POLICY = ConfirmationPolicy(
    enabled=True,
    sender="details@harbor.example",
    sender_name="Maria Lopez",
    reply_to="maria@harbor.example",
    fields=FIELDS,
    ask_again_after_days=180,
    max_per_run=10,
    link_valid_days=30,
    language="en",
    relation="your food wholesaler",
)
_NONCE = re.compile(r'name="nonce" value="([^"]+)"')


@dataclass
class Clock:
    """A clock that goes on by itself, and that a test may push."""

    started: datetime = NOON
    pushed: timedelta = field(default_factory=timedelta)
    real_start: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.started + self.pushed + (datetime.now(UTC) - self.real_start)

    def push(self, **how_long: float) -> None:
        self.pushed += timedelta(**how_long)


@dataclass(frozen=True)
class Portal:
    url: str
    http: httpx.Client
    clock: Clock
    store_url: str

    def form(self, token: str, **fields: str) -> dict[str, str]:
        """What a browser posts after somebody opened the page and read it."""
        page = self.http.get(f"/c/{token}")
        self.clock.push(seconds=10)
        return {"nonce": nonce_in(page.text), **fields}

    def post(self, token: str, **fields: str) -> httpx.Response:
        return self.http.post(f"/c/{token}", data=self.form(token, **fields))

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        """What the store holds, as its owner sees it."""
        with psycopg.connect(plain(self.store_url)) as session:
            return session.execute(query, parameters).fetchall()

    def answers(self, request_id: uuid.UUID) -> list[tuple]:
        return self.rows(
            "SELECT verdict, corrections FROM mastersync.confirmation_answer WHERE request_id = %s",
            request_id,
        )


@dataclass(frozen=True)
class Question:
    """A request as the pipeline plans it."""

    request_id: uuid.UUID
    effect_id: uuid.UUID
    token: str
    client_id: str


def nonce_in(page: str) -> str:
    found = _NONCE.search(page)
    assert found, page
    return found[1]


def plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def running_portal(
    store_url: str, *, public_keys: tuple[str, ...] = (), clock: Clock | None = None
) -> Iterator[Portal]:
    """A portal on a free port, logged in as the portal's own role."""
    clock = clock or Clock()
    database = Database(role_url(store_url, PORTAL_ROLE, secret_key=SECRET), pool_size=8)
    app = create_portal(database, secret_key=SECRET, clock=clock, sendgrid_public_keys=public_keys)
    served = serve_in_thread(app)
    with httpx.Client(base_url=served.url, timeout=20, trust_env=False) as http:
        yield Portal(served.url, http, clock, store_url)
    served.stop()
    database.close()


def ask(
    store_url: str,
    held: Mapping[str, str] = HELD,
    *,
    client_id: str = "harbor",
    policy: ConfirmationPolicy = POLICY,
    state: str = "planned",
    expires_at: datetime = NOON + timedelta(days=30),
) -> Question:
    """Plan a request as the client's own role, as its pipeline does."""
    request_id, effect_id = uuid.uuid4(), uuid.uuid4()
    token = token_for(SECRET, request_id)
    values = {
        "client": client_id,
        "customer": f"C-{request_id.hex[:8]}",
        "request": request_id,
        "effect": effect_id,
        "hash": token_hash(token),
        "name": CLIENTS[client_id],
        "language": policy.language,
        "shown": Jsonb(show_details(held, policy=policy).as_json()),
        "state": state,
        "expires": expires_at,
        "now": NOON,
        "evidence": Jsonb(
            {
                "engine": "e",
                "policy_version": "p1",
                "searched_at": NOON.isoformat(),
                "keys_searched": 1,
                "candidates_found": 0,
            }
        ),
        "empty": Jsonb({}),
    }
    url = role_url(store_url, client_role(client_id), secret_key=SECRET)
    with psycopg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False)
    ) as session:
        for statement in _STATEMENTS:
            session.execute(statement, values)
    return Question(request_id, effect_id, token, client_id)


_STATEMENTS = (
    """
    INSERT INTO mastersync.run (client_id, run_id, policy_version, opened_at)
    VALUES (%(client)s, 'r1', '', %(now)s) ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO mastersync.customer
        (client_id, customer_id, search_evidence, created_run_id, created_at)
    VALUES (%(client)s, %(customer)s, %(evidence)s, 'r1', %(now)s)
    """,
    """
    INSERT INTO mastersync.effect (client_id, effect_id, kind, target, idempotency_key, run_id,
        customer_id, body, before, after, not_before, planned_at)
    VALUES (%(client)s, %(effect)s, 'email', 'sendgrid', %(effect)s::text, 'r1', %(customer)s,
        %(empty)s, %(empty)s, %(empty)s, %(now)s, %(now)s)
    """,
    """
    INSERT INTO mastersync.confirmation_request (client_id, request_id, customer_id, effect_id,
        token_hash, client_name, language, shown, state, created_at, expires_at, answered_at)
    VALUES (%(client)s, %(request)s, %(customer)s, %(effect)s, %(hash)s, %(name)s, %(language)s,
        %(shown)s, %(state)s, %(now)s, %(expires)s,
        CASE WHEN %(state)s = 'answered' THEN %(now)s END)
    """,
)
