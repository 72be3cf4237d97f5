"""Taking things back in a client's systems, wired: look, plan, and deliver."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mastersync.domain.effects.outbox import ChosenEffect, EffectChoice
from mastersync.domain.effects.undo import UndoPlan
from mastersync.errors import RetryableError, RuleError
from mastersync.ports.systems import SourceRow, SystemWriter, Write
from mastersync.usecases import roll_back as undo
from mastersync.usecases.unmerge_with_writes import (
    MergeToUndo,
    PlaceToLook,
    Unmerged,
    places_to_look,
    unmerge_with_writes,
)
from mastersync.wiring.client import Client
from mastersync.wiring.sync import push


def plan_rollback(client: Client, choice: EffectChoice) -> UndoPlan:
    """Return what taking effects back would write; nothing is changed.

    Raises:
        NotFoundError: There are no such effects.
        RetryableError, ConfigError: A system that must be asked cannot be.
    """
    looked_up = _look_up(client, _unread(client, choice))
    return undo.show_rollback(client.store, choice, looked_up=looked_up, now=client.clock())


def apply_rollback(
    client: Client, choice: EffectChoice, *, author: str, reason: str
) -> tuple[UndoPlan, list[ChosenEffect]]:
    """Take effects back and deliver the writes; returns the plan, and the writes as they stand.

    Raises:
        NotFoundError: There are no such effects.
        RuleError: None of them can be taken back, or nothing of the client may leave.
        RetryableError, ConfigError: A system cannot be reached; what was planned goes out later.
    """
    if not client.rules.release.delivers:
        raise RuleError(
            "Nothing of this client may leave, so nothing can be written back.",
            next_step="See 'release' and 'enabled' in its client.yaml.",
        )
    looked_up = _look_up(client, _unread(client, choice))
    planned = undo.roll_back(
        client.store,
        choice,
        looked_up=looked_up,
        author=author,
        reason=reason,
        now=client.clock(),
    )
    _deliver(client, planned.targets)
    with client.store.begin() as unit:
        found = EffectChoice(effect_ids=planned.effect_ids)
        return planned.plan, unit.outbox.choose(found, limit=len(planned.effect_ids))


def unmerge(client: Client, merge: MergeToUndo, *, plan: bool) -> Unmerged:
    """Take a merge back, also in the client's systems; with ``plan``, only say what it takes.

    Raises:
        NotFoundError, RuleError: As `unmerge_customer`.
        RetryableError, ConfigError: A system cannot be asked, and nothing was changed; or not be
            written to, and what was planned goes out later.
    """
    places = places_to_look(client.store, client.rules, merge, now=client.clock())
    unmerged = unmerge_with_writes(
        client.store,
        client.rules,
        merge,
        looked_up=_look_up(client, places),
        now=client.clock(),
        plan=plan,
    )
    if plan or unmerged.held_for is not None or not unmerged.writes:
        return unmerged
    _deliver(client, sorted({write.target for write in unmerged.writes}))
    planned = EffectChoice(effect_ids=tuple(write.effect_id for write in unmerged.writes))
    with client.store.begin() as unit:
        writes = unit.outbox.choose(planned, limit=len(unmerged.writes))
    return replace(unmerged, writes=tuple(writes))


def _deliver(client: Client, targets: Sequence[str]) -> None:
    with client.store.begin() as unit:
        run_id = unit.runs.newest()
    for target in targets:
        push(client, str(run_id), target)


def _unread(client: Client, choice: EffectChoice) -> list[PlaceToLook]:
    return [
        PlaceToLook(
            record_id=record.record_id,
            system=record.system,
            source_key=record.source_key,
            customer_id=record.customer_id,
        )
        for record in undo.unread_since(client.store, choice)
        if record.system in client.rules.targets
    ]


def _look_up(client: Client, places: Sequence[PlaceToLook]) -> dict[int, SourceRow]:
    """Return records as their systems hold them now; one that is gone counts as deleted."""
    by_system: dict[str, list[PlaceToLook]] = defaultdict(list)
    for place in places:
        by_system[place.system].append(place)
    found: dict[int, SourceRow] = {}
    for system, wanted in by_system.items():
        with client.writer(system) as writer:
            rows = _held(writer, system, [_lookup(place) for place in wanted])
            for place, row in zip(wanted, rows, strict=True):
                gone = SourceRow(key=place.source_key, payload={}, deleted=True)
                found[place.record_id] = row or gone
    return found


def _lookup(place: PlaceToLook) -> Write:
    return Write(key=place.source_key, reference=place.customer_id, idempotency_key="", values={})


def _held(
    writer: SystemWriter, system: str, lookups: Sequence[Write]
) -> Iterator[SourceRow | None]:
    """Yield what the system holds of each, many a request where it takes them."""
    if writer.batch_size == 1:
        yield from map(writer.find, lookups)
        return
    for start in range(0, len(lookups), writer.batch_size):
        for finding in writer.find_each(lookups[start : start + writer.batch_size]):
            if finding.problem:
                raise RetryableError(
                    f"{system} does not say what a record holds now: {finding.problem} "
                    "Nothing was changed.",
                    next_step="Try again when the system answers.",
                )
            yield finding.row
