"""``mastersync credit decide``: a person's decision on a customer's credit."""

import json
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

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
from mastersync.domain.credit.deciding import CreditWord
from mastersync.domain.credit.recommendation import Outcome
from mastersync.domain.decisions.model import Person
from mastersync.domain.golden.words import day
from mastersync.usecases.decide_credit import CreditAnswer, DecidedCredit, decide_credit
from mastersync.wiring.clock import utc_now

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Its id.")]


def decide(  # noqa: PLR0913 (options of one command)
    client: Client,
    customer_id: Customer,
    *,
    limit: Annotated[str, typer.Option(help="The limit; 0 declines.")] = "",
    recommended: Annotated[
        bool, typer.Option("--recommended", help="What the client's rules recommend.")
    ] = False,
    terms: Annotated[str, typer.Option(help="Payment terms, as the golden record says them.")] = "",
    currency: Annotated[str, typer.Option(help="Of the limit, where nobody said it.")] = "",
    reason: Reason = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Decide on a customer's limit and terms; the next sync forms and writes them.

    The evidence of this moment, who decides and why are kept for good. The reason stands in the
    letter to the customer, where law wants one.

    \b
    Examples:
      mastersync credit decide northwind_industrial C-7F3KQ-2M9XA --recommended --reason "agreed"
      mastersync credit decide northwind_industrial C-7F3KQ-2M9XA --limit 20000 --terms NET30 \\
        --reason "parent company guarantees it"
      mastersync credit decide northwind_industrial C-7F3KQ-2M9XA --limit 0 \\
        --reason "payments more than 60 days late"
    """
    if bool(limit) == recommended:
        raise typer.BadParameter("Say --limit AMOUNT or --recommended.")
    rules = rules_of(client)
    answer = CreditAnswer(
        customer_id=customer_id,
        limit=_amount(limit) if limit else None,
        payment_terms=terms,
        currency=currency.upper(),
        person=Person(by=author(by), reason=reason_given(reason)),
    )
    with client_desk(client) as store:
        decided = decide_credit(store, rules, answer, now=utc_now())
    if as_json:
        typer.echo(json.dumps(_as_json(decided), indent=2))
    else:
        _say(client, decided)


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise typer.BadParameter(f"{text!r} is no amount, such as 20000.") from None


def in_words(word: CreditWord) -> str:
    """Return what was decided, in one sentence."""
    terms = f", payment terms {word.payment_terms}" if word.payment_terms else ""
    given = f"{word.credit_limit:,.2f} {word.currency}{terms}"
    asked = "" if word.requested is None else f" of {word.requested:,.2f} asked for"
    match word.outcome:
        case Outcome.DECLINED:
            return f"declined{asked.replace(' of', ',', 1)}"
        case Outcome.REDUCED:
            return f"{given}{asked}"
        case _:
            return f"{given}, all that was asked for" if asked else given


def _say(client: str, decided: DecidedCredit) -> None:
    decision = decided.decision
    customer_id = decision.word.customer_id
    typer.echo(
        f"Credit decision {decision.decision_id} on {customer_id}: {in_words(decision.word)}. "
        "The next sync forms and writes it."
    )
    if decision.word.stands_until is not None:
        until = day(decision.word.stands_until)
        typer.echo(f"It stands until {until}: nothing automatic takes its place before.")
    if decided.letters:
        typer.echo(
            f"Law wants a letter ({', '.join(decided.letters)}): "
            f"mastersync credit letter {client} {customer_id}."
        )


def _as_json(decided: DecidedCredit) -> dict[str, object]:
    word = decided.decision.word
    return {
        "decision_id": decided.decision.decision_id,
        "customer_id": word.customer_id,
        "outcome": word.outcome.value,
        "credit_limit": str(word.credit_limit),
        "currency": word.currency,
        "payment_terms": word.payment_terms,
        "reason": word.reason,
        "author": word.author,
        "stands_until": word.stands_until and word.stands_until.isoformat(),
        "letters_due": list(decided.letters),
    }
