"""Blast-radius guards: how much one run may change outside before a person looks."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class GuardPolicy:
    """Limits of one run of one client. ``max_share_of_base`` is a fraction of all customers."""

    max_updates: int
    max_creates: int
    max_mails: int
    max_share_of_base: float = 1.0


@dataclass(frozen=True, kw_only=True)
class PlanSize:
    """How many effects a plan has, how many customers it updates, and how many there are."""

    updates: int = 0
    creates: int = 0
    mails: int = 0
    updated_customers: int = 0
    customers: int = 0


def tripped(size: PlanSize, policy: GuardPolicy) -> tuple[str, ...]:
    """Return, in words, each limit that the plan is over; empty when it may go out."""
    share = size.updated_customers / size.customers if size.customers else 0.0
    checks = (
        (size.updates > policy.max_updates, f"{size.updates} updates, limit {policy.max_updates}"),
        (size.creates > policy.max_creates, f"{size.creates} creates, limit {policy.max_creates}"),
        (size.mails > policy.max_mails, f"{size.mails} mails, limit {policy.max_mails}"),
        (
            share > policy.max_share_of_base,
            f"updates to {share:.0%} of all customers, limit {policy.max_share_of_base:.0%}",
        ),
    )
    return tuple(words for over, words in checks if over)
