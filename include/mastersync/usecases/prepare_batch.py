"""Bringing landed versions into canonical form."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.golden.echo import echoed_fields
from mastersync.domain.golden.times import news_of, said_times
from mastersync.domain.records.mapping import is_blank_at, map_payload, value_at
from mastersync.domain.records.prepare import PreparedRecord, Problem, Severity, prepare_record
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.records import Batch, PendingVersion, PreparedVersion
from mastersync.ports.store import Store
from mastersync.usecases.failpoints import (
    PREPARE_AFTER_COMMIT,
    PREPARE_BEFORE_COMMIT,
    Failpoint,
    never,
)


@dataclass(kw_only=True)
class _Sorted:
    """The versions of a batch by what becomes of them."""

    prepared: list[PreparedVersion] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    causes: dict[int, str] = field(default_factory=dict)
    tickets: dict[str, TicketDraft] = field(default_factory=dict)


def prepare_batch(
    store: Store,
    rules: ClientRules,
    *,
    batch: Batch,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Normalise and validate the pending versions of the batch; returns counts.

    A bad record is set aside under the ticket of its cause and the others go on. A version that
    says nothing new is settled as unchanged. Done again, it finds what is still pending.
    """
    with store.begin() as unit:
        versions = unit.records.pending(batch)
        done = _sort(versions, rules)
        retired = unit.records.retire(done.deleted, now=now)
        unit.records.keep_prepared(done.prepared, policy_version=rules.policy_version, now=now)
        unit.records.mark_unchanged(done.unchanged, now=now)
        unit.records.set_aside(done.causes, now=now)
        settled = [f"version:{version_id}" for version_id in (*done.unchanged, *done.deleted)]
        unit.tickets.clear(settled, now=now)
        usable = [f"version:{item.version_id}" for item in done.prepared]
        unit.tickets.clear(usable, kinds=(TicketKind.RECORD,), now=now)
        for draft in done.tickets.values():
            unit.tickets.ensure(draft, now=now)
        failpoint(PREPARE_BEFORE_COMMIT)
    failpoint(PREPARE_AFTER_COMMIT)
    return {
        "prepared": len(done.prepared),
        "unchanged": len(done.unchanged),
        "set_aside": len(done.causes),
        "deleted": len(done.deleted),
        "customers_affected_by_deletes": len(retired),
    }


def _sort(versions: Sequence[PendingVersion], rules: ClientRules) -> _Sorted:
    done = _Sorted()
    unusable: dict[str, list[tuple[PendingVersion, Problem]]] = defaultdict(list)
    for version in versions:
        if version.deleted:
            done.deleted.append(version.version_id)
            continue
        record = _prepare(version, rules)
        if record.is_set_aside:
            problem = next(p for p in record.problems if p.severity is Severity.SET_ASIDE)
            unusable[_cause_key(version, problem)].append((version, problem))
        elif version.previous_fields == record.fields:
            done.unchanged.append(version.version_id)
        else:
            done.prepared.append(_prepared(version, record, rules))
    for cause_key, found in unusable.items():
        done.causes |= {version.version_id: cause_key for version, _ in found}
        done.tickets[cause_key] = _ticket(cause_key, found)
    return done


def _prepare(version: PendingVersion, rules: ClientRules) -> PreparedRecord:
    system = rules.systems.get(version.system)
    if system is None:
        problem = Problem(
            code="system_unknown",
            field="",
            words="The client's configuration no longer names this system.",
            severity=Severity.SET_ASIDE,
        )
        return PreparedRecord(fields={}, problems=(problem,))
    mapped = map_payload(version.payload, system.mapping, constants=system.constants)
    return prepare_record(mapped, policy=system.prepare)


def _prepared(
    version: PendingVersion, record: PreparedRecord, rules: ClientRules
) -> PreparedVersion:
    """Return the version with when each field was last changed, and which just were.

    Both by other hands than ours.
    """
    times = version.previous_said_at or {}
    mapping = rules.systems[version.system].mapping
    blank = frozenset(
        name
        for name, path in mapping.items()
        if (name in times or name in (version.previous_fields or {}))
        and is_blank_at(version.payload, path)
    )
    unchanged = _unchanged(version, record.fields, mapping, blank=blank)
    ours = echoed_fields(version.payload, version.pushed, mapping=mapping)
    return PreparedVersion(
        version_id=version.version_id,
        record_id=version.record_id,
        fields=record.fields,
        problems=record.problems,
        said_at=said_times(
            record.fields,
            unchanged=unchanged,
            times={name: datetime.fromisoformat(at) for name, at in times.items()},
            ours=ours,
            changed_at=version.modified_at or version.observed_at,
            blank=blank,
        ),
        news=news_of(
            record.fields,
            said_by_system=mapping,
            unchanged=unchanged,
            ours=ours,
            blank=blank,
        ),
    )


def _unchanged(
    version: PendingVersion,
    fields: Mapping[str, str],
    mapping: Mapping[str, str],
    *,
    blank: frozenset[str],
) -> frozenset[str]:
    """Return the fields that the system sent as before, whatever their normal form is now."""
    payload, fields_before = version.previous_payload, version.previous_fields
    if payload is None or fields_before is None:
        return frozenset()
    return frozenset(
        name
        for name in (*fields, *blank)
        if (
            value_at(payload, mapping[name]) == value_at(version.payload, mapping[name])
            if name in mapping
            else fields_before.get(name) == fields.get(name)
        )
    )


def _cause_key(version: PendingVersion, problem: Problem) -> str:
    if problem.table:
        return f"record:{problem.code}:{problem.table}:{problem.unknown}"
    return f"record:{version.system}:{problem.code}"


def _ticket(cause_key: str, found: Sequence[tuple[PendingVersion, Problem]]) -> TicketDraft:
    version, problem = found[0]
    title = f"{version.system}: {problem.code.replace('_', ' ')}"
    next_step = "Correct the records in the source system; the next run takes them up."
    if problem.table:
        title = f"The code table '{problem.table}' does not know {problem.unknown}"
        next_step = (
            f"Add {problem.unknown} to code_tables.{problem.table} in client.yaml. The next run "
            "takes up all records that wait for it; nobody has to touch them."
        )
    return TicketDraft(
        cause_key=cause_key,
        kind=TicketKind.RECORD,
        title=title,
        cause=problem.words,
        next_step=next_step,
        subjects=tuple(f"version:{version.version_id}" for version, _ in found),
        detail={
            "system": version.system,
            "code": problem.code,
            "field": problem.field,
            "source_keys": [version.source_key for version, _ in found[:20]],
        },
    )
