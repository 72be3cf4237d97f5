"""What every version went through is kept for good, whoever writes it and however many at once."""

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege

from pipelines import Pipeline
from stores import NOON, TestStore

EVENTS = (
    "SELECT state, waiting_for FROM version_event JOIN source_record AS record"
    " USING (client_id, record_id) WHERE record.source_key = %s ORDER BY event_id"
)


def test_each_state_of_a_version_is_an_event(known: Pipeline) -> None:
    known.crm.put("a", name="")
    known.sync()
    known.crm.put("a", name="Aldgate Foundry Ltd", phone="+442079460999")
    known.sync()

    assert known.rows(EVENTS, "a") == [
        ("pending", None),
        ("applied", None),
        ("pending", None),
        ("set_aside", None),
        ("superseded", None),
        ("pending", None),
        ("superseded", None),
        ("applied", None),
    ]


def test_an_update_that_changes_nothing_is_no_event(known: Pipeline) -> None:
    before = known.rows("SELECT count(*) FROM version_event")
    known.test_store.change("UPDATE version_state SET run_id = run_id")

    assert known.rows("SELECT count(*) FROM version_event") == before


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE version_event SET state = 'applied'",
        "DELETE FROM version_event",
        "UPDATE sla_pause SET evidence = 'x'",
        "DELETE FROM sla_pause",
        "UPDATE sla_resumption SET evidence = 'x'",
        "DELETE FROM sla_waiver",
        "UPDATE sla_withdrawal SET reason = 'x'",
        "DELETE FROM sla_withdrawal",
    ],
)
@pytest.mark.parametrize("role", ["ms_acme", "mastersync_desk"])
def test_nobody_who_serves_changes_what_happened(store: TestStore, role: str, deed: str) -> None:
    with store.session(role) as session, pytest.raises(InsufficientPrivilege):
        session.execute(deed)


@pytest.mark.parametrize(
    "missing", [{"evidence": ""}, {"author": ""}, {"cause": "review"}, {"case_id": "customer:1"}]
)
def test_a_pause_without_proof_or_for_our_own_house_is_refused(
    store: TestStore, missing: dict[str, str]
) -> None:
    pause = {
        "client_id": "acme",
        "case_id": "version:1",
        "cause": "client",
        "evidence": "mail",
        "author": "ann",
        "paused_at": NOON,
        "told_at": NOON,
    }

    def insert(session: psycopg.Connection, row: dict[str, object]) -> None:
        session.execute(
            f"INSERT INTO sla_pause ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})",
            list(row.values()),
        )

    with store.session() as session:
        insert(session, pause)
        with pytest.raises(CheckViolation):
            insert(session, pause | missing)
