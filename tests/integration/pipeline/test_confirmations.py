"""Asking customers: who, once, and what becomes of their answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mastersync.domain.confirmations.tokens import token_for
from mastersync.usecases import form_golden
from outsiders import holds
from pipelines import CONFIRMATION, Pipeline, company
from stores import SECRET

MAILS = "SELECT state FROM effect WHERE kind = 'email' ORDER BY planned_at"


@pytest.fixture
def asking(pipeline: Pipeline) -> Pipeline:
    """A client that asks its customers; one, in both systems, has an address."""
    pipeline.set_rules(confirmation=CONFIRMATION)
    pipeline.crm.put("a", **company("aldgate", email="office@aldgate.example"))
    pipeline.erp.put("x", **company("aldgate", email="office@aldgate.example"))
    return pipeline


def answer(pipeline: Pipeline, verdict: str, corrections: str = "{}") -> bool:
    """A customer answers on the portal, with its rights."""
    ((token_hash,),) = pipeline.rows(
        "SELECT token_hash FROM confirmation_request ORDER BY created_at DESC LIMIT 1"
    )
    with pipeline.test_store.session("mastersync_portal") as portal:
        (recorded,) = portal.execute(
            "SELECT answer_confirmation(%s, %s, %s, %s)",
            [token_hash, verdict, corrections, pipeline.clock()],
        ).fetchone()
        portal.commit()
    return recorded


def report_event(pipeline: Pipeline, event: str) -> None:
    ((effect_id,),) = pipeline.rows("SELECT effect_id FROM effect WHERE kind = 'email'")
    with pipeline.test_store.session("mastersync_portal") as portal:
        portal.execute(
            "SELECT record_mail_event(%s, %s, %s, '', %s)",
            [effect_id, f"event {event}", event, pipeline.clock()],
        )
        portal.commit()


def test_a_customer_with_an_address_is_asked_once(asking: Pipeline) -> None:
    asking.crm.put("b", **company("brixton"))

    counts = asking.sync()
    asking.sync()

    assert counts["email"] == {"done": 1}
    (mail,) = asking.mails.sent
    assert mail.to == "office@aldgate.example"
    ((request_id, token_hash),) = asking.rows(
        "SELECT request_id, token_hash FROM confirmation_request"
    )
    assert token_for(SECRET, request_id) in mail.text
    assert token_for(SECRET, request_id).encode() not in bytes(token_hash)


def test_they_are_left_in_peace_and_then_asked_again(asking: Pipeline) -> None:
    asking.sync()
    asking.sync(days=179)
    assert len(asking.mails.sent) == 1

    asking.sync(days=2)

    assert len(asking.mails.sent) == 2
    assert asking.mails.sent[0].text != asking.mails.sent[1].text


def test_no_run_sends_more_than_it_may_and_the_next_goes_on(asking: Pipeline) -> None:
    asking.set_rules(confirmation=replace(CONFIRMATION, max_per_run=1))
    asking.crm.put("b", **company("brixton", email="office@brixton.example"))

    asking.sync()
    assert len(asking.mails.sent) == 1
    asking.sync()
    asking.sync()

    assert {mail.to for mail in asking.mails.sent} == {
        "office@aldgate.example",
        "office@brixton.example",
    }


def test_a_correction_reaches_every_system(asking: Pipeline) -> None:
    asking.sync()
    assert answer(asking, "corrections", '{"phone": "+442079460777"}')

    asking.sync()

    assert asking.golden("crm", "a")["phone"] == "+442079460777"
    assert holds(asking.crm, "a", "phone") == "+442079460777"
    assert holds(asking.erp, "x", "phone") == "+442079460777"
    assert asking.rows("SELECT state FROM confirmation_request") == [("applied",)]


def test_a_customers_word_wins_over_a_more_trusted_system_until_that_is_changed(
    asking: Pipeline,
) -> None:
    asking.erp.put("x", street="99 Old Road")
    asking.sync()
    assert asking.golden("crm", "a")["street"] == "99 Old Road"
    answer(asking, "corrections", '{"street": "3 Mercer Row"}')

    asking.sync()
    assert asking.golden("crm", "a")["street"] == "3 Mercer Row"
    assert holds(asking.erp, "x", "street") == "3 Mercer Row"
    asking.erp.put("x", street="5 New Road")
    asking.sync()

    assert asking.golden("crm", "a")["street"] == "5 New Road"


def test_a_request_is_answered_once(asking: Pipeline) -> None:
    asking.sync()

    assert answer(asking, "all_correct")
    assert not answer(asking, "corrections", '{"phone": "+442079460777"}')

    asking.sync()
    assert asking.golden("crm", "a")["phone"] == "+442079460101"


def test_an_answer_given_while_golden_records_are_formed_is_for_the_next_run(
    asking: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking.sync()
    asking.crm.put("a", phone="+442079460888")
    gather = form_golden.gather_facts

    def gather_before_the_answer(*facts: object, **when: object) -> object:
        gathered = gather(*facts, **when)
        answer(asking, "corrections", '{"street": "9 New Road"}')
        return gathered

    with monkeypatch.context() as patched:
        patched.setattr(form_golden, "gather_facts", gather_before_the_answer)
        asking.sync()
    assert asking.golden("crm", "a")["street"] == "3 Mercer Row"
    assert asking.rows("SELECT state FROM confirmation_request") == [("answered",)]

    asking.sync()

    assert asking.golden("crm", "a")["street"] == "9 New Road"
    assert asking.rows("SELECT state FROM confirmation_request") == [("applied",)]


def test_an_answer_after_the_link_ended_is_not_taken(asking: Pipeline) -> None:
    asking.sync()
    asking.clock.push(days=31)

    assert not answer(asking, "corrections", '{"phone": "+442079460777"}')


def test_a_stranger_who_says_so_changes_nothing(asking: Pipeline) -> None:
    asking.sync()
    answer(asking, "wrong_person")

    asking.sync()

    assert asking.golden("crm", "a")["phone"] == "+442079460101"
    assert asking.rows("SELECT state FROM confirmation_request") == [("applied",)]
    assert asking.tickets() == ["confirmation:wrong_person:1"]


def resolve(pipeline: Pipeline, cause_key: str) -> None:
    with pipeline.store.begin() as unit:
        assert unit.tickets.resolve(cause_key, by="ann", words="called", now=pipeline.clock())


def test_a_person_who_dealt_with_a_wrong_address_is_not_asked_again(asking: Pipeline) -> None:
    asking.sync()
    answer(asking, "wrong_person")
    asking.sync()
    resolve(asking, "confirmation:wrong_person:1")
    asking.crm.put("a", phone="+442079460888")

    asking.sync()

    assert asking.tickets() == []


def test_a_person_who_dealt_with_a_dead_mailbox_is_not_asked_again(asking: Pipeline) -> None:
    asking.sync()
    report_event(asking, "bounce")
    asking.sync()
    assert asking.tickets() == ["email:undeliverable"]
    resolve(asking, "email:undeliverable")

    asking.sync()
    asking.deliver()

    assert asking.tickets() == []


def test_a_new_address_settles_the_ticket_about_the_dead_one_and_is_asked_in_turn(
    asking: Pipeline,
) -> None:
    asking.sync()
    report_event(asking, "bounce")
    asking.sync()
    asking.crm.put("a", email="new@aldgate.example")

    asking.sync()
    assert asking.tickets() == []
    asking.sync(days=181)

    assert [mail.to for mail in asking.mails.sent] == [
        "office@aldgate.example",
        "new@aldgate.example",
    ]


def test_a_pin_wins_over_a_customers_answer(asking: Pipeline) -> None:
    asking.sync()
    answer(asking, "corrections", '{"phone": "+442079460777"}')
    asking.test_store.change(
        "INSERT INTO decision (client_id, kind, customer_id, field, value, author, reason,"
        " decided_at) SELECT client_id, 'pin', customer_id, 'phone', '+442079460555', 'ann',"
        f" 'called', '{asking.clock()}' FROM customer"
    )

    asking.sync()

    assert asking.golden("crm", "a")["phone"] == "+442079460555"


def test_a_mail_of_unknown_outcome_is_settled_by_the_carriers_event(asking: Pipeline) -> None:
    asking.mails.faults = ["lost"]
    asking.sync()
    assert asking.rows(MAILS) == [("unknown",)]
    report_event(asking, "delivered")

    asking.deliver()

    assert asking.rows(MAILS) == [("done",)]
    assert len(asking.mails.sent) == 1
    assert asking.rows("SELECT recipient FROM disclosure") == [("sendgrid",)]


def test_a_mail_that_nobody_reported_on_is_sent_once_more_and_never_twice_more(
    asking: Pipeline,
) -> None:
    asking.mails.faults = ["lost", "lost"]
    asking.sync()

    asking.deliver(minutes=20)
    assert len(asking.mails.sent) == 1, "too soon"
    asking.deliver(minutes=20)
    assert len(asking.mails.sent) == 2
    assert asking.mails.sent[0].text == asking.mails.sent[1].text, "with the same link"
    for _ in range(3):
        asking.deliver(hours=2)

    assert len(asking.mails.sent) == 2
    assert asking.rows(MAILS) == [("unknown",)]
    assert asking.tickets() == ["email:unknown"]
    report_event(asking, "delivered")
    asking.deliver()
    assert asking.tickets() == []


def test_a_refused_address_has_a_ticket(asking: Pipeline) -> None:
    asking.mails.faults = ["refused"]

    asking.sync()

    assert asking.rows(MAILS) == [("failed",)]
    assert asking.tickets() == ["email:sendgrid:refused:Not like this."]


def test_who_could_not_be_reached_is_not_asked_again(asking: Pipeline) -> None:
    asking.sync()
    report_event(asking, "bounce")

    asking.sync(days=181)

    assert len(asking.mails.sent) == 1


def test_a_mail_whose_customer_lost_its_address_is_not_sent(asking: Pipeline) -> None:
    asking.mails.faults = ["retry"]
    asking.sync()
    asking.crm.put("a", email="")
    asking.erp.put("x", email="")
    asking.sync(seconds=10)

    asking.deliver()

    assert asking.mails.sent == []
    assert asking.rows(MAILS) == [("cancelled",)]


def test_a_planned_mail_is_sent_to_the_newest_address(asking: Pipeline) -> None:
    asking.mails.faults = ["retry"]
    asking.sync()
    asking.crm.put("a", email="new@aldgate.example")
    asking.sync(seconds=10)

    asking.deliver()

    assert [mail.to for mail in asking.mails.sent] == ["new@aldgate.example"]


def test_a_lost_workers_mail_is_not_sent_blindly(asking: Pipeline) -> None:
    asking.mails.faults = ["retry"]
    asking.sync()
    asking.clock.push(hours=1)
    with asking.store.begin() as unit:
        unit.effects.claim(
            "email", target="sendgrid", size=1, lease=timedelta(minutes=10), now=asking.clock()
        )

    asking.deliver(minutes=11)

    assert asking.mails.sent == []
    assert asking.rows(MAILS) == [("unknown",)]
