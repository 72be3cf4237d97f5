"""``mastersync decide``: a person says what two source records are to each other."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from mastersync.cli.days import DAY, day
from mastersync.cli.deciding import (
    AsJson,
    By,
    Client,
    Insist,
    Plan,
    Reason,
    author,
    client_desk,
    end_of,
    reason_given,
    source_key,
)
from mastersync.cli.moved_table import moved_as_json, show_decided
from mastersync.domain.decisions.model import PairWord, Relation
from mastersync.domain.matching.model import Verdict
from mastersync.usecases.decide_pair import Decided, decide
from mastersync.usecases.record_word import withdraw_decision
from mastersync.wiring.clock import utc_now

WITHDRAW = "withdraw"
VERDICTS = {"same": Verdict.SAME, "not-same": Verdict.NOT_SAME, "related": Verdict.RELATED}


def decide_on(  # noqa: PLR0913 (options of one command)
    client: Client,
    what: Annotated[str, typer.Argument(help="same, not-same, related or withdraw.")],
    subjects: Annotated[
        list[str], typer.Argument(help="SYSTEM:KEY SYSTEM:KEY, or the decision's number.")
    ],
    *,
    reason: Reason = "",
    by: By = "",
    kind: Annotated[
        Relation | None,
        typer.Option(help="How they are related: the first is a branch of the second, ..."),
    ] = None,
    expires: Annotated[
        datetime | None, typer.Option(parser=day, metavar=DAY, help="The last day it holds.")
    ] = None,
    insist: Insist = False,
    plan: Plan = False,
    as_json: AsJson = False,
) -> None:
    """Say what two records are: same, not-same or related; or withdraw a decision.

    The customers follow at once: two become one, or one becomes two. It holds through reruns and
    edits until it expires or is withdrawn. What contradicts decisions in force is refused, and
    the chain of them named.

    \b
    Examples:
      mastersync decide harbor_foods same crm:17 erp:C-204 --reason "same VAT number on invoice"
      mastersync decide harbor_foods not-same crm:17 crm:90 --reason "two shops" --plan
      mastersync decide harbor_foods related crm:17 crm:90 --kind branch --reason "site of 90"
      mastersync decide harbor_foods withdraw 12 --reason "was about the old owner"
    """
    if what == WITHDRAW:
        _withdraw(client, subjects, by=author(by), reason=reason_given(reason))
        return
    if what not in VERDICTS:
        raise typer.BadParameter(f"{what!r} is none of: {', '.join((*VERDICTS, WITHDRAW))}.")
    if len(subjects) != 2:  # noqa: PLR2004 (a pair)
        raise typer.BadParameter("Name two records, each SYSTEM:KEY.")
    word = PairWord(
        verdict=VERDICTS[what],
        left=source_key(subjects[0]),
        right=source_key(subjects[1]),
        author=author(by),
        reason=reason_given(reason),
        relation=_relation(VERDICTS[what], kind),
        expires_at=end_of(expires),
    )
    if word.left == word.right:
        raise typer.BadParameter("Name two different records.")
    with client_desk(client) as store:
        decided = decide(store, word, insist=insist, now=utc_now(), plan=plan)
    if as_json:
        typer.echo(json.dumps(_as_json(decided), indent=2))
    else:
        show_decided(Console(highlight=False, soft_wrap=True), decided, plan=plan)


def _relation(verdict: Verdict, kind: Relation | None) -> Relation | None:
    if verdict is Verdict.RELATED and kind is None:
        raise typer.BadParameter(f"Say how: --kind {' | '.join(Relation)}.")
    if verdict is not Verdict.RELATED and kind is not None:
        raise typer.BadParameter("--kind goes with related.")
    return kind


def _withdraw(client: str, subjects: list[str], *, by: str, reason: str) -> None:
    if len(subjects) != 1 or not subjects[0].isdigit():
        raise typer.BadParameter("Name one decision by its number, as `decisions` lists it.")
    with client_desk(client) as store:
        decision = withdraw_decision(
            store, int(subjects[0]), author=by, reason=reason, now=utc_now()
        )
    typer.echo(f"Withdrawn: {decision.sentence}.")


def _as_json(decided: Decided) -> dict[str, Any]:
    return {
        "decision_id": decided.recorded.decision_id,
        "is_new": decided.recorded.is_new,
        "withdrawn": [decision.decision_id for decision in decided.recorded.withdrawn],
        "moved": [moved_as_json(moved) for moved in decided.moved],
    }
