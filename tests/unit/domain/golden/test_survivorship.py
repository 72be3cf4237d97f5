from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.golden import survive as golden_survive
from mastersync.domain.golden.fingerprint import fingerprint
from mastersync.domain.golden.model import (
    Criterion,
    FieldRule,
    FieldValue,
    GoldenRecord,
    SurvivorshipPolicy,
    ValueKind,
)

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=30)
CRM_FIRST = SurvivorshipPolicy(trust=("crm", "erp"))


def survive(values, policy, *, now=LATER):
    return golden_survive.survive(values, policy, now=now)


def a_value(value, *, field="phone", system="crm", source_key="1", **more):
    more = {"observed_at": NOON, "version_id": 1} | more
    return FieldValue(field=field, value=value, system=system, source_key=source_key, **more)


def an_address(system, *, source_key="1", **fields):
    return [
        a_value(value, field=name, system=system, source_key=source_key)
        for name, value in fields.items()
    ]


def said_by(person, value, *, field="phone", at=NOON):
    kind = ValueKind.PIN if person == "operator" else ValueKind.CONFIRMATION
    return a_value(
        value,
        field=field,
        system=person,
        source_key="a",
        version_id=None,
        kind=kind,
        observed_at=at,
    )


def phone(*values, policy=CRM_FIRST):
    return survive(values, policy).fields.get("phone")


def why(*values, field="phone", policy=CRM_FIRST):
    return survive(values, policy).provenance[field].rule


def test_the_most_trusted_system_wins_even_when_another_is_newer():
    newer = a_value("222", system="erp", observed_at=NOON + timedelta(days=1))

    assert phone(newer, a_value("111")) == "111"
    assert why(newer, a_value("111")) == "trust"


def test_within_one_system_the_newest_value_wins():
    older = a_value("111", source_key="1", modified_at=NOON - timedelta(days=2))
    newer = a_value("222", source_key="2", modified_at=NOON - timedelta(days=1))

    assert phone(older, newer) == "222"
    assert why(older, newer) == "most_recent"


def test_a_pin_outranks_a_confirmation_and_a_confirmation_outranks_every_system():
    crm, customer, operator = (
        a_value("111"),
        said_by("customer", "222"),
        said_by("operator", "333"),
    )

    assert phone(crm, customer) == "222"
    assert phone(crm, customer, operator) == "333"
    assert why(crm, customer, operator) == "pinned"


def test_of_two_pins_the_newer_one_holds():
    newer = said_by("operator", "222", at=NOON + timedelta(hours=1))

    assert phone(said_by("operator", "111"), newer) == "222"


def test_a_rule_may_put_recency_before_trust():
    rule = FieldRule(prefer=(Criterion.MOST_RECENT, Criterion.TRUST))
    policy = SurvivorshipPolicy(trust=("crm", "erp"), by_field={"phone": rule})
    newer = a_value("222", system="erp", observed_at=NOON + timedelta(days=1))

    assert phone(a_value("111"), newer, policy=policy) == "222"


def test_a_field_with_a_trust_of_its_own_does_not_follow_the_client_s():
    policy = SurvivorshipPolicy(
        trust=("crm", "erp"), by_field={"phone": FieldRule(trust=("erp", "crm"))}
    )

    assert phone(a_value("111"), a_value("222", system="erp"), policy=policy) == "222"


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_value_never_survives(blank):
    assert phone(said_by("operator", blank)) is None
    assert phone(said_by("customer", blank), a_value("222", system="erp")) == "222"


def test_what_we_wrote_ourselves_never_beats_what_somebody_says():
    echo = a_value("111", system="crm", is_echo=True)

    assert phone(echo, a_value("222", system="unheard_of")) == "222"
    assert why(echo, a_value("222", system="unheard_of")) == "own_data"
    assert phone(echo) == "111"


def test_an_address_is_never_mixed_from_two_systems():
    golden = survive(
        [
            *an_address("crm", street="1 High St", city="Leeds"),
            *an_address("erp", street="9 Low Rd", city="York", postcode="YO1 7HH", country="GB"),
        ],
        CRM_FIRST,
    )

    assert golden.fields == {"street": "1 High St", "city": "Leeds"}
    assert {p.system for p in golden.provenance.values()} == {"crm"}


def test_an_address_is_never_mixed_from_two_records_of_one_system():
    golden = survive(
        [
            *an_address("crm", source_key="2", street="2 Low Rd", postcode="YO1 7HH"),
            *an_address("crm", source_key="1", street="1 High St", city="Leeds"),
        ],
        CRM_FIRST,
    )

    assert golden.fields == {"street": "1 High St", "city": "Leeds"}


def test_a_system_that_knows_only_the_country_does_not_decide_the_address():
    golden = survive(
        [
            *an_address("crm", country="GB"),
            *an_address("erp", street="9 Low Rd", city="York"),
        ],
        CRM_FIRST,
    )

    assert golden.fields == {"street": "9 Low Rd", "city": "York"}
    assert golden.provenance["street"].rule == "completeness"


