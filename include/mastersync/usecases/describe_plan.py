"""Saying what a run would change, from what stands in the store."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.confirmations.invitation import compose
from mastersync.domain.credit.budget import BUDGET_MONTH, orders_within
from mastersync.domain.effects.guards import tripped
from mastersync.domain.plan.model import CreditBudget, MailSample, Plan, PlanContent, WriteRow
from mastersync.domain.plan.totals import PlanTotals
from mastersync.ports.store import Unit
from mastersync.usecases.send_confirmations import MailSetting, Render

_NO_TOKEN = "…"  # noqa: S105 (in place of one: whoever has a plan must not have its links)


@dataclass(frozen=True, kw_only=True)
class MailKit:
    """What it takes to show a mail as it would read."""

    setting: MailSetting
    render: Render


def totals_of_run(unit: Unit, run_id: str) -> PlanTotals:
    """Return what the run's plan adds up to; what has left already is not in it."""
    return PlanTotals(
        run=unit.plans.run_totals(run_id),
        credit=unit.plans.credit_totals(run_id),
        targets=tuple(unit.plans.target_totals(run_id)),
    )


def content_of_run(unit: Unit, rules: ClientRules, run_id: str) -> PlanContent:
    """Return everything that the run's plan changes."""
    plans = unit.plans
    return PlanContent(
        totals=totals_of_run(unit, run_id),
        created=plans.created(run_id),
        identity=plans.identity(run_id),
        golden=plans.golden(run_id),
        formed=plans.formed(run_id),
        orders=plans.orders(run_id),
        mailed=plans.mailed(run_id),
        writes=[_in_order(write, rules) for write in plans.writes(run_id)],
        tickets=plans.tickets(run_id),
        waiting=plans.waiting(run_id),
        over=tripped(unit.releases.measure(run_id), rules.guards),
    )


def _in_order(write: WriteRow, rules: ClientRules) -> WriteRow:
    """Return the write with its fields in the order in which the configuration maps them."""
    target = rules.targets.get(write.target)
    if target is None:
        return write
    paths = [field.path for field in target.mapping if field.path in write.after]
    return replace(write, after={path: write.after[path] for path in [*paths, *write.after]})


def describe_run(  # noqa: PLR0913 (whose plan it is, and all that a reader is told of it)
    unit: Unit,
    rules: ClientRules,
    run_id: str,
    *,
    configuration: str,
    by: str,
    kit: MailKit | None,
    now: datetime,
    is_derived: bool = False,
) -> Plan:
    """Return the run's plan, as it stands in this transaction.

    Args:
        kit: Shows a mail; None for a client that sends none.
        is_derived: Whether the run is only rehearsed, so that the plan can be applied.
    """
    content = content_of_run(unit, rules, run_id)
    return Plan(
        client_id=rules.client_id,
        client_name=rules.name,
        store=unit.plans.store_mark(),
        configuration=configuration,
        made_at=now,
        made_by=by,
        content=content,
        names=unit.plans.names(sorted(set(_mentioned(content)))),
        run_id=None if is_derived else run_id,
        budget=_budget(unit, rules, run_id, now=now),
        sample=_sample(unit, content, kit, now=now),
        backlog=unit.plans.backlog(run_id),
        open_paths=rules.open_paths,
    )


def _mentioned(content: PlanContent) -> Iterator[str]:
    """Yield the customers that the plan names."""
    for step in content.identity:
        yield from (step.from_customer_id, step.to_customer_id)
    for rows in (content.created, content.golden, content.orders, content.writes):
        yield from (row.customer_id for row in rows)
    yield from content.mailed


def _budget(unit: Unit, rules: ClientRules, run_id: str, *, now: datetime) -> CreditBudget | None:
    policy = rules.credit
    if policy is None:
        return None
    budget, price = policy.budget, policy.price
    spent = unit.credit_reports.spending(run_id, currency=policy.currency, since=now - BUDGET_MONTH)
    return CreditBudget(
        price=policy.price,
        currency=policy.currency,
        run_limit=policy.max_orders_per_run,
        run_left=max(0, orders_within(budget.per_run - spent.run, price)),
        month_limit=policy.max_orders_per_month,
        month_left=max(0, orders_within(budget.per_month - spent.month, price)),
    )


def _sample(
    unit: Unit, content: PlanContent, kit: MailKit | None, *, now: datetime
) -> MailSample | None:
    if kit is None or not content.mailed:
        return None
    (golden,) = unit.customers.newest(content.mailed[:1])
    setting = kit.setting
    invitation = compose(
        golden.fields,
        client_name=setting.client_name,
        token=_NO_TOKEN,
        portal_url=setting.portal_url,
        policy=setting.policy,
        now=now,
    )
    subject, text, _ = kit.render(invitation, setting.policy.language)
    return MailSample(customer_id=golden.customer_id, subject=subject, text=text)
