"""``mastersync merge`` and ``mastersync unmerge``: two customers become one, and two again."""

import json
from typing import Annotated

import typer
from rich.console import Console

from mastersync.cli.deciding import (
    AsJson,
    By,
    Client,
    Insist,
    Plan,
    Reason,
    ShowSensitive,
    author,
    client_desk,
    keep_that_shown,
    reason_given,
)
from mastersync.cli.moved_table import moved_as_json, show_moved
from mastersync.domain.decisions.model import Person
from mastersync.domain.effects.model import HeldFor
from mastersync.usecases.merge_customers import Moved, merge_customers
from mastersync.usecases.unmerge_customer import unmerge_customer
from mastersync.wiring.clock import utc_now


def merge(  # noqa: PLR0913 (options of one command)
    client: Client,
    keep: Annotated[str, typer.Argument(metavar="KEEP_ID", help="The customer that stays.")],
    other: Annotated[str, typer.Argument(metavar="OTHER_ID", help="The one that leads to it.")],
    *,
    reason: Reason = "",
    by: By = "",
    insist: Insist = False,
    plan: Plan = False,
    as_json: AsJson = False,
) -> None:
    """Make two customers one. KEEP_ID keeps its id; OTHER_ID leads to it from now on.

    Links follow, and so does all that hangs on them. `mastersync unmerge` takes it back exactly.

    \b
    Examples:
      mastersync merge harbor_foods C-7F3KQ-2M9XA C-X2VWT-AHFGR --reason "one company" --plan
      mastersync merge harbor_foods C-7F3KQ-2M9XA C-X2VWT-AHFGR --reason "one company"
    """
    person = Person(by=author(by), reason=reason_given(reason), insist=insist)
    with client_desk(client) as store:
        moved = merge_customers(
            store, keep=keep, other=other, person=person, now=utc_now(), plan=plan
        )
    _show(moved, plan=plan, as_json=as_json)


def unmerge(  # noqa: PLR0913 (options of one command)
    client: Client,
    customer_id: Annotated[str, typer.Argument(help="The customer kept, or the one merged.")],
    *,
    merge_id: Annotated[
        int | None, typer.Option("--merge", help="Which merge, as `changes` numbers them.")
    ] = None,
    reason: Reason = "",
    by: By = "",
    insist: Insist = False,
    plan: Plan = False,
    no_writes: Annotated[
        bool, typer.Option("--no-writes", help="Leave the writes to the client's next sync.")
    ] = False,
    show_sensitive: ShowSensitive = False,
    as_json: AsJson = False,
) -> None:
    """Take the last merge of a customer back, or the one that --merge names, in all systems.

    Records, children and references are whose they were. What came later stays with the survivor
    unless it is the other one's own. Decisions keep the two apart from then on. Both customers are
    formed, and what the merge wrote to the client's systems is written back: with --plan it is
    only shown, else delivered at once, or held where the client's plans need a person's word.
    What people in a system changed since is left alone.

    \b
    Examples:
      mastersync unmerge harbor_foods C-7F3KQ-2M9XA --reason "two companies" --plan
      mastersync unmerge harbor_foods C-7F3KQ-2M9XA --merge 4 --reason "two companies"
    """
    person = Person(by=author(by), reason=reason_given(reason), insist=insist)
    if no_writes:
        with client_desk(client) as store:
            moved = unmerge_customer(
                store,
                customer_id=customer_id,
                merge_id=merge_id,
                person=person,
                now=utc_now(),
                plan=plan,
            )
        _show(moved, plan=plan, as_json=as_json)
        return
    _unmerge_everywhere(
        client,
        customer_id,
        merge_id,
        person,
        plan=plan,
        show_sensitive=show_sensitive,
        as_json=as_json,
    )


def _unmerge_everywhere(  # noqa: PLR0913 (options of one command)
    client: str,
    customer_id: str,
    merge_id: int | None,
    person: Person,
    *,
    plan: bool,
    show_sensitive: bool,
    as_json: bool,
) -> None:
    # They reach the client's systems: imported only where they are needed.
    from mastersync.cli.effect_table import show_writes, writes_as_json
    from mastersync.cli.wired import open_wired
    from mastersync.domain.effects.shown import effect_in_part
    from mastersync.usecases.unmerge_with_writes import MergeToUndo
    from mastersync.wiring.undoing import unmerge as unmerge_in_systems

    merge = MergeToUndo(customer_id=customer_id, merge_id=merge_id, person=person)
    with open_wired(client) as wired:
        done = unmerge_in_systems(wired, merge, plan=plan)
        if show_sensitive:
            keep_that_shown(wired.store, "unmerge", customer_id=customer_id)
    writes = done.writes
    if not show_sensitive:
        writes = tuple(effect_in_part(write, wired.rules.open_paths) for write in writes)
    if as_json:
        told = {"writes": writes_as_json(writes), "held_for": done.held_for}
        typer.echo(json.dumps(moved_as_json(done.moved) | told, indent=2, default=str))
        return
    console = Console(highlight=False, soft_wrap=True)
    show_moved(console, done.moved, plan=plan, is_planned=True)
    show_writes(console, writes, held_for=done.held_for, is_plan=plan)
    if plan:
        console.print("Only a plan: nothing was saved.")
    elif done.held_for == HeldFor.PERSON:
        console.print(f"Let each go with: mastersync effect release {client} EFFECT_ID")


def _show(moved: Moved, *, plan: bool, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(moved_as_json(moved), indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    show_moved(console, moved, plan=plan)
    if plan:
        console.print("Only a plan: nothing was saved.")
