from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.credit.budget import (
    FREE_ORDERS,
    Budget,
    Spending,
    orders_within,
    over_soft_limits,
    spent_budget,
)

BUDGET = Budget(
    currency="GBP",
    per_run=Decimal(10),
    per_month=Decimal(30),
    soft_per_run=Decimal(7),
    soft_per_month=Decimal(20),
)
NOTHING = Spending(run=Decimal(0), month=Decimal(0))
AMOUNTS = st.decimals(min_value=0, max_value=50, places=2)


@given(run=AMOUNTS, month=AMOUNTS, price=st.decimals(min_value="0.01", max_value=50, places=2))
def test_an_order_that_is_let_through_keeps_both_budgets(
    run: Decimal, month: Decimal, price: Decimal
) -> None:
    after = Spending(run=run, month=month).plus(price)
    is_let_through = not spent_budget(BUDGET, Spending(run=run, month=month), price)

    assert is_let_through is (after.run <= BUDGET.per_run and after.month <= BUDGET.per_month)


def test_what_is_spent_says_which_limit() -> None:
    month = Spending(run=Decimal(0), month=Decimal(29))

    assert spent_budget(BUDGET, NOTHING, Decimal(11)) == "10 GBP a run"
    assert spent_budget(BUDGET, month, Decimal(2)) == "30 GBP in thirty days"


def test_reports_that_cost_nothing_do_not_go_on_without_end() -> None:
    many = Spending(run=Decimal(0), month=Decimal(0), run_orders=FREE_ORDERS)

    assert spent_budget(BUDGET, many, Decimal(0)) == "1000 reports a run"
    assert orders_within(Decimal(10), Decimal(0)) == FREE_ORDERS


def test_a_soft_limit_tells_when_it_is_passed() -> None:
    assert over_soft_limits(BUDGET, Spending(run=Decimal(7), month=Decimal(20))) == ()
    assert over_soft_limits(BUDGET, Spending(run=Decimal(8), month=Decimal(21))) == (
        "8 of 7 GBP a run",
        "21 of 20 GBP in thirty days",
    )
