"""The smallest sample client, whole: over real HTTP and files, from nothing to all in step."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import openpyxl
import pytest

from mastersync.config.settings import PROJECT
from mastersync.connectors.mail.sendgrid_mailer import REFERENCE_ARGUMENT
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import register_clients
from sandboxes import running_sandbox
from stores import SECRET, store_copy
from worlds import CLIENT, World

SETTLED = ("applied", "unchanged", "set_aside", "superseded")


@pytest.fixture(scope="module")
def world(
    postgres_server: EmbeddedServer,
    store_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Bright Bakery as it is shipped, after its first sync and one that read the echo."""
    home = tmp_path_factory.mktemp("home")
    with (
        store_copy(postgres_server, store_template) as store,
        running_sandbox(home) as sandbox,
    ):
        register_clients(admin_url=store.url, secret_key=SECRET, names={CLIENT: "Bright Bakery"})
        world = World(store, sandbox, PROJECT / "include" / "clients")
        world.sync()
        yield world


def violations(world: World) -> list[str]:
    with world.client() as client, client.store.begin() as unit:
        return unit.runs.violations(now=datetime.now(UTC)) + unit.audit.verify()


def count(world: World, query: str, *parameters: object) -> int:
    return world.store.rows(query, *parameters)[0][0]


def quiet(world: World) -> tuple[int, ...]:
    """What the outside has had of us so far."""
    return tuple(
        len(world.sandbox.ledger(book, client=CLIENT)) for book in ("pushes", "mails", "orders")
    )


def change_in_shop(world: World, key: str, column: str, value: str) -> None:
    """Somebody edits the shop's sheet."""
    path = world.sandbox.home / "files" / CLIENT / "shop" / "customers.xlsx"
    book = openpyxl.load_workbook(path)
    header, *rows = book["Customers"].iter_rows()
    columns = {str(cell.value): cell.column - 1 for cell in header}
    row = next(row for row in rows if str(row[columns["Customer No"]].value) == key)
    row[columns[column]].value = value
    row[columns["Last changed"]].value = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    book.save(path)


def test_each_version_is_accounted_for(world: World) -> None:
    landed = count(world, "SELECT sum(new_count) FROM landing_page")
    states = Counter(dict(world.store.rows("SELECT state, count(*) FROM version_state GROUP BY 1")))

    assert landed == sum(states.values()) > 100
    assert set(states) <= {*SETTLED, "waiting"}
    assert states["applied"] > 100
    assert violations(world) == []


def test_the_numbers_of_a_run_add_up(world: World) -> None:
    for run_id, counts in world.store.rows(
        "SELECT run_id, jsonb_object_agg(step || '.' || measure, value)"
        " FROM run_count GROUP BY run_id"
    ):
        settled = sum(value for name, value in counts.items() if name.startswith("versions."))
        taken_up = counts.get("extract.landed", 0) + counts.get("open.carried_over", 0)
        assert settled == taken_up, run_id


def test_the_ledger_of_the_outside_agrees_with_what_we_say_we_did(world: World) -> None:
    done = dict(
        world.store.rows(
            "SELECT kind, count(*)::integer FROM effect WHERE state = 'done' GROUP BY kind"
        )
    )
    pushes, mails, orders = quiet(world)

    assert (done["push"], done["email"], done["credit_order"]) == (pushes, mails, orders)
    assert min(pushes, mails, orders) > 0


def test_each_creation_mail_and_order_was_done_once(world: World) -> None:
    created = [
        entry["reference"]
        for entry in world.sandbox.ledger("pushes", client=CLIENT)
        if entry["method"] == "POST"
    ]
    ordered = [entry["company_id"] for entry in world.sandbox.ledger("orders", client=CLIENT)]
    mailed = [
        entry["custom_args"][REFERENCE_ARGUMENT]
        for entry in world.sandbox.ledger("mails", client=CLIENT)
    ]

    assert len(created) == len(set(created)) > 0
    assert len(ordered) == len(set(ordered))
    assert len(mailed) == len(set(mailed))


def test_a_later_sync_of_unchanged_systems_does_nothing_outside(world: World) -> None:
    world.sync()  # reads back what the first one wrote
    before = quiet(world)

    world.sync()

    assert quiet(world) == before
    assert violations(world) == []


def test_a_change_in_one_system_arrives_in_the_other(world: World) -> None:
    """The shop is trusted for phones: what its sheet says goes to the ERP."""
    world.sync()
    ((shop_key, erp_key),) = world.store.rows(
        "SELECT shop.source_key, erp.source_key"
        " FROM source_record AS shop"
        " JOIN link AS one ON one.record_id = shop.record_id AND one.ended_at IS NULL"
        " JOIN link AS other ON other.customer_id = one.customer_id AND other.ended_at IS NULL"
        " JOIN source_record AS erp ON erp.record_id = other.record_id AND erp.system = 'erp'"
        " WHERE shop.system = 'shop' AND (SELECT count(*) FROM link AS linked"
        "   WHERE linked.customer_id = one.customer_id AND linked.ended_at IS NULL) = 2"
        " ORDER BY 1 LIMIT 1"
    )
    change_in_shop(world, shop_key, "Telephone", "020 7946 0321")

    world.sync()

    erp = world.sandbox.system(CLIENT, "erp")
    assert erp.get(f"/customers/{erp_key}").json()["phone"].replace(" ", "")[-9:] == "079460321"
    assert violations(world) == []


def test_a_change_in_the_erp_is_taken_up_and_not_written_back_to_it(world: World) -> None:
    world.sync()
    before = quiet(world)[0]
    (erp_key, customer_id) = world.store.rows(
        "SELECT source_key, customer_id FROM source_record JOIN link USING (client_id, record_id)"
        " WHERE system = 'erp' AND ended_at IS NULL ORDER BY 1 LIMIT 1"
    )[0]
    world.sandbox.http.post(
        f"/control/{CLIENT}/erp/customers/{erp_key}", json={"payment_terms": "NET7"}
    ).raise_for_status()

    world.sync()

    newest = world.store.rows(
        "SELECT fields ->> 'payment_terms' FROM golden_version WHERE customer_id = %s"
        " ORDER BY version_no DESC LIMIT 1",
        customer_id,
    )
    assert newest == [("NET7",)]
    assert quiet(world)[0] == before
    assert violations(world) == []
