"""``mastersync relearn``: weights learned anew from records and decisions; a plan first."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from mastersync.cli.deciding import (
    AsJson,
    By,
    Client,
    Reason,
    author,
    client_desk,
    reason_given,
    rules_of,
)
from mastersync.cli.dedupe_progress import show_progress
from mastersync.cli.relearn_table import (
    back_as_json,
    history_as_json,
    plan_as_json,
    show_back,
    show_history,
    show_outcome,
    show_plan,
)
from mastersync.domain.decisions.model import Person
from mastersync.usecases.relearn_weights import SAMPLE, apply_relearning, plan_relearning
from mastersync.usecases.weight_versions import go_back
from mastersync.wiring.clock import utc_now


def relearn(  # noqa: PLR0913 (options of one command)
    client: Client,
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Put the weights in force.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Return to the weights before.")] = False,
    history: Annotated[bool, typer.Option("--history", help="List all versions.")] = False,
    reason: Reason = "",
    by: By = "",
    even_if_worse: Annotated[
        bool, typer.Option("--even-if-worse", help="Apply though more decisions speak against.")
    ] = False,
    sample: Annotated[int, typer.Option(min=1, help="Look at about so many records.")] = SAMPLE,
    most: Annotated[int, typer.Option(min=0, help="List so many of each kind.")] = 15,
    as_json: AsJson = False,
) -> None:
    """Learn a client's weights anew, from a sample of its records and from all decisions.

    Shows what would change and how it agrees with what people decided; changes nothing without
    --apply. What is linked stays linked; what waits for review is looked at again in the next run.
    Each version is kept, and --back returns to the one before. Exits with 1 when there is too
    little to learn from, or when what was learned goes against more decisions than before.

    \b
    Examples:
      mastersync relearn harbor_foods
      mastersync relearn harbor_foods --apply --reason "200 tickets resolved since May"
      mastersync relearn harbor_foods --back --reason "too many questions"
      mastersync relearn harbor_foods --history
    """
    if apply + back + history > 1:
        raise typer.BadParameter("Choose one of --apply, --back and --history.")
    person = Person(by=author(by), reason=reason_given(reason)) if apply or back else None
    console = Console(highlight=False, soft_wrap=True)
    with client_desk(client) as store:
        if history:
            with store.begin() as unit:
                versions = unit.match_index.models()
            _say(history_as_json(versions)) if as_json else show_history(console, versions)
        elif back and person is not None:
            gone = go_back(store, person=person, now=utc_now())
            _say(back_as_json(gone)) if as_json else show_back(console, gone, most=most)
        else:
            with show_progress() as progress:
                plan = plan_relearning(
                    store,
                    rules_of(client).match,
                    now=utc_now(),
                    records=sample,
                    progress=progress.step,
                )
            if not as_json:
                show_plan(console, plan, client=client, most=most)
            model_no = None
            try:
                if person is not None and plan.changes:
                    model_no = apply_relearning(
                        store, plan, person=person, even_if_worse=even_if_worse, now=utc_now()
                    )
            finally:
                if as_json:
                    _say(plan_as_json(plan, model_no=model_no))
            if not as_json:
                show_outcome(console, plan, model_no=model_no)


def _say(told: Any) -> None:  # noqa: ANN401 (whatever JSON can say)
    typer.echo(json.dumps(told, indent=2, default=str))
