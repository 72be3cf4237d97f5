"""Opening a client's run, wired."""

from mastersync.errors import RuleError
from mastersync.usecases.open_run import open_run
from mastersync.usecases.tell_of_contracts import tell_of_stale_rules
from mastersync.usecases.withdraw_orders import withdraw_orders_elsewhere
from mastersync.wiring.client import Client


def open_this_run(client: Client, run_id: str) -> dict[str, int]:
    """Open the run, and see to what a changed file of the client leaves behind.

    Credit orders at an agency that it has left are withdrawn; people are told of rules that are
    older than the contract.

    Raises:
        RuleError: The client is disabled.
    """
    rules, now = client.rules, client.clock()
    if not rules.release.enabled:
        raise RuleError(
            f"{rules.name} is disabled and is not synced.",
            next_step="Set 'enabled: true' in its client.yaml.",
        )
    opened = open_run(client.store, run_id=run_id, policy_version=rules.policy_version, now=now)
    withdraw_orders_elsewhere(client.store, rules, run_id=run_id, now=now)
    tell_of_stale_rules(client.store, rules, now=now)
    return opened
