"""Pins, decay, blanks, completeness and contracts: what survives when, and until when."""

from dataclasses import replace

import pytest

from golden_values import DAY, NOON, PLAIN, TRUST, confirmed, phone, pinned, policy, said
from mastersync.domain.golden.model import (
    BlankPolicy,
    ConfirmedFor,
    Criterion,
    FieldRule,
    SurvivorshipPolicy,
    ValueKind,
)
from mastersync.domain.golden.survive import settle, survive

# Pins ---------------------------------------------------------------------------------------


def test_a_pin_wins_until_it_expires_whatever_the_rule_prefers():
    recent = policy(prefer=(Criterion.MOST_RECENT,))
    values = said("new"), pinned("held", until=NOON + DAY)

    assert phone(*values, policy=recent) == "held"
    assert phone(*values, policy=recent, now=NOON + DAY) == "new"
    assert settle(values, recent, now=NOON).changes_at == NOON + DAY
    assert settle(values, recent, now=NOON + DAY).changes_at is None


# Decay --------------------------------------------------------------------------------------


def test_a_confirmation_outranks_until_it_decays_and_is_then_a_source_among_others():
    decaying = policy(confirmed_for=ConfirmedFor(days=10))
    values = said("crm", days=30), confirmed("customer", days=4)

    assert phone(*values, policy=decaying) == "customer"
    assert settle(values, decaying, now=NOON).changes_at == NOON + 6 * DAY
    assert phone(*values, policy=decaying, now=NOON + 6 * DAY) == "crm"


def test_a_decayed_confirmation_ranks_where_the_order_of_trust_puts_it():
    decaying = policy(confirmed_for=ConfirmedFor(days=1), trust=("crm", "customer", "shop"))
    old = confirmed("customer", days=4)

    assert phone(said("shop", system="shop", days=9), old, policy=decaying) == "customer"
    assert phone(said("crm", days=9), old, policy=decaying) == "crm"


def test_without_a_term_a_confirmation_never_decays():
    values = said("crm", days=5_000), confirmed("customer", days=4_000)

    assert phone(*values) == "customer"
    assert settle(values, PLAIN, now=NOON).changes_at is None


def test_how_long_a_word_outranks_depends_on_the_segment():
    by_segment = replace(PLAIN, confirmed_for=ConfirmedFor(days=365, by_segment={"GOLD": 30}))
    values = said("crm", days=90), confirmed("customer", days=60)

    assert phone(*values, policy=by_segment) == "customer"
    assert phone(*values, said("GOLD", field="segment"), policy=by_segment) == "crm"
    assert phone(*values, said("IRON", field="segment"), policy=by_segment) == "customer"


def test_what_decayed_of_an_address_competes_as_one_address():
    decaying = SurvivorshipPolicy(
        trust=("customer", "crm"), confirmed_for=ConfirmedFor(days=1), by_field={}
    )
    address = [
        said("1 High St", field="street", days=9),
        said("London", field="city", days=9),
        said("N1 1AA", field="postcode", days=9),
        confirmed("1 High Street", field="street", days=4),
        confirmed("London", field="city", days=4),
    ]

    assert survive(address, decaying, now=NOON).fields == {
        "street": "1 High Street",
        "city": "London",
    }


# Blanks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blanks", "from_crm", "from_erp"),
    [
        (BlankPolicy.IGNORE, "held", "held"),
        (BlankPolicy.CLEAR_IF_EXPLICIT, None, "held"),
        (BlankPolicy.CLEAR_IF_TRUSTED, None, "held"),
    ],
)
def test_a_blank_competes_like_a_value_where_the_rule_lets_it(blanks, from_crm, from_erp):
    clearing = policy(blanks=blanks)

    assert phone(said(""), said("held", system="erp"), policy=clearing) == from_crm
    assert phone(said("held"), said("", system="erp"), policy=clearing) == from_erp


def test_only_the_most_trusted_source_clears_where_the_rule_says_so():
    recent = (Criterion.MOST_RECENT, Criterion.TRUST)
    values = said("held", days=9), said("", system="erp")

    explicit = policy(prefer=recent, blanks=BlankPolicy.CLEAR_IF_EXPLICIT)
    trusted = policy(prefer=recent, blanks=BlankPolicy.CLEAR_IF_TRUSTED)
    assert phone(*values, policy=explicit) is None
    assert phone(*values, policy=trusted) == "held"


def test_a_newer_blank_takes_a_customers_word_back_but_never_a_pin():
    clearing = policy(blanks=BlankPolicy.CLEAR_IF_EXPLICIT)

    assert phone(said(""), confirmed("customer", days=4), policy=clearing) is None
    assert phone(said("", days=9), confirmed("customer", days=4), policy=clearing) == "customer"
    assert phone(said(""), pinned("held"), policy=clearing) == "held"


def test_our_own_blank_coming_back_clears_nothing():
    clearing = policy(blanks=BlankPolicy.CLEAR_IF_EXPLICIT)

    assert phone(said("", is_echo=True), said("held", system="shop"), policy=clearing) == "held"


