from collections import Counter, defaultdict

import pytest

from mastersync.sandbox.rest.documents import leaves
from mastersync.sandbox.rest.systems import SYSTEMS
from mastersync.sandbox.seed.companies import companies
from mastersync.sandbox.seed.planting import RECORDS

CLIENTS = sorted(RECORDS)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_is_seeded_the_same_every_time(client) -> None:
    assert RECORDS[client]() == RECORDS[client]()


@pytest.mark.parametrize(
    ("client", "sizes"),
    [
        ("harbor_foods", {"crm": 541, "erp": 331}),
        ("northwind_industrial", {"crm": 1070, "erp": 440}),
        ("bright_bakery", {"shop": 86, "erp": 46}),
        ("lumen_lending", {"crm": 509, "branch_list": 506}),
    ],
)
def test_every_system_has_its_size(client, sizes) -> None:
    counted = Counter(record.system for record in RECORDS[client]())
    assert set(counted) == set(sizes)
    for system, size in sizes.items():
        assert abs(counted[system] - size) <= 15


@pytest.mark.parametrize("client", CLIENTS)
def test_ids_are_unique_in_a_system_and_customers_are_in_several(client) -> None:
    records = RECORDS[client]()
    keys = [(record.system, record.id) for record in records]
    assert len(keys) == len(set(keys))
    systems = defaultdict(set)
    for record in records:
        systems[record.cluster].add(record.system)
    assert sum(len(found) > 1 for found in systems.values()) >= 10


@pytest.mark.parametrize("client", CLIENTS)
def test_mail_addresses_are_reserved_ones(client) -> None:
    values = [
        str(value)
        for record in RECORDS[client]()
        for _, value in leaves(record.body)
        if "@" in str(value)
    ]
    assert len(values) > 40
    assert not [value for value in values if not value.lower().endswith(".example")]


@pytest.mark.parametrize("client", CLIENTS)
def test_records_have_only_the_fields_of_their_system(client) -> None:
    for record in RECORDS[client]():
        if system := SYSTEMS.get((client, record.system)):
            assert {path for path, _ in leaves(record.body)} <= set(system.fields)


def test_two_clients_share_no_customer() -> None:
    northwind = {record.cluster for record in RECORDS["northwind_industrial"]()}
    bright = {record.cluster for record in RECORDS["bright_bakery"]()}
    assert {c for c in northwind & bright if not c.startswith("BAD-")} == set()


def test_the_agency_knows_most_companies_and_not_all_are_rated() -> None:
    found = companies()
    assert len({company.id for company in found}) == len(found)
    kinds = Counter(company.kind for company in found)
    assert set(kinds) == {"rated", "not_rated", "incomplete", "no_limit"}
    assert kinds["rated"] > 0.7 * len(found)
    customers = {r.cluster for c in ("harbor_foods", "northwind_industrial") for r in RECORDS[c]()}
    assert len(found) < len(customers)
