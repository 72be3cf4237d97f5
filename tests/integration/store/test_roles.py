"""The wall between clients: what each role can read and write, tried as that role."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import Connection, sql
from psycopg.errors import (
    InsufficientPrivilege,
    InvalidAuthorizationSpecification,
)

from mastersync.store.database import DESK_ROLE, PORTAL_ROLE
from stores import CLIENTS, NOON, TestStore

FACTS = (
    *("source_record", "source_version", "landing_page", "decision", "credit_report"),
    *("confirmation_answer", "golden_version", "disclosure", "audit_entry", "ticket_event"),
    *("mail_event", "decision_withdrawal", "identity_change"),
    *("credit_offer", "credit_company", "credit_recommendation", "credit_decision"),
    "credit_letter",
)
APPLICATION_ROLES = ("ms_acme", DESK_ROLE, PORTAL_ROLE)


@pytest.fixture
def acme(filled: TestStore) -> Iterator[Connection]:
    with filled.session("ms_acme") as session:
        yield session


@pytest.fixture
def desk(filled: TestStore) -> Iterator[Connection]:
    with filled.session(DESK_ROLE) as session:
        yield session


@pytest.fixture
def portal(filled: TestStore) -> Iterator[Connection]:
    with filled.session(PORTAL_ROLE) as session:
        yield session


@pytest.fixture
def root(filled: TestStore) -> Iterator[Connection]:
    with filled.session() as session:
        yield session


def tenant_tables(store: TestStore) -> list[str]:
    found = store.rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'mastersync'::regnamespace"
        " AND relkind = 'r' AND relname NOT IN ('alembic_version', 'credit_rule') ORDER BY 1"
    )
    return [name for (name,) in found]


def clients_in(session: Connection, table: str) -> set[str]:
    query = sql.SQL("SELECT DISTINCT client_id FROM {}").format(sql.Identifier(table))
    return {client_id for (client_id,) in session.execute(query)} - {"_platform"}


def state_clients(session: Connection, *client_ids: str) -> None:
    session.execute("SELECT set_config('mastersync.clients', %s, TRUE)", [",".join(client_ids)])


def is_refused(session: Connection, statement: str, *parameters: object) -> bool:
    try:
        with session.transaction():
            session.execute(statement, parameters)
    except InsufficientPrivilege:
        return True
    return False


def test_the_store_has_data_of_both_clients_in_every_table(
    filled: TestStore, root: Connection
) -> None:
    empty = [t for t in tenant_tables(filled) if clients_in(root, t) != set(CLIENTS)]

    assert empty == [], "the tests below would prove nothing for these"


# --- a client's own pipeline ----------------------------------------------------------------


def test_a_client_sees_all_of_its_own_and_nothing_of_others(
    filled: TestStore, acme: Connection, root: Connection
) -> None:
    for table in tenant_tables(filled):
        count = sql.SQL("SELECT count(*) FROM {} WHERE client_id = 'acme'").format(
            sql.Identifier(table)
        )
        assert clients_in(acme, table) == {"acme"}, table
        assert acme.execute(count).fetchone() == root.execute(count).fetchone(), table


def test_a_client_writes_into_no_other_client(filled: TestStore, acme: Connection) -> None:
    for table in tenant_tables(filled):
        assert is_refused(acme, f"INSERT INTO {table} (client_id) VALUES ('globex')"), table
        assert is_refused(acme, f"UPDATE {table} SET client_id = 'globex'"), table
        assert is_refused(acme, f"TRUNCATE {table}"), table


def test_a_client_changes_and_deletes_no_row_of_another(
    filled: TestStore, acme: Connection
) -> None:
    for table in tenant_tables(filled):
        where = "WHERE client_id = 'globex'"
        try:
            with acme.transaction():
                changed = acme.execute(f"UPDATE {table} SET client_id = client_id {where}").rowcount
        except InsufficientPrivilege:
            changed = 0
        try:
            with acme.transaction():
                deleted = acme.execute(f"DELETE FROM {table} {where}").rowcount
        except InsufficientPrivilege:
            deleted = 0
        assert (changed, deleted) == (0, 0), table


def test_a_client_deletes_only_what_is_derived_anew(filled: TestStore, acme: Connection) -> None:
    deletable = {t for t in tenant_tables(filled) if not is_refused(acme, f"DELETE FROM {t}")}

    assert deletable == {
        *("match_candidate", "match_contact", "match_entry", "match_key", "match_term"),
        "sla_clock",
    }


def test_a_client_cannot_register_one(acme: Connection) -> None:
    assert is_refused(acme, "INSERT INTO client (client_id, name) VALUES ('acme2', 'Acme 2')")
    assert is_refused(acme, "UPDATE client SET client_id = 'globex2'")


@pytest.mark.parametrize(
    "role", ["ms_globex", "postgres", "mastersync_owner", "mastersync_resolver", DESK_ROLE]
)
def test_a_client_cannot_become_somebody_else(acme: Connection, role: str) -> None:
    assert is_refused(acme, f"SET ROLE {role}")
    assert is_refused(acme, f"SET SESSION AUTHORIZATION {role}")


def test_the_group_that_a_client_is_in_shows_it_no_more(
    filled: TestStore, acme: Connection
) -> None:
    acme.execute("SET ROLE mastersync_pipeline")

    for table in tenant_tables(filled):
        assert clients_in(acme, table) == {"acme"}, table


def test_stating_clients_shows_a_client_no_more(filled: TestStore, acme: Connection) -> None:
    state_clients(acme, "acme", "globex")

    for table in tenant_tables(filled):
        assert clients_in(acme, table) == {"acme"}, table


def test_copying_out_gives_a_client_its_own(filled: TestStore, acme: Connection) -> None:
    for table in tenant_tables(filled):
        with acme.cursor().copy(f"COPY (SELECT client_id FROM {table}) TO STDOUT") as copy:
            assert {row[0] for row in copy.rows()} == {"acme"}, table
        with acme.cursor().copy(f"COPY {table} (client_id) TO STDOUT") as copy:
            assert {row[0] for row in copy.rows()} == {"acme"}, table


def test_copying_in_is_refused_behind_row_security(acme: Connection) -> None:
    with (
        pytest.raises(psycopg.errors.FeatureNotSupported),
        acme.cursor().copy("COPY match_key (client_id, key, record_id) FROM STDIN") as copy,
    ):
        copy.write_row(("globex", 1, 1))


def test_a_clients_own_view_shows_it_no_more(acme: Connection) -> None:
    acme.execute("CREATE TEMP VIEW everything AS SELECT * FROM effect")

    assert clients_in(acme, "everything") == {"acme"}
    assert is_refused(acme, "CREATE VIEW mastersync.everything AS SELECT * FROM effect")
    assert is_refused(
        acme, "CREATE FUNCTION mastersync.session_client2() RETURNS text RETURN 'globex'"
    )


def test_a_function_of_the_same_name_elsewhere_does_not_take_the_walls_place(
    acme: Connection,
) -> None:
    acme.execute(
        "CREATE FUNCTION pg_temp.session_client() RETURNS text LANGUAGE sql RETURN 'globex'"
    )
    acme.execute("SET search_path = pg_temp, mastersync")

    assert clients_in(acme, "effect") == {"acme"}


# --- the desk -------------------------------------------------------------------------------

SEALED = "agency_session"


def shown_to_desk(store: TestStore) -> list[str]:
    return [table for table in tenant_tables(store) if table != SEALED]


@pytest.mark.parametrize("stated", [(), ("acme",), ("globex",), ("acme", "globex"), ("nobody",)])
def test_the_desk_sees_the_clients_that_it_stated(
    filled: TestStore, desk: Connection, stated: tuple[str, ...]
) -> None:
    state_clients(desk, *stated)

    for table in shown_to_desk(filled):
        assert clients_in(desk, table) == set(stated) & set(CLIENTS), table


def test_a_desk_transaction_that_states_nothing_sees_nothing(
    filled: TestStore, desk: Connection
) -> None:
    for table in shown_to_desk(filled):
        assert clients_in(desk, table) == set(), table


def test_the_desk_never_sees_an_agencys_token(desk: Connection) -> None:
    state_clients(desk, *CLIENTS)

    assert is_refused(desk, f"SELECT count(*) FROM {SEALED}")


def test_what_the_desk_stated_ends_with_the_transaction(desk: Connection) -> None:
    state_clients(desk, "acme")
    assert clients_in(desk, "ticket") == {"acme"}

    desk.commit()

    assert clients_in(desk, "ticket") == set()


def test_the_desk_writes_only_for_clients_that_it_stated(
    filled: TestStore, desk: Connection
) -> None:
    state_clients(desk, "acme")

    for table in tenant_tables(filled):
        assert is_refused(desk, f"INSERT INTO {table} (client_id) VALUES ('globex')"), table
    changed = desk.execute("UPDATE ticket SET title = 'x' WHERE client_id = 'globex'").rowcount
    assert changed == 0


def test_the_desk_edits_nothing_but_tickets_and_what_waits_to_leave(
    filled: TestStore, desk: Connection
) -> None:
    state_clients(desk, "acme")

    editable = [
        table
        for table in tenant_tables(filled)
        if not is_refused(desk, f"UPDATE {table} SET client_id = client_id")
    ]

    assert editable == ["ticket", "ticket_subject"]
    assert not is_refused(desk, "UPDATE effect SET not_before = not_before")
    assert is_refused(desk, "UPDATE effect SET body = body")
    assert is_refused(desk, "UPDATE effect SET idempotency_key = idempotency_key")


@pytest.mark.parametrize("role", ["ms_acme", "postgres", "mastersync_owner", "mastersync_pipeline"])
def test_the_desk_cannot_become_somebody_else(desk: Connection, role: str) -> None:
    assert is_refused(desk, f"SET ROLE {role}")


# --- the portal and its resolver ------------------------------------------------------------


def test_the_portal_reads_and_writes_no_table(filled: TestStore, portal: Connection) -> None:
    state_clients(portal, "acme", "globex")

    for table in (*tenant_tables(filled), "alembic_version"):
        assert is_refused(portal, f"SELECT 1 FROM {table}"), table
        assert is_refused(portal, f"DELETE FROM {table}"), table


def test_the_portal_executes_three_functions(portal: Connection) -> None:
    found = portal.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'mastersync'::regnamespace"
        " AND has_function_privilege(oid, 'EXECUTE') ORDER BY 1"
    )

    assert [name for (name,) in found] == [
        "answer_confirmation",
        "open_confirmation",
        "record_mail_event",
    ]


@pytest.mark.parametrize("client_id", CLIENTS)
def test_a_token_opens_its_own_clients_request(
    filled: TestStore, portal: Connection, client_id: str
) -> None:
    (token_hash, shown) = filled.rows(
        "SELECT token_hash, shown FROM confirmation_request WHERE client_id = %s", client_id
    )[0]

    opened = portal.execute("SELECT shown FROM open_confirmation(%s)", [token_hash]).fetchall()

    assert opened == [(shown,)]


def test_a_token_that_nobody_was_given_opens_nothing(portal: Connection) -> None:
    opened = portal.execute("SELECT * FROM open_confirmation(%s)", [b"\0" * 32]).fetchall()
    answered = portal.execute(
        "SELECT answer_confirmation(%s, 'all_correct', '{}', %s)", [b"\0" * 32, NOON]
    ).fetchone()

    assert opened == []
    assert answered == (False,)


@pytest.mark.parametrize(
    "secret",
    [
        "SELECT payload FROM source_version",
        "SELECT fields FROM golden_version",
        "SELECT body FROM effect",
        "SELECT after FROM effect",
        "SELECT * FROM confirmation_request",
        "SELECT corrections FROM confirmation_answer",
        "SELECT * FROM ticket",
        "SELECT * FROM client",
    ],
)
def test_the_resolver_reads_just_the_columns_that_its_functions_need(
    root: Connection, secret: str
) -> None:
    root.execute("SET ROLE mastersync_resolver")

    assert is_refused(root, secret)
    assert root.execute("SELECT count(*) FROM (SELECT shown FROM confirmation_request)").fetchone()


# --- the owner ------------------------------------------------------------------------------


def test_the_owner_of_the_tables_reads_no_client(filled: TestStore, root: Connection) -> None:
    root.execute("SET ROLE mastersync_owner")

    for table in set(tenant_tables(filled)) - {"client"}:
        assert clients_in(root, table) == set(), table
        assert is_refused(root, f"INSERT INTO {table} (client_id) VALUES ('acme')"), table


def test_nobody_logs_in_as_the_owner_the_resolver_or_the_group(root: Connection) -> None:
    found = root.execute(
        "SELECT rolname FROM pg_roles WHERE rolcanlogin"
        " AND rolname IN ('mastersync_owner', 'mastersync_resolver', 'mastersync_pipeline')"
    )

    assert found.fetchall() == []


def test_a_role_with_a_wrong_password_does_not_get_in(filled: TestStore) -> None:
    address = filled.url.replace("+psycopg", "").replace("postgres@", "ms_acme:guessed@")

    with pytest.raises((psycopg.OperationalError, InvalidAuthorizationSpecification)):
        psycopg.connect(address)


# --- facts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", APPLICATION_ROLES)
def test_no_application_role_edits_deletes_or_truncates_a_fact(
    filled: TestStore, role: str
) -> None:
    with filled.session(role) as session:
        state_clients(session, "acme")
        for table in FACTS:
            columns = [
                name
                for (name,) in filled.rows(
                    "SELECT attname FROM pg_attribute"
                    " WHERE attrelid = %s::regclass AND attnum > 0 AND attidentity = ''",
                    f"mastersync.{table}",
                )
            ]
            for column in columns:
                assert is_refused(session, f"UPDATE {table} SET {column} = {column}"), column
            assert is_refused(session, f"DELETE FROM {table}"), table
            assert is_refused(session, f"TRUNCATE {table} CASCADE"), table
