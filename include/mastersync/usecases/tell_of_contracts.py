"""Telling people that a contract of the client has a newer version than its rules."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.contracts import Contract, StaleRule, stale_rules
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.store import Store

_SHOWN = 50  # rules that a ticket names itself
_SUBJECT = "contracts"  # of all: a version, or a contract, may be gone from the file


def tell_of_stale_rules(store: Store, rules: ClientRules, *, now: datetime) -> int:
    """Keep one ticket for each contract version that rules were not read from; returns how many.

    The first run that knows the version raises it. It closes when all rules were read again,
    when a version after it takes its place, or when it is taken out of the client's file.
    """
    stale: dict[str, list[StaleRule]] = {}
    for rule in stale_rules(rules.contracts, rules.citations):
        stale.setdefault(rule.contract.name, []).append(rule)
    drafts = [_ticket(rules.client_id, found[0].contract, found) for found in stale.values()]
    with store.begin() as unit:
        unit.tickets.clear(
            [_SUBJECT],
            kinds=(TicketKind.CONFIG,),
            but=[(draft.cause_key, _SUBJECT) for draft in drafts],
            now=now,
        )
        unit.tickets.ensure_all(drafts, now=now)
    return len(drafts)


def _ticket(client_id: str, contract: Contract, stale: Sequence[StaleRule]) -> TicketDraft:
    newest = contract.newest
    named = "; ".join(
        f"{one.citation.rule}, clause {one.citation.clause}, read from {one.citation.version}"
        for one in islice(stale, _SHOWN)
    )
    rest = f"; and {len(stale) - _SHOWN:,} more" if len(stale) > _SHOWN else ""
    return TicketDraft(
        cause_key=f"contract:{contract.name}:{newest}",
        kind=TicketKind.CONFIG,
        title=f"{contract.title}: version {newest} is newer than rules that cite it",
        cause=f"Version {newest} is in force from {contract.versions[newest]}. Read from an "
        f"earlier one: {named}{rest}.",
        next_step="Hold each rule against the new text and correct it in client.yaml. Then say "
        f"'contract_version: \"{newest}\"' at the rule, or 'rules_read_from' of contracts."
        f"{contract.name} once all are read. `mastersync check {client_id}` names those left; "
        "the ticket closes by itself.",
        subjects=(_SUBJECT,),
    )