def test_an_address_that_the_trusted_source_blanked_is_cleared_as_a_whole():
    clearing = replace(PLAIN, blanks=BlankPolicy.CLEAR_IF_EXPLICIT)
    blanked = [said("", field=name) for name in ("street", "city", "postcode")]
    other = [
        said(value, system="erp", field=name)
        for name, value in (("street", "9 Low Rd"), ("city", "York"))
    ]

    assert survive([*blanked, *other], clearing, now=NOON).fields == {}
    assert survive([*blanked, *other], PLAIN, now=NOON).fields["city"] == "York"


# Completeness, contracts, bank --------------------------------------------------------------


def test_the_most_complete_of_a_group_is_the_one_with_most_fields():
    complete = SurvivorshipPolicy(
        trust=TRUST,
        by_field={"address": FieldRule(prefer=(Criterion.MOST_COMPLETE, Criterion.TRUST))},
    )
    crm = [said("1 High St", field="street"), said("Leeds", field="city")]
    erp = [
        said(value, system="erp", field=name)
        for name, value in (("street", "9 Low"), ("city", "York"), ("postcode", "YO1"))
    ]

    golden = survive([*crm, *erp], complete, now=NOON)
    assert golden.fields["city"] == "York"
    assert golden.provenance["city"].rule == "most_complete"
    assert survive([*crm, *erp], PLAIN, now=NOON).fields["city"] == "Leeds"


def test_the_most_complete_of_a_field_is_the_longest():
    complete = policy(prefer=(Criterion.MOST_COMPLETE, Criterion.TRUST))

    assert phone(said("A Ltd"), said("Aldgate Ltd", system="erp"), policy=complete) == "Aldgate Ltd"


def test_what_was_agreed_goes_before_what_systems_say_where_the_rule_prefers_contracts():
    agreed = policy(prefer=(Criterion.CONTRACT, Criterion.TRUST))
    contract = said("agreed", system="contracts", days=99, kind=ValueKind.CONTRACT)

    assert phone(said("crm"), contract, policy=agreed) == "agreed"
    assert phone(said("crm"), contract) == "crm"


def test_an_account_is_never_put_together_from_two_sources():
    crm = [
        said("GB82WEST12345698765432", field="iban"),
        said("Aldgate Ltd", field="account_holder"),
    ]
    erp = [said("DE89370400440532013000", field="iban", system="erp")]
    erp += [said("DEUTDEFF", field="bic", system="erp")]

    golden = survive([*crm, *erp], PLAIN, now=NOON)

    assert golden.fields.keys() == {"iban", "account_holder"}
    assert golden.fields["iban"].startswith("GB")


# Conflicts ----------------------------------------------------------------------------------


def conflicts(*values, unit="phone", **rule):
    asked = FieldRule(conflict_between=("crm", "erp"), **rule)
    rules = SurvivorshipPolicy(trust=TRUST, by_field={unit: asked})
    return settle(values, rules, now=NOON).conflicts


def test_trusted_systems_that_disagree_are_in_conflict_and_others_are_not():
    (conflict,) = conflicts(said("1"), said("2", system="erp"), said("3", system="shop"))

    assert conflict.systems == ("crm", "erp")
    assert [value.value for value in conflict.values] == ["1", "2"]
    assert conflict.disputed == {"phone"}
    assert conflicts(said("1"), said("1", system="erp"), said("3", system="shop")) == []


@pytest.mark.parametrize(
    "other",
    [
        said("12 HIGH ST.", system="erp"),
        said("2", system="erp", is_echo=True),
        said("2", key="2"),
        said("", system="erp"),
    ],
)
def test_other_capitals_our_own_writes_and_a_second_record_of_one_system_are_no_conflict(other):
    assert conflicts(said("12 High St"), other) == []


@pytest.mark.parametrize("decided", [pinned("1"), confirmed("1")])
def test_what_a_person_decided_is_no_conflict_any_more(decided):
    both = said("1", days=3), said("2", system="erp", days=2)

    assert len(conflicts(*both)) == 1
    assert conflicts(*both, decided) == []


def test_an_expired_pin_and_a_decayed_confirmation_let_the_conflict_come_back():
    both = said("1", days=30), said("2", system="erp", days=20)

    assert conflicts(*both, pinned("1", until=NOON)) != []
    assert conflicts(*both, confirmed("1", days=9), confirmed_for=ConfirmedFor(days=5)) != []


def test_an_address_in_conflict_is_disputed_as_a_whole_and_names_what_differs():
    crm = [said("1 High St", field="street"), said("Leeds", field="city")]
    erp = [
        said(value, system="erp", field=name)
        for name, value in (("street", "9 Low Rd"), ("city", "LEEDS"), ("postcode", "LS1"))
    ]

    (conflict,) = conflicts(*crm, *erp, unit="address")

    assert conflict.fields == ("street",)
    assert conflict.disputed == {"street", "city"}
    assert conflicts(*crm, *erp, pinned("9 Low Rd", field="street"), unit="address") == []
