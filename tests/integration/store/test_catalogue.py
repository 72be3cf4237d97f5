"""What holds for every table, index, view, function and role, also those added tomorrow."""

import psycopg
import pytest

from mastersync.store.database import DESK_ROLE, PORTAL_ROLE
from stores import TestStore

NOT_OF_A_CLIENT = {"alembic_version", "credit_rule"}
PORTAL_FUNCTIONS = {"open_confirmation", "answer_confirmation", "record_mail_event"}
POLICIES = {"own_client", "stated_clients"}
SERVING_ROLES = {DESK_ROLE, PORTAL_ROLE, "mastersync_pipeline", "ms_acme", "ms_globex"}


def names(store: TestStore, query: str, *parameters: object) -> set[str]:
    return {name for (name,) in store.rows(query, *parameters)}


def tables(store: TestStore) -> set[str]:
    return names(
        store,
        "SELECT relname FROM pg_class WHERE relnamespace = 'mastersync'::regnamespace"
        " AND relkind IN ('r', 'p', 'f')",
    )


def tables_without_a_wall(store: TestStore) -> set[str]:
    walled = names(
        store,
        "SELECT relname FROM pg_class AS class"
        " INNER JOIN pg_attribute AS client"
        " ON client.attrelid = class.oid AND client.attname = 'client_id' AND client.attnotnull"
        " WHERE relnamespace = 'mastersync'::regnamespace"
        " AND relrowsecurity AND relforcerowsecurity"
        " AND %s <@ ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = class.oid)",
        sorted(POLICIES),
    )
    return tables(store) - walled - NOT_OF_A_CLIENT


def test_every_table_has_a_client_and_the_wall(store: TestStore) -> None:
    assert len(tables(store)) > 20
    assert tables_without_a_wall(store) == set()


def test_the_check_finds_a_table_without_the_wall(store: TestStore) -> None:
    store.change(
        "CREATE TABLE mastersync.no_client (id int)",
        "CREATE TABLE mastersync.no_policy (client_id text NOT NULL)",
        "ALTER TABLE mastersync.no_policy ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE mastersync.customer NO FORCE ROW LEVEL SECURITY",
    )

    assert tables_without_a_wall(store) == {"no_client", "no_policy", "customer"}


def test_every_wall_says_the_same(store: TestStore) -> None:
    found = store.rows(
        "SELECT polname, polcmd, polroles::regrole[]::text,"
        " pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid), count(*)"
        " FROM pg_policy WHERE polname = ANY (%s) GROUP BY 1, 2, 3, 4, 5",
        sorted(POLICIES),
    )

    assert {(name, role) for name, _, role, *_ in found} == {
        ("own_client", "{mastersync_pipeline}"),
        ("stated_clients", "{mastersync_desk}"),
    }
    assert len(found) == 2, "every table's policy has the same words"
    assert all(command == "*" and using == check for _, command, _, using, check, _ in found)


def test_what_is_open_beside_the_wall_is_listed_here(store: TestStore) -> None:
    others = store.rows(
        "SELECT polname, polrelid::regclass::text, polroles::regrole[]::text, polcmd"
        " FROM pg_policy WHERE polname <> ALL (%s) ORDER BY 2, 1",
        sorted(POLICIES),
    )

    assert others == [
        ("registration", "client", "{mastersync_owner}", "*"),
        ("by_token", "confirmation_answer", "{mastersync_resolver}", "*"),
        ("by_token", "confirmation_request", "{mastersync_resolver}", "*"),
        ("by_effect", "effect", "{mastersync_resolver}", "r"),
        ("by_effect", "mail_event", "{mastersync_resolver}", "*"),
    ]


def test_no_view_looks_over_the_wall(store: TestStore) -> None:
    dangerous = names(
        store,
        "SELECT relname FROM pg_class WHERE relnamespace = 'mastersync'::regnamespace AND ("
        " relkind = 'm' OR (relkind = 'v' AND NOT coalesce("
        "   'security_invoker=true' = ANY (reloptions), FALSE)))",
    )

    assert dangerous == set()


def test_every_key_starts_with_its_client(store: TestStore) -> None:
    others = names(
        store,
        "SELECT index.indexrelid::regclass::text FROM pg_index AS index"
        " INNER JOIN pg_class AS class ON class.oid = index.indrelid"
        " INNER JOIN pg_attribute AS first"
        " ON first.attrelid = class.oid AND first.attnum = index.indkey[0]"
        " WHERE class.relnamespace = 'mastersync'::regnamespace AND class.relname <> ALL (%s)"
        " AND index.indisunique AND first.attname <> 'client_id'",
        sorted(NOT_OF_A_CLIENT),
    )

    assert others == set()


