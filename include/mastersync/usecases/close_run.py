"""Closing a run: counting from the facts, and holding it to the conservation law."""

from collections.abc import Mapping
from datetime import datetime

from mastersync.domain.effects.model import EffectKind
from mastersync.domain.records.hashing import digest
from mastersync.ports.runs import RunState
from mastersync.ports.store import Store
from mastersync.usecases.failpoints import CLOSE_BEFORE_COMMIT, Failpoint, never


def close_run(
    store: Store, *, run_id: str, now: datetime, failpoint: Failpoint = never
) -> dict[str, object]:
    """Count what the run did and close it; returns its state and counts.

    A run is done only when each version it worked on is settled. What a failed task left
    pending makes it failed, and the next run takes it over. A run that could not be opened is
    not closed either.
    """
    with store.begin() as unit:
        if not unit.runs.is_known(run_id):
            return {"state": "never_opened", "counts": {}}
        counts = unit.runs.count(run_id)
        state = _state(counts)
        unit.runs.close(run_id, state, counts=counts, now=now)
        unit.audit.append(
            "run.closed",
            actor="pipeline",
            run_id=run_id,
            summary={"state": state, "counts_digest": digest(counts).hex()},
            now=now,
        )
        failpoint(CLOSE_BEFORE_COMMIT)
    return {"state": state.value, "counts": counts}


def _state(counts: Mapping[str, Mapping[str, int]]) -> RunState:
    if counts.get("versions", {}).get("pending", 0):
        return RunState.FAILED
    held = {reason for kind in EffectKind for reason in counts.get(kind.value, {})}
    if "held_guard" in held:
        return RunState.STOPPED_BY_GUARD
    if "held_shadow" in held:
        return RunState.SHADOW
    if counts.get("tickets", {}).get("open", 0):
        return RunState.DONE_WITH_EXCEPTIONS
    return RunState.DONE
