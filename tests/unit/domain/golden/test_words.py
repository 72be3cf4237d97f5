"""The account of a golden value, as people read it."""

from datetime import UTC, datetime, timedelta

from mastersync.domain.credit.deciding import decided_first
from mastersync.domain.golden.account import account_for
from mastersync.domain.golden.model import (
    BlankPolicy,
    ConfirmedFor,
    FieldRule,
    FieldValue,
    SurvivorshipPolicy,
    ValueKind,
)
from mastersync.domain.golden.survive import settle
from mastersync.domain.golden.words import PinNote, Teller

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
PLAIN = SurvivorshipPolicy(trust=("erp", "crm"))
ANN = {"decision 7": PinNote(author="ann", reason="called them")}


def said(value, system, *, field="street", days=0, key="7", **more):
    return FieldValue(
        field=field,
        value=value,
        system=system,
        source_key=key,
        observed_at=NOON - timedelta(days=days),
        **more,
    )


def told(*values, field="street", policy=PLAIN, **how):
    accounts = account_for(settle(values, policy, now=NOON), policy)
    (account,) = (one for one in accounts if one.field == field)
    return Teller(pins=ANN, **how).sentences(account)


def test_it_says_who_won_since_when_and_what_it_beat_and_why():
    assert told(said("12 High St", "erp"), said("Hight St.", "crm", days=62)) == [
        "erp:7 says so since 3 May 2026.",
        "Lost: 'Hight St.' of crm:7, said 2 March 2026: erp is trusted before crm.",
    ]


def test_who_agrees_in_other_letters_has_not_lost():
    assert told(said("12 High St", "erp"), said("12 HIGH ST.", "crm")) == [
        "erp:7 says so since 3 May 2026.",
        "crm:7 says the same in its own letters: '12 HIGH ST.'.",
    ]


def test_a_pin_is_told_with_its_author_reason_and_end():
    pin = said(
        "12 High St",
        "operator",
        key="decision 7",
        kind=ValueKind.PIN,
        holds_until=NOON + timedelta(days=58),
    )

    first, lost = told(pin, said("1 Low Rd", "erp"))

    assert first == "ann pinned it on 3 May 2026 until 30 June 2026: called them"
    assert lost == "Lost: '1 Low Rd' of erp:7, said 3 May 2026: a person has pinned it."


def test_a_confirmation_is_told_with_when_it_decays_and_that_it_has():
    word = said("12 High St", "customer", key="answer 4", days=10, kind=ValueKind.CONFIRMATION)
    decaying = SurvivorshipPolicy(trust=("erp",), confirmed_for=ConfirmedFor(days=40))
    decayed = SurvivorshipPolicy(trust=("erp",), confirmed_for=ConfirmedFor(days=5))

    assert told(word, policy=decaying) == [
        "The customer confirmed it on 23 April 2026, which outranks all systems until 2 June 2026."
    ]
    assert told(word, policy=decayed)[0].endswith("it counts as one source among others.")


def test_a_word_that_a_system_contradicted_since_is_told_as_overtaken():
    word = said("12 High St", "customer", key="answer 4", days=10, kind=ValueKind.CONFIRMATION)

    assert told(said("1 Low Rd", "crm"), word)[1] == (
        "Lost: '12 High St' of the customer's answer 4, said 23 April 2026: it was said otherwise"
        " since."
    )


def test_a_cleared_field_and_an_echo_are_told_as_what_they_are():
    clearing = SurvivorshipPolicy(trust=("erp", "crm"), blanks=BlankPolicy.CLEAR_IF_EXPLICIT)

    cleared = told(
        said("", "erp", field="phone"),
        said("+1", "crm", field="phone"),
        field="phone",
        policy=clearing,
    )
    assert cleared[0] == "Cleared: erp:7 blanked it on 3 May 2026."
    assert told(said("x", "erp", is_echo=True))[0].startswith("Only our own writes say so")


def test_what_another_source_knows_of_an_address_is_told_though_it_is_not_golden():
    postcode = told(
        said("12 High St", "erp"),
        said("1 Low Rd", "crm"),
        said("LS1", "crm", field="postcode"),
        field="postcode",
    )

    assert postcode == [
        "Unknown: the whole address comes from another source.",
        "Lost: 'LS1' of crm:7, said 3 May 2026: another source is trusted before crm.",
    ]


def test_of_an_address_that_the_customer_left_nothing_stays_and_it_says_so():
    moved = [
        said("5 Park Row", "customer", key="answer 4", kind=ValueKind.CONFIRMATION),
        said("Leeds", "customer", key="answer 4", field="city", kind=ValueKind.CONFIRMATION),
    ]
    held = [said("1 High St", "erp", days=9), said("London", "erp", field="city", days=9)]
    region = said("Greater London", "erp", field="region", days=9)

    assert "a person has given another address" in told(*moved, *held, region, field="region")[1]


def test_an_open_conflict_is_told():
    asked = SurvivorshipPolicy(
        trust=("erp", "crm"),
        by_field={"address": FieldRule(conflict_between=("erp", "crm"))},
    )

    assert told(said("12 High St", "erp"), said("1 Low Rd", "crm"), policy=asked)[-1] == (
        "Open conflict: erp and crm are trusted alike and disagree. It is written to no system"
        " until somebody decides."
    )


def test_sensitive_values_are_told_in_part_unless_asked_for():
    values = said("GB123456789", "erp", field="tax_id"), said("GB999", "crm", field="tax_id")

    assert "999" not in told(*values, field="tax_id")[1]
    assert "GB999" in told(*values, field="tax_id", show_sensitive=True)[1]


def test_a_credit_decision_is_told_with_who_decided_and_why():
    decision = said(
        "20000",
        "credit decision",
        field="credit_limit",
        key="credit decision 3",
        kind=ValueKind.CREDIT,
    )
    typed = said("90000", "erp", field="credit_limit", days=-1)
    policy = decided_first(SurvivorshipPolicy(trust=("erp", "crm")))
    accounts = account_for(settle([decision, typed], policy, now=NOON), policy)
    teller = Teller(pins={"credit decision 3": PinNote(author="olga", reason="as rated")})

    assert teller.sentences(accounts[0]) == [
        "olga decided it on 3 May 2026 (credit decision 3): as rated",
        "Lost: '90000' of erp:7, said 4 May 2026: the other was decided on.",
    ]


def test_a_decision_ends_the_conflict_of_systems_and_gives_way_to_a_pin():
    rule = FieldRule(conflict_between=("erp", "crm"))
    policy = decided_first(
        SurvivorshipPolicy(trust=("erp", "crm"), by_field={"payment_terms": rule})
    )
    systems = [
        said("NET30", "erp", field="payment_terms"),
        said("NET60", "crm", field="payment_terms"),
    ]
    decision = said(
        "NET14",
        "credit decision",
        field="payment_terms",
        key="credit decision 3",
        kind=ValueKind.CREDIT,
    )
    pin = said("COD", "operator", field="payment_terms", key="decision 7", kind=ValueKind.PIN)

    assert settle(systems, policy, now=NOON).conflicts
    decided = settle([*systems, decision], policy, now=NOON)
    assert (decided.conflicts, decided.golden.fields) == ([], {"payment_terms": "NET14"})
    pinned = settle([*systems, decision, pin], policy, now=NOON)
    assert pinned.golden.fields == {"payment_terms": "COD"}
