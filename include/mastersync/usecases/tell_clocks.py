"""What people say of a case's clocks: that it waits, goes on, does not count; or take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.records.hashing import digest
from mastersync.domain.sla.model import Cause, SlaPolicy
from mastersync.errors import ConflictError, NotFoundError, RuleError
from mastersync.ports.sla import Told
from mastersync.ports.store import Store, Unit


@dataclass(frozen=True, kw_only=True)
class ClockWord:
    """Who says it, of which case, and what the client can check it by."""

    case_id: str
    by: str
    evidence: str


def pause_case(
    store: Store, word: ClockWord, *, cause: Cause, since: datetime, now: datetime
) -> int:
    """Keep that a case waits for somebody since then; returns the number of the pause.

    Raises:
        NotFoundError: There is no such case.
        ConflictError: It waits for them already, by a person's word.
        RuleError: There is no evidence, or it begins in the future.
    """
    _refuse_unfit(word, at=since, now=now)
    with store.begin() as unit:
        _refuse_unknown(unit, word.case_id)
        if unit.sla.paused(word.case_id):
            raise ConflictError(
                f"{word.case_id} is paused already.",
                next_step="Resume it first, if it waits for somebody else now.",
            )
        pause_id = unit.sla.pause(
            word.case_id, cause, since=since, evidence=word.evidence, by=word.by, now=now
        )
        _seal(unit, "sla.paused", word, cause=cause, now=now)
    return pause_id


def resume_case(store: Store, word: ClockWord, *, at: datetime, now: datetime) -> int:
    """Keep that a case goes on; returns how many pauses that ends.

    Raises:
        ConflictError: No person has paused it.
        RuleError: There is no evidence, or it is to go on in the future or before it was paused.
    """
    _refuse_unfit(word, at=at, now=now)
    with store.begin() as unit:
        paused = unit.sla.paused(word.case_id)
        if not paused:
            raise ConflictError(
                f"{word.case_id} is not paused by anybody's word.",
                next_step="What it waits for, `mastersync sla explain` says.",
            )
        if at < max(pause.paused_at for pause in paused):
            raise RuleError(
                f"Nothing was saved: {word.case_id} was paused after that.",
                next_step="Give a time after it was paused.",
            )
        ended = [pause.pause_id for pause in paused]
        unit.sla.resume(ended, at=at, evidence=word.evidence, by=word.by, now=now)
        _seal(unit, "sla.resumed", word, pauses=ended, now=now)
    return len(ended)


def waive_clock(
    store: Store, policy: SlaPolicy, word: ClockWord, *, clock: str, now: datetime
) -> None:
    """Keep that a clock of a case does not count; "" is all of them.

    Raises:
        NotFoundError: There is no such case or clock.
        RuleError: There is no evidence.
    """
    _refuse_unfit(word, at=now, now=now)
    known = sorted({clause.clock for clause in policy.clauses})
    if clock and clock not in known:
        raise NotFoundError(
            f"No clause has a clock {clock!r}.", next_step=f"There are: {', '.join(known)}."
        )
    with store.begin() as unit:
        _refuse_unknown(unit, word.case_id)
        unit.sla.waive(word.case_id, clock=clock, evidence=word.evidence, by=word.by, now=now)
        _seal(unit, "sla.waived", word, clock=clock, now=now)


def withdraw_word(
    store: Store, case_id: str, reference: str, *, by: str, reason: str, now: datetime
) -> Told:
    """Keep that a pause or a waiver is taken back, and return it: from now on it never was.

    Args:
        reference: ``pause:3`` or ``waiver:3``; "" where it is the only one of the case that holds.

    Raises:
        NotFoundError: There is no such case, or nothing of it that could be taken back.
        ConflictError: It is taken back already, or there are several.
        RuleError: There is no reason.
    """
    if not reason.strip():
        raise RuleError(
            "Nothing was saved: it says no reason.", next_step='Add --reason "…": why it is wrong.'
        )
    with store.begin() as unit:
        _refuse_unknown(unit, case_id)
        told = _meant(unit.sla.told_of(case_id), case_id, reference)
        unit.sla.withdraw(told, reason=reason, by=by, now=now)
        word = ClockWord(case_id=case_id, by=by, evidence=reason)
        _seal(unit, "sla.withdrawn", word, of=told.reference, now=now)
    return told


def _meant(told: Sequence[Told], case_id: str, reference: str) -> Told:
    """Return which of the words of a case is meant."""
    standing = [one for one in told if one.withdrawn_at is None]
    there_are = "There is nothing else."
    if standing:
        there_are = f"There are: {', '.join(one.reference for one in standing)}."
    for one in told:
        if one.reference == reference and one.withdrawn_at is not None:
            raise ConflictError(
                f"{reference} of {case_id} was taken back already, {one.withdrawn_at:%d %b %Y}: "
                f"{one.withdrawn_with}.",
                next_step=there_are,
            )
    found = [one for one in standing if reference in {"", one.reference}]
    if not found:
        what = f"no {reference!r}" if reference else "no pause and no waiver that holds"
        raise NotFoundError(
            f"{case_id} has {what}: nothing was taken back.",
            next_step=f"`mastersync sla explain` shows what was said. {there_are}",
        )
    if len(found) > 1:
        raise ConflictError(f"{case_id} has several: nothing was taken back.", next_step=there_are)
    return found[0]


def _refuse_unfit(word: ClockWord, *, at: datetime, now: datetime) -> None:
    if not word.evidence.strip():
        raise RuleError(
            "Nothing was saved: nothing proves it.",
            next_step='Add --evidence "…": a mail, a call, a ticket that the client can check.',
        )
    if at > now:
        raise RuleError(
            "Nothing was saved: a clock is not stopped or started ahead of time.",
            next_step="Say it when it has happened.",
        )


def _refuse_unknown(unit: Unit, case_id: str) -> None:
    if not unit.sla.cases([case_id], fields=[]):
        raise NotFoundError(
            f"There is no case {case_id!r}.",
            next_step="A case is a version or an answer, such as version:17; `mastersync sla "
            "status` names those that run.",
        )


def _seal(unit: Unit, action: str, word: ClockWord, *, now: datetime, **said: object) -> None:
    """Seal it onto the audit trail, so that it cannot be put in afterwards."""
    summary = {"case_id": word.case_id, "evidence_digest": digest(word.evidence).hex(), **said}
    unit.audit.append(action, actor=word.by, run_id=None, summary=summary, now=now)
