"""A worker dies by SIGKILL at every boundary of a credit order: one charge, whichever the agency.

Three orders are planned for each death, and delivered with no sync around them.
"""

import signal
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from uuid import UUID, uuid4

import pytest

from agency_accounts import STATEMENT, registered
from mastersync.domain.credit.agencies import AGENCIES, CREDITSAFE, EXPERIAN
from mastersync.domain.effects.model import CreditTerms, EffectKind, PlannedEffect
from mastersync.sandbox.connections import EXPERIAN_SUBCODE
from mastersync.usecases.explain_credit import credit_of
from mastersync.usecases.failpoints import (
    DELIVER_AFTER_ANSWER,
    DELIVER_AFTER_DEED,
    DELIVER_BEFORE_BISECT,
    DELIVER_BEFORE_RECORD_COMMIT,
    DELIVER_BEFORE_SEND,
    FAILPOINTS,
    STORE_AFTER_COMMIT,
)
from worlds import CLIENT, World, write_client

pytestmark = pytest.mark.chaos

# The others are of requests to a client's own systems.
DELIVERING = [
    name
    for name in FAILPOINTS
    if name.startswith("deliver.")
    and name not in {DELIVER_BEFORE_SEND, DELIVER_AFTER_ANSWER, DELIVER_BEFORE_BISECT}
]
# The agency has charged when a worker dies here, and nobody has its report.
CHARGED_AND_LOST = {DELIVER_AFTER_DEED, DELIVER_BEFORE_RECORD_COMMIT}
ORDERS = 3
_MOST_COMMITS = 60


@pytest.fixture(params=AGENCIES)
def agency(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def ordering(world: World, agency: str) -> "Ordering":
    """A world without any work but the orders that a test plans."""
    return Ordering(world, agency)


class Ordering:
    """Plans credit orders at an agency, and has them delivered by workers that die."""

    def __init__(self, world: World, agency: str) -> None:
        self.world, self.agency = world, agency
        self.companies = [registered(agency, nth=nth).reference for nth in range(ORDERS)]
        _add_companies(world, agency)
        credit: dict[str, object] = {
            "agency": agency,
            "connection": f"{CLIENT}__{agency}",
            "countries": ["HK"],  # of which there is nobody
            "budget_per_run": 100000,
            "budget_per_month": 100000,
            "statement": {"path": STATEMENT[agency]} if agency in STATEMENT else {},
        }
        credit["statement"] |= {"complete_after_minutes": "30"}
        if agency == EXPERIAN:
            credit["experian"] = {"subcode": EXPERIAN_SUBCODE}
        write_client(world.clients_dir, credit=credit)
        world.sync()
        world.settle()
        self.customers = [
            customer_id
            for (customer_id,) in world.store.rows(
                "SELECT customer_id FROM customer ORDER BY 1 LIMIT %s", ORDERS
            )
        ]

    def plan(self, count: int = ORDERS) -> list[UUID]:
        """Plan orders that are due."""
        orders = [
            PlannedEffect(
                effect_id=(effect_id := uuid4()),
                kind=EffectKind.CREDIT_ORDER,
                target=self.agency,
                idempotency_key=f"credit:{effect_id}",
                customer_id=customer_id,
                body=_BODY | {"company_reference": company},
                after={"company_reference": company},
                credit=self.terms(),
            )
            for customer_id, company in zip(self.customers[:count], self.companies, strict=False)
        ]
        with self.world.client() as client, client.store.begin() as unit:
            unit.effects.plan(orders, run_id="run1", now=client.clock())
        return [order.effect_id for order in orders]

    def terms(self) -> CreditTerms:
        """Terms as the client's file has them, with all that the law wants on record."""
        with self.world.client() as client:
            policy = credit_of(client.rules)
        return CreditTerms(
            subject_type="company",
            purpose=policy.purpose,
            authority=policy.authority,
            budget=policy.budget.words,
            cost=policy.price_in("GB"),
            currency=policy.currency,
            basis={
                "purpose": policy.permissible_purpose,
                "customer_country": "GB",
                "client_country": policy.client_country,
                "documents": [],
                "run_budget": str(policy.budget.per_run),
                "month_budget": str(policy.budget.per_month),
            },
        )

    def die(self, failpoint: str, crossing: int) -> bool:
        """Deliver until that boundary; returns whether it was ever reached."""
        process = self.world.start_delivery(failpoint=f"{failpoint}:{crossing}")
        return self.world.exit_code(process) == -signal.SIGKILL

    def settle(self) -> None:
        """Let time pass and others deliver, until all is settled that settles by itself."""
        for _ in range(3):
            self.world.let_an_hour_pass()
            self.world.deliver()

    def charges(self, orders: Sequence[UUID]) -> Counter[str]:
        wanted = {str(order) for order in orders}
        return Counter(
            entry["call_ref"]
            for entry in self.world.sandbox.ledger("orders", client=CLIENT)
            if entry["call_ref"] in wanted
        )

    def states(self, orders: Sequence[UUID]) -> Counter[str]:
        found = self.world.store.rows(
            "SELECT state FROM effect WHERE effect_id = ANY(%s)", list(orders)
        )
        return Counter(state for (state,) in found)

    def assert_charged_once_each(self, orders: Sequence[UUID]) -> None:
        assert self.charges(orders) == Counter(map(str, orders))

    def assert_the_ledgers_agree(self) -> None:
        assert [words for words in self.world.breaches() if "credit" in words] == []


_BODY = {"need": "new_customer", "match_grade": "A"}


def _add_companies(world: World, agency: str) -> None:
    """Give the small sandbox the companies that are ordered, which are none of its customers."""
    path = world.sandbox.home / "sandbox" / "sandbox.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as held:
        for nth in range(ORDERS):
            known = registered(agency, nth=nth)
            company = known.company
            held.execute(
                "INSERT OR IGNORE INTO company VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    company.id,
                    company.country,
                    company.reg_no,
                    company.vat_no,
                    company.name,
                    company.name,
                    company.postcode,
                    company.city,
                    company.street,
                    company.kind,
                ),
            )


@pytest.mark.parametrize("failpoint", DELIVERING)
def test_an_order_whose_worker_died_is_charged_once(ordering: Ordering, failpoint: str) -> None:
    """Whichever of three orders it was."""
    for crossing in (1, ORDERS):
        orders = ordering.plan()
        assert ordering.die(failpoint, crossing)

        ordering.settle()

        ordering.assert_charged_once_each(orders)
        lost = int(failpoint in CHARGED_AND_LOST)
        # A statement names the order that was lost; a meter only counts, so a person is asked.
        settled = "unknown" if ordering.agency == CREDITSAFE else "failed"
        assert ordering.states(orders) == Counter({"done": ORDERS - lost, settled: lost})
    ordering.assert_the_ledgers_agree()


def test_no_commit_of_a_delivery_is_a_place_to_lose_or_double_an_order(
    ordering: Ordering,
) -> None:
    for crossing in range(1, _MOST_COMMITS):
        orders = ordering.plan(1)
        died = ordering.die(STORE_AFTER_COMMIT, crossing)

        ordering.settle()

        ordering.assert_charged_once_each(orders)
        assert set(ordering.states(orders)) <= {"done", "failed", "unknown"}
        if not died:
            break
    else:
        pytest.fail(f"more than {_MOST_COMMITS} commits")
    ordering.assert_the_ledgers_agree()
