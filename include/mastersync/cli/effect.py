"""``mastersync effect``: what is on its way out, and stepping in: hold, release, cancel, undo."""

import json
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from mastersync.cli.deciding import (
    AsJson,
    By,
    Client,
    Reason,
    ShowSensitive,
    author,
    client_desk,
    keep_that_shown,
    open_paths_of,
    reason_given,
    targets_of,
)
from mastersync.cli.effect_table import (
    show_counts,
    show_effect,
    show_effects,
    show_intervention,
    show_rolled_back,
    show_undo,
)
from mastersync.cli.wired import open_wired
from mastersync.domain.effects.model import EffectKind, EffectState
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.domain.effects.shown import effect_in_part, kept_in_part, undo_in_part
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.store import Store, Unit
from mastersync.usecases import intervene
from mastersync.usecases.find_customer import live_customer
from mastersync.usecases.roll_back import lift
from mastersync.wiring.clock import utc_now

app = typer.Typer(
    help="Show what is on its way out; hold, release, cancel it; take back what has left.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_ON_THEIR_WAY = (
    EffectState.READY,
    EffectState.HELD,
    EffectState.INFLIGHT,
    EffectState.UNKNOWN,
)
_MANY = 20

EffectIds = Annotated[list[UUID] | None, typer.Argument(metavar="[EFFECT_ID]...")]
Run = Annotated[str | None, typer.Option("--run", help="Those of this run.")]
Customer = Annotated[str | None, typer.Option("--customer", help="Those of this customer.")]
Target = Annotated[str | None, typer.Option("--target", help="Those to this system.")]
Kind = Annotated[EffectKind | None, typer.Option("--kind", help="Those of this kind.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask, however many they are.")]
Limit = Annotated[int, typer.Option(min=1, help="How many to list.")]


@app.command("list")
def list_effects(  # noqa: PLR0913 (options of one command)
    client: Client,
    effect_ids: EffectIds = None,
    *,
    run: Run = None,
    customer: Customer = None,
    target: Target = None,
    kind: Kind = None,
    state: Annotated[
        list[EffectState] | None, typer.Option("--state", help="Only those in this state.")
    ] = None,
    rolled_back: Annotated[
        bool, typer.Option("--rolled-back", help="Values that are kept away from records.")
    ] = False,
    limit: Limit = _MANY,
    as_json: AsJson = False,
) -> None:
    """Count and list effects: of a run or customer all of them, else those on their way.

    Values are not shown here; `mastersync effect show` shows them.

    \b
    Examples:
      mastersync effect list harbor_foods
      mastersync effect list harbor_foods --run manual__2026-11-22T09:00:00+00:00
      mastersync effect list harbor_foods --state held --target erp --limit 100
      mastersync effect list harbor_foods --rolled-back
    """
    choice = _choice(effect_ids, run=run, customer=customer, target=target, kind=kind)
    is_narrow = bool(effect_ids or run or customer)
    states = tuple(state or (() if is_narrow else _ON_THEIR_WAY))
    choice = EffectChoice(**{**vars(choice), "states": states})
    with client_desk(client) as store, store.begin() as unit:
        _refuse_unknown(unit, client, choice)
        kept = unit.outbox.rolled_back() if rolled_back else []
        counts, effects = unit.outbox.count(choice), unit.outbox.choose(choice, limit=limit)
    console = Console(highlight=False, soft_wrap=True)
    if as_json:
        open_paths = open_paths_of(client)
        found = (
            [asdict(kept_in_part(one, open_paths)) for one in kept]
            if rolled_back
            else [asdict(effect_in_part(one, open_paths)) for one in effects]
        )
        typer.echo(json.dumps(found, indent=2, default=str))
    elif rolled_back:
        show_rolled_back(console, kept)
    else:
        show_counts(console, counts)
        show_effects(console, effects, now=utc_now())


