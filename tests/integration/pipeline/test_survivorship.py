"""Survivorship through a whole sync: blanks, decay, conflicts."""

from dataclasses import replace

import pytest

from mastersync.domain.golden.model import BlankPolicy, ConfirmedFor, FieldRule
from pipelines import Pipeline, company


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
