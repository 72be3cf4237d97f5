from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.effects.keys import (
    confirmation_key,
    create_key,
    credit_key,
    effect_id_for,
    update_key,
)

PHONE = {"phone": "+442079460101"}
VALUES = st.dictionaries(
    st.text(min_size=1, max_size=8), st.none() | st.text(max_size=8) | st.integers(), max_size=5
)


def an_update(**changes: object) -> str:
    terms = {"base_version_id": 7, "guard": "v1", "after": PHONE} | changes
    return update_key("erp", "x", **terms)


@given(VALUES)
def test_the_same_change_has_the_same_key_in_whatever_order_it_is_written(values: dict) -> None:
    backwards = dict(reversed(values.items()))

    assert an_update(after=values) == an_update(after=backwards)
    assert create_key("erp", "C-1", after=values) == create_key("erp", "C-1", after=backwards)


def test_another_version_guard_or_value_is_another_change() -> None:
    keys = {
        an_update(),
        an_update(base_version_id=8),
        an_update(guard="v2"),
        an_update(guard=None),
        an_update(after={"phone": "+442079460999"}),
        an_update(after={"phone": None}),
        update_key("crm", "x", base_version_id=7, guard="v1", after=PHONE),
        update_key("erp", "y", base_version_id=7, guard="v1", after=PHONE),
    }

    assert len(keys) == 8


def test_a_customer_has_one_first_credit_order_and_one_after_each_report() -> None:
    first = credit_key("creditsafe", "C-1", previous_report_id=None)

    assert first == credit_key("creditsafe", "C-1", previous_report_id=None)
    assert first != credit_key("creditsafe", "C-1", previous_report_id=1)
    assert first != credit_key("creditsafe", "C-2", previous_report_id=None)


def test_each_confirmation_request_to_a_customer_has_its_own_key() -> None:
    keys = {confirmation_key("C-1", earlier_requests=count) for count in range(3)}

    assert len(keys) == 3


def test_two_clients_effects_never_share_an_id() -> None:
    assert effect_id_for("acme", "k") == effect_id_for("acme", "k")
    assert effect_id_for("acme", "k") != effect_id_for("globex", "k")


def test_a_key_names_no_value() -> None:
    assert "7946" not in an_update()
    assert "7946" not in create_key("erp", "C-1", after=PHONE)
