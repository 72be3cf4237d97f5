"""Survivorship through a whole sync: blanks, decay, conflicts."""

from dataclasses import replace

import pytest

from mastersync.domain.decisions.pins import PinWord
from mastersync.domain.golden.model import BlankPolicy, ConfirmedFor, FieldRule
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.usecases.pin_value import pin_value
from outsiders import holds
from pipelines import Pipeline, company
from stewards import Steward, homes


def set_phone_rule(pipeline: Pipeline, **rule: object) -> None:
    survivorship = pipeline.rules.survivorship
    by_field = {**survivorship.by_field, "phone": FieldRule(trust=("crm", "erp"), **rule)}
    pipeline.set_rules(survivorship=replace(survivorship, by_field=by_field), targets={})


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_system_that_blanks_a_value_clears_it_where_the_rule_says_so(
    known: Pipeline, blank: str | None
) -> None:
    set_phone_rule(known, blanks=BlankPolicy.CLEAR_IF_TRUSTED)

    known.crm.put("a", **company("aldgate", phone=blank))
    known.sync()
    assert "phone" not in known.golden("crm", "a")

    # It stays cleared while the system goes on saying nothing, and comes back when it speaks.
    known.crm.put("a", **company("aldgate", phone=blank, email="a@aldgate.example"))
    known.sync()
    assert "phone" not in known.golden("crm", "a")
    known.crm.put("a", **company("aldgate", phone="+442079460999"))
    known.sync()
    assert known.golden("crm", "a")["phone"] == "+442079460999"


def test_by_default_a_blank_says_nothing_and_the_other_systems_value_stays(
    known: Pipeline,
) -> None:
    was = known.golden("crm", "a")["phone"]

    known.crm.put("a", **company("aldgate", phone=""))
    known.sync()

    assert known.golden("crm", "a")["phone"] == was


def test_a_value_that_is_no_longer_sent_is_no_blank(known: Pipeline) -> None:
    set_phone_rule(known, blanks=BlankPolicy.CLEAR_IF_EXPLICIT)
    was = known.golden("crm", "a")["phone"]

    del known.crm.held["a"].values["phone"]
    known.crm.put("a", email="a@aldgate.example")
    known.sync()

    assert known.golden("crm", "a")["phone"] == was


def test_a_confirmation_that_decays_gives_the_field_back_without_any_new_fact(
    known: Pipeline,
) -> None:
    was = known.golden("crm", "a")["phone"]
    set_phone_rule(known, confirmed_for=ConfirmedFor(days=30))
    answered = known.clock()
    known.test_store.change(
        "INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id,"
        " customer_id, body, before, after, state, not_before, planned_at)"
        " SELECT client_id, gen_random_uuid(), 'email', 'x', 'x', 'r1', customer_id, '{}', '{}',"
        " '{}', 'cancelled', created_at, created_at FROM customer",
        "INSERT INTO confirmation_request (client_id, request_id, customer_id, effect_id,"
        " token_hash, client_name, language, shown, state, created_at, expires_at)"
        " SELECT client_id, effect_id, customer_id, effect_id, sha256('x'), 'x', 'en',"
        """ '{"fields": []}', 'answered', planned_at, planned_at FROM effect""",
        "INSERT INTO confirmation_answer (client_id, request_id, customer_id, verdict,"
        " corrections, answered_at) SELECT client_id, request_id, customer_id, 'corrections',"
        f""" '{{"phone": "+442079460777"}}', '{answered}' FROM confirmation_request""",
    )

    known.sync()
    assert known.golden("crm", "a")["phone"] == "+442079460777"
    known.sync(days=28)
    assert known.golden("crm", "a")["phone"] == "+442079460777"
    known.sync(days=3)
    assert known.golden("crm", "a")["phone"] == was


def ask_about_phones(pipeline: Pipeline) -> None:
    set_phone_rule(pipeline, conflict_between=("crm", "erp"))


