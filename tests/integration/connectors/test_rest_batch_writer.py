"""Writing many records in one request: each keeps its own guard, key and outcome."""

import dataclasses
from collections.abc import Iterator

import pytest

from contract.rest_systems import api_of, options_of
from mastersync.connectors.systems.rest_batch_writer import RestBatchWriter
from mastersync.errors import ConfigError
from mastersync.ports.systems import BatchRefusedError, Recovery, SourceRow, Write, WriteState
from mastersync.sandbox.rest.systems import SYSTEMS
from sandboxes import Sandbox

GUARDED = ("harbor_foods", "erp")
KEYED = ("northwind_industrial", "erp")
NAME = {GUARDED: "CUSTNAME", KEYED: "name"}


class Target:
    def __init__(self, sandbox: Sandbox, system: tuple[str, str], **given) -> None:
        self.sandbox = sandbox
        self.system = system
        self.there = SYSTEMS[system]
        self.api = api_of(sandbox.url, *system, **given)
        self.options = options_of(*system)
        self.writer = self.writer_with()

    def writer_with(self, **changes) -> RestBatchWriter:
        writing = self.options.writing
        batch = dataclasses.replace(writing.batch, **changes)
        return RestBatchWriter(self.api, self.options.reading, writing, batch)

    def new(self, reference: str, name: str = "NEW LTD") -> Write:
        return Write(
            key=None,
            reference=reference,
            idempotency_key=f"k-{reference}",
            values={NAME[self.system]: name},
        )

    def update(self, row: SourceRow, name: str) -> Write:
        return Write(
            key=row.key,
            reference="",
            idempotency_key=f"u-{row.key}-{name}",
            values={NAME[self.system]: name},
            guard=row.guard,
        )

    def created(self, *references: str) -> list[SourceRow]:
        writes = [self.new(reference) for reference in references]
        assert {outcome.state for outcome in self.writer.write(writes)} == {WriteState.DONE}
        return [finding.row for finding in self.writer.find_each(writes)]

    def fault(self, kind: str, **more) -> None:
        self.sandbox.order_faults({"path": f"{self.there.path}/$batch", "kind": kind, **more})

    def pushes(self, reference: str) -> list[dict]:
        entries = self.sandbox.ledger("pushes", client=self.system[0], system=self.system[1])
        return [entry for entry in entries if (entry["reference"] or "").startswith(reference)]

    def clerk_renames(self, key: str, name: str) -> None:
        path = f"/control/{'/'.join(self.system)}/customers/{key}"
        self.sandbox.http.post(path, json={NAME[self.system]: name}).raise_for_status()

    def requests(self) -> int:
        return self.sandbox.http.get("/control/faults").json()[0]["matched"]


@pytest.fixture(params=[GUARDED, KEYED], ids="/".join)
def target(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Target]:
    target = Target(sandbox, request.param)
    yield target
    target.api.close()


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> str:
    return f"ref-{request.node.name}"[:100]


def states(outcomes) -> list[WriteState]:
    return [outcome.state for outcome in outcomes]


def test_many_records_are_made_in_one_request_and_each_is_found(
    target: Target, reference: str
) -> None:
    target.fault("latency", ms=0)
    writes = [target.new(f"{reference}-{number}", f"N{number}") for number in range(60)]

    outcomes = target.writer.write(writes)

    assert target.requests() == 1
    assert states(outcomes) == [WriteState.DONE] * 60
    # The answers come in another order; each outcome is its own record's all the same.
    found = target.writer.find_each(writes)
    assert [finding.row.key for finding in found] == [outcome.key for outcome in outcomes]
    assert [finding.row.guard for finding in found] == [outcome.guard for outcome in outcomes]
    names = [finding.row.payload[NAME[target.system]] for finding in found]
    assert names == [f"N{number}" for number in range(60)]


def test_each_record_has_an_outcome_of_its_own(target: Target, reference: str) -> None:
    theirs, gone, ours = target.created(*(f"{reference}-{name}" for name in "abc"))
    target.clerk_renames(theirs.key, "THEIRS LTD")
    too_long = "N" * 81

    outcomes = target.writer.write(
        [
            target.update(theirs, "OURS LTD"),
            dataclasses.replace(target.update(gone, "X LTD"), key="no/such?id"),
            target.new(f"{reference}-d", too_long),
            target.update(ours, "BETTER LTD"),
            dataclasses.replace(target.new(f"{reference}-a"), idempotency_key="another try"),
        ]
    )

    done, conflict, refused = WriteState.DONE, WriteState.CONFLICT, WriteState.REFUSED
    assert states(outcomes) == [conflict, refused, refused, done, done]
    assert f"{NAME[target.system]} (too_long)" in outcomes[2].problem
    assert outcomes[4].key == theirs.key, "made once, under our reference"
    assert len(target.pushes(reference)) == 4


def test_a_change_between_the_look_and_the_batch_is_not_overwritten(
    sandbox: Sandbox, reference: str
) -> None:
    target = Target(sandbox, GUARDED)
    (row,) = target.created(reference)
    options = dataclasses.replace(target.options.writing, compare_before_write=False)
    writer = RestBatchWriter(target.api, target.options.reading, options, options.batch)
    write = dataclasses.replace(target.update(row, "X LTD"), guard='"1-stale"')

    (outcome,) = writer.write([write])
    target.api.close()

    assert outcome.state is WriteState.CONFLICT


