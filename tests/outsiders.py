"""A small outside world: systems, an agency and a mail carrier that do as a test says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from mastersync.domain.credit.ledger import LedgerReading
from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject
from mastersync.domain.records.mapping import value_at
from mastersync.errors import MastersyncError, PermanentError, RetryableError, UnknownOutcomeError
from mastersync.ports.mail import Mail
from mastersync.ports.systems import (
    BatchRefusedError,
    Finding,
    Page,
    Recovery,
    RefusedRow,
    SourceRow,
    Write,
    WriteOutcome,
    WriteState,
)

PAGE_SIZE = 3


@dataclass
class Held:
    """A record as the system holds it; ``changed`` is when, by the system's own counter."""

    values: dict[str, object]
    changed: int
    changed_at: datetime
    deleted: bool = False
    reference: str | None = None

    @property
    def guard(self) -> str:
        return f"v{self.changed}"


class FakeSystem:
    """Implements `ports.systems.SystemReader` and `SystemWriter`, in pages of three.

    ``faults`` are taken one a write: ``refused``, ``retry``, ``lost`` (done, no answer) or
    ``lost_before`` (not done, no answer). A batch with a value of ``poison`` is refused as a
    whole, or, with ``poison_breaks``, breaks off there and is not answered.
    """

    patience = timedelta(seconds=20)

    def __init__(self, name: str, *, clock: Callable[[], datetime]) -> None:
        self.name = name
        self.recovery = Recovery.LOOKUP
        self.batch_size = 1
        self.poison: frozenset[str] = frozenset()
        self.poison_breaks = False
        self.batches: list[int] = []
        self.sends_all = False  # each read is a complete list, without tombstones
        self.held: dict[str, Held] = {}
        self.refused: list[RefusedRow] = []
        self.faults: list[str] = []
        self.writes: list[Write] = []
        self.finds = 0
        self.lookups: list[int] = []  # the size of each request for many
        self.lookup_problem = ""
        self.taken_keys: dict[str, str] = {}
        self._clock = clock
        self._counter = 0

    def put(self, key: str, **values: object) -> None:
        """Create or change a record, as people in the client's house do."""
        before = self.held[key].values if key in self.held else {}
        self._keep(key, {**before, **values})

    def delete(self, key: str) -> None:
        self._keep(key, {})
        self.held[key].deleted = True

    def touch(self, key: str) -> None:
        """Save a record without changing it."""
        self._keep(key, dict(self.held[key].values))

    @property
    def references(self) -> list[str]:
        """Whom we created records for, in order."""
        return [write.reference for write in self.writes if write.key is None]

    def done(self, key: str) -> int:
        """How often a record was written by us, answered or not."""
        return sum(write.key == key for write in self.writes)

    def read_changes(self, since: str) -> Iterator[Page]:
        start = 0 if self.sends_all else int(since or 0)
        changed = sorted(
            (
                item
                for item in self.held.items()
                if item[1].changed >= start and not (self.sends_all and item[1].deleted)
            ),
            key=lambda item: item[1].changed,
        )
        pages = [changed[at : at + PAGE_SIZE] for at in range(0, len(changed), PAGE_SIZE)]
        for number, page in enumerate(pages or [[]], start=1):
            yield Page(
                rows=[_row(key, held) for key, held in page],
                watermark=str(page[-1][1].changed) if page else since,
                refused=self.refused if number == 1 else (),
                complete=self.sends_all and number == max(len(pages), 1),
            )

    def write(self, writes: Sequence[Write]) -> list[WriteOutcome]:
        self.batches.append(len(writes))
        bad = [
            n for n, write in enumerate(writes) if self.poison & {*map(str, write.values.values())}
        ]
        if not bad:
            return [self._write(write) for write in writes]
        if self.poison_breaks:
            for write in writes[: bad[0]]:
                self._write(write)
            return [_NOT_WRITTEN["lost_before"]] * len(writes)
        if len(writes) > 1:
            raise BatchRefusedError("The batch was refused.", next_step="Send it in parts.")
        return [_NOT_WRITTEN["refused"]]

    def find_each(self, writes: Sequence[Write]) -> list[Finding]:
        self.lookups.append(len(writes))
        if self.lookup_problem:
            return [Finding(problem=self.lookup_problem)] * len(writes)
        return [Finding(row=self.find(write)) for write in writes]

    def find(self, write: Write) -> SourceRow | None:
        self.finds += 1
        for key, held in self.held.items():
            if not held.deleted and (
                key == write.key or (write.key is None and held.reference == write.reference)
            ):
                return _row(key, held)
        return None

    def _write(self, write: Write) -> WriteOutcome:
        fault = self.faults.pop(0) if self.faults else ""
        if fault in _NOT_WRITTEN:
            return _NOT_WRITTEN[fault]
        if self.recovery is Recovery.KEY and write.idempotency_key in self.taken_keys:
            return WriteOutcome(state=WriteState.DONE, key=self.taken_keys[write.idempotency_key])
        key = write.key
        if key is not None and write.guard is not None and write.guard != self.held[key].guard:
            return WriteOutcome(state=WriteState.CONFLICT, problem="it changed since")
        self.writes.append(write)
        key = key or f"{self.name}-{len(self.held) + 1}"
        self.put(key, **write.values)
        self.held[key].reference = self.held[key].reference or write.reference
        self.taken_keys[write.idempotency_key] = key
        if fault == "lost":
            return WriteOutcome(state=WriteState.UNKNOWN, problem="the line was cut")
        return WriteOutcome(state=WriteState.DONE, key=key, guard=self.held[key].guard)

    def _keep(self, key: str, values: dict[str, object]) -> None:
        self._counter += 1
        reference = self.held[key].reference if key in self.held else None
        self.held[key] = Held(values, self._counter, self._clock(), reference=reference)


