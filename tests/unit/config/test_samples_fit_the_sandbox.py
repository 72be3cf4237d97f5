from pathlib import Path

import pytest

from mastersync.config.clients import load_client
from mastersync.config.schedules import list_clients
from mastersync.config.systems import ContractsSystem, FilesSystem, RestSystem
from mastersync.connectors.systems.rest_options import GuardHeader, PageStyle
from mastersync.sandbox.connections import airflow_connections
from mastersync.sandbox.rest.systems import SYSTEMS
from mastersync.sandbox.seed import bright_bakery, lumen_lending
from mastersync.sandbox.seed.contracts import contract_terms
from mastersync.sandbox.seed.harbor_foods import with_contract
from mastersync.wiring.systems import contract_options, file_options, http_options, rest_options

CLIENTS = {
    name: load_client(Path(__file__).resolve().parents[3] / "include" / "clients" / name)
    for name in list_clients(Path(__file__).resolve().parents[3] / "include" / "clients")
}
REST = [
    (client, name)
    for client, config in CLIENTS.items()
    for name, system in config.systems.items()
    if isinstance(system, RestSystem)
]


def test_every_rest_system_of_the_sandbox_is_configured():
    assert set(REST) == set(SYSTEMS)


@pytest.mark.parametrize(("client", "name"), REST)
def test_a_rest_system_is_spoken_to_as_it_answers(client, name):
    system, there = CLIENTS[client].systems[name], SYSTEMS[client, name]
    assert isinstance(system, RestSystem)
    options = rest_options(system)
    reading, paging = options.reading, options.reading.paging

    assert paging.style is PageStyle(there.page_style.value)
    if paging.style is not PageStyle.LINK:
        assert paging.position_parameter == there.position_parameter
    assert paging.size_parameter == there.size_parameter
    assert paging.size <= 200
    assert reading.since_parameter == there.since_parameter
    assert reading.modified_path == reading.guard_path == there.time_field
    assert reading.id_path == there.id_field
    assert bool(reading.deleted_path) == there.tells_deletions
    assert set(system.fields.values()) <= set(there.fields)
    assert http_options(system).auth == ("header" if there.api_key_header else "bearer")


@pytest.mark.parametrize(("client", "name"), REST)
def test_a_rest_system_is_written_as_it_takes_it(client, name):
    system, there = CLIENTS[client].systems[name], SYSTEMS[client, name]
    assert isinstance(system, RestSystem)
    assert system.write is not None
    writing = rest_options(system).writing
    assert writing is not None

    assert set(system.write.fields) <= set(there.fields)
    assert writing.update_verb == there.update_method
    assert (writing.one_path, writing.update_path) == ("/customers/{id}", "/customers/{id}")
    assert writing.create_path == ("/customers" if system.write.create else "")
    if there.guard:
        assert writing.guard_header.value == there.guard.value
    else:
        assert writing.guard_header is GuardHeader.NONE
    assert bool(writing.idempotency_header) == there.takes_idempotency_key
    if system.write.create:
        assert writing.reference_field == there.reference_field
    terms = {
        CLIENTS[client].code_tables[field.code_table][code]
        for field in system.write.fields.values()
        if field.code_table
        for code in CLIENTS[client].code_tables[field.code_table]
    }
    assert terms <= there.payment_terms


def test_every_connection_that_a_sample_names_is_there():
    there = airflow_connections("http://127.0.0.1:1").keys()
    named = {system.connection for c in CLIENTS.values() for system in c.systems.values()}
    named |= {c.credit.connection for c in CLIENTS.values() if c.credit}
    named |= {c.confirmation.connection for c in CLIENTS.values() if c.confirmation}

    assert named <= there


def test_the_columns_of_files_are_there(tmp_path):
    lumen_lending.write_files(tmp_path)
    listed: set[str] = set()
    for name, system in CLIENTS["lumen_lending"].systems.items():
        if isinstance(system, FilesSystem):
            options = file_options(system)
            files = list(tmp_path.glob(options.glob))
            assert files, name
            listed |= {file.name for file in files}
            for file in files:
                header = file.read_text(encoding=options.encoding.value).splitlines()[0].split(",")
                wanted = {*system.fields.values(), *options.key_columns, options.modified_column}
                assert wanted <= set(header)
    assert listed == {file.name for file in tmp_path.iterdir()}

    shop = CLIENTS["bright_bakery"].systems["shop"]
    assert isinstance(shop, FilesSystem)
    assert set(shop.fields.values()) <= set(bright_bakery.HEADER)


def test_the_labels_of_contracts_are_there():
    contracts = CLIENTS["harbor_foods"].systems["contracts"]
    assert isinstance(contracts, ContractsSystem)
    options = contract_options(contracts)
    codes = CLIENTS["harbor_foods"].code_tables["terms_to_ours"]

    for customer in with_contract():
        terms = contract_terms(customer)
        assert set(options.labels) == set(terms)
        assert terms["Payment terms"] in codes
