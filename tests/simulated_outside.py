"""An outside world whose answers a simulation draws: late, lost or none, with its own ledgers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject
from mastersync.domain.effects.reconcile import SeenRecord
from mastersync.errors import RetryableError, UnknownOutcomeError
from mastersync.ports.ledger import SeenMail, SeenOrder, SeenWrite
from mastersync.ports.mail import Mail
from mastersync.ports.systems import Page, Write, WriteOutcome, WriteState
from outsiders import FakeAgency, FakeMailer, FakeSystem

T = TypeVar("T")
FINE, BUSY, LOST, LOST_BEFORE, LATE = "fine", "retry", "lost", "lost_before", "late"


class Line(Protocol):
    """How a request gets out, and what becomes of it."""

    def send(self, what: str) -> str:
        """Send a request; returns what becomes of it, one of the above. The sender may die."""

    def answer(self, what: str) -> None:
        """Bring the answer back. Who waits for it may die, and the deed is done all the same."""

    def do_later(self, what: str, deed: Callable[[], object]) -> None:
        """Do the deed when the sender has given up waiting."""


class SimulatedSystem(FakeSystem):
    """A system that refuses a second creation with the same reference, as configured ones do."""

    def __init__(self, name: str, *, clock: Callable[[], datetime], line: Line) -> None:
        super().__init__(name, clock=clock)
        self._line = line
        self.ledger: list[SeenWrite] = []

    def read_changes(self, since: str) -> Iterator[Page]:
        for page in super().read_changes(since):
            if self._line.send(f"{self.name}.read") != FINE:
                raise RetryableError(f"{self.name} is away.", next_step="Wait.")
            yield page

    def write(self, writes: Sequence[Write]) -> list[WriteOutcome]:
        return [self._take(write) for write in writes]

    def _take(self, write: Write) -> WriteOutcome:
        what = f"{self.name}.write {write.key or write.reference}"
        try:
            return _send(self._line, what, lambda: self._write_down(write))
        except RetryableError as error:
            return WriteOutcome(state=WriteState.RETRY, problem=error.problem, retry_after=1)
        except UnknownOutcomeError as error:
            return WriteOutcome(state=WriteState.UNKNOWN, problem=error.problem)

    def _write_down(self, write: Write) -> WriteOutcome:
        existing = [key for key, held in self.held.items() if held.reference == write.reference]
        if write.key is None and existing:
            return WriteOutcome(state=WriteState.DONE, key=existing[0])
        before = len(self.writes)
        outcome = self._write(write)
        if len(self.writes) > before and outcome.key is not None:
            self.ledger.append(
                SeenWrite(
                    system=self.name,
                    record_key=outcome.key,
                    reference="" if write.key else write.reference,
                    values=dict(self.held[outcome.key].values),
                )
            )
        return outcome


@dataclass
class SimulatedAgency(FakeAgency):
    """Charges for every order that reaches it; ``charged`` are our references."""

    line: Line = None
    charged: list[str] = field(default_factory=list)

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        if self.line.send("agency.find") != FINE:
            raise RetryableError("The agency is away.", next_step="Wait.")
        return super().find(subject)

    def order(self, company_reference: str, *, our_reference: str) -> AgencyReport:
        def place() -> AgencyReport:
            self.charged.append(our_reference)
            return FakeAgency.order(self, company_reference, our_reference=our_reference)

        return _send(self.line, f"agency.order {our_reference}", place)


@dataclass
class SimulatedMailer(FakeMailer):
    """Accepts every mail that reaches it."""

    line: Line = None

    def send(self, mail: Mail) -> str:
        return _send(self.line, f"mail.send {mail.reference}", lambda: FakeMailer.send(self, mail))


@dataclass(frozen=True)
class SimulatedLedger:
    """Implements `ports.ledger.OutsideLedger`."""

    systems: Sequence[SimulatedSystem]
    agency: SimulatedAgency
    mailer: SimulatedMailer

    def records(self) -> list[SeenRecord]:
        return [
            SeenRecord(
                system=system.name,
                key=key,
                values=held.values,
                deleted=held.deleted,
                changed_at=held.changed_at,
            )
            for system in self.systems
            for key, held in system.held.items()
        ]

    def writes(self) -> list[SeenWrite]:
        return [write for system in self.systems for write in system.ledger]

    def orders(self) -> list[SeenOrder]:
        return [SeenOrder(our_reference=reference) for reference in self.agency.charged]

    def mails(self) -> list[SeenMail]:
        return [SeenMail(our_reference=mail.reference) for mail in self.mailer.sent]


def _send(line: Line, what: str, deed: Callable[[], T]) -> T:
    """Send what does the deed, and suffer its fate."""
    fate = line.send(what)
    if fate == BUSY:
        raise RetryableError("Busy.", next_step="Wait.", retry_after=1)
    if fate == LATE:
        line.do_later(what, deed)
    if fate in {LATE, LOST_BEFORE}:
        raise UnknownOutcomeError("No answer came.", next_step="Look it up.")
    done = deed()
    line.answer(what)
    if fate == LOST:
        raise UnknownOutcomeError("The line was cut.", next_step="Look it up.")
    return done