def _row(key: str, held: Held) -> SourceRow:
    return SourceRow(
        key=key,
        payload=dict(held.values),
        modified_at=held.changed_at,
        deleted=held.deleted,
        guard=held.guard,
    )


_NOT_WRITTEN = {
    "refused": WriteOutcome(state=WriteState.REFUSED, problem="name: not allowed here"),
    "retry": WriteOutcome(state=WriteState.RETRY, problem="busy", retry_after=1),
    "lost_before": WriteOutcome(state=WriteState.UNKNOWN, problem="the line was cut"),
}


@dataclass
class FakeAgency:
    """Implements `ports.agencies.CreditAgency`. ``faults``: retry, refused, lost, incomplete.

    While it ``is_down`` it answers no search.
    """

    name: str = "creditsafe"
    known: dict[str, str] = field(default_factory=dict)  # registration number -> reference
    faults: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    searches: int = 0
    rating: str = "A"
    ledger: LedgerReading | None = None  # what it says that it charged
    registered_as: str = ""  # the number that its reports have
    limit: Decimal | None = Decimal(5000)  # None: it says it in words
    offers: list[AgencyCompany] = field(default_factory=list)  # to whoever it does not know
    is_down: bool = False

    @property
    def has_meter(self) -> bool:
        return self.ledger is not None and self.ledger.used_units is not None

    def read_ledger(self, *, since: datetime, now: datetime) -> LedgerReading:
        return replace(self.ledger or LedgerReading(read_at=now), read_at=now)

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        self.searches += 1
        if self.is_down:
            raise _error("retry")
        reference = self.known.get(subject.registration_number)
        if reference is None:
            return self.offers
        return [
            AgencyCompany(
                reference=reference,
                name=subject.name,
                registration_number=subject.registration_number,
                is_active=True,
            )
        ]

    def order(self, company_reference: str, *, our_reference: str) -> AgencyReport:
        fault = self.faults.pop(0) if self.faults else ""
        if fault in {"retry", "refused"}:
            raise _error(fault)
        self.orders.append(company_reference)
        if fault == "lost":
            raise _error(fault)
        return AgencyReport(
            company_reference=company_reference,
            order_reference=f"order {len(self.orders)} for {our_reference}",
            rating=self.rating,
            score="71",
            credit_limit=self.limit,
            currency="GBP",
            registration_number=self.registered_as,
            is_complete=fault != "incomplete",
            payload={"rating": self.rating},
        )


@dataclass
class FakeMailer:
    """Implements `ports.mail.Mailer`. ``faults``: retry, refused, lost (sent, no answer)."""

    sent: list[Mail] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def send(self, mail: Mail) -> str:
        fault = self.faults.pop(0) if self.faults else ""
        if fault in {"retry", "refused"}:
            raise _error(fault)
        self.sent.append(mail)
        if fault == "lost":
            raise _error(fault)
        return f"message-{len(self.sent)}"


def _error(fault: str) -> MastersyncError:
    if fault == "retry":
        return RetryableError("Busy.", next_step="Wait.", retry_after=1)
    if fault == "lost":
        return UnknownOutcomeError("The line was cut.", next_step="Look it up.")
    return PermanentError("Not like this.", next_step="Correct it.")


def holds(system: FakeSystem, key: str, path: str) -> object:
    """What a system holds at a path of a record."""
    return value_at(system.held[key].values, path)
