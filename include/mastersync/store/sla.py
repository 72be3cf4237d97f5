"""SLA clocks and what they are read from, in PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from mastersync.domain.sla.model import Cause
from mastersync.ports.sla import (
    CalledWrite,
    ClockCount,
    ClockOnRung,
    FoundCase,
    KeptClock,
    KeptClocks,
    OpenPause,
    Told,
    Wait,
    Watch,
    Word,
)
from mastersync.store.database import Column, Session

_EVER = datetime(1, 1, 1, tzinfo=UTC)


class PostgresSla:
    """Implements `ports.sla.Sla`; each method, see the port."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def touched(self, *, since: datetime | None, now: datetime) -> list[str]:
        """Return the cases whose clocks may have changed."""
        return self._session.values(
            "sla/list_touched", client_id=self._client_id, since=since or _EVER, now=now
        )

    def cases(self, case_ids: Sequence[str], *, fields: Sequence[str]) -> list[FoundCase]:
        """Return those that are cases."""
        return self._session.many(
            "sla/list_cases",
            FoundCase,
            client_id=self._client_id,
            version_ids=Column(_numbers(case_ids, "version")),
            answer_ids=Column(_numbers(case_ids, "answer")),
            fields=list(fields),
        )

    def writes(self, cases: Sequence[FoundCase]) -> list[CalledWrite]:
        """Return the writes that they called for."""
        planned = [
            case for case in cases if case.customer_id and case.formed_at and case.planned_at
        ]
        if not planned:
            return []
        return self._session.many(
            "sla/list_writes",
            CalledWrite,
            **self._owned(planned),
            formed_at=Column(case.formed_at for case in planned),
            planned_at=Column(case.planned_at for case in planned),
        )

    def waits(self, cases: Sequence[FoundCase]) -> list[Wait]:
        """Return when they waited."""
        landed = [case for case in cases if case.record_id is not None]
        if not landed:
            return []
        return self._session.many(
            "sla/list_waits",
            Wait,
            client_id=self._client_id,
            case_ids=Column(case.case_id for case in landed),
            record_ids=Column(case.record_id for case in landed),
            version_ids=Column(case.version_id for case in landed),
            formed_at=Column(case.formed_at for case in landed),
        )

    def words(self, cases: Sequence[FoundCase]) -> list[Word]:
        """Return what agencies and customers said."""
        owned = [case for case in cases if case.customer_id]
        if not owned:
            return []
        return self._session.many(
            "sla/list_words",
            Word,
            **self._owned(owned),
            seen_at=Column(case.seen_at for case in owned),
            formed_at=Column(case.formed_at for case in owned),
        )

    def told(self, cases: Sequence[FoundCase]) -> list[Told]:
        """Return what people said of them."""
        return self._told(case.case_id for case in cases)

    def watch(self) -> Watch | None:
        """Return up to when clocks were read, for this transaction alone."""
        self._session.execute("sla/lock_watch", client_id=self._client_id)
        return self._session.maybe("sla/get_watch", Watch, client_id=self._client_id)

    def keep_watch(self, watch: Watch) -> None:
        """Note up to when they were read."""
        self._session.execute("sla/keep_watch", client_id=self._client_id, **vars(watch))

    def on_rungs(self, case_ids: Sequence[str]) -> list[ClockOnRung]:
        """Return those of these cases that people were told of."""
        return self._session.many(
            "sla/list_on_rungs", ClockOnRung, client_id=self._client_id, case_ids=Column(case_ids)
        )

    def keep(self, case_ids: Sequence[str], clocks: KeptClocks) -> None:
        """Keep these as the clocks of these cases."""
        self._session.execute(
            "sla/drop_clocks",
            client_id=self._client_id,
            case_ids=Column(case_ids),
            kept_cases=Column(clocks.case_id),
            kept_clocks=Column(clocks.clock),
        )
        if len(clocks):
            shares = [None if rung is None else str(rung) for rung in clocks.rung]
            columns = vars(clocks) | {"rung": shares}
            rows = [
                dict(zip(columns, values, strict=True))
                for values in zip(*columns.values(), strict=True)
            ]
            self._session.execute("sla/keep_clocks", client_id=self._client_id, rows=rows)

    def open(self, *, limit: int) -> list[KeptClock]:
        """Return those that are not over."""
        return self._session.many("sla/list_open", KeptClock, client_id=self._client_id, most=limit)

    def stopped_last(self, *, of_each: int, among: int) -> list[str]:
        """Return the cases whose clocks were decided last; see the port."""
        return self._session.values(
            "sla/list_stopped", client_id=self._client_id, most=of_each, among=among
        )

    def counts(self) -> list[ClockCount]:
        """Count them by clause and state."""
        return self._session.many("sla/count_clocks", ClockCount, client_id=self._client_id)

    def of_run(self, run_id: str) -> list[ClockCount]:
        """Count those that a run's changes touch."""
        return self._session.many(
            "sla/count_of_run", ClockCount, client_id=self._client_id, run_id=run_id
        )

    def in_period(self, since: datetime, until: datetime) -> list[str]:
        """Return the cases that a report of the period is about."""
        return self._session.values(
            "sla/list_in_period", client_id=self._client_id, since=since, until=until
        )

    def pause(
        self, case_id: str, cause: Cause, *, since: datetime, evidence: str, by: str, now: datetime
    ) -> int:
        """Keep that a case waits."""
        number: int = self._session.value(
            "sla/add_pause",
            client_id=self._client_id,
            case_id=case_id,
            cause=cause,
            evidence=evidence,
            paused_at=since,
            author=by,
            now=now,
        )
        return number

    def paused(self, case_id: str) -> list[OpenPause]:
        """Return its pauses that are not over."""
        return self._session.many(
            "sla/list_paused", OpenPause, client_id=self._client_id, case_id=case_id
        )

    def resume(
        self, pause_ids: Sequence[int], *, at: datetime, evidence: str, by: str, now: datetime
    ) -> None:
        """Keep that pauses are over."""
        self._session.execute(
            "sla/end_pauses",
            client_id=self._client_id,
            pause_ids=list(pause_ids),
            resumed_at=at,
            evidence=evidence,
            author=by,
            now=now,
        )

    def waive(self, case_id: str, *, clock: str, evidence: str, by: str, now: datetime) -> None:
        """Keep that a clock does not count."""
        self._session.execute(
            "sla/add_waiver",
            client_id=self._client_id,
            case_id=case_id,
            clock=clock,
            evidence=evidence,
            author=by,
            now=now,
        )

    def withdraw(self, told: Told, *, reason: str, by: str, now: datetime) -> None:
        """Keep that what was said is taken back."""
        self._session.execute(
            "sla/add_withdrawal",
            client_id=self._client_id,
            pause_id=told.pause_id,
            waiver_id=told.waiver_id,
            reason=reason,
            author=by,
            now=now,
        )

    def told_of(self, case_id: str) -> list[Told]:
        """Return what people said of a case."""
        return self._told([case_id])

    def _told(self, case_ids: Iterable[str]) -> list[Told]:
        return self._session.many(
            "sla/list_told", Told, client_id=self._client_id, case_ids=Column(case_ids)
        )

    def _owned(self, cases: Sequence[FoundCase]) -> dict[str, object]:
        return {
            "client_id": self._client_id,
            "case_ids": Column(case.case_id for case in cases),
            "owners": Column(case.owner_id for case in cases),
            "customers": Column(case.customer_id for case in cases),
        }


def _numbers(case_ids: Sequence[str], kind: str) -> list[int]:
    parted = (one.partition(":") for one in case_ids)
    return [int(number) for of, _, number in parted if of == kind and number.isdecimal()]