@app.command("show")
def show(
    client: Client,
    effect_id: Annotated[UUID, typer.Argument(help="The effect.")],
    *,
    show_sensitive: ShowSensitive = False,
    as_json: AsJson = False,
) -> None:
    """Show one effect: what it changes, from and to, and what became of it.

    \b
    Example:
      mastersync effect show harbor_foods 0d9f2c0e-6c0a-5a53-9f0e-2f5c6d1b7a10
    """
    with client_desk(client) as store:
        with store.begin() as unit:
            found = unit.outbox.choose(EffectChoice(effect_ids=(effect_id,)), limit=1)
        if not found:
            raise NotFoundError(
                f"There is no effect {effect_id} of {client}.",
                next_step="`mastersync effect list` shows what there is.",
            )
        if show_sensitive:
            keep_that_shown(store, "effect show", customer_id=found[0].customer_id)
    shown = found[0] if show_sensitive else effect_in_part(found[0], open_paths_of(client))
    if as_json:
        typer.echo(json.dumps(asdict(shown), indent=2, default=str))
    else:
        show_effect(Console(highlight=False, soft_wrap=True), shown, now=utc_now())


@app.command("hold")
def hold(  # noqa: PLR0913 (options of one command)
    client: Client,
    effect_ids: EffectIds = None,
    *,
    run: Run = None,
    customer: Customer = None,
    target: Target = None,
    kind: Kind = None,
    reason: Reason = "",
    by: By = "",
    yes: Yes = False,
) -> None:
    """Hold effects that have not left, until somebody releases or cancels them.

    \b
    Examples:
      mastersync effect hold harbor_foods --kind email --reason "the sender is wrong"
      mastersync effect hold harbor_foods 0d9f2c0e-6c0a-5a53-9f0e-2f5c6d1b7a10
    """
    choice = _choice(effect_ids, run=run, customer=customer, target=target, kind=kind)
    with client_desk(client) as store:
        _ask(store, choice, "hold", yes=yes, states=(EffectState.READY, EffectState.HELD))
        done = intervene.hold_effects(store, choice, actor=author(by), reason=reason, now=utc_now())
    show_intervention(Console(highlight=False, soft_wrap=True), "held", done)


@app.command("release")
def release(  # noqa: PLR0913 (options of one command)
    client: Client,
    effect_ids: EffectIds = None,
    *,
    run: Run = None,
    customer: Customer = None,
    target: Target = None,
    kind: Kind = None,
    by: By = "",
    yes: Yes = False,
) -> None:
    """Let held effects go out at once; `mastersync release` does so for the plan of a run.

    \b
    Example:
      mastersync effect release harbor_foods --customer C-7F3KQ-2M9XA
    """
    choice = _choice(effect_ids, run=run, customer=customer, target=target, kind=kind)
    with client_desk(client) as store:
        _ask(store, choice, "release", yes=yes, states=(EffectState.HELD,))
        done = intervene.release_effects(store, choice, actor=author(by), now=utc_now())
    show_intervention(Console(highlight=False, soft_wrap=True), "released", done)


@app.command("cancel")
def cancel(  # noqa: PLR0913 (options of one command)
    client: Client,
    effect_ids: EffectIds = None,
    *,
    run: Run = None,
    customer: Customer = None,
    target: Target = None,
    kind: Kind = None,
    reason: Reason = "",
    by: By = "",
    yes: Yes = False,
) -> None:
    """Withdraw effects that have not left; with --run, the plan of a run.

    A write is planned again when its customer's data next changes; a credit order, when its
    customer is next looked at: hold it to keep it from being bought. A mail is not sent again
    before the customer's turn comes anew.

    \b
    Examples:
      mastersync effect cancel harbor_foods --run manual__2026-11-22T09:00:00+00:00 --yes
      mastersync effect cancel harbor_foods 0d9f2c0e-6c0a-5a53-9f0e-2f5c6d1b7a10
    """
    choice = _choice(effect_ids, run=run, customer=customer, target=target, kind=kind)
    with client_desk(client) as store:
        _ask(store, choice, "cancel", yes=yes, states=(EffectState.READY, EffectState.HELD))
        done = intervene.cancel_effects(
            store, choice, actor=author(by), reason=reason, now=utc_now()
        )
    show_intervention(Console(highlight=False, soft_wrap=True), "withdrawn", done)


