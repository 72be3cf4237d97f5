"""Measure a client's rules on many customers: credit policy, SLA clocks, transformations.

    python benchmarks/rules.py [--customers 100000]

The rules are those of a client's file, loaded as a sync loads them: a credit policy with its law
and ledger, promises in working hours with pauses, and the mapping of an ERP with code tables,
conditions and arithmetic. The customers are made up; nothing is read or written, so that what is
told is the rules' own work, on one core. Prints CPU seconds, customers a CPU second and share of
each; and how much less CPU reading all clocks at once, and projecting chunk by chunk, takes than
doing it one by one: the two take turns on the same customers, and the ratio is of their medians.
"""

import argparse
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import process_time

from mastersync.config.clients import load_client
from mastersync.config.rules import client_rules
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.assessment import KnownCustomer, assess
from mastersync.domain.credit.internal import InternalStanding
from mastersync.domain.credit.model import LastReport
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.columns import CaseColumns, columns_of
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.model import Case, Cause, Event, EventKind, Milestone, Request
from mastersync.domain.targets.transform import project

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
CHUNK = 500  # customers that a plan takes at once
ROUNDS = 5
COMPARED = 10_000  # customers that are also done one by one
CLIENT_FILE = """
client_id: bench
name: Bench
schedule: 0 6 * * *
time_zone: Europe/Berlin
default_country: DE
party_type: company
retention_days: 365
systems:
  erp:
    kind: rest
    connection: bench__erp
    read:
      list_path: /customers
      paging: { style: page, position_parameter: page }
    fields: { name: NAME }
    write:
      update: true
      fields:
        NAME: { field: name, case: upper, max_length: 40 }
        STREET: { field: street, case: upper, max_length: 40 }
        CITY: { field: city, case: upper }
        ZIP: postcode
        LAND: { field: country, code_table: iso_country_alpha3 }
        TEL: phone
        MAIL: email
        TAX: tax_id
        REG: registration_number
        TERMS:
          field: payment_terms
          code_table: terms
          rules:
            - { when: 'segment == "KEY" and country in ["DE", "AT"]', constant: Z60 }
            - { when: credit_limit >= 50000, constant: Z30 }
        LIMIT: { field: credit_limit, as_number: true }
        WARN_AT: { expression: (credit_limit * 0.8) | round(0), as_number: true }
        CLASS: { expression: '"A" if credit_limit >= 20000 else "B"' }
        SALUTE: { expression: '"Firma " ~ name | left(30)' }
code_tables:
  terms: { NET7: Z07, NET14: Z14, NET30: Z30, NET60: Z60, COD: ZNN }
survivorship: { trust: [erp] }
credit:
  connection: bench__creditsafe
  countries: [DE, FR, GB]
  minimum_requested_limit: 10000
  price: 4.50
  currency: EUR
  budget_per_run: 450
  budget_per_month: 1500
  purpose: Trade credit
  authority: Agreement 2026
sla:
  calendars:
    office:
      zone: Europe/Berlin
      hours: { mon-thu: "08:00-17:30", fri: "08:00-15:00" }
      holidays: DE-BY
      cut_off: "15:00"
  clauses:
    - { clause: "1", request: new_customer, from: seen, until: pushed, within: 8 working hours,
        calendar: office, target: 95%, pauses: [agency, client] }
    - { clause: "1", request: new_customer, segment: KEY, from: seen, until: pushed,
        within: 4 working hours, calendar: office, target: 95%, pauses: [agency, client] }
    - { clause: "2", request: change, from: seen, until: pushed, within: 2 working days,
        calendar: office, target: 95%, pauses: [client] }
    - { clause: "3", from: pushed, until: verified, within: 2 days, target: 99% }
guards: { max_updates: 1000000, max_creates: 0, max_mails: 0 }
people:
  line_manager: { name: Nobody, email: nobody@bench.example }
  account_manager: { name: Nobody, email: nobody@bench.example }
"""


@dataclass(frozen=True)
class Population:
    """The same customers, as each kind of rule takes them."""

    goldens: Sequence[Mapping[str, str]]
    known: Sequence[KnownCustomer]
    cases: Sequence[Case]


