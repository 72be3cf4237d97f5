"""Writing to systems: every row has its own outcome, and nothing is written twice or over."""

import dataclasses
from collections.abc import Iterator

import pytest

from contract.rest_systems import api_of, options_of
from mastersync.connectors.systems.rest_writer import RestWriter
from mastersync.errors import ConfigError, PermanentError
from mastersync.ports.systems import Recovery, SourceRow, Write, WriteState
from mastersync.sandbox.rest.systems import SYSTEMS
from sandboxes import Sandbox

CRM = ("harbor_foods", "crm")  # PATCH, If-Match
OFFSET_CRM = ("northwind_industrial", "crm")  # PUT, If-Unmodified-Since
KEYED_ERP = ("northwind_industrial", "erp")  # takes our idempotency key
UNGUARDED = ("lumen_lending", "crm")
NAME = {
    CRM: "company.name",
    OFFSET_CRM: "name",
    KEYED_ERP: "name",
    UNGUARDED: "surname",
}


class Target:
    def __init__(self, sandbox: Sandbox, system: tuple[str, str], **given) -> None:
        self.sandbox = sandbox
        self.system = system
        self.api = api_of(sandbox.url, *system, **given)
        options = options_of(*system)
        self.writer = RestWriter(self.api, options.reading, options.writing)

    def new(self, reference: str, name: str = "New Ltd") -> Write:
        return Write(
            key=None, reference=reference, idempotency_key=f"k-{reference}", values=self.named(name)
        )

    def named(self, name: str) -> dict[str, object]:
        return {NAME[self.system]: name}

    def created(self, reference: str) -> SourceRow:
        write = self.new(reference)
        assert self.writer.write([write])[0].state is WriteState.DONE
        row = self.writer.find(write)
        assert row is not None
        return row

    def fault(self, kind: str, **more) -> None:
        path = f"{SYSTEMS[self.system].path}/customers"
        self.sandbox.order_faults({"path": path, "kind": kind, **more})

    def pushes(self, reference: str) -> list[dict]:
        entries = self.sandbox.ledger("pushes", client=self.system[0], system=self.system[1])
        return [entry for entry in entries if entry["reference"] == reference]

    def clerk_renames(self, key: str, name: str) -> None:
        *parents, last = NAME[self.system].split(".")
        document = {last: name}
        for parent in parents:
            document = {parent: document}
        path = f"/control/{'/'.join(self.system)}/customers/{key}"
        self.sandbox.http.post(path, json=document).raise_for_status()


@pytest.fixture(params=[CRM, OFFSET_CRM, KEYED_ERP, UNGUARDED], ids="/".join)
def target(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Target]:
    target = Target(sandbox, request.param)
    yield target
    target.api.close()


@pytest.fixture
def crm(sandbox: Sandbox) -> Iterator[Target]:
    target = Target(sandbox, CRM)
    yield target
    target.api.close()


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> str:
    return f"ref-{request.node.name}"[:120]


def test_a_new_record_is_made_under_our_reference_and_found_by_it(
    target: Target, reference: str
) -> None:
    (outcome,) = target.writer.write([target.new(reference)])
    found = target.writer.find(target.new(reference))

    assert outcome.state is WriteState.DONE
    assert found is not None
    assert found.key == outcome.key
    assert found.guard == outcome.guard


def test_making_it_again_finds_the_first_one(target: Target, reference: str) -> None:
    first, second = target.writer.write([target.new(reference), target.new(reference)])

    assert (second.state, second.key) == (WriteState.DONE, first.key)
    assert len(target.pushes(reference)) == 1


def test_a_record_is_changed_when_it_is_as_we_read_it(target: Target, reference: str) -> None:
    row = target.created(reference)
    write = Write(
        key=row.key,
        reference=reference,
        idempotency_key=f"u-{reference}",
        values=target.named("Better Ltd"),
        guard=row.guard,
    )

    (outcome,) = target.writer.write([write])
    now = target.writer.find(write)

    assert outcome.state is WriteState.DONE
    assert now is not None
    assert outcome.guard == now.guard != row.guard


def test_a_record_that_somebody_changed_is_left_alone(target: Target, reference: str) -> None:
    row = target.created(reference)
    target.clerk_renames(row.key, "Theirs Ltd")
    write = Write(
        key=row.key,
        reference=reference,
        idempotency_key=f"u-{reference}",
        values=target.named("Ours Ltd"),
        guard=row.guard,
    )

    (outcome,) = target.writer.write([write])

    assert outcome.state is WriteState.CONFLICT
    assert len(target.pushes(reference)) == 1  # its creation


def test_a_change_between_our_look_and_our_write_is_not_overwritten(
    sandbox: Sandbox, reference: str
) -> None:
    target = Target(sandbox, CRM)
    row = target.created(reference)
    options = options_of(*CRM)
    writing = dataclasses.replace(options.writing, compare_before_write=False)
    stale = '"1-stale"'

    (outcome,) = RestWriter(target.api, options.reading, writing).write(
        [
            Write(
                key=row.key, reference="", idempotency_key="", values=target.named("X"), guard=stale
            )
        ]
    )
    target.api.close()

    assert outcome.state is WriteState.CONFLICT


