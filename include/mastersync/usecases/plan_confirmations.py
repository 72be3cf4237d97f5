"""Planning whom to ask to confirm the details held."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.confirmations.asking import Asked, is_due
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.confirmations.shown import show_details
from mastersync.domain.confirmations.tokens import token_for, token_hash
from mastersync.domain.effects.keys import confirmation_key, effect_id_for
from mastersync.domain.effects.model import EffectKind, EffectState, PlannedEffect
from mastersync.ports.confirmation_requests import NewRequest, PastRequests
from mastersync.ports.customers import StoredGolden
from mastersync.ports.store import Unit

MAIL_TARGET = "sendgrid"


def plan_confirmations(
    unit: Unit,
    rules: ClientRules,
    client_id: str,
    *,
    run_id: str,
    secret_key: str,
    now: datetime,
) -> int:
    """Plan the run's mails, held, up to the client's number a run; returns how many are new.

    A request shares its mail's id, which is derived: planning again makes the same link.
    """
    policy = rules.confirmation
    if policy is None or not policy.enabled:
        return 0
    left = policy.max_per_run - unit.confirmations.count_asked(run_id)
    if left <= 0:
        return 0
    rest = timedelta(days=policy.ask_again_after_days)
    candidates = unit.confirmations.candidates(asked_before=now - rest, limit=left)
    asked = _due(unit, policy, candidates, now=now)
    effects = [_mail(client_id, key, golden, policy) for golden, key in asked]
    new = set(unit.effects.plan(effects, run_id=run_id, now=now))
    unit.confirmations.ask(
        [
            _request(effect_id, golden, rules.name, policy, secret_key=secret_key, now=now)
            for golden, key in asked
            if (effect_id := effect_id_for(client_id, key)) in new
        ],
        now=now,
    )
    return len(new)


def _due(
    unit: Unit, policy: ConfirmationPolicy, customer_ids: Sequence[str], *, now: datetime
) -> list[tuple[StoredGolden, str]]:
    """Return whom to ask, each with the key of the request."""
    past = {one.customer_id: one for one in unit.confirmations.past(customer_ids, now=now)}
    due = []
    for golden in unit.customers.newest(customer_ids):
        earlier = past.get(golden.customer_id)
        if is_due(golden.fields, asked=_asked(earlier), policy=policy, now=now):
            count = 0 if earlier is None else earlier.request_count
            due.append((golden, confirmation_key(golden.customer_id, earlier_requests=count)))
    return due


def _asked(past: PastRequests | None) -> Asked:
    if past is None:
        return Asked()
    return Asked(
        last_asked_at=past.last_asked_at,
        has_open_request=past.has_open,
        is_unreachable=past.is_unreachable,
    )


def _mail(
    client_id: str, key: str, golden: StoredGolden, policy: ConfirmationPolicy
) -> PlannedEffect:
    effect_id = effect_id_for(client_id, key)
    return PlannedEffect(
        effect_id=effect_id,
        kind=EffectKind.EMAIL,
        target=MAIL_TARGET,
        idempotency_key=key,
        customer_id=golden.customer_id,
        body={"request_id": str(effect_id), "golden_version": golden.version_no},
        after=dict.fromkeys(policy.fields, True),
        state=EffectState.HELD,
    )


def _request(
    request_id: UUID,
    golden: StoredGolden,
    client_name: str,
    policy: ConfirmationPolicy,
    *,
    secret_key: str,
    now: datetime,
) -> NewRequest:
    return NewRequest(
        request_id=request_id,
        effect_id=request_id,
        customer_id=golden.customer_id,
        token_hash=token_hash(token_for(secret_key, request_id)),
        client_name=client_name,
        language=policy.language,
        shown=show_details(golden.fields, policy=policy).as_json(),
        expires_at=now + timedelta(days=policy.link_valid_days),
    )