@pytest.mark.parametrize("kind", ["error_before", "error_after", "cut_after", "cut_mid_body"])
def test_a_batch_whose_answer_was_lost_is_unknown_row_by_row(
    target: Target, reference: str, kind: str
) -> None:
    target.fault(kind, times=1)
    writes = [target.new(f"{reference}-{number}") for number in range(5)]

    outcomes = target.writer.write(writes)

    assert states(outcomes) == [WriteState.UNKNOWN] * 5
    there = [finding.row is not None for finding in target.writer.find_each(writes)]
    assert there == [kind != "error_before"] * 5
    assert len(target.pushes(reference)) == sum(there)


def test_where_our_key_is_taken_a_batch_may_be_sent_again(sandbox: Sandbox, reference: str) -> None:
    target = Target(sandbox, KEYED)
    target.fault("cut_after", times=1)
    writes = [target.new(f"{reference}-{number}") for number in range(5)]

    first, second = target.writer.write(writes), target.writer.write(writes)
    target.api.close()

    assert target.writer.recovery is Recovery.KEY
    assert (states(first), states(second)) == ([WriteState.UNKNOWN] * 5, [WriteState.DONE] * 5)
    assert len(target.pushes(reference)) == 5


def test_a_batch_that_breaks_off_halfway_is_unknown_and_tells_what_is_there_when_asked(
    sandbox: Sandbox, reference: str
) -> None:
    target = Target(sandbox, GUARDED)
    names = ["ONE LTD", "TWO\x1a LTD", "THREE LTD"]
    writes = [target.new(f"{reference}-{n}", name) for n, name in enumerate(names)]

    outcomes = target.writer.write(writes)

    assert states(outcomes) == [WriteState.UNKNOWN] * 3
    there = [finding.row is not None for finding in target.writer.find_each(writes)]
    target.api.close()
    assert there == [True, False, False]


def test_a_batch_refused_for_one_of_its_records_is_refused_as_a_whole(
    target: Target, reference: str
) -> None:
    poison = target.new(f"{reference}-poison", "N" * 5_000)
    good = target.new(f"{reference}-good")

    with pytest.raises(BatchRefusedError):
        target.writer.write([good, poison])

    assert target.pushes(reference) == []
    assert states(target.writer.write([poison])) == [WriteState.REFUSED]
    assert states(target.writer.write([good])) == [WriteState.DONE]


def test_a_batch_that_is_too_large_is_refused_as_a_whole(target: Target, reference: str) -> None:
    many = target.there.batch_size + 1

    with pytest.raises(BatchRefusedError):
        target.writer.write([target.new(f"{reference}-{number}") for number in range(many)])

    assert target.pushes(reference) == []


def test_a_busy_system_took_nothing_of_the_batch(target: Target, reference: str) -> None:
    target.fault("rate_limit", retry_after=7)

    outcomes = target.writer.write([target.new(f"{reference}-{number}") for number in range(5)])

    assert states(outcomes) == [WriteState.RETRY] * 5
    assert {outcome.retry_after for outcome in outcomes} == {7}


def test_a_look_that_fails_leaves_the_records_as_they_are(target: Target, reference: str) -> None:
    rows = target.created(f"{reference}-a", f"{reference}-b")
    target.fault("cut_before", times=1)

    outcomes = target.writer.write([target.update(row, "BETTER LTD") for row in rows])

    assert states(outcomes) == [WriteState.RETRY] * 2
    assert len(target.pushes(reference)) == 2


@pytest.mark.parametrize(
    ("token", "changes"), [("stolen-token", {}), ("", {"path": "/no-such-address"})]
)
def test_a_wrong_login_or_address_is_for_a_person_to_mend(
    sandbox: Sandbox, reference: str, token: str, changes: dict[str, str]
) -> None:
    target = Target(sandbox, GUARDED, token=token)

    with pytest.raises(ConfigError) as refused:
        target.writer_with(**changes).write([target.new(reference)])
    target.api.close()

    assert "stolen-token" not in str(refused.value)
    assert target.pushes(reference) == []


def test_an_answer_that_leaves_a_record_out_or_names_it_twice_is_not_believed(
    target: Target, reference: str
) -> None:
    target.fault("short_page", times=1)
    writes = [target.new(f"{reference}-{number}") for number in range(4)]

    outcomes = target.writer.write(writes)

    # The answers come last first, and the second half of them is missing.
    assert states(outcomes) == [WriteState.UNKNOWN] * 2 + [WriteState.DONE] * 2
    assert all(finding.row is not None for finding in target.writer.find_each(writes))


def test_a_system_without_batches_says_so(sandbox: Sandbox) -> None:
    with sandbox.system("bright_bakery", "erp") as http:
        assert http.post("/$batch", json={"requests": []}).status_code == 404


def test_a_batch_that_is_not_told_to_go_on_ends_at_the_first_failure(sandbox: Sandbox) -> None:
    missing = {"method": "GET", "url": "/customers/no-such"}
    with sandbox.system(*GUARDED) as http:
        requests = [{"id": "1", **missing}, {"id": "2", **missing}]
        answer = http.post("/$batch", json={"requests": requests}).json()

    assert [part["id"] for part in answer["responses"]] == ["1"]
