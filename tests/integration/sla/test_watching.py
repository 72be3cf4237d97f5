"""Clocks that are kept: read again when something happened or time ran, and told of in tickets."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mastersync.domain.decisions.model import Person
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.domain.sla.model import Cause
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.ticket_desk import PostgresTicketDesk
from mastersync.usecases.merge_customers import merge_customers
from mastersync.usecases.watch_clocks import watch_clocks
from mastersync.wiring import sync
from pipelines import Pipeline, company
from promises import PUSHED, clause, promised
from stores import SECRET

CLOCKS = "SELECT clause, state FROM sla_clock WHERE case_id = %s ORDER BY clause"


@pytest.fixture
def late(known: Pipeline) -> Pipeline:
    """A change that cannot be pushed: the ERP is away."""
    known.set_rules(sla=promised(PUSHED))
    known.erp.faults = ["retry"]
    known.crm.put("a", phone="+442079460999")
    known.sync()
    return known


def change(pipeline: Pipeline) -> str:
    return pipeline.rows(
        "SELECT 'version:' || max(version_id) FROM source_version JOIN source_record AS record"
        " USING (client_id, record_id) WHERE record.system = 'crm'"
    )[0][0]


def watch(pipeline: Pipeline, **how_long: float) -> dict[str, int]:
    pipeline.clock.push(**how_long)
    return watch_clocks(pipeline.store, pipeline.rules, now=pipeline.clock())


def tickets(pipeline: Pipeline) -> list[str]:
    return [cause for cause in pipeline.tickets() if cause.startswith("sla:")]


def test_a_client_that_was_promised_nothing_has_no_clocks(known: Pipeline) -> None:
    assert watch(known) == {}
    assert known.rows("SELECT count(*) FROM sla_clock") == [(0,)]
    assert "sla" not in known.sync()


def test_a_run_counts_what_became_sure_since_the_one_before(pipeline: Pipeline) -> None:
    pipeline.set_rules(sla=promised(PUSHED))
    pipeline.crm.put("a", **company("aldgate"))
    first = pipeline.sync()

    assert first["sla"] == {"due": 1, "done": 1}
    assert "sla" not in pipeline.sync(), "nothing became sure in the second"


def test_what_runs_what_is_overdue_and_what_was_late_are_counted_apart(late: Pipeline) -> None:
    assert late.rows(CLOCKS, change(late)) == [("4.1", "running")]
    late.erp.faults = ["retry"]
    overdue = late.sync(days=3)
    assert overdue["sla"] == {"due": 1, "late": 1, "overdue": 1}

    late.deliver()
    done = late.sync()

    assert "sla" not in done, "it was counted as late when its time ran out"
    assert late.rows(CLOCKS, change(late)) == [("4.1", "late")]


def test_nothing_is_read_again_where_nothing_happened(late: Pipeline) -> None:
    watch(late, minutes=10)

    assert watch(late, minutes=10)["cases"] == 0
    assert watch(late, hours=4)["cases"] == 1, "half of its time is used"


def test_the_ladder_is_climbed_a_ticket_a_rung(late: Pipeline) -> None:
    watch(late, minutes=10)
    assert tickets(late) == []

    watch(late, hours=20)  # Tuesday 11:10, five of eight hours
    assert tickets(late) == ["sla:4.1:50%"]

    watch(late, hours=3)
    assert tickets(late) == ["sla:4.1:80%"]

    watch(late, hours=3)
    assert tickets(late) == ["sla:4.1:100%"]
    words = late.rows("SELECT title, next_step FROM ticket WHERE cause_key = 'sla:4.1:100%%'")[0]
    assert words[0] == "Clause 4.1: changes are late"
    assert "Lin Berg <lin@house.example>, or Max Ode <max@h.example> when away" in words[1]
    assert late.violations() == []


def test_a_ticket_closes_by_itself_when_the_change_is_pushed(late: Pipeline) -> None:
    watch(late, hours=30)
    assert tickets(late) == ["sla:4.1:100%"]

    late.deliver()
    watch(late, minutes=1)

    assert tickets(late) == []


def test_two_changes_on_a_rung_are_one_ticket(late: Pipeline) -> None:
    late.erp.faults = ["retry", "retry"]
    late.crm.put("b", **company("brixton"))
    late.sync()
    watch(late, hours=40)

    assert tickets(late) == ["sla:4.1:100%"]
    subjects = late.rows(
        "SELECT count(*) FROM ticket_subject JOIN ticket USING (client_id, ticket_id)"
        " WHERE kind = 'sla' AND state = 'open' AND cleared_at IS NULL"
    )
    assert subjects == [(2,)]


def test_a_client_who_is_only_watched_hears_of_no_clock(late: Pipeline) -> None:
    late.set_rules(release=ReleaseRules(policy=ReleasePolicy.SHADOW))
    watch(late, days=3)

    assert tickets(late) == []
    assert late.rows(CLOCKS, change(late)) == [("4.1", "late")]


def test_a_pause_stops_the_clock_and_its_end_starts_it_again(late: Pipeline) -> None:
    case = change(late)
    with late.store.begin() as unit:
        now = late.clock()
        unit.sla.pause(case, Cause.CLIENT, since=now, evidence="mail of 2 March", by="ann", now=now)
    watch(late)
    assert late.rows(CLOCKS, case) == [("4.1", "paused")]

    watch(late, days=3)
    assert late.rows(CLOCKS, case) == [("4.1", "paused")]
    assert tickets(late) == []

    with late.store.begin() as unit:
        now = late.clock()
        paused = [pause.pause_id for pause in unit.sla.paused(case)]
        unit.sla.resume(paused, at=now, evidence="mail of 5 March", by="ann", now=now)
    watch(late)
    assert late.rows(CLOCKS, case) == [("4.1", "running")]


def test_a_waived_clock_counts_as_waived(late: Pipeline) -> None:
    case = change(late)
    with late.store.begin() as unit:
        unit.sla.waive(case, clock="", evidence="agreed by phone", by="ann", now=late.clock())
    late.deliver()

    assert late.sync()["sla"] == {"due": 1, "waived": 1}
    assert late.rows(CLOCKS, case) == [("4.1", "waived")]


def test_a_changed_promise_has_all_clocks_read_again(late: Pipeline) -> None:
    late.set_rules(sla=promised(replace(PUSHED, segment="KEY")))
    watch(late)

    assert late.rows("SELECT count(*) FROM sla_clock") == [(0,)]

    late.set_rules(sla=promised(clause("9.9", "seen", "pushed", "1 minutes")))
    watch(late, minutes=2)

    assert late.rows(CLOCKS, change(late)) == [("9.9", "late")]


def test_a_case_follows_its_customer_through_a_merge(late: Pipeline) -> None:
    case = change(late)
    late.crm.put("b", **company("brixton"))
    late.erp.faults = ["retry"]
    late.sync()
    (one,) = late.rows("SELECT customer_id FROM sla_clock WHERE case_id = %s", case)[0]
    (other,) = late.rows("SELECT customer_id FROM customer WHERE customer_id <> %s", one)[0]

    person = Person(by="ann", reason="same shareholder", insist=True)
    merge_customers(late.store, keep=other, other=one, person=person, now=late.clock())
    watch(late)
    assert late.rows("SELECT customer_id FROM sla_clock WHERE case_id = %s", case) == [(other,)]
    assert late.rows(CLOCKS, case) == [("4.1", "running")]

    late.deliver()
    late.sync()

    assert late.rows(CLOCKS, case) == [("4.1", "met")]


def test_a_rehearsal_keeps_no_clock(late: Pipeline) -> None:
    before = late.snapshot()
    late.crm.put("b", **company("brixton"))
    with late.store.rehearse() as rehearsal:
        rehearsed = late.rehearsed(rehearsal, {}, late.creditsafe)
        sync.read_and_check(rehearsed, "plan", on_step=sync.silently)
        sync.form_and_plan(rehearsed, "plan", on_step=sync.silently)
        watch_clocks(rehearsal, late.rules, now=late.clock())
        with rehearsal.begin() as unit:
            assert unit.sla.counts() != []

    assert late.snapshot() == before


def test_what_is_left_is_a_lower_bound_of_when_to_look(late: Pipeline) -> None:
    watch(late)
    (look_at,) = late.rows("SELECT look_at FROM sla_clock WHERE case_id = %s", change(late))[0]

    assert look_at - late.clock.now <= timedelta(hours=4)
    (rung,) = late.rows("SELECT rung FROM sla_clock WHERE case_id = %s", change(late))[0]
    assert rung is None
    watch(late, hours=23)
    (rung,) = late.rows("SELECT rung FROM sla_clock WHERE case_id = %s", change(late))[0]
    assert rung == Decimal("0.8")


def test_a_ticket_names_the_most_urgent_clock_of_what_it_is_about(pipeline: Pipeline) -> None:
    pipeline.set_rules(sla=promised(PUSHED))
    pipeline.crm.put("a", **company("aldgate", name=""))
    pipeline.crm.put("b", **company("brixton", name=""))
    pipeline.sync()
    url = role_url(pipeline.test_store.url, DESK_ROLE, secret_key=SECRET)

    with closing(Database(url)) as database, database.begin(clients=["acme"]) as session:
        desk = PostgresTicketDesk(session)
        (ticket,) = desk.list_open()
        clock = desk.clock(ticket)

    assert (clock.clause, clock.state, clock.clocks) == ("4.1", "running", 2)
    assert clock.due_at == datetime(2026, 3, 3, 13, tzinfo=UTC)
