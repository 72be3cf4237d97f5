"""``mastersync decisions``: what people decided on a client's records."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.deciding import AsJson, Client, client_desk
from mastersync.domain.decisions.model import PairDecision, spoken
from mastersync.wiring.clock import utc_now


def decisions(client: Client, as_json: AsJson = False) -> None:
    """List what people decided on a client's records, the newest first.

    \b
    Examples:
      mastersync decisions harbor_foods
      mastersync decisions harbor_foods --json | jq '.[] | select(.state == "in force")'
    """
    with client_desk(client) as store, store.begin() as unit:
        found = unit.decisions.listed()
    if as_json:
        typer.echo(json.dumps([_as_json(decision) for decision in found], indent=2, default=str))
        return
    console = Console(highlight=False)
    if not found:
        console.print("Nobody has decided anything yet.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("ID", justify="right")
    for heading in ("DECISION", "RECORDS", "STATE", "BY", "SINCE"):
        table.add_column(heading, no_wrap=True)
    table.add_column("WHY", ratio=1, overflow="fold")
    for decision in found:
        word = decision.word
        kind = word.verdict.replace("_", " ")
        table.add_row(
            str(decision.decision_id),
            kind if word.relation is None else f"{kind}: {word.relation}",
            escape(f"{spoken(word.left)}  {spoken(word.right)}"),
            _state(decision),
            escape(word.author),
            f"{decision.decided_at:%d %b %Y}",
            escape(word.reason),
        )
    console.print(table)


def _state(decision: PairDecision) -> str:
    if decision.withdrawal is not None:
        return "withdrawn"
    if not decision.is_in_force(utc_now()):
        return "expired"
    ends = decision.word.expires_at
    return "in force" if ends is None else f"until {ends:%d %b %Y}"


def _as_json(decision: PairDecision) -> dict[str, Any]:
    word, withdrawal = decision.word, decision.withdrawal
    is_in_force = decision.is_in_force(utc_now())
    return {
        "decision_id": decision.decision_id,
        "verdict": word.verdict,
        "relation": word.relation,
        "left": spoken(word.left),
        "right": spoken(word.right),
        "state": "in force" if is_in_force else _state(decision),
        "author": word.author,
        "reason": word.reason,
        "decided_at": decision.decided_at,
        "expires_at": word.expires_at,
        "ticket_id": word.ticket_id,
        "withdrawn": None
        if withdrawal is None
        else {
            "author": withdrawal.author,
            "reason": withdrawal.reason,
            "at": withdrawal.withdrawn_at,
        },
    }