def main() -> None:
    """Load the rules, make the customers, measure, print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--customers", type=int, default=100_000)
    options = parser.parse_args()
    rules = load_rules()
    people = made_population(options.customers)
    columns = columns_of(people.cases, now=NOW)  # as the store gives them
    spent = {
        "credit policy": cpu(lambda: assess_all(rules, people.known)),
        "SLA clocks": cpu(lambda: _clocks(rules, columns)),
        "transformations": cpu(lambda: project_chunks(rules, people.goldens)),
    }
    show(spent, customers=options.customers)
    compare(rules, people)


def load_rules() -> ClientRules:
    with tempfile.TemporaryDirectory(prefix="mastersync-bench-") as home:
        folder = Path(home) / "bench"
        folder.mkdir()
        (folder / "client.yaml").write_text(CLIENT_FILE, encoding="utf-8")
        return client_rules(load_client(folder))


def assess_all(rules: ClientRules, known: Sequence[KnownCustomer]) -> None:
    policy = rules.credit
    if policy is not None:
        for customer in known:
            assess(customer, policy, now=NOW)


def project_chunks(rules: ClientRules, goldens: Sequence[Mapping[str, str]]) -> None:
    projector = rules.projectors["erp"]
    for start in range(0, len(goldens), CHUNK):
        projector.project_all(goldens[start : start + CHUNK])


def compare(rules: ClientRules, people: Population) -> None:
    """Print the CPU of one by one beside that of all at once, on the same customers."""
    goldens, cases = people.goldens[:COMPARED], people.cases[:COMPARED]
    columns = columns_of(cases, now=NOW)
    print(f"\n{len(goldens):,} customers, median CPU seconds of {ROUNDS} rounds, in turns")
    print(f"{'':18}{'one by one':>12}{'at once':>12}{'ratio':>9}")
    for name, scalar, vectorised in (
        ("SLA clocks", lambda: _clocks_singly(rules, cases), lambda: _clocks(rules, columns)),
        (
            "transformations",
            lambda: _projected_singly(rules, goldens),
            lambda: project_chunks(rules, goldens),
        ),
    ):
        rounds = [(cpu(scalar), cpu(vectorised)) for _ in range(ROUNDS)]
        one, many = (median(times) for times in zip(*rounds, strict=True))
        print(f"{name:18}{one:12.3f}{many:12.3f}{one / many:8.1f}x")


def _clocks(rules: ClientRules, columns: CaseColumns) -> None:
    if rules.sla is not None:
        read_clocks(columns, rules.sla, now=NOW)


def _clocks_singly(rules: ClientRules, cases: Sequence[Case]) -> None:
    if rules.sla is not None:
        for case in cases:
            read_case(case, rules.sla, now=NOW)


def _projected_singly(rules: ClientRules, goldens: Sequence[Mapping[str, str]]) -> None:
    for golden in goldens:
        project(golden, rules.targets["erp"], rules.tables)


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that it takes."""
    before = process_time()
    work()
    return process_time() - before


def show(spent: Mapping[str, float], *, customers: int) -> None:
    total = sum(spent.values())
    print(f"{customers:,} customers\n{'':18}{'CPU s':>9}{'customers a CPU s':>20}{'share':>8}")
    for name, seconds in (*spent.items(), ("all", total)):
        each = customers / seconds
        print(f"{name:18}{seconds:9.2f}{each:20,.0f}{seconds / total:8.0%}")


def made_population(count: int) -> Population:
    """Return customers that are like those of a mid-sized wholesaler; always the same."""
    rng = random.Random(20261122)
    goldens = [made_golden(rng, number) for number in range(count)]
    return Population(
        goldens=goldens,
        known=[made_known(rng, number, golden) for number, golden in enumerate(goldens)],
        cases=[made_case(rng, number, golden) for number, golden in enumerate(goldens)],
    )


def made_golden(rng: random.Random, number: int) -> dict[str, str]:
    return {
        "party_type": "company",
        "name": f"Handelshaus {number} {rng.choice(('Nord', 'Süd', 'West'))} GmbH",
        "street": f"Hauptstraße {rng.randrange(1, 400)}",
        "city": rng.choice(("München", "Bonn", "Lyon", "Leeds", "Graz")),
        "postcode": f"{rng.randrange(10_000, 99_999)}",
        "country": rng.choice(("DE", "DE", "DE", "FR", "GB", "AT")),
        "phone": f"+4989{rng.randrange(1_000_000, 9_999_999)}",
        "email": f"buero{number}@handel.example",
        "tax_id": f"DE{number:09}",
        "registration_number": f"HRB{number}",
        "segment": rng.choice(("KEY", "A", "B", "C")),
        "payment_terms": rng.choice(("NET7", "NET14", "NET30", "NET60", "COD")),
        "credit_limit": str(rng.randrange(1, 90) * 1_000),
        "credit_currency": "EUR",
    }


def made_known(rng: random.Random, number: int, golden: Mapping[str, str]) -> KnownCustomer:
    ordered_at = NOW - timedelta(days=rng.randrange(500))
    report = LastReport(
        report_id=number, ordered_at=ordered_at, valid_until=ordered_at + timedelta(days=365)
    )
    standing = InternalStanding(
        currency="EUR", exposure=Decimal(rng.randrange(90_000)), overdue=Decimal(0)
    )
    return KnownCustomer(
        fields=golden,
        last=report if rng.random() < 0.7 else None,
        standing=standing if rng.random() < 0.5 else None,
        is_new=rng.random() < 0.1,
    )


def made_case(rng: random.Random, number: int, golden: Mapping[str, str]) -> Case:
    seen = NOW - timedelta(minutes=rng.randrange(1, 60 * 24 * 30))
    pushed = seen + timedelta(minutes=rng.randrange(5, 60 * 24 * 4))
    reached = {Milestone.CHANGED: seen - timedelta(minutes=9), Milestone.SEEN: seen}
    if pushed < NOW:
        reached |= {Milestone.PUSHED: pushed, Milestone.VERIFIED: pushed + timedelta(hours=1)}
    events = [
        Event(kind=EventKind.REACHED, at=at, milestone=milestone)
        for milestone, at in reached.items()
    ]
    if rng.random() < 0.2:
        cause = rng.choice((Cause.AGENCY, Cause.CLIENT))
        events += [
            Event(kind=kind, at=seen + timedelta(minutes=minutes), cause=cause, evidence="order")
            for kind, minutes in ((EventKind.PAUSED, 3), (EventKind.RESUMED, 300))
        ]
    return Case(
        case_id=f"version:{number}",
        request=rng.choice((Request.NEW_CUSTOMER, Request.CHANGE, Request.CHANGE)),
        segment=golden["segment"],
        events=tuple(events),
    )


if __name__ == "__main__":
    main()
