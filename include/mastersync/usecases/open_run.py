"""Opening a run."""

from datetime import datetime

from mastersync.ports.store import Store


def open_run(store: Store, *, run_id: str, policy_version: str, now: datetime) -> dict[str, int]:
    """Open the client's run, taking over what earlier ones left; returns how much that is.

    Safe to call again for the same run.
    """
    with store.begin() as unit:
        carried = unit.runs.open(run_id, policy_version=policy_version, now=now)
        unit.audit.append(
            "run.opened",
            actor="pipeline",
            run_id=run_id,
            summary={"policy_version": policy_version, "carried_over": carried},
            now=now,
        )
    return {"carried_over": carried}