def test_every_reference_carries_its_client(store: TestStore) -> None:
    crossing = names(
        store,
        "SELECT conrelid::regclass || '.' || conname FROM pg_constraint AS fk"
        " WHERE connamespace = 'mastersync'::regnamespace AND contype = 'f'"
        " AND ((SELECT attname FROM pg_attribute"
        "       WHERE attrelid = conrelid AND attnum = conkey[1]) <> 'client_id'"
        "   OR (SELECT attname FROM pg_attribute"
        "       WHERE attrelid = confrelid AND attnum = confkey[1]) <> 'client_id')",
    )

    assert crossing == set()


def test_the_serving_roles_own_nothing_and_may_bypass_nothing(store: TestStore) -> None:
    mighty = names(
        store,
        "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)",
        sorted(SERVING_ROLES | {"mastersync_owner", "mastersync_resolver"}),
    )
    owners = names(
        store,
        "SELECT relowner::regrole::text FROM pg_class"
        " WHERE relnamespace = 'mastersync'::regnamespace AND relname NOT LIKE 'alembic%%'"
        " UNION SELECT proowner::regrole::text FROM pg_proc"
        " WHERE pronamespace = 'mastersync'::regnamespace"
        " UNION SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'mastersync'",
    )

    assert mighty == set()
    assert owners == {"mastersync_owner", "mastersync_resolver"}


def test_no_serving_role_is_in_a_group_but_the_pipelines(store: TestStore) -> None:
    memberships = store.rows(
        "SELECT DISTINCT roleid::regrole::text FROM pg_auth_members"
        " WHERE member::regrole::text = ANY (%s) OR starts_with(member::regrole::text, 'ms_')",
        sorted(SERVING_ROLES),
    )

    assert memberships == [("mastersync_pipeline",)]


def test_only_the_portals_functions_run_as_somebody_else(store: TestStore) -> None:
    definers = store.rows(
        "SELECT proname, proowner::regrole::text, proconfig FROM pg_proc"
        " WHERE pronamespace = 'mastersync'::regnamespace AND prosecdef ORDER BY 1"
    )

    owners = {name: owner for name, owner, _ in definers}
    # Two functions of the owner take nothing, give nothing, and only look at statistics.
    assert owners.pop("refresh_statistics") == "mastersync_owner"
    assert owners.pop("refresh_effect_statistics") == "mastersync_owner"
    # And one that names our clients, to the desk alone: their ids, and nothing else of them.
    assert owners.pop("registered_clients") == "mastersync_owner"
    assert set(owners) == PORTAL_FUNCTIONS
    assert set(owners.values()) == {"mastersync_resolver"}
    assert all('search_path=""' in settings for *_, settings in definers)


def test_the_public_may_do_nothing(store: TestStore) -> None:
    executable = names(
        store,
        "SELECT proname FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))"
        " WHERE pronamespace = 'mastersync'::regnamespace AND grantee = 0",
    )
    readable = names(
        store,
        "SELECT relname FROM pg_class, aclexplode(relacl)"
        " WHERE relnamespace = 'mastersync'::regnamespace AND grantee = 0",
    )
    usable = store.rows(
        "SELECT 1 FROM pg_namespace, aclexplode(nspacl)"
        " WHERE nspname = 'mastersync' AND grantee = 0"
    )

    assert (executable, readable, usable) == (set(), set(), [])


def test_no_serving_role_creates_anything_in_the_schema(store: TestStore) -> None:
    creators = names(
        store,
        "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)"
        " AND has_schema_privilege(rolname, 'mastersync', 'CREATE')",
        sorted(SERVING_ROLES | {"mastersync_resolver"}),
    )

    assert creators == set()


def test_every_table_says_what_it_is(store: TestStore) -> None:
    silent = names(
        store,
        "SELECT relname FROM pg_class WHERE relnamespace = 'mastersync'::regnamespace"
        " AND relkind = 'r' AND relname <> ALL (%s) AND obj_description(oid, 'pg_class') IS NULL",
        sorted(NOT_OF_A_CLIENT),
    )

    assert silent == set()


@pytest.mark.parametrize("role", sorted({DESK_ROLE, PORTAL_ROLE, "ms_acme"}))
def test_a_serving_role_gets_in_only_by_its_password(store: TestStore, role: str) -> None:
    address = store.url.replace("+psycopg", "").replace("postgres@", f"{role}@")

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address)
