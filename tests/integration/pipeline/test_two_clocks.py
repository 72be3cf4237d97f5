"""A customer on two clocks: what was true when, by its sources; as known when, by us."""

from datetime import datetime, timedelta

import pytest

from mastersync.domain.decisions.pins import PinWord
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.errors import NotFoundError
from mastersync.usecases.customer_history import AsOf, customer_as_of, customer_history
from mastersync.usecases.pin_value import pin_value
from pipelines import Pipeline, company
from stewards import Steward, homes

FIRST, SECOND, THIRD = "+442079460101", "+442079460202", "+442079460303"


@pytest.fixture
def phoned(pipeline: Pipeline) -> tuple[Pipeline, list[datetime]]:
    """A customer whose phone changed twice; and the times just after each run."""
    pipeline.set_rules(targets={})
    times = []
    for phone in (FIRST, SECOND, THIRD):
        pipeline.crm.put("a", **company("aldgate", phone=phone))
        pipeline.sync(days=10)
        times.append(pipeline.clock())
    return pipeline, times


def seen(pipeline: Pipeline, *, true_at: datetime, known_at: datetime, customer: str = "") -> AsOf:
    return customer_as_of(
        pipeline.store,
        pipeline.rules,
        customer or homes(pipeline)["crm:a"],
        true_at=true_at,
        known_at=known_at,
    )


def test_what_was_believed_at_a_time_is_the_version_of_then_word_for_word(phoned) -> None:
    pipeline, times = phoned

    believed = [seen(pipeline, true_at=at, known_at=at) for at in times]

    assert [one.fields["phone"] for one in believed] == [FIRST, SECOND, THIRD]
    assert [one.version.run_id for one in believed] == ["r1", "r2", "r3"]
    assert not any(one.is_derived for one in believed)


def test_what_was_true_then_by_what_is_known_now_goes_by_the_sources_own_times(phoned) -> None:
    pipeline, times = phoned
    now = pipeline.clock()

    assert seen(pipeline, true_at=times[0], known_at=now).fields["phone"] == FIRST
    late = seen(pipeline, true_at=times[1], known_at=now)
    assert late.fields["phone"] == SECOND
    assert late.is_derived
    assert late.origins["phone"].system == "crm"


def test_a_change_that_reached_us_late_was_true_before_it_was_known(pipeline: Pipeline) -> None:
    pipeline.set_rules(targets={})
    pipeline.crm.put("a", **company("aldgate", phone=FIRST))
    pipeline.sync()
    pipeline.crm.put("a", phone=SECOND)  # saved now, read in ten days
    saved = pipeline.clock()
    unread = saved + timedelta(days=5)
    pipeline.sync(days=10)

    assert seen(pipeline, true_at=unread, known_at=unread).fields["phone"] == FIRST
    assert seen(pipeline, true_at=unread, known_at=pipeline.clock()).fields["phone"] == SECOND


def test_a_pin_counts_for_the_time_that_it_was_in_force(
    phoned: tuple[Pipeline, list[datetime]], ann: Steward
) -> None:
    pipeline, times = phoned
    word = PinWord(
        customer_id=homes(pipeline)["crm:a"],
        field="phone",
        value="+442079460999",
        author="ann",
        reason="called",
        expires_at=pipeline.clock() + timedelta(days=5),
    )
    prepare = PreparePolicy(required=frozenset(), default_country="GB")
    pin_value(ann.store, word, policy=prepare, now=pipeline.clock())
    pinned = pipeline.clock()
    pipeline.sync()
    pipeline.sync(days=10)
    now = pipeline.clock()

    assert seen(pipeline, true_at=times[2], known_at=now).fields["phone"] == THIRD
    assert seen(pipeline, true_at=pinned, known_at=now).fields["phone"] == "+442079460999"
    assert seen(pipeline, true_at=now, known_at=now).fields["phone"] == THIRD


def test_before_anything_was_known_there_is_no_answer(phoned) -> None:
    pipeline, times = phoned
    before = times[0] - timedelta(days=9)

    with pytest.raises(NotFoundError, match="Nothing was known"):
        seen(pipeline, true_at=before, known_at=before)
    # Its system had it already, and before that nobody.
    assert seen(pipeline, true_at=before, known_at=times[2]).fields["phone"] == FIRST
    unsaid = before - timedelta(days=2)
    assert seen(pipeline, true_at=unsaid, known_at=times[2]).fields == {}


def test_a_changed_policy_is_named_beside_the_one_of_then(phoned) -> None:
    pipeline, times = phoned
    pipeline.set_rules(targets={})

    then = seen(pipeline, true_at=times[0], known_at=times[1])

    assert (then.policy_version, then.version.policy_version) == ("p3", "p2")


def test_an_id_is_followed_to_whom_it_stood_for_at_the_time(two: Pipeline, ann: Steward) -> None:
    linked = homes(two)
    keep, other = linked["crm:a"], linked["crm:b"]
    apart = two.clock()
    ann.merge(keep, other)
    two.sync()
    merged = two.clock()
    ann.unmerge(keep)
    two.sync()
    now = two.clock()

    assert seen(two, true_at=apart, known_at=apart, customer=other).customer_id == other
    assert seen(two, true_at=merged, known_at=merged, customer=other).customer_id == keep
    assert seen(two, true_at=now, known_at=now, customer=other).customer_id == other
    assert seen(two, true_at=apart, known_at=merged, customer=keep).merged_since


def test_the_history_names_run_policy_source_person_and_ticket(
    phoned: tuple[Pipeline, list[datetime]], ann: Steward
) -> None:
    pipeline, _ = phoned
    customer_id = homes(pipeline)["crm:a"]
    word = PinWord(
        customer_id=customer_id,
        field="phone",
        value="+442079460999",
        author="ann",
        reason="called",
        ticket_id=7,
    )
    prepare = PreparePolicy(required=frozenset(), default_country="GB")
    pin_value(ann.store, word, policy=prepare, now=pipeline.clock())
    pipeline.sync()

    told = customer_history(pipeline.store, customer_id, now=pipeline.clock())

    assert [story.version.version_no for story in told.versions] == [4, 3, 2, 1]
    (change,) = told.versions[0].changes
    assert (change.before, change.after) == (THIRD, "+442079460999")
    assert (change.author, change.reason, change.ticket_id) == ("ann", "called", 7)
    (change,) = told.versions[1].changes
    assert (change.system, change.source_key, change.rule) == ("crm", "a", "only_value")
    assert {story.version.policy_version for story in told.versions} == {"p2"}
