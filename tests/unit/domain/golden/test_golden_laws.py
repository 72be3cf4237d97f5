"""What always holds of survivorship, whatever the facts and the policy."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from golden_values import DAY, NOON, PLAIN, TRUST, confirmed, pinned, said
from mastersync.domain.golden.confirmed import weigh_words
from mastersync.domain.golden.model import (
    BlankPolicy,
    ConfirmedFor,
    Criterion,
    FieldRule,
    FieldValue,
    SurvivorshipPolicy,
    ValueKind,
)
from mastersync.domain.golden.survive import settle, survive

NAMES = ["phone", "email", "segment", "street", "city", "postcode", "iban", "bic"]
VALUES = st.builds(
    FieldValue,
    field=st.sampled_from(NAMES),
    value=st.sampled_from(["", " ", "a", "b", "c"]),
    system=st.sampled_from(["crm", "erp", "shop", "customer", "operator"]),
    source_key=st.sampled_from(["1", "2"]),
    observed_at=st.integers(0, 6).map(lambda days: NOON - days * DAY),
    version_id=st.sampled_from([None, 1, 2]),
    modified_at=st.sampled_from([None, NOON, NOON - 3 * DAY]),
    is_echo=st.booleans(),
    kind=st.sampled_from(ValueKind),
    holds_until=st.sampled_from([None, NOON, NOON + DAY]),
)
RULES = st.builds(
    FieldRule,
    prefer=st.permutations(list(Criterion)).map(tuple),
    trust=st.sampled_from([(), ("erp", "crm"), ("customer", "crm")]),
    blanks=st.sampled_from([None, *BlankPolicy]),
    confirmed_for=st.builds(ConfirmedFor, days=st.sampled_from([None, 2, 5])),
)
POLICIES = st.builds(
    SurvivorshipPolicy,
    trust=st.sampled_from([TRUST, ("shop", "erp")]),
    by_field=st.dictionaries(
        st.sampled_from(["phone", "email", "segment", "address", "bank"]), RULES, max_size=3
    ),
    blanks=st.sampled_from(BlankPolicy),
    confirmed_for=st.builds(
        ConfirmedFor,
        days=st.sampled_from([None, 3]),
        by_segment=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(1, 6), max_size=2),
    ),
)
FACTS = st.lists(VALUES, max_size=14)
TIMES = st.integers(-2, 9).map(lambda days: NOON + days * DAY)


@given(st.data(), FACTS, POLICIES, TIMES)
def test_the_order_of_the_facts_does_not_matter(data, facts, rules, now):
    shuffled = data.draw(st.permutations(facts))

    one, other = settle(facts, rules, now=now), settle(shuffled, rules, now=now)

    assert one.golden == other.golden
    assert one.changes_at == other.changes_at


@given(FACTS, POLICIES, TIMES)
def test_a_blank_is_never_golden_and_without_leave_changes_nothing(facts, rules, now):
    golden = survive(facts, rules, now=now)
    assert all(value.strip() for value in golden.fields.values())

    deaf = replace(
        rules,
        blanks=BlankPolicy.IGNORE,
        by_field={
            name: replace(rule, blanks=BlankPolicy.IGNORE) for name, rule in rules.by_field.items()
        },
    )
    filled = [value for value in facts if value.value.strip()]
    assert survive(facts, deaf, now=now) == survive(filled, deaf, now=now)


@given(FACTS, POLICIES, TIMES, st.sampled_from(NAMES))
def test_a_pin_wins_until_it_expires(facts, rules, now, name):
    others = [v for v in facts if v.field != name or v.kind is not ValueKind.PIN]
    pin = pinned("pinned", field=name, until=NOON + 3 * DAY)

    golden = survive([*others, pin], rules, now=now)

    if now < pin.holds_until:
        assert golden.fields[name] == "pinned"
    else:
        assert golden == survive(others, rules, now=now)


@given(FACTS, TIMES)
def test_an_older_value_of_a_less_trusted_source_changes_nothing(facts, now):
    plain = [
        replace(v, kind=ValueKind.SOURCE, is_echo=False, holds_until=None, system="crm")
        for v in facts
    ]
    late = [
        replace(v, system="shop", source_key="9", observed_at=NOON - 30 * DAY, modified_at=None)
        for v in plain
        if v.value.strip()
    ]
    # What is known of a group's heart, and of every other field, is known already.
    hearts = {"street", "iban", "phone", "email", "segment"} & {
        v.field for v in plain if v.value.strip()
    }
    known = {"street": ("street", "city", "postcode"), "iban": ("iban", "bic")}
    told = {name for heart in hearts for name in known.get(heart, (heart,))}
    late = [v for v in late if v.field in told]

    assert survive([*plain, *late], PLAIN, now=now).fields == survive(plain, PLAIN, now=now).fields


@given(FACTS, POLICIES, TIMES)
def test_the_fields_of_a_group_that_no_person_spoke_about_come_from_one_fact(facts, rules, now):
    settled = settle(facts, rules, now=now)
    for name in ("address", "bank"):
        unit = settled.units.get(name)
        origins = {
            (value.kind, value.system, value.source_key, value.version_id)
            for field, (value, _) in ({} if unit is None else unit.survivors).items()
            if field not in unit.people
        }
        assert len(origins) <= 1


WORDS = st.lists(
    st.builds(confirmed, st.sampled_from("abc"), field=st.just("phone"), days=st.integers(0, 9)),
    max_size=4,
)
SAID = st.lists(st.builds(said, st.sampled_from("abc"), days=st.integers(0, 9)), max_size=4)


@given(WORDS, SAID, st.integers(1, 9), st.lists(TIMES, min_size=2, max_size=5))
def test_a_word_that_has_decayed_stays_decayed(words, records, days, times):
    outranking = [
        {
            (word.source_key, word.value)
            for word in weigh_words(words, records, days=days, now=now).standing
            if word.kind is ValueKind.CONFIRMATION
        }
        for now in sorted(times)
    ]

    assert all(later <= earlier for earlier, later in pairwise(outranking))


@given(FACTS, POLICIES, TIMES)
def test_nothing_changes_before_the_time_that_is_said(facts, rules, now):
    settled = settle(facts, rules, now=now)
    until = settled.changes_at or now + 50 * DAY
    just_before = until - timedelta(seconds=1)

    assert until > now
    if just_before > now:
        assert survive(facts, rules, now=just_before) == settled.golden
