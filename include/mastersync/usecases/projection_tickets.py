"""Tickets about what cannot be put in a target's terms: one a cause, closed when none waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mastersync.domain.targets.model import ProjectionProblem
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.store import Unit

Found = tuple[str, ProjectionProblem]


@dataclass(kw_only=True)
class ProjectionTickets:
    """The problems of a chunk of customers, by cause."""

    problems: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))

    def note(self, customer_id: str, problems: Iterable[ProjectionProblem]) -> None:
        for problem in problems:
            self.problems[_cause_key(problem)].append((customer_id, problem))

    @property
    def count(self) -> int:
        return sum(len(found) for found in self.problems.values())

    def settle(
        self, unit: Unit, *, customer_ids: Sequence[str], systems: Iterable[str], now: datetime
    ) -> None:
        """Raise a ticket a cause, and let older ones go that are true of these no more."""
        drafts = [_draft(cause_key, found) for cause_key, found in self.problems.items()]
        unit.tickets.ensure_all(drafts, now=now)
        unit.tickets.clear(
            [_subject(system, customer) for system in systems for customer in customer_ids],
            but=[(draft.cause_key, subject) for draft in drafts for subject in draft.subjects],
            now=now,
        )


def _cause_key(problem: ProjectionProblem) -> str:
    if problem.table:
        return f"push:{problem.code}:{problem.table}:{problem.unknown}"
    return f"push:{problem.system}:{problem.code}:{problem.path}"


def _subject(system: str, customer_id: str) -> str:
    return f"projection:{system}:{customer_id}"


def _draft(cause_key: str, found: Sequence[Found]) -> TicketDraft:
    problem = found[0][1]
    detail: dict[str, object] = {
        "system": problem.system,
        "path": problem.path,
        "code": problem.code,
    }
    title = f"{problem.system}: {problem.path} cannot be written ({problem.code.replace('_', ' ')})"
    next_step = (
        "Mend the mapping in client.yaml, or the value in its source system. The customers that "
        "wait are planned again by the next run after that."
    )
    if problem.table:
        detail |= {"table": problem.table, "unknown": problem.unknown}
        title = f"The code table '{problem.table}' does not know {problem.unknown}"
        next_step = (
            f"Add {problem.unknown} to code_tables.{problem.table} in client.yaml. The next run "
            "writes all customers that wait for it; nobody has to touch them."
        )
    return TicketDraft(
        cause_key=cause_key,
        kind=TicketKind.EFFECT,
        title=title,
        cause=problem.words,
        next_step=next_step,
        subjects=tuple(dict.fromkeys(_subject(one.system, customer) for customer, one in found)),
        detail=detail,
    )
