"""A client's credit policy and what its orders rest on, for tests of its rules."""

from datetime import UTC, datetime
from decimal import Decimal

from mastersync.domain.credit.budget import Budget
from mastersync.domain.credit.policy import CreditPolicy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POLICY = CreditPolicy(
    agency="creditsafe",
    countries=frozenset({"GB", "DE", "US", "IN", "AU"}),
    party_types=frozenset({"company", "person"}),
    minimum_requested_limit=Decimal(1000),
    valid_for_days=180,
    price=Decimal("3.50"),
    currency="GBP",
    budget=Budget(currency="GBP", per_run=Decimal(70), per_month=Decimal(200)),
    purpose="Trade credit",
    authority="Agreement 2026",
    client_country="GB",
)
COMPANY = {
    "name": "Aldgate Foundry Ltd",
    "country": "GB",
    "party_type": "company",
    "credit_limit": "1000.00",
    "credit_currency": "GBP",
    "registration_number": "01234567",
}
# What the database wants an order on a company to rest on.
BASIS = {
    "purpose": "trade_credit",
    "customer_country": "GB",
    "client_country": "GB",
    "documents": [],
    "run_budget": "70",
    "month_budget": "200",
}
