"""From a plan to what the systems hold: once, whatever happens on the way."""

import pytest

from mastersync.errors import ConfigError
from mastersync.ports.systems import Recovery
from mastersync.usecases.deliver_effects import deliver_effects
from mastersync.usecases.push_to_system import PushPerformer
from outsiders import holds
from pipelines import Pipeline, company


def test_what_one_system_lacks_is_pushed_to_it(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")

    counts = known.sync()

    assert counts["push"] == {"done": 1}
    assert holds(known.erp, "x", "phone") == "+442079460999"
    assert known.erp.writes[0].values == {"phone": "+442079460999"}
    disclosed = known.rows("SELECT recipient, fields, authority FROM disclosure")
    assert disclosed == [("erp", ["phone"], "client instruction: push")]


def test_a_customer_that_a_system_lacks_is_created_there_once(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))

    pipeline.sync()
    pipeline.sync()
    pipeline.sync()

    assert [write.key for write in pipeline.erp.writes] == [None]
    assert pipeline.rows("SELECT count(*) FROM customer") == [(1,)]
    assert holds(pipeline.erp, "erp-1", "name") == "Aldgate Foundry Ltd"


def test_a_second_sync_of_unchanged_systems_changes_nothing(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.sync()
    known.sync()
    before = known.rows("SELECT count(*) FROM effect")

    counts = known.sync()

    assert set(counts) == {"run", "extract"}
    assert set(counts["extract"]) <= {"seen", "already_held"}
    assert known.rows("SELECT count(*) FROM effect") == before


def test_our_own_write_read_back_is_an_echo_and_no_news(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.sync()

    known.sync()  # reads the ERP's new phone: our own
    known.crm.put("a", phone="+442079460888")
    known.sync()

    assert holds(known.erp, "x", "phone") == "+442079460888"
    assert holds(known.crm, "a", "phone") == "+442079460888"
    assert known.crm.writes == []


def test_a_field_that_the_other_system_is_trusted_for_flows_back(known: Pipeline) -> None:
    known.erp.put("x", payment_terms="N30")
    known.crm.put("a", payment_terms="N60")

    known.sync()

    assert holds(known.crm, "a", "payment_terms") == "N30"


def change_under_way(pipeline: Pipeline, key: str, **values: object) -> None:
    """Somebody changes an ERP record after it was read and before it is written."""
    pipeline.failpoint = _at_first(
        "deliver.before_deed",
        lambda: pipeline.erp.put(key, **values) if values else pipeline.erp.touch(key),
    )


def _at_first(wanted, deed):
    done = []

    def crossed(name: str, /) -> None:
        if name == wanted and not done:
            done.append(name)
            deed()

    return crossed


def test_a_write_that_met_a_newer_record_is_planned_anew_with_what_is_there(
    known: Pipeline,
) -> None:
    known.crm.put("a", phone="+442079460999")
    change_under_way(known, "x", street="5 Mercer Row")

    known.sync()
    assert known.effects() == [("push", "erp", "cancelled")]
    assert holds(known.erp, "x", "phone") == "+442079460101"
    known.sync()

    assert holds(known.erp, "x", "phone") == "+442079460999"
    assert holds(known.erp, "x", "street") == "5 Mercer Row"
    assert holds(known.crm, "a", "street") == "5 Mercer Row"


def test_a_write_that_met_a_record_saved_without_a_change_is_planned_anew(
    known: Pipeline,
) -> None:
    known.crm.put("a", phone="+442079460999")
    change_under_way(known, "x")

    known.sync()
    known.sync()
    known.sync()

    assert holds(known.erp, "x", "phone") == "+442079460999"
    assert known.erp.done("x") == 1


@pytest.mark.parametrize("recovery", [Recovery.LOOKUP, Recovery.KEY])
@pytest.mark.parametrize("fault", ["lost", "lost_before"])
@pytest.mark.parametrize("key", ["x", None])
def test_a_write_of_unknown_outcome_is_done_once_in_the_end(
    pipeline: Pipeline, recovery: Recovery, fault: str, key: str | None
) -> None:
    pipeline.erp.recovery = recovery
    pipeline.crm.put("a", **company("aldgate"))
    if key:
        pipeline.erp.put(key, **company("aldgate"))
        pipeline.sync()
        pipeline.crm.put("a", phone="+442079460999")
    pipeline.erp.faults = [fault]

    counts = pipeline.sync()
    assert counts["push"] == {"ready": 1}
    pipeline.deliver(seconds=61)

    assert pipeline.effects() == [("push", "erp", "done")]
    assert pipeline.erp.done(key) == 1
    assert len(pipeline.erp.held) == 1
    assert pipeline.tickets() == []
    attempts = pipeline.rows("SELECT outcome FROM effect_attempt ORDER BY fence")
    assert attempts == [("unknown",), ("done",)]
    pipeline.sync()
    assert pipeline.rows("SELECT count(*) FROM customer") == [(1,)]


def test_a_lost_write_is_not_looked_for_before_the_longest_request_is_over(
    known: Pipeline,
) -> None:
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["lost_before"]
    known.sync()

    known.deliver(seconds=30)

    assert known.erp.finds == 0
    assert known.effects() == [("push", "erp", "ready")]


@pytest.mark.parametrize("fault", ["lost", "lost_before"])
def test_a_blind_systems_lost_write_waits_for_a_person(known: Pipeline, fault: str) -> None:
    known.erp.recovery = Recovery.BLIND
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = [fault]

    known.sync()
    known.deliver(days=3)

    assert known.effects() == [("push", "erp", "unknown")]
    assert known.erp.done("x") == (fault == "lost")
    (cause_key,) = known.tickets()
    assert cause_key.startswith("push:erp:unknown:")


def test_a_refused_write_has_a_ticket_that_a_later_success_clears(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["refused"]

    counts = known.sync()

    assert counts["push"] == {"failed": 1}
    assert known.tickets() == ["push:erp:refused:name: not allowed here"]
    known.deliver(days=1)
    assert known.erp.writes == [], "what was refused is not sent again"
    known.crm.put("a", phone="+442079460888")
    known.sync()
    assert known.tickets() == []
    assert holds(known.erp, "x", "phone") == "+442079460888"


def test_a_refused_creation_may_be_planned_again_when_the_customer_was_corrected(
    pipeline: Pipeline,
) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.faults = ["refused"]
    pipeline.sync()
    pipeline.crm.put("a", name="Aldgate Foundry Limited")

    pipeline.sync()

    assert holds(pipeline.erp, "erp-1", "name") == "Aldgate Foundry Limited"
    assert pipeline.tickets() == []


def test_a_refusal_that_nothing_is_left_to_write_for_is_settled(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["refused"]
    known.sync()
    known.erp.put("x", phone="+442079460999")  # somebody does it by hand

    known.sync()

    assert known.tickets() == []


def test_a_system_that_is_away_is_tried_on_and_a_person_is_told(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["retry"] * 9
    known.sync()
    known.deliver(seconds=10)
    assert known.rows("SELECT attempt_count FROM effect") == [(1,)], "it rests for a moment"
    for _ in range(6):
        known.deliver(hours=1)
    assert known.tickets() == []

    known.deliver(hours=1)
    assert known.tickets() == ["push:erp:away"]
    assert known.rows("SELECT attempt_count FROM effect") == [(8,)]
    known.deliver(minutes=29)
    assert known.rows("SELECT attempt_count FROM effect") == [(8,)], "it is tried more rarely"
    known.deliver(hours=1)
    known.deliver(hours=1)

    assert known.tickets() == []
    assert holds(known.erp, "x", "phone") == "+442079460999"


def test_a_system_that_never_answers_a_write_is_tried_more_rarely_and_a_person_is_told(
    known: Pipeline,
) -> None:
    known.crm.put("a", phone="+442079460999")
    known.erp.faults = ["lost_before"] * 9
    known.sync()
    for _ in range(6):
        known.deliver(hours=1)
    assert known.tickets() == []

    known.deliver(hours=1)

    assert known.tickets() == ["push:erp:away"]
    assert known.rows("SELECT attempt_count FROM effect") == [(8,)]
    known.deliver(hours=1)
    known.deliver(hours=1)
    assert known.tickets() == []
    assert known.erp.done("x") == 1


def test_a_system_that_refuses_the_login_does_not_keep_the_others_waiting(
    known: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.crm.faults = known.erp.faults = ["retry", "retry"]
    known.crm.put("a", phone="+442079460999")
    known.erp.put("x", street="5 New Road")
    known.sync()
    assert known.effects() == [("push", "crm", "ready"), ("push", "erp", "ready")]

    def refuse(_writes: object) -> None:
        raise ConfigError("The login was refused.", next_step="Correct it.")

    monkeypatch.setattr(known.crm, "write", refuse)
    with pytest.raises(ConfigError):
        known.deliver()

    assert known.effects() == [("push", "crm", "ready"), ("push", "erp", "done")]


def test_a_refused_login_gives_the_effects_back(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")

    class LockedOut(PushPerformer):
        def perform(self, effects, lease):
            raise ConfigError("The login was refused.", next_step="Correct it.")

    known.erp.faults = ["retry"]
    known.sync()
    known.clock.push(hours=1)

    with pytest.raises(ConfigError):
        deliver_effects(known.store, LockedOut("erp", known.erp, run_id="r2"), clock=known.clock)

    assert known.effects()[-1] == ("push", "erp", "ready")
    known.deliver()
    assert holds(known.erp, "x", "phone") == "+442079460999"
