from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from credit_policies import COMPANY, NOON, POLICY
from mastersync.domain.credit.assessment import Assessment, CheckOutcome, KnownCustomer, assess
from mastersync.domain.credit.internal import InternalStanding, StopRules
from mastersync.domain.credit.model import LastReport

STRICT = replace(POLICY, stop_when=StopRules(overdue_above=Decimal(100)))
IN_ARREARS = InternalStanding(currency="GBP", overdue=Decimal(101))
GOOD = LastReport(report_id=7, ordered_at=NOON, valid_until=NOON + timedelta(days=1))


def check(fields: dict[str, str] | None = None, **known: object) -> Assessment:
    found = assess(KnownCustomer(fields=fields or COMPANY, **known), STRICT, now=NOON)
    assert found is not None
    return found


def test_what_is_to_be_bought_says_on_what_it_rests() -> None:
    found = check(is_new=True)

    assert found.outcome is CheckOutcome.ORDERED
    assert found.allowed is not None
    assert found.why == "The customer is new."


def test_a_good_report_goes_before_a_bad_ledger() -> None:
    assert check(last=GOOD, standing=IN_ARREARS).outcome is CheckOutcome.REUSED


def test_a_bad_ledger_goes_before_the_law_and_the_agency() -> None:
    found = check({**COMPANY, "name": "Blum", "registration_number": ""}, standing=IN_ARREARS)

    assert found.outcome is CheckOutcome.STOPPED
    assert "101 GBP overdue, limit 100" in found.why


def test_what_a_person_decided_without_a_report_lets_the_customer_go_on() -> None:
    found = check(standing=IN_ARREARS, is_decided=True)

    assert (found.outcome, found.allowed) == (CheckOutcome.DECIDED, None)


def test_a_doubtful_kind_of_customer_is_not_bought_on() -> None:
    found = check({**COMPANY, "name": "Blum Foods", "registration_number": ""})

    assert (found.outcome, found.allowed) == (CheckOutcome.DOUBTFUL, None)
    assert check(
        {**COMPANY, "name": "Blum Foods", "registration_number": ""}, is_typed_by_person=True
    ).allowed


def test_whom_the_law_lets_nobody_ask_about_has_its_cause() -> None:
    found = check({**COMPANY, "name": "Anna Blum, sole trader"})

    assert found.outcome is CheckOutcome.REFUSED
    assert found.cause == "missing:membership:sole_trader:GB"


def test_whom_the_client_does_not_have_checked_has_no_check() -> None:
    known = KnownCustomer(fields={**COMPANY, "credit_limit": "1"})

    assert assess(known, POLICY, now=NOON) is None
