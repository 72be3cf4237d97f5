"""A plan with something in every section."""

from datetime import UTC, datetime
from decimal import Decimal

from mastersync.domain.plan.model import (
    Backlog,
    CreditBudget,
    GoldenChange,
    IdentityStep,
    MailSample,
    NewCustomer,
    Plan,
    PlanContent,
    PlannedOrder,
    TicketRow,
    WaitingRow,
    WriteRow,
)
from mastersync.domain.plan.totals import CreditTotals, PlanTotals, RunTotals, TargetTotals

ALDGATE, BRIXTON, COBHAM = "C-AAAAA-00001", "C-BBBBB-00002", "C-CCCCC-00003"


def a_plan(**changes: object) -> Plan:
    """Two systems written to, an order, a mail, a merge, a ticket and what waits for it."""
    return Plan(
        **{
            "client_id": "acme",
            "client_name": "Acme",
            "store": "s1",
            "configuration": "c1",
            "made_at": datetime(2026, 3, 2, 12, tzinfo=UTC),
            "made_by": "ann",
            "content": a_content(),
            "names": {ALDGATE: "Aldgate Foundry Ltd", BRIXTON: "<b>Brixton</b> & Sons"},
            "budget": CreditBudget(
                price=Decimal("3.50"),
                currency="GBP",
                run_limit=5,
                run_left=4,
                month_limit=100,
                month_left=99,
            ),
            "sample": MailSample(
                customer_id=ALDGATE, subject="Please check", text="Dear Aldgate,\n…"
            ),
            "backlog": Backlog(due=2, held=1, waiting=7),
        }
        | changes
    )


def a_content(**changes: object) -> PlanContent:
    writes = [
        WriteRow(
            target="crm",
            key="a",
            customer_id=ALDGATE,
            before={"phone": "+442079460999", "communication.telephone.office": "", "fax": "1"},
            after={
                "phone": "+442079460101",
                "communication.telephone.office": "+442079460102",
                "fax": None,
            },
        ),
        WriteRow(
            target="erp",
            key=None,
            customer_id=BRIXTON,
            before={},
            after={"name": "<b>Brixton</b> & Sons", "city": "Cardiff"},
        ),
    ]
    return PlanContent(
        **{
            "totals": PlanTotals(
                run=RunTotals(
                    created=1, merged=1, golden=2, mails=1, waiting=1, set_aside=0, tickets=1
                ),
                credit=CreditTotals(orders=1, cost=Decimal("3.50"), currency="GBP"),
                targets=(
                    TargetTotals(
                        target="crm",
                        creates=0,
                        updates=1,
                        fields=3,
                        clears=1,
                        customers=1,
                        held=0,
                    ),
                    TargetTotals(
                        target="erp",
                        creates=1,
                        updates=0,
                        fields=2,
                        clears=0,
                        customers=1,
                        held=1,
                    ),
                ),
            ),
            "created": [NewCustomer(customer_id=BRIXTON, records=["crm:b"], candidates=3)],
            "identity": [
                IdentityStep(
                    kind="merged",
                    from_customer_id=COBHAM,
                    to_customer_id=ALDGATE,
                    author="ann",
                    reason="one company",
                )
            ],
            "golden": [
                GoldenChange(
                    customer_id=ALDGATE,
                    field="phone",
                    before="+442079460999",
                    after="+442079460101",
                    is_new=False,
                    system="crm",
                    source_key="a",
                    rule="trust",
                    lost=[{"system": "erp", "source_key": "x", "value": "+442079460999"}],
                ),
                GoldenChange(
                    customer_id=ALDGATE,
                    field="fax",
                    before="1",
                    after=None,
                    is_new=False,
                    system="",
                    source_key="",
                    rule="",
                    lost=[],
                ),
            ],
            "formed": {ALDGATE: "00ff", BRIXTON: "11ff"},
            "orders": [
                PlannedOrder(
                    agency="creditsafe",
                    customer_id=COBHAM,
                    cost=Decimal("3.50"),
                    currency="GBP",
                    purpose="Trade credit",
                    budget="70 a run",
                )
            ],
            "mailed": [ALDGATE],
            "writes": writes,
            "tickets": [
                TicketRow(
                    kind="record",
                    title="crm: name missing",
                    cause="It has no name.",
                    next_step="Correct it.",
                    subjects=1,
                )
            ],
            "waiting": [
                WaitingRow(
                    state="waiting",
                    waiting_for="credit",
                    why="A credit report is planned for it",
                    records=1,
                    examples=["crm:c"],
                )
            ],
            "over": ("1 updates, limit 0",),
        }
        | changes
    )
