from collections.abc import Iterator
from dataclasses import replace

import pytest

from mastersync.store.embedded import EmbeddedServer
from pipelines import CONFIRMATION, CREDIT, Pipeline, company
from stores import CLIENTS, NOON, TestStore, store_copy

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}


def fill(store: TestStore, client_id: str) -> None:
    """Put something into every table, the way a sync does, as the client's own role."""
    with store.client(client_id) as client_store:
        pipeline = Pipeline(store, client_store)
        pipeline.rules = replace(
            pipeline.rules, client_id=client_id, credit=CREDIT, confirmation=CONFIRMATION
        )
        address = f"office@{client_id}.example"
        pipeline.crm.put("a", **company("aldgate", email=address, **WANTED))
        pipeline.crm.put("b", **company("brixton", name=""))
        pipeline.crm.put("c", **company("cobham"))
        pipeline.crm.put("d", **company("cobham", registration_number="", phone=""))
        pipeline.creditsafe.known["01234561"] = "GB-1"
        pipeline.sync()
        (mail,) = store.rows(
            "SELECT effect_id, token_hash FROM confirmation_request WHERE client_id = %s", client_id
        )
        with store.session("mastersync_portal") as portal:
            portal.execute(
                "SELECT answer_confirmation(%s, 'all_correct', '{}', %s)", [mail[1], NOON]
            )
            portal.execute(
                "SELECT record_mail_event(%s, %s, 'delivered', '', %s)",
                [mail[0], f"event-{client_id}", NOON],
            )
            portal.commit()
    store.change(
        f"INSERT INTO decision (client_id, kind, customer_id, field, value, author, reason,"
        f" decided_at) SELECT client_id, 'pin', customer_id, 'phone', '+442079460555', 'ann',"
        f" 'called', now() FROM customer WHERE client_id = '{client_id}' LIMIT 1",
        f"INSERT INTO decision_withdrawal (client_id, decision_id, author, reason, withdrawn_at)"
        f" SELECT client_id, decision_id, 'ann', 'a mistake', now() FROM decision"
        f" WHERE client_id = '{client_id}'",
        f"INSERT INTO identity_change (client_id, kind, from_customer_id, to_customer_id, author,"
        f" reason, before, changed_at) SELECT client_id, 'split', min(customer_id),"
        f" max(customer_id), 'ann', 'two companies', '{{}}', now() FROM customer"
        f" WHERE client_id = '{client_id}' GROUP BY client_id",
        f"INSERT INTO match_model (client_id, model_no, model, learned_from, author, reason,"
        f" evidence, made_at)"
        f" VALUES ('{client_id}', 1, '{{}}', 0, 'pipeline', 'first load', '{{}}', now())",
        f"INSERT INTO applied_plan (client_id, plan_id, digest, run_id, applied_by, applied_at)"
        f" SELECT client_id, 'plan 1', 'd1', run_id, 'ann', now() FROM run"
        f" WHERE client_id = '{client_id}' LIMIT 1",
        *credit_facts(client_id),
        *agency_facts(client_id),
        *sla_facts(client_id),
    )


def credit_facts(client_id: str) -> list[str]:
    """What a doubt, a person's word, a recommendation, a decision and its letter leave."""
    somebody = f"FROM customer WHERE client_id = '{client_id}' ORDER BY customer_id LIMIT 1"
    return [
        (
            f"INSERT INTO credit_offer (client_id, customer_id, agency, subject, companies, why,"
            f" digest, offered_at) SELECT client_id, customer_id, 'creditsafe', '{{}}', '[{{}}]',"
            f" 'doubt', '\\x00', now() {somebody}"
        ),
        (
            f"INSERT INTO credit_company (client_id, customer_id, agency, offer_id, name,"
            f" registration_number, refused, author, reason, answered_at) SELECT client_id,"
            f" customer_id, agency, offer_id, '', '', '{{GB-1}}', 'ann', 'none of them', now()"
            f" FROM credit_offer WHERE client_id = '{client_id}'"
        ),
        (
            f"INSERT INTO credit_recommendation (client_id, customer_id, outcome, credit_limit,"
            f" currency, payment_terms, evidence, basis, rule_version, recommended_at)"
            f" SELECT client_id, customer_id, 'reduced', 100, 'GBP', '', '{{}}', 'report 1', 'p1',"
            f" now() {somebody}"
        ),
        (
            f"INSERT INTO credit_decision (client_id, customer_id, outcome, credit_limit, currency,"
            f" payment_terms, subject_type, country, is_automatic, author, reason, evidence, basis,"
            f" rule_version, recommendation_id, decided_at, stands_until)"
            f" SELECT client_id, customer_id, outcome,"
            f" credit_limit, currency, '', 'company', 'GB', FALSE, 'ann', 'as recommended', '{{}}',"
            f" basis, 'p1', recommendation_id, now(), now() FROM credit_recommendation"
            f" WHERE client_id = '{client_id}'"
        ),
        (
            f"INSERT INTO credit_letter (client_id, decision_id, kind, country, subject, body_text,"
            f" body_html, author, written_at) SELECT client_id, decision_id, 'decision', 'GB', 's',"
            f" 't', '<p>t</p>', 'ann', now() FROM credit_decision WHERE client_id = '{client_id}'"
        ),
    ]