def test_refused_fields_are_named_without_their_values(crm: Target, reference: str) -> None:
    write = dataclasses.replace(
        crm.new(reference, name="N" * 81), values={"company.name": "N" * 81, "segment": "gold"}
    )

    outcome, after = crm.writer.write([write, crm.new(f"{reference}-2")])

    assert outcome.state is WriteState.REFUSED
    assert "company.name (too_long)" in outcome.problem
    assert "NNN" not in outcome.problem
    assert after.state is WriteState.DONE  # one bad record does not stop the batch


def test_two_records_refused_for_one_cause_are_refused_in_the_same_words(
    crm: Target, reference: str
) -> None:
    rows = [crm.created(f"{reference}-{number}") for number in (1, 2)]
    writes = [
        Write(
            key=row.key,
            reference="",
            idempotency_key=f"u-{row.key}",
            values=crm.named("N" * 2_000),
            guard=row.guard,
        )
        for row in rows
    ]

    outcomes = crm.writer.write(writes)

    assert [outcome.state for outcome in outcomes] == [WriteState.REFUSED] * 2
    assert len({outcome.problem for outcome in outcomes}) == 1


def test_a_record_that_is_gone_is_refused(target: Target, reference: str) -> None:
    write = Write(
        key="no/such?id", reference=reference, idempotency_key="g", values=target.named("A")
    )

    (outcome,) = target.writer.write([write])

    assert outcome.state is WriteState.REFUSED
    assert target.writer.find(write) is None


@pytest.mark.parametrize("kind", ["error_before", "error_after", "cut_after", "cut_mid_body"])
def test_an_answer_that_was_lost_leaves_the_outcome_unknown_and_is_not_sent_again(
    target: Target, reference: str, kind: str
) -> None:
    target.fault(kind, method="POST", times=1)

    (outcome,) = target.writer.write([target.new(reference)])

    assert outcome.state is WriteState.UNKNOWN
    assert outcome.problem
    assert len(target.pushes(reference)) == (0 if kind == "error_before" else 1)


def test_an_unknown_outcome_is_settled_by_asking(target: Target, reference: str) -> None:
    target.fault("cut_after", method="POST", times=1)
    write = target.new(reference)

    assert target.writer.write([write])[0].state is WriteState.UNKNOWN

    assert target.writer.recovery in {Recovery.LOOKUP, Recovery.KEY}
    assert target.writer.find(write) is not None


def test_where_our_key_is_taken_sending_again_does_nothing_twice(
    sandbox: Sandbox, reference: str
) -> None:
    target = Target(sandbox, KEYED_ERP)
    target.fault("cut_after", method="POST", times=1)
    write = target.new(reference)

    first, second = target.writer.write([write])[0], target.writer.write([write])[0]
    target.api.close()

    assert target.writer.recovery is Recovery.KEY
    assert (first.state, second.state) == (WriteState.UNKNOWN, WriteState.DONE)
    assert len(target.pushes(reference)) == 1


def test_a_system_that_hangs_leaves_the_outcome_unknown(sandbox: Sandbox, reference: str) -> None:
    target = Target(sandbox, CRM, read_timeout=0.3)
    target.fault("hang", method="POST", times=1, ms=900)

    (outcome,) = target.writer.write([target.new(reference)])
    target.api.close()

    assert outcome.state is WriteState.UNKNOWN


def test_a_busy_system_gets_no_more_of_the_batch(crm: Target, reference: str) -> None:
    crm.fault("rate_limit", method="POST", retry_after=7)

    outcomes = crm.writer.write([crm.new(f"{reference}-{number}") for number in range(5)])

    assert {outcome.state for outcome in outcomes} == {WriteState.RETRY}
    assert {outcome.retry_after for outcome in outcomes} == {7}
    assert crm.sandbox.http.get("/control/faults").json()[0]["matched"] == 1


def test_a_system_that_is_away_surely_wrote_nothing(sandbox: Sandbox, reference: str) -> None:
    target = Target(dataclasses.replace(sandbox, url="http://127.0.0.1:9"), CRM)

    outcomes = target.writer.write([target.new(reference), target.new(f"{reference}-2")])
    target.api.close()

    assert [outcome.state for outcome in outcomes] == [WriteState.RETRY, WriteState.RETRY]


def test_wrong_credentials_are_for_a_person_to_mend(sandbox: Sandbox, reference: str) -> None:
    target = Target(sandbox, CRM, token="stolen-token")

    with pytest.raises(ConfigError) as refused:
        target.writer.write([target.new(reference)])
    target.api.close()

    assert "stolen-token" not in str(refused.value)
    assert target.pushes(reference) == []


def test_credentials_that_end_within_a_batch_do_not_lose_what_was_done(
    crm: Target, reference: str
) -> None:
    crm.fault("unauthorized", method="POST", skip=1)

    outcomes = crm.writer.write([crm.new(f"{reference}-{number}") for number in range(3)])

    assert [outcome.state for outcome in outcomes] == [
        WriteState.DONE,
        WriteState.RETRY,
        WriteState.RETRY,
    ]


def test_a_system_that_ignores_the_look_up_is_not_believed(crm: Target) -> None:
    options = options_of(*CRM)
    writing = dataclasses.replace(options.writing, reference_parameter="no_such_parameter")

    with pytest.raises(PermanentError):
        RestWriter(crm.api, options.reading, writing).find(crm.new("not-there"))
