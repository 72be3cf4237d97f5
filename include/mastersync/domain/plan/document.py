"""A plan as a file: sealed, so that what is applied is what was looked at.

The *digest* is of the content alone, and equal for equal facts and rules. The *seal* is over the
whole file, with a key that only this installation has.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from mastersync.domain.plan.model import Plan, PlanContent
from mastersync.domain.records.hashing import canonical_pieces
from mastersync.errors import RuleError

FORMAT = "mastersync.plan/1"
GOOD_FOR = timedelta(days=7)  # after which a plan is not applied any more

_PLAN_AGAIN = "Plan again with `mastersync plan`, and look at the new plan."


@dataclass(frozen=True, kw_only=True)
class SealedPlan:
    """A plan file whose seal holds. ``content`` is what `content_as_json` gave."""

    plan_id: str
    client_id: str
    store: str
    configuration: str
    made_at: datetime
    made_by: str
    run_id: str | None
    everyone: bool
    digest: str
    content: Mapping[str, Any]


def content_as_json(content: PlanContent) -> dict[str, Any]:
    """Return the content for programs; money is text. What rows hold is shared, not copied."""
    totals = asdict(content.totals)
    totals["credit"]["cost"] = str(content.totals.credit.cost)
    totals |= {"writes": content.totals.writes, "effects": content.totals.effects}
    found = {name: _as_json(value) for name, value in vars(content).items()}
    return found | {"totals": totals}


def content_digest(content: Mapping[str, Any]) -> str:
    """Return what stands for the content: equal content, equal digest."""
    hashed = hashlib.sha256()
    for piece in canonical_pieces(content):
        hashed.update(piece)
    return hashed.hexdigest()


def as_document(plan: Plan, *, secret: str) -> dict[str, Any]:
    """Return the plan as it is written to a file, sealed."""
    content = content_as_json(plan.content)
    document: dict[str, Any] = {
        "format": FORMAT,
        "client": {"id": plan.client_id, "name": plan.client_name},
        "store": plan.store,
        "configuration": plan.configuration,
        "run_id": plan.run_id,
        "everyone": plan.everyone,
        "made_at": plan.made_at.isoformat(),
        "made_by": plan.made_by,
        "digest": content_digest(content),
        "content": content,
        "names": dict(plan.names),
        "budget": None if plan.budget is None else _with_text_money(asdict(plan.budget)),
        "sample_mail": None if plan.sample is None else asdict(plan.sample),
        "backlog": asdict(plan.backlog),
        "clocks": [asdict(clock) for clock in plan.clocks],
    }
    return document | {"seal": _seal(document, secret=secret)}


def open_document(document: object, *, secret: str) -> SealedPlan:
    """Return the plan of a file.

    Raises:
        RuleError: It is no plan, was changed since it was written, or is of another installation.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RuleError(
            "This file is no plan of mastersync.",
            next_step="Give the file that `mastersync plan --out` wrote.",
        )
    sealed = {name: value for name, value in document.items() if name != "seal"}
    given = str(document.get("seal")).encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(given, _seal(sealed, secret=secret).encode()):
        raise RuleError(
            "The plan's seal is broken: the file was changed after it was written, or another "
            "installation wrote it. Nothing was done.",
            next_step=_PLAN_AGAIN,
        )
    return SealedPlan(
        plan_id=str(document["seal"])[:32],
        client_id=document["client"]["id"],
        store=document["store"],
        configuration=document["configuration"],
        made_at=datetime.fromisoformat(document["made_at"]),
        made_by=document["made_by"],
        run_id=document["run_id"],
        everyone=document.get("everyone", False),
        digest=document["digest"],
        content=document["content"],
    )


def refuse_unfit(plan: SealedPlan, *, store: str, configuration: str, now: datetime) -> None:
    """Refuse to apply a plan that cannot be what would be done now.

    Raises:
        RuleError: It shows a run, is of another store, of another configuration, or too old.
    """
    refusals = (
        (
            plan.run_id is not None,
            f"This plan shows the run {plan.run_id}, whose effects stand in the outbox already.",
            f"`mastersync release {plan.client_id} {plan.run_id}` lets them go out.",
        ),
        (plan.store != store, "The plan was made on another store.", _PLAN_AGAIN),
        (
            plan.configuration != configuration,
            f"The configuration of {plan.client_id} was changed since the plan was made.",
            _PLAN_AGAIN,
        ),
        (
            now - plan.made_at > GOOD_FOR,
            f"The plan of {plan.made_at:%Y-%m-%d} is older than {GOOD_FOR.days} days.",
            _PLAN_AGAIN,
        ),
    )
    for is_unfit, problem, next_step in refusals:
        if is_unfit:
            raise RuleError(f"{problem} Nothing was done.", next_step=next_step)


def _as_json(value: object) -> object:
    # By hand: asdict copies deeply, and a plan has some hundred thousand rows.
    if isinstance(value, list):
        return [_as_json(row) for row in value]
    if is_dataclass(value):
        found = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: str(v) if isinstance(v, Decimal) else v for name, v in found.items()}
    return value


def _with_text_money(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"price": str(row["price"])}


def _seal(document: Mapping[str, Any], *, secret: str) -> str:
    key = hmac.new(secret.encode(), b"plan-seal", hashlib.sha256).digest()
    sealed = hmac.new(key, digestmod=hashlib.sha256)
    for piece in canonical_pieces(document):
        sealed.update(piece)
    return sealed.hexdigest()