def agency_facts(client_id: str) -> list[str]:
    """What an account at an agency leaves: its session, events, watch list, statement."""
    somebody = f"FROM customer WHERE client_id = '{client_id}' ORDER BY customer_id LIMIT 1"
    page = f"FROM agency_page WHERE client_id = '{client_id}'"
    return [
        (
            f"INSERT INTO agency_session (client_id, account, credentials)"
            f" VALUES ('{client_id}', 'creditsafe', 'digest')"
        ),
        (
            f"INSERT INTO agency_page (client_id, agency, body, pulled_at)"
            f" VALUES ('{client_id}', 'creditsafe', '{{}}', now())"
        ),
        (
            f"INSERT INTO agency_page_read (client_id, page_id, event_count, read_at)"
            f" SELECT client_id, page_id, 1, now() {page}"
        ),
        (
            f"INSERT INTO agency_event (client_id, agency, event_id, page_id, company_reference,"
            f" kind, old, new, happened_at, noted_at) SELECT client_id, agency, 'e1', page_id,"
            f" 'GB-1', 'rating', 'A', 'B', now(), now() {page}"
        ),
        (
            f"INSERT INTO agency_watch (client_id, agency, list, company_reference, customer_id,"
            f" watched_at) SELECT client_id, 'creditsafe', '77', 'GB-1', customer_id, now()"
            f" {somebody}"
        ),
        (
            f"INSERT INTO agency_charge (client_id, agency, charge_id, company_reference,"
            f" our_reference, units, charged_at, seen_at)"
            f" VALUES ('{client_id}', 'dnb', 'c1', 'D1', 'r1', 1, now(), now())"
        ),
        (
            f"INSERT INTO agency_reading (client_id, agency, read_at, used_units)"
            f" VALUES ('{client_id}', 'creditsafe', now(), 1)"
        ),
    ]


def sla_facts(client_id: str) -> list[str]:
    """What people say of a case's clocks, and the clocks."""
    return [
        (
            f"INSERT INTO sla_pause (client_id, case_id, cause, evidence, paused_at, author,"
            f" told_at) VALUES ('{client_id}', 'version:1', 'client', 'mail', now(), 'ann', now())"
        ),
        (
            f"INSERT INTO sla_resumption (client_id, pause_id, evidence, resumed_at, author,"
            f" told_at) SELECT client_id, pause_id, 'call', now(), 'ann', now() FROM sla_pause"
            f" WHERE client_id = '{client_id}'"
        ),
        (
            f"INSERT INTO sla_waiver (client_id, case_id, evidence, author, waived_at)"
            f" VALUES ('{client_id}', 'version:1', 'mail', 'ann', now())"
        ),
        (
            f"INSERT INTO sla_withdrawal (client_id, waiver_id, reason, author, withdrawn_at)"
            f" SELECT client_id, waiver_id, 'mistaken', 'ann', now() FROM sla_waiver"
            f" WHERE client_id = '{client_id}'"
        ),
        (
            f"INSERT INTO sla_clock (client_id, case_id, clock, clause, request, segment, priority,"
            f" state, used) VALUES ('{client_id}', 'version:1', 'seen to pushed', '3.1',"
            f" 'change', '', 'normal', 'waived', 0)"
        ),
        (
            f"INSERT INTO sla_watch (client_id, promises, watched_at)"
            f" VALUES ('{client_id}', 'p1', now())"
        ),
    ]


@pytest.fixture(scope="module")
def filled(postgres_server: EmbeddedServer, store_template: str) -> Iterator[TestStore]:
    """A store with data of both clients in every table; tests that use it keep nothing."""
    with store_copy(postgres_server, store_template) as store:
        for client_id in CLIENTS:
            fill(store, client_id)
        yield store