def test_a_single_line_that_the_customer_corrected_replaces_that_line_alone():
    golden = survive(
        [
            *an_address("crm", street="1 Hgih St", city="Leeds", postcode="LS1 1AA"),
            said_by("customer", "1 High St", field="street"),
        ],
        CRM_FIRST,
    )

    assert golden.fields == {"street": "1 High St", "city": "Leeds", "postcode": "LS1 1AA"}
    assert golden.provenance["street"].rule == "confirmed"
    assert golden.provenance["city"].system == "crm"


def test_of_the_address_that_a_customer_moved_from_nothing_stays():
    golden = survive(
        [
            *an_address("crm", street="1 High St", city="London", region="Greater London"),
            said_by("customer", "5 Park Row", field="street"),
            said_by("customer", "Leeds", field="city"),
        ],
        CRM_FIRST,
    )

    assert golden.fields == {"street": "5 Park Row", "city": "Leeds"}


def test_a_confirmed_address_keeps_what_the_customer_was_not_shown():
    golden = survive(
        [
            *an_address("crm", street="1 Hgih St", city="London", region="Greater London"),
            said_by("customer", "1 High St", field="street"),
            said_by("customer", "London", field="city"),
        ],
        CRM_FIRST,
    )

    assert golden.fields["region"] == "Greater London"


def test_an_amount_keeps_its_own_currency():
    golden = survive(
        [
            a_value("5000", field="credit_limit", system="erp"),
            a_value("USD", field="credit_currency", system="erp"),
            a_value("EUR", field="credit_currency", system="crm"),
        ],
        CRM_FIRST,
    )

    assert golden.fields == {"credit_limit": "5000", "credit_currency": "USD"}


def test_an_address_counts_as_our_own_only_when_all_of_it_is():
    edited = [
        a_value("7 New St", field="street", system="crm"),
        a_value("Leeds", field="city", system="crm", is_echo=True),
    ]
    golden = survive([*edited, *an_address("erp", street="9 Low Rd", city="York")], CRM_FIRST)

    assert golden.fields == {"street": "7 New St", "city": "Leeds"}


def test_what_is_tied_goes_to_the_smallest_source_key():
    assert phone(a_value("222", source_key="2"), a_value("111", source_key="10")) == "111"
    assert why(a_value("222", source_key="2"), a_value("111", source_key="10")) == "tie"


def test_provenance_says_where_a_value_was_read():
    value = a_value("111", source_key="C7", version_id=42)
    found = survive([value], CRM_FIRST).provenance["phone"]

    assert (found.system, found.source_key, found.version_id) == ("crm", "C7", 42)
    assert (found.observed_at, found.rule) == (NOON, "only_value")


VALUES = st.builds(
    FieldValue,
    field=st.sampled_from(["phone", "email", "street", "city", "credit_limit", "credit_currency"]),
    value=st.sampled_from(["", " ", "a", "b", "c"]),
    system=st.sampled_from(["crm", "erp", "shop"]),
    source_key=st.sampled_from(["1", "2"]),
    observed_at=st.sampled_from([NOON, NOON + timedelta(hours=1)]),
    version_id=st.sampled_from([None, 1, 2]),
    modified_at=st.sampled_from([None, NOON, NOON - timedelta(hours=1)]),
    is_echo=st.booleans(),
    kind=st.sampled_from(ValueKind),
)


@given(st.data(), st.lists(VALUES, max_size=12))
def test_the_order_of_the_facts_does_not_matter(data, values):
    shuffled = data.draw(st.permutations(values))

    assert survive(shuffled, CRM_FIRST) == survive(values, CRM_FIRST)


@given(st.lists(VALUES, max_size=12))
def test_every_golden_value_was_said_and_every_field_said_outside_a_group_survives(values):
    golden = survive(values, CRM_FIRST)

    said = {(value.field, value.value) for value in values}
    assert set(golden.fields.items()) <= said
    assert golden.fields.keys() == golden.provenance.keys()
    for name in ("phone", "email"):
        spoken = any(v.value.strip() for v in values if v.field == name)
        assert (name in golden.fields) == spoken


@given(st.lists(VALUES, max_size=12))
def test_what_sources_say_of_an_address_comes_from_one_record(values):
    sources = [v for v in values if v.kind not in {ValueKind.PIN, ValueKind.CONFIRMATION}]
    golden = survive(sources, CRM_FIRST)

    origins = {
        (p.system, p.source_key, p.version_id)
        for name, p in golden.provenance.items()
        if name in {"street", "city"}
    }
    assert len(origins) <= 1


def test_a_fingerprint_depends_on_the_values_alone():
    first = survive([a_value("111"), a_value("a@b.example", field="email")], CRM_FIRST)
    same = survive(
        [a_value("a@b.example", field="email", system="erp"), a_value("111", version_id=9)],
        CRM_FIRST,
    )
    other = survive([a_value("112"), a_value("a@b.example", field="email")], CRM_FIRST)

    assert fingerprint(first) == fingerprint(same)
    assert fingerprint(first) != fingerprint(other)
    assert len(fingerprint(GoldenRecord(fields={}, provenance={}))) == 32
