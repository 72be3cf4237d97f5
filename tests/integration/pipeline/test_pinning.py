"""Pins: a person's word holds until it expires, and time alone makes a customer due."""

from datetime import timedelta

import pytest

from mastersync.domain.decisions.model import Person
from mastersync.domain.decisions.pins import PinWord
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.errors import NotFoundError, RuleError
from mastersync.usecases.pin_value import Pinned, pin_value, unpin_value
from outsiders import holds
from pipelines import Pipeline, company
from stewards import Steward, homes

PREPARE = PreparePolicy(required=frozenset(), default_country="GB")
PINNED = "+442079460555"


def pin(ann: Steward, text: str, *, field: str = "phone", customer: str = "", **more) -> Pinned:
    word = PinWord(
        customer_id=customer or homes(ann.pipeline)["crm:a"],
        field=field,
        value=text,
        author=ann.name,
        reason="called them",
        **more,
    )
    return pin_value(ann.store, word, policy=PREPARE, now=ann.pipeline.clock())


def unpin(ann: Steward, field: str = "phone") -> None:
    unpin_value(
        ann.store,
        customer_id=homes(ann.pipeline)["crm:a"],
        field=field,
        person=Person(by=ann.name, reason="the CRM has it now"),
        now=ann.pipeline.clock(),
    )


def due(pipeline: Pipeline, **later: float) -> list[str]:
    now = pipeline.clock() + timedelta(**later)
    with pipeline.store.begin() as unit:
        return unit.customers.due_for_forming("none", now=now)


def test_a_pinned_value_takes_its_normal_form_and_goes_to_all_systems(
    known: Pipeline, ann: Steward
) -> None:
    pinned = pin(ann, "020 7946 0555")

    known.sync()

    assert pinned.word.value == PINNED
    assert known.golden("crm", "a")["phone"] == PINNED
    assert holds(known.crm, "a", "phone") == holds(known.erp, "x", "phone") == PINNED


def test_an_expired_pin_gives_the_field_back_to_the_sources(known: Pipeline, ann: Steward) -> None:
    was = known.golden("crm", "a")["phone"]
    pin(ann, PINNED, expires_at=known.clock() + timedelta(days=10))
    known.set_rules(targets={})
    known.sync()
    assert known.golden("crm", "a")["phone"] == PINNED

    known.sync(days=9)
    assert known.golden("crm", "a")["phone"] == PINNED
    known.sync(days=2)

    assert known.golden("crm", "a")["phone"] == was


def test_what_an_expired_pin_wrote_to_the_systems_stays_until_one_says_otherwise(
    known: Pipeline, ann: Steward
) -> None:
    pin(ann, PINNED, expires_at=known.clock() + timedelta(days=10))
    known.sync()
    known.sync(days=11)
    assert known.golden("crm", "a")["phone"] == PINNED

    known.crm.put("a", **company("aldgate", phone="+442079460999"))
    known.sync()

    assert known.golden("crm", "a")["phone"] == "+442079460999"


def test_a_pin_that_changes_nothing_makes_its_customer_due_once(
    known: Pipeline, ann: Steward
) -> None:
    pin(ann, known.golden("crm", "a")["phone"])
    assert due(known) == [homes(known)["crm:a"]]

    known.sync()

    assert due(known, hours=1) == []


def test_a_pin_saved_just_before_the_last_run_looked_is_not_overlooked(
    known: Pipeline, ann: Steward
) -> None:
    pin(ann, PINNED)
    long_transaction = known.clock() - timedelta(seconds=30)
    known.test_store.change(
        f"UPDATE golden_considered SET considered_at = '{known.clock()}'",
        f"UPDATE decision SET decided_at = '{long_transaction}'",
    )

    known.sync()

    assert known.golden("crm", "a")["phone"] == PINNED


def test_an_expired_pin_on_a_customer_that_was_merged_since_makes_nobody_due_for_ever(
    two: Pipeline, ann: Steward
) -> None:
    two.set_rules(targets={})
    linked = homes(two)
    pin(ann, PINNED, customer=linked["crm:b"], expires_at=two.clock() + timedelta(days=2))
    two.sync()
    ann.merge(linked["crm:a"], linked["crm:b"])
    two.sync()
    assert two.golden("crm", "b")["phone"] == PINNED

    two.sync(days=3)

    assert two.golden("crm", "b")["phone"] != PINNED
    assert due(two, hours=1) == []


def test_a_newer_pin_takes_the_place_of_the_older_and_saying_it_twice_is_saying_it_once(
    known: Pipeline, ann: Steward
) -> None:
    first = pin(ann, "020 7946 0444")
    second = pin(ann, PINNED)
    again = pin(ann, PINNED)

    assert second.replaced == (first.decision_id,)
    assert (again.decision_id, again.is_new) == (second.decision_id, False)
    known.sync()
    unpin(ann)
    known.set_rules(targets={})
    known.crm.put("a", **company("aldgate", email="a@aldgate.example"))
    known.sync()
    assert known.golden("crm", "a")["phone"] != "+442079460444"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("phone", "twelve", "no phone number"),
        ("phone", "  ", "blank cannot be pinned"),
        ("email", "nobody", "no email address"),
        ("credit_limit", "lots", "no amount"),
    ],
)
def test_what_the_field_cannot_hold_is_refused_without_repeating_it(
    known: Pipeline, ann: Steward, *, field: str, text: str, said: str
) -> None:
    with pytest.raises(RuleError) as refused:
        pin(ann, text, field=field)

    assert said in refused.value.problem
    assert text.strip() == "" or text not in refused.value.problem
    assert known.rows("SELECT 1 FROM decision") == []


@pytest.mark.usefixtures("known")
def test_what_there_is_not_cannot_be_pinned_nor_unpinned(ann: Steward) -> None:
    with pytest.raises(NotFoundError, match="no field"):
        pin(ann, "x", field="shoe_size")
    with pytest.raises(NotFoundError, match="no customer"):
        pin(ann, PINNED, customer="C-NOBODY")
    with pytest.raises(RuleError, match="not pinned"):
        unpin(ann)