def pin_phone(ann: Steward, customer_id: str, phone: str) -> None:
    word = PinWord(
        customer_id=customer_id, field="phone", value=phone, author="ann", reason="called"
    )
    prepare = PreparePolicy(required=frozenset(), default_country="GB")
    pin_value(ann.store, word, policy=prepare, now=ann.pipeline.clock())


def subjects(pipeline: Pipeline, cause_key: str = "conflict:phone") -> list[str]:
    return [
        subject
        for (subject,) in pipeline.rows(
            "SELECT subject FROM ticket JOIN ticket_subject USING (client_id, ticket_id)"
            " WHERE cause_key = %s AND state = 'open' AND cleared_at IS NULL ORDER BY 1",
            cause_key,
        )
    ]


def test_trusted_systems_that_disagree_are_one_ticket_a_field_with_all_customers(
    pipeline: Pipeline,
) -> None:
    ask_about_phones(pipeline)
    for key, which in (("a", "aldgate"), ("b", "brixton"), ("c", "cobham")):
        pipeline.crm.put(key, **company(which))
        agreeing = {} if which == "cobham" else {"phone": "+442079460999"}
        pipeline.erp.put(key, **company(which, **agreeing))

    pipeline.sync()

    linked = homes(pipeline)
    assert pipeline.tickets() == ["conflict:phone"]
    assert subjects(pipeline) == sorted(
        f"conflict:phone:{linked[key]}" for key in ("crm:a", "crm:b")
    )
    # Until somebody decides, the order of trust does.
    assert pipeline.golden("crm", "a")["phone"] == company("aldgate")["phone"]
    ((detail,),) = pipeline.rows("SELECT detail FROM ticket")
    named = {one["customer_id"]: one["records"] for one in detail["customers"]}
    assert named[linked["crm:b"]] == ["crm:b", "erp:b"]
    words = pipeline.rows("SELECT title, cause, next_step, detail::text FROM ticket")
    assert not any("+44" in text or "Aldgate" in text for text in words[0])


def test_a_conflict_is_settled_when_the_systems_agree_or_a_person_pins_the_value(
    two: Pipeline, ann: Steward
) -> None:
    ask_about_phones(two)
    two.erp.put("x", phone="+442079460999")
    two.erp.put("y", phone="+442079460998")
    two.sync()
    linked = homes(two)
    assert len(subjects(two)) == 2

    two.crm.put("a", phone="+442079460999")
    two.sync()
    assert subjects(two) == [f"conflict:phone:{linked['crm:b']}"]
    pin_phone(ann, linked["crm:b"], "+442079460998")
    two.sync()

    assert two.tickets() == []


def test_a_disputed_value_is_written_nowhere_until_somebody_decides(
    known: Pipeline, ann: Steward
) -> None:
    survivorship = known.rules.survivorship
    rule = FieldRule(trust=("crm", "erp"), conflict_between=("crm", "erp"))
    known.set_rules(survivorship=replace(survivorship, by_field={"phone": rule}))
    theirs = holds(known.erp, "x", "phone")

    known.crm.put("a", phone="+442079460999", email="a@aldgate.example")
    known.sync()
    known.sync()

    assert holds(known.erp, "x", "phone") == theirs
    assert holds(known.erp, "x", "email") == "a@aldgate.example"
    assert known.tickets() == ["conflict:phone"]

    # What she pins is what the golden record had all the time; now it goes out.
    pin_phone(ann, homes(known)["crm:a"], "+442079460999")
    known.sync()
    assert holds(known.erp, "x", "phone") == "+442079460999"
    known.sync()
    assert known.tickets() == []


def test_what_we_wrote_ourselves_is_no_conflict(known: Pipeline) -> None:
    known.crm.put("a", phone="+442079460999")
    known.sync()
    known.erp.touch("x")
    ask_about_phones(known)

    known.crm.put("a", email="a@aldgate.example")
    known.sync()

    assert known.tickets() == []