@app.command("rollback")
def rollback(  # noqa: PLR0913 (options of one command)
    client: Client,
    effect_ids: EffectIds = None,
    *,
    run: Run = None,
    customer: Customer = None,
    target: Target = None,
    apply: Annotated[bool, typer.Option("--apply", help="Do it, instead of showing it.")] = False,
    reason: Reason = "",
    by: By = "",
    show_sensitive: ShowSensitive = False,
    as_json: AsJson = False,
) -> None:
    """Take delivered writes back: show what each record goes back to; with --apply, do it.

    The golden record keeps what it says. So that the next sync does not write it again, each
    value taken back is kept away from its field of that record, until the golden record says
    something else or `mastersync effect lift` lets it through. What cannot be taken back, and
    why, is part of the plan. Exit 1 when not everything went back.

    \b
    Examples:
      mastersync effect rollback harbor_foods --run manual__2026-11-22T09:00:00+00:00
      mastersync effect rollback harbor_foods --customer C-7F3KQ-2M9XA --apply --reason "wrong"
    """
    from mastersync.wiring import undoing

    choice = _choice(effect_ids, run=run, customer=customer, target=target)
    if not choice.is_given:
        raise typer.BadParameter("Say which: EFFECT_ID, --run, --customer or --target.")
    with open_wired(client) as wired:
        with wired.store.begin() as unit:
            _refuse_unknown(unit, client, choice)
        if apply:
            plan, writes = undoing.apply_rollback(
                wired, choice, author=author(by), reason=reason_given(reason)
            )
        else:
            plan, writes = undoing.plan_rollback(wired, choice), []
        if show_sensitive:
            keep_that_shown(wired.store, "effect rollback", customer_id=customer)
    shown = plan if show_sensitive else undo_in_part(plan, wired.rules.open_paths)
    if as_json:
        typer.echo(json.dumps({"plan": asdict(shown)}, indent=2, default=str))
    else:
        show_undo(Console(highlight=False, soft_wrap=True), shown, writes, is_applied=apply)
    if apply and (plan.refused or any(write.state != EffectState.DONE for write in writes)):
        raise typer.Exit(1)


@app.command("lift")
def lift_rollback(
    client: Client,
    decision_ids: Annotated[
        list[int], typer.Argument(help="As `effect list --rolled-back` numbers them.")
    ],
    reason: Reason = "",
    by: By = "",
) -> None:
    """Let values be written again that were taken back: the next sync does.

    \b
    Example:
      mastersync effect lift harbor_foods 12 13 --reason "it was right after all"
    """
    with client_desk(client) as store:
        count = lift(
            store, decision_ids, author=author(by), reason=reason_given(reason), now=utc_now()
        )
    typer.echo(f"{count} value(s) may be written again, with the next sync.")


def _choice(
    effect_ids: list[UUID] | None,
    *,
    run: str | None,
    customer: str | None,
    target: str | None,
    kind: EffectKind | None = None,
) -> EffectChoice:
    return EffectChoice(
        effect_ids=tuple(effect_ids or ()),
        run_id=run,
        customer_id=customer,
        target=target,
        kind=kind,
    )


def _refuse_unknown(unit: Unit, client: str, choice: EffectChoice) -> None:
    """Say so when a customer, run or target is meant that there is not, instead of none."""
    if choice.customer_id is not None:
        live_customer(unit, choice.customer_id)
    if choice.run_id is not None and not unit.runs.is_known(choice.run_id):
        raise NotFoundError(
            f"{client} has no run {choice.run_id!r}.",
            next_step="`mastersync status` names each client's last run.",
        )
    known = targets_of(client)
    if choice.target is not None and choice.target not in known:
        known |= {one.target for one in unit.outbox.count(EffectChoice())}
        if choice.target not in known:
            raise NotFoundError(
                f"Nothing goes to {choice.target!r} of {client}.",
                next_step=f"Effects go to: {', '.join(sorted(known)) or 'nowhere yet'}.",
            )


def _ask(
    store: Store,
    choice: EffectChoice,
    deed: str,
    *,
    yes: bool,
    states: tuple[EffectState, ...],
) -> None:
    """Show how many are meant, and make sure of it when they are more than one."""
    if not choice.is_given:
        raise typer.BadParameter("Say which: EFFECT_ID, --run, --customer, --target or --kind.")
    with store.begin() as unit:
        _refuse_unknown(unit, store.client_id, choice)
        counts = unit.outbox.count(choice)
    console = Console(highlight=False, soft_wrap=True)
    show_counts(console, counts)
    meant = sum(one.count for one in counts if one.state in states)
    if meant <= 1 or yes:
        return
    if not console.is_terminal:
        raise RuleError(
            f"Nothing was changed: these are {meant} effects.",
            next_step=f"Add --yes to {deed} all of them.",
        )
    typer.confirm(f"{deed.capitalize()} {meant} effects?", abort=True)
