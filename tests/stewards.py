"""People at the desk: they decide, merge and split, as the desk's role on one client's store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.model import PairWord, Person, Relation
from mastersync.domain.matching.model import SourceKey, Verdict
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.ticket_desk import PostgresTicketDesk
from mastersync.store.unit import PostgresUnit
from mastersync.usecases.decide_pair import Decided, decide
from mastersync.usecases.merge_customers import Moved, merge_customers
from mastersync.usecases.record_word import withdraw_decision
from mastersync.usecases.resolve_ticket import Answer, PairVerdict, resolve_ticket
from mastersync.usecases.unmerge_customer import unmerge_customer
from pipelines import Pipeline
from stores import SECRET


@dataclass
class Steward:
    """Ann, who decides on a pipeline's records; each of her deeds takes a moment."""

    pipeline: Pipeline
    database: Database
    name: str = "ann"

    @property
    def store(self) -> PostgresStore:
        return PostgresStore(self.database, "acme", states_client=True)

    def decide(  # noqa: PLR0913 (what the command takes)
        self,
        verdict: str,
        left: str,
        right: str,
        *,
        relation: str | None = None,
        expires_at: datetime | None = None,
        insist: bool = False,
        plan: bool = False,
    ) -> Decided:
        word = PairWord(
            verdict=Verdict(verdict),
            left=key(left),
            right=key(right),
            author=self.name,
            reason="asked them",
            relation=None if relation is None else Relation(relation),
            expires_at=expires_at,
        )
        return decide(self.store, word, insist=insist, now=self.pipeline.clock(), plan=plan)

    def withdraw(self, decision_id: int) -> None:
        withdraw_decision(
            self.store,
            decision_id,
            author=self.name,
            reason="a mistake",
            now=self.pipeline.clock(),
        )

    def resolve(self, ticket_id: int, verdict: PairVerdict, *, insist: bool = False) -> None:
        """Clear a review ticket, as the ticket command does."""
        with self.database.begin(clients=["acme"]) as session:
            desk = PostgresTicketDesk(session)
            resolve_ticket(
                desk.get(ticket_id),
                Answer(by=self.name, note="looked", verdict=verdict, insist=insist),
                desk=desk,
                unit=PostgresUnit(session, "acme"),
                now=self.pipeline.clock(),
            )

    def merge(self, keep: str, other: str, *, insist: bool = False, plan: bool = False) -> Moved:
        return merge_customers(
            self.store,
            keep=keep,
            other=other,
            person=Person(by=self.name, reason="one company", insist=insist),
            now=self.pipeline.clock(),
            plan=plan,
        )

    def unmerge(
        self,
        customer_id: str,
        *,
        merge_id: int | None = None,
        insist: bool = False,
        plan: bool = False,
    ) -> Moved:
        return unmerge_customer(
            self.store,
            customer_id=customer_id,
            merge_id=merge_id,
            person=Person(by=self.name, reason="two companies", insist=insist),
            now=self.pipeline.clock(),
            plan=plan,
        )


def key(text: str) -> SourceKey:
    """crm:a"""
    system, _, name = text.partition(":")
    return SourceKey(system=system, key=name)


def homes(pipeline: Pipeline) -> dict[str, str]:
    """Each linked record, as ``crm:a``, to its customer."""
    found = pipeline.rows(
        "SELECT system || ':' || source_key, customer_id FROM link"
        " JOIN source_record USING (client_id, record_id) WHERE ended_at IS NULL"
    )
    return dict(found)


def ids(pipeline: Pipeline) -> tuple[str, str]:
    """The customers of the records crm:a and crm:b."""
    linked = homes(pipeline)
    return linked["crm:a"], linked["crm:b"]


@contextmanager
def steward_of(pipeline: Pipeline) -> Iterator[Steward]:
    url = role_url(pipeline.test_store.url, DESK_ROLE, secret_key=SECRET)
    database = Database(url)
    try:
        yield Steward(pipeline, database)
    finally:
        database.close()
