from datetime import UTC, datetime, timedelta

from mastersync.domain.golden.confirmed import standing_confirmations
from mastersync.domain.golden.model import FieldValue, ValueKind
from mastersync.domain.golden.times import said_times

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOON = MORNING + timedelta(hours=4)
EVENING = NOON + timedelta(hours=6)


def said(value: str, at: datetime, *, is_echo: bool = False) -> FieldValue:
    return FieldValue(
        field="phone",
        value=value,
        system="crm",
        source_key="1",
        observed_at=at,
        modified_at=at,
        is_echo=is_echo,
    )


def confirmed(value: str, at: datetime) -> FieldValue:
    return FieldValue(
        field="phone",
        value=value,
        system="customer",
        source_key=f"answer {at.hour}",
        observed_at=at,
        kind=ValueKind.CONFIRMATION,
    )


def test_only_what_others_changed_is_as_new_as_the_version() -> None:
    times = said_times(
        {"name": "Acme", "phone": "+1", "city": "Leeds"},
        unchanged=frozenset({"name"}),
        times={"name": MORNING, "city": MORNING},
        ours=frozenset({"city"}),
        changed_at=NOON,
    )

    assert times == {"name": MORNING, "phone": NOON, "city": MORNING}


def test_a_field_that_only_we_filled_is_no_newer_than_the_record_was() -> None:
    times = said_times(
        {"name": "Acme", "region": "CA"},
        unchanged=frozenset({"name"}),
        times={"name": MORNING},
        ours=frozenset({"region"}),
        changed_at=NOON,
    )

    assert times["region"] == MORNING


def test_the_first_version_says_everything_when_it_came_about() -> None:
    times = said_times(
        {"name": "Acme"}, unchanged=frozenset(), times={}, ours=frozenset(), changed_at=NOON
    )

    assert times == {"name": NOON}


def test_a_customers_word_stands_against_what_was_held_when_it_was_given() -> None:
    word = confirmed("+2", NOON)

    assert standing_confirmations([word], [said("+1", MORNING)]) == [word]


def test_a_later_change_in_a_system_is_newer_than_the_customers_word() -> None:
    assert standing_confirmations([confirmed("+2", NOON)], [said("+3", EVENING)]) == []


def test_our_own_write_coming_back_is_no_later_change() -> None:
    word = confirmed("+2", NOON)

    assert standing_confirmations([word], [said("+3", EVENING, is_echo=True)]) == [word]


def test_the_newest_word_of_the_customer_counts() -> None:
    words = [confirmed("+2", NOON), confirmed("+4", EVENING)]

    assert standing_confirmations(words, []) == [words[1]]
