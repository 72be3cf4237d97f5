"""``mastersync backtest`` and ``mastersync reevaluate``: what a change of rules would do, first."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from mastersync.cli.deciding import AsJson, Client, client_desk
from mastersync.config.clients import load_client
from mastersync.config.rules import client_rules
from mastersync.config.schedules import CLIENT_FILE, list_clients
from mastersync.config.settings import load_settings
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.decisions.backtest import Backtest, Measured, PairLook, changes_between
from mastersync.domain.decisions.model import spoken
from mastersync.domain.identity.reevaluation import Parting, Reevaluation, Tie
from mastersync.errors import NotFoundError
from mastersync.usecases.backtest import backtest as run_backtest
from mastersync.usecases.backtest import reevaluate_client
from mastersync.wiring.clock import utc_now

With = Annotated[
    Path | None,
    typer.Option("--with", exists=True, dir_okay=False, help="A changed client.yaml to try."),
]
Most = Annotated[int, typer.Option(min=0, help="List so many of each kind.")]


def backtest(
    client: Client, *, with_file: With = None, most: Most = 20, as_json: AsJson = False
) -> None:
    """Run the engine over every pair that people decided on, as if they had not. Writes nothing.

    Says how often it agrees, and lists the flips: where it would go the other way without asking.
    Resolved review tickets are decisions too. With a changed client.yaml, says what differs.

    \b
    Examples:
      mastersync backtest harbor_foods
      mastersync backtest harbor_foods --with changed.yaml
    """
    rules, changed = _rules(client, None), _rules(client, with_file) if with_file else None
    with client_desk(client) as store:
        now = utc_now()
        before = run_backtest(store, rules, now=now)
        after = run_backtest(store, rules, now=now, changed=changed) if changed else None
    if as_json:
        typer.echo(json.dumps(_backtest_json(before, after), indent=2))
    else:
        _show_backtest(Console(highlight=False, soft_wrap=True), before, after, most=most)


def reevaluate(
    client: Client, *, with_file: With = None, most: Most = 20, as_json: AsJson = False
) -> None:
    """Say what the engine would join or part among existing customers. Writes nothing.

    Customers are never joined by a rule alone: read the list, then `merge` or `decide`.

    \b
    Examples:
      mastersync reevaluate harbor_foods
      mastersync reevaluate harbor_foods --with changed.yaml --json
    """
    rules, changed = _rules(client, None), _rules(client, with_file) if with_file else None
    with client_desk(client) as store:
        found = reevaluate_client(store, rules, now=utc_now(), changed=changed)
    if as_json:
        typer.echo(json.dumps(_reevaluation_json(found), indent=2))
    else:
        _show_reevaluation(Console(highlight=False, soft_wrap=True), found, most=most)


def _rules(client: str, instead: Path | None) -> ClientRules:
    folder = load_settings().clients_dir / client
    if not (folder / CLIENT_FILE).is_file():
        known = ", ".join(list_clients(folder.parent)) or "none"
        raise NotFoundError(
            f"There is no client {client!r}.", next_step=f"The clients are: {known}."
        )
    return client_rules(load_client(folder, instead=instead))


def _show_backtest(
    console: Console, before: Backtest, after: Backtest | None, *, most: int
) -> None:
    if not before.looks:
        console.print("Nobody has decided on any pair yet: there is nothing to hold it against.")
        return
    console.print(f"decided pairs: {len(before.looks)}")
    _show_measured(console, "as configured", before.measured)
    if after is not None:
        _show_measured(console, "as changed", after.measured)
        changed = changes_between(before, after)
        console.print(f"pairs in another band: {len(changed)}")
        for one, other in changed[:most]:
            console.print(f"  {_pair(one)}  {one.band} → {other.band}, people say {_said(one)}")
    flips = (after or before).flips
    console.print(f"flips, decided against people and without asking: {len(flips)}")
    for look in flips[:most]:
        console.print(f"  {_pair(look)}  people say {_said(look)}. {escape(look.sentence)}")


def _show_measured(console: Console, name: str, measured: Measured) -> None:
    console.print(
        f"  {name:<14} precision {_share(measured.precision)}  recall {_share(measured.recall)}"
        f"  with questions {_share(measured.found)}  (right {measured.merged_right},"
        f" wrong {measured.merged_wrong}, asked {measured.asked}, missed {measured.missed},"
        f" left apart {measured.parted_right})"
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _pair(look: PairLook) -> str:
    return escape(f"{spoken(look.decision.word.left)} {spoken(look.decision.word.right)}")


def _said(look: PairLook) -> str:
    return look.decision.word.verdict.replace("_", " ")


def _show_reevaluation(console: Console, found: Reevaluation, *, most: int) -> None:
    console.print(
        f"{found.records} records of {found.customers} customers, {found.pairs} pairs compared"
    )
    for side in ("together", "apart"):
        counts = ", ".join(f"{band} {number}" for band, number in found.bands[side].items())
        console.print(f"  pairs now {side:<9} {counts}")
    console.print(f"pairs of customers it would join: {len(found.joins)}")
    for tie in found.joins[:most]:
        console.print(f"  {_tie(tie)}")
    console.print(f"pairs of customers it would ask about: {len(found.questions)}")
    for tie in found.questions[:most]:
        console.print(f"  {_tie(tie)}")
    console.print(f"customers it would not put together: {len(found.partings)}")
    for parting in found.partings[:most]:
        console.print(f"  {_parting(parting)}")
    console.print("Nothing was changed.")


def _tie(tie: Tie) -> str:
    one, other = tie.customers
    keys = f"{spoken(tie.left)}, {spoken(tie.right)}"
    return f"{one} {other}  {escape(f'{keys}: {tie.sentence}')}"


def _parting(parting: Parting) -> str:
    groups = " | ".join(", ".join(spoken(key) for key in group) for group in parting.groups)
    return f"{parting.customer_id}  {escape(f'{groups}: {parting.sentence}')}"


def _backtest_json(before: Backtest, after: Backtest | None) -> dict[str, Any]:
    told = {"pairs": len(before.looks), "as_configured": _measured_json(before)}
    if after is not None:
        told["as_changed"] = _measured_json(after)
        told["changed"] = [
            {**_look_json(one), "changed_band": other.band}
            for one, other in changes_between(before, after)
        ]
    return told


def _measured_json(found: Backtest) -> dict[str, Any]:
    measured = found.measured
    return {
        **vars(measured),
        "precision": measured.precision,
        "recall": measured.recall,
        "found": measured.found,
        "flips": [_look_json(look) for look in found.flips],
    }


def _look_json(look: PairLook) -> dict[str, Any]:
    word = look.decision.word
    return {
        "decision_id": look.decision.decision_id,
        "left": spoken(word.left),
        "right": spoken(word.right),
        "people": word.verdict,
        "band": look.band,
        "score": round(look.score, 4),
        "met": look.met,
        "why": look.sentence,
    }


def _reevaluation_json(found: Reevaluation) -> dict[str, Any]:
    return {
        "records": found.records,
        "customers": found.customers,
        "pairs": found.pairs,
        "bands": found.bands,
        "joins": [_tie_json(tie) for tie in found.joins],
        "questions": [_tie_json(tie) for tie in found.questions],
        "partings": [
            {
                "customer_id": parting.customer_id,
                "groups": [[spoken(key) for key in group] for group in parting.groups],
                "why": parting.sentence,
            }
            for parting in found.partings
        ],
    }


def _tie_json(tie: Tie) -> dict[str, Any]:
    return {
        "customers": list(tie.customers),
        "left": spoken(tie.left),
        "right": spoken(tie.right),
        "score": round(tie.score, 4),
        "why": tie.sentence,
    }
