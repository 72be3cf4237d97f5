"""A store from before keys were numbers: upgraded, and matched as if it had always been so."""

from datetime import timedelta

import sqlalchemy
from alembic import command
from alembic.config import Config

from databases import temporary_database
from masters import customers, land, read_sample, sample_rules
from mastersync.domain.matching.model import MatchPolicy
from mastersync.store import migrate as migrating
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from mastersync.usecases.match_delta import match_delta
from stores import CLIENTS, NOON, SECRET, TestStore

BEFORE = "0012"


def migrate_to(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating._MIGRATIONS))
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS mastersync")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_customers_from_before_are_found_after_the_upgrade(postgres_server: EmbeddedServer) -> None:
    sample = read_sample("northwind_industrial")
    by_cluster: dict[str, list[int]] = {}
    for place, (system, key, _) in enumerate(sample.records):
        by_cluster.setdefault(sample.truth[system, key], []).append(place)
    pairs = [places for places in by_cluster.values() if len(places) == 2][:100]
    with temporary_database(postgres_server) as url:
        migrate_to(url, BEFORE)
        store = TestStore(url)
        store.change("INSERT INTO client (client_id, name) VALUES ('acme', 'Acme')")
        land(store, [sample.records[first] for first, _ in pairs], run_id="before")
        store.change(
            "INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id,"
            ' created_at) SELECT client_id, \'C-\' || record_id, \'{"engine": "simple-1",'
            ' "policy_version": "p1", "searched_at": "2026-01-01T00:00", "keys_searched": 1,'
            " \"candidates_found\": 0}', 'before', now() FROM source_record",
            "INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id,"
            " linked_at) SELECT client_id, record_id, 'C-' || record_id, 'new', 1, '{}', 'before',"
            " now() FROM source_record",
            "INSERT INTO match_key SELECT client_id, 'name:' || source_key, record_id"
            " FROM source_record",
            "UPDATE version_state SET state = 'applied'",
        )

        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names=CLIENTS)
        land(store, [sample.records[second] for _, second in pairs], run_id="after")
        with store.client() as client:
            match_delta(
                client,
                sample_rules(sample, MatchPolicy()),
                run_id="after",
                now=NOON + timedelta(hours=1),
            )

        found = customers(store)
        met = [
            found[sample.records[first][:2]] == found[sample.records[second][:2]]
            for first, second in pairs
        ]
        assert sum(met) > 0.85 * len(pairs)
        assert store.rows("SELECT records, complete FROM match_index") == [(2 * len(pairs), True)]
