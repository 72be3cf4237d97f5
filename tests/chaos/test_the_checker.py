"""A checker that was never seen to find anything is none: each invariant is broken, and named.

The fault is put into a world at rest, as the owner of the store or of the sandbox's own books.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from mastersync.store.embedded import EmbeddedServer
from mastersync.store.sql_files import load
from worlds import World, running_world

pytestmark = pytest.mark.chaos

PUSHED = "(SELECT effect_id FROM effect WHERE kind = 'push' AND state = 'done' LIMIT 1)"
ERP = "client = 'bright_bakery' AND system = 'erp'"
CHANGE = "at, origin, client, system, method, record_id, idempotency_key, reference, before, after"


def store(words: str, *statements: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return words, statements, ()


def sandbox(words: str, *statements: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return words, (), statements


FAULTS = {
    "I1 a record was never landed": store(
        r"erp has \w+, which was never landed",
        "DELETE FROM record_head WHERE record_id = (SELECT min(record_id) FROM source_record"
        " WHERE system = 'erp')",
    ),
    "I1 a record is held in an older version": sandbox(
        r"erp has another version of \w+ than we hold",
        f"UPDATE customer SET body = json_set(body, '$.city', 'Leith') WHERE {ERP} AND id ="
        f" (SELECT min(id) FROM customer WHERE {ERP})",
    ),
    "I1 a record is held for deleted": store(
        r"erp has \w+, and we hold it for deleted",
        "UPDATE record_head SET deleted = TRUE",
    ),
    "I2 a record is in no customer": store(
        r"version \d+ is applied but its record has no customer", "DELETE FROM link"
    ),
    "I2 a record is in two customers": store(
        r"record \d+ belongs to 2 customers at once",
        "DROP INDEX link_current",
        "INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id,"
        " linked_at) SELECT client_id, record_id, customer_id, rule, score, evidence, run_id,"
        " linked_at FROM link LIMIT 1",
    ),
    "I3 a record is set aside without a ticket": store(
        r"version \d+ is set_aside without an open ticket",
        "UPDATE ticket SET state = 'resolved', resolved_at = now(), resolved_by = 'mastersync'",
    ),
    "I4 an order is charged twice": sandbox(
        r"the credit_order \S+ was taken 2 times",
        "INSERT INTO credit_order (at, client, company_id, country, call_ref, custom_data, units)"
        " SELECT at, client, company_id, country, call_ref, custom_data, units FROM credit_order"
        " LIMIT 1",
    ),
    "I4 an order is done and was never charged": sandbox(
        r"the credit_order \S+ is done, and the outside never saw it", "DELETE FROM credit_order"
    ),
    "I4b a charge that nobody ordered": sandbox(
        r"the outside has the credit_order another, which nobody planned",
        "UPDATE credit_order SET call_ref = 'another'",
    ),
    "I4c an order brought no report": store(
        r"credit order \S+ is done and complete, and no report of it is kept",
        "DELETE FROM credit_report",
    ),
    "I4c a report came from no order": store(
        r"credit report \d+ came from no order that is done",
        "UPDATE credit_report SET effect_id = gen_random_uuid()",
    ),
    "I4d an order hangs": store(
        r"effect \S+ has been in flight beyond its lease",
        "UPDATE effect SET state = 'inflight', lease_until = now() - interval '2 hours'"
        " WHERE kind = 'credit_order'",
    ),
    "I4d an order's outcome is not known and nobody is asked": store(
        r"effect \S+ is unknown and nobody was told",
        "UPDATE effect SET state = 'unknown' WHERE kind = 'credit_order'",
    ),
    "I5 a record was taken back to something older": sandbox(
        r"erp holds something else in \S+ than effect \S+ wrote",
        f"INSERT INTO change ({CHANGE}) SELECT {CHANGE.replace('reference, ', 'NULL, ')}"
        " FROM change WHERE origin = 'push' AND method = 'PATCH'",
        "UPDATE change SET after = before WHERE seq = (SELECT max(seq) FROM change)",
    ),
    "I5c an update is done and was never seen": sandbox(
        r"1 updates of \w+ are done, erp saw 0", "DELETE FROM change WHERE method = 'PATCH'"
    ),
    "I5c a creation is done and was never seen": sandbox(
        r"the creation of C-\S+ is done, erp saw none", "DELETE FROM change WHERE method = 'POST'"
    ),
    "I5 a customer was created twice": sandbox(
        r"erp created C-\S+ 2 times",
        f"INSERT INTO change ({CHANGE}) SELECT {CHANGE} FROM change WHERE method = 'POST' LIMIT 1",
    ),
    "I5 a write that nobody planned": sandbox(
        r"erp took 1 updates of N0, 0 were planned",
        "UPDATE change SET record_id = 'N0' WHERE seq ="
        " (SELECT max(seq) FROM change WHERE method = 'PATCH')",
    ),
    "I5d a record is written again and again": store(
        r"record \d+ was written \d+ times in a week with the same version of its customer: .*",
        "DROP INDEX effect_one_creation",
        "INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id,"
        " customer_id, record_id, body, before, after, state, not_before, planned_at, settled_at)"
        " SELECT client_id, gen_random_uuid(), kind, target, n::text, run_id, customer_id,"
        " record_id, body, before, after, state, not_before, planned_at, now()"
        f" FROM effect, generate_series(1, 4) AS n WHERE effect_id = {PUSHED}",
    ),
    "I5 what is new of a customer is never planned": store(
        r"customer C-\S+ was formed by run run1 after that had planned, "
        r"so what is new of it goes nowhere",
        "UPDATE run SET opened_at = opened_at - interval '1 day',"
        " planned_at = planned_at - interval '1 day'",
    ),
    "I6 a mail is sent a third time": sandbox(
        r"the email \S+ was taken 3 times",
        *(
            "INSERT INTO mail (at, client, message_id, recipient, subject, payload) SELECT at,"
            f" client, '{again}', recipient, subject, payload FROM mail WHERE seq = 1"
            for again in ("second", "third")
        ),
    ),
    "I6 a mail is done and was never sent": sandbox(
        r"the email \S+ is done, and the outside never saw it", "DELETE FROM mail"
    ),
    "I6 a customer is asked twice at once": store(
        r"customer C-\S+ has 2 open questions at once",
        "UPDATE confirmation_request SET customer_id = (SELECT min(customer_id)"
        " FROM confirmation_request) WHERE request_id IN (SELECT request_id"
        " FROM confirmation_request ORDER BY customer_id LIMIT 2)",
    ),
    "I7 a write was refused and nobody was told": store(
        r"effect \S+ is failed and nobody was told",
        f"UPDATE effect SET state = 'failed' WHERE effect_id = {PUSHED}",
    ),
    "I8 a record is linked to another client's customer": store(
        r"record \d+ is linked to nobody of this client",
        "UPDATE link SET customer_id = 'C-OTHER' WHERE link_id = (SELECT min(link_id) FROM link)",
    ),
    "I8 a report is about another client's customer": store(
        r"credit report \d+ is about nobody of this client",
        "UPDATE credit_report SET customer_id = 'C-OTHER'",
    ),
    "I8 a write is to another client's record": store(
        r"effect \S+ is about a record that this client has not",
        f"UPDATE effect SET record_id = -1 WHERE effect_id = {PUSHED}",
    ),
    "I8 an order went to another client's account": sandbox(
        r"the credit_order \S+ is done, and the outside never saw it",
        "UPDATE credit_order SET client = 'lumen_lending'",
    ),
    "I10 the watermark ran ahead of what was read": sandbox(
        r"erp has another version of \w+ than we hold",
        f"UPDATE customer SET body = json_set(body, '$.city', 'Leith'), updated_us = updated_us + 1"
        f" WHERE {ERP} AND updated_us = (SELECT min(updated_us) FROM customer WHERE {ERP})",
    ),
    "I11 the audit trail was altered": store(
        r"bright_bakery: audit entry 1 was altered after it was written",
        "UPDATE audit_entry SET actor = 'nobody' WHERE seq = 1",
    ),
    "I11 the audit trail lost an entry": store(
        r"bright_bakery: audit entry 2 is missing before 3",
        "DELETE FROM audit_entry WHERE seq = 2",
    ),
    "I11 the audit trail lost its end": store(
        r"run \w+ is closed, and the audit trail does not say so",
        "DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry"
        " WHERE action = 'run.closed')",
    ),
}


@pytest.fixture(scope="module")
def at_rest(
    postgres_server: EmbeddedServer,
    world_database: str,
    world_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Path]]:
    """A world after its syncs, to be copied: the name of its database, and its home."""
    home = tmp_path_factory.mktemp("at-rest")
    with running_world(
        postgres_server, database=world_database, template=world_home, home=home
    ) as world:
        world.sync()
        world.settle()
        with closing(sqlite3.connect(home / "sandbox" / "sandbox" / "sandbox.db")) as ledger:
            ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = tmp_path_factory.mktemp("copy")
        shutil.copytree(home, copy, dirs_exist_ok=True)
        yield str(make_url(world.store.url).database), copy


@pytest.fixture
def world(
    postgres_server: EmbeddedServer, at_rest: tuple[str, Path], tmp_path: Path
) -> Iterator[World]:
    database, home = at_rest
    with running_world(postgres_server, database=database, template=home, home=tmp_path) as running:
        yield running


def test_a_world_in_which_all_is_well_breaks_nothing(world: World) -> None:
    assert world.breaches() == ()


@pytest.mark.parametrize("name", FAULTS)
def test_the_checker_names(world: World, name: str) -> None:
    words, in_store, in_sandbox = FAULTS[name]

    if in_store:
        world.store.change(*in_store, checks=False)
    with closing(sqlite3.connect(world.sandbox.home / "sandbox" / "sandbox.db")) as ledger:
        for statement in in_sandbox:
            assert ledger.execute(statement).rowcount, statement
        ledger.commit()

    found = world.breaches()
    assert any(re.fullmatch(words, breach) for breach in found), found


def test_each_disagreement_that_is_looked_for_has_its_fault_above() -> None:
    branches = load("runs/find_disagreements").text.split("UNION ALL")
    spoken = [max(re.findall(r"' ([a-z][a-z, ]{6,})", one), key=len).strip() for one in branches]
    seeded = " ".join(words for words, _, _ in FAULTS.values())

    assert [words for words in spoken if words not in seeded] == []
