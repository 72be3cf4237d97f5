"""``mastersync credit letter``: the letters on a credit decision, as text or a page to print."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mastersync.cli.deciding import AsJson, By, Client, author, client_desk, rules_of
from mastersync.connectors.letters.rendering import render_letter
from mastersync.ports.credit_decisions import HeldLetter
from mastersync.usecases.write_letter import write_letters
from mastersync.wiring.clock import utc_now

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Its id.")]


def letter(
    client: Client,
    customer_id: Customer,
    *,
    kind: Annotated[str, typer.Option(help="Another than law wants: decision, agency_named.")] = "",
    html: Annotated[
        Path | None, typer.Option(help="A folder for the pages to print.", file_okay=False)
    ] = None,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Write the letters that law wants on the decision that holds; kept, and the same ever after.

    Nothing is sent: print it, or send it by the client's own post.

    \b
    Examples:
      mastersync credit letter lumen_lending C-7F3KQ-2M9XA
      mastersync credit letter lumen_lending C-7F3KQ-2M9XA --html letters
      mastersync credit letter lumen_lending C-7F3KQ-2M9XA --kind agency_named
    """
    with client_desk(client) as store:
        letters = write_letters(
            store,
            rules_of(client),
            customer_id,
            render=render_letter,
            author=author(by),
            now=utc_now(),
            kind=kind,
        )
    if html is not None:
        html.mkdir(parents=True, exist_ok=True)
        for one in letters:
            page = html / f"credit-decision-{one.decision_id}-{one.kind}.html"
            page.write_text(one.body_html, encoding="utf-8")
            typer.echo(f"Wrote {page}.")
    elif as_json:
        typer.echo(json.dumps([_as_json(one) for one in letters], indent=2))
    else:
        typer.echo("\n\f".join(_text(one) for one in letters))


def _text(one: HeldLetter) -> str:
    return one.body_text.rstrip("\n")


def _as_json(one: HeldLetter) -> dict[str, object]:
    return {
        "letter_id": one.letter_id,
        "decision_id": one.decision_id,
        "kind": one.kind,
        "country": one.country,
        "subject": one.subject,
        "due_by": None if one.due_by is None else one.due_by.isoformat(),
        "author": one.author,
        "written_at": one.written_at.isoformat(),
        "text": one.body_text,
        "html": one.body_html,
    }
