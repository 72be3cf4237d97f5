"""Planning every change to the outside that a run's golden records call for."""

from collections import Counter
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.ports.store import Store
from mastersync.usecases.failpoints import (
    PLAN_AFTER_COMMIT,
    PLAN_BEFORE_COMMIT,
    Failpoint,
    never,
)
from mastersync.usecases.plan_confirmations import plan_confirmations
from mastersync.usecases.plan_pushes import plan_pushes
from mastersync.usecases.release_plan import settle_plan

_CHUNK_SIZE = 500
_LARGE_PLAN = 5_000  # customers


def plan_run(  # noqa: PLR0913 (one more than most: for whom, if not for those who changed)
    store: Store,
    rules: ClientRules,
    *,
    run_id: str,
    secret_key: str,
    now: datetime,
    everyone: bool = False,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Plan the pushes and mails of the run, held until the guards have seen them all.

    What the targets hold already is not planned, nor what was planned before: planning twice
    plans nothing twice. What runs left unplanned that died on the way is part of it. Whether it
    may go out, the client's limits and its release policy say (`settle_plan`). Returns counts.

    Args:
        everyone: Plan for all customers, as when the rules have changed and they have not.
    """
    counts: Counter[str] = Counter(updates=0, creates=0, mails=0, problems=0, held=0)
    with store.begin() as unit:
        touched = unit.customers.touched(run_id)
        if everyone:
            touched = sorted({*touched, *unit.customers.live()})
    for start in range(0, len(touched), _CHUNK_SIZE):
        chunk = touched[start : start + _CHUNK_SIZE]
        with store.begin() as unit:
            counts.update(plan_pushes(unit, rules, chunk, run_id=run_id, now=now))
            failpoint(PLAN_BEFORE_COMMIT)
        failpoint(PLAN_AFTER_COMMIT)
        if start == 0 and len(touched) >= _LARGE_PLAN:
            with store.begin() as unit:
                unit.effects.refresh_statistics()
    with store.begin() as unit:
        counts["mails"] = plan_confirmations(
            unit, rules, store.client_id, run_id=run_id, secret_key=secret_key, now=now
        )
        counts["held"] = settle_plan(unit, rules, run_id=run_id, now=now)
        unit.runs.mark_planned(run_id, now=now)
    return dict(counts)
