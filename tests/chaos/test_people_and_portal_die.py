"""A desk, a portal or a webhook that dies at a commit did all of its deed, or nothing of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

import pytest

from mastersync.domain.confirmations.answers import Answer, Verdict
from mastersync.domain.confirmations.mail_events import MailEvent
from mastersync.domain.confirmations.tokens import token_for, token_hash
from mastersync.errors import MastersyncError
from mastersync.store.database import DESK_ROLE, PORTAL_ROLE, Database, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.portal import record_answer, record_mail_events
from mastersync.usecases.audit_client import audit_client
from pipelines import CONFIRMATION, Pipeline, company, running_pipeline
from simulation import Died
from stewards import Steward, homes
from stores import SECRET, TestStore, migrated_template, store_copy

pytestmark = pytest.mark.chaos

CROSSINGS = range(1, 7)  # of the commits of one deed, before and after; later ones are not met


@pytest.fixture(scope="module")
def template(postgres_server: EmbeddedServer) -> Iterator[str]:
    with migrated_template(postgres_server) as name:
        yield name


@pytest.fixture
def pipeline(postgres_server: EmbeddedServer, template: str) -> Iterator[Pipeline]:
    with store_copy(postgres_server, template) as store, running_pipeline(store) as filled:
        filled.set_rules(confirmation=CONFIRMATION)
        for name in ("aldgate", "brixton"):
            filled.crm.put(name[0], **company(name, email=f"{name}@acme.example"))
        filled.sync()
        yield filled


@contextmanager
def database(store: TestStore, role: str, *, dies_at: int = 0) -> Iterator[Database]:
    """The store as this role, by a process that dies when it crosses its n-th boundary."""
    crossed: list[str] = []

    def die(name: str) -> None:
        crossed.append(name)
        if len(crossed) == dies_at:
            raise Died

    opened = Database(role_url(store.url, role, secret_key=SECRET), failpoint=die)
    try:
        yield opened
    finally:
        opened.close()


def merge(ann: Steward) -> None:
    linked = homes(ann.pipeline)
    ann.merge(linked["crm:a"], linked["crm:b"])


def unmerge(ann: Steward) -> None:
    ann.unmerge(homes(ann.pipeline)["crm:a"])


def decide(ann: Steward) -> None:
    ann.decide("same", "crm:a", "crm:b")


def are_together(pipeline: Pipeline) -> bool:
    linked = homes(pipeline)
    return linked["crm:a"] == linked["crm:b"]


def breaches(pipeline: Pipeline) -> tuple[str, ...]:
    return audit_client(pipeline.store, ledger=None, now=pipeline.clock()).breaches


@pytest.mark.parametrize("crossing", CROSSINGS)
@pytest.mark.parametrize("deed", [merge, unmerge, decide])
def test_a_persons_deed_is_done_whole_or_not_at_all_and_may_be_done_again(
    pipeline: Pipeline, deed: Callable[[Steward], None], crossing: int
) -> None:
    store = pipeline.test_store
    with (
        database(store, DESK_ROLE) as surviving,
        database(store, DESK_ROLE, dies_at=crossing) as dying,
    ):
        if deed is unmerge:
            merge(Steward(pipeline, surviving))

        with suppress(Died):
            deed(Steward(pipeline, dying))

        assert breaches(pipeline) == ()
        with suppress(MastersyncError):  # it was done
            deed(Steward(pipeline, surviving))
    assert are_together(pipeline) == (deed is not unmerge)
    pipeline.sync()
    assert breaches(pipeline) == ()


@pytest.mark.parametrize(("crossing", "is_kept"), [(1, False), (2, True)])
def test_an_answer_that_the_portal_died_of_is_kept_once(
    pipeline: Pipeline, *, crossing: int, is_kept: bool
) -> None:
    (request_id,) = pipeline.rows("SELECT min(request_id::text)::uuid FROM confirmation_request")[0]
    answer = Answer(verdict=Verdict.ALL_CORRECT)
    this = {"token_hash": token_hash(token_for(SECRET, request_id)), "now": pipeline.clock()}
    store = pipeline.test_store
    with database(store, PORTAL_ROLE, dies_at=crossing) as dying, pytest.raises(Died):
        record_answer(dying, answer, **this)

    with database(store, PORTAL_ROLE) as surviving:
        assert record_answer(surviving, answer, **this) is not is_kept

    assert pipeline.rows("SELECT count(*) FROM confirmation_answer") == [(1,)]


@pytest.mark.parametrize(("crossing", "news"), [(1, 1), (2, 0)])
def test_an_event_that_the_portal_died_of_is_taken_in_when_it_is_posted_again(
    pipeline: Pipeline, crossing: int, news: int
) -> None:
    event = MailEvent(
        effect_id=UUID(pipeline.mails.sent[0].reference),
        event_id="event-1",
        event="delivered",
        reason=None,
        occurred_at=pipeline.clock(),
    )
    store = pipeline.test_store
    with database(store, PORTAL_ROLE, dies_at=crossing) as dying, pytest.raises(Died):
        record_mail_events(dying, [event])

    with database(store, PORTAL_ROLE) as surviving:
        assert record_mail_events(surviving, [event]) == news

    assert pipeline.rows("SELECT count(*) FROM mail_event") == [(1,)]
