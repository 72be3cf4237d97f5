"""``mastersync credit match``: which company of an agency a customer is."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.deciding import AsJson, By, Client, Reason, author, client_desk, reason_given
from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.decisions.model import Person
from mastersync.ports.credit_decisions import HeldOffer
from mastersync.usecases.confirm_company import confirm_company, offered_for
from mastersync.usecases.find_customer import live_customer
from mastersync.wiring.clock import utc_now

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Its id.")]


def match(  # noqa: PLR0913 (options of one command)
    client: Client,
    customer_id: Customer,
    reference: Annotated[
        str, typer.Argument(metavar="[REFERENCE]", help="The agency's; lists them if left out.")
    ] = "",
    *,
    none: Annotated[bool, typer.Option("--none", help="It is none of them.")] = False,
    reason: Reason = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Say which of the companies that the agency offers a customer is, or that it is none.

    The word is kept and used from then on, as long as the customer's numbers are the same. No
    report was bought on any of them; the next sync goes on.

    \b
    Examples:
      mastersync credit match harbor_foods C-7F3KQ-2M9XA
      mastersync credit match harbor_foods C-7F3KQ-2M9XA US-X-US1234567 --reason "their invoice"
      mastersync credit match harbor_foods C-7F3KQ-2M9XA --none --reason "closed; they are new"
    """
    if none and reference:
        raise typer.BadParameter("Give a reference or --none, not both.")
    if not none and not reference:
        _list(client, customer_id, as_json=as_json)
        return
    person = Person(by=author(by), reason=reason_given(reason))
    with client_desk(client) as store:
        said = confirm_company(
            store, customer_id, reference=reference, person=person, now=utc_now()
        )
    if as_json:
        found = {
            "answer_id": said.answer_id,
            "customer_id": said.customer_id,
            "agency": said.offer.agency,
            "company": said.company,
        }
        typer.echo(json.dumps(found, indent=2))
    elif said.company is None:
        count = len(said.offer.companies)
        typer.echo(f"{said.customer_id} is none of the {count} offered. They are not asked again.")
    else:
        name = said.company["name"]
        typer.echo(f"{said.customer_id} is {name} ({reference}). The next sync goes on with it.")


def _list(client: str, customer_id: str, *, as_json: bool) -> None:
    with client_desk(client) as store, store.begin() as unit:
        offer = offered_for(unit, client, live_customer(unit, customer_id))
    if as_json:
        typer.echo(json.dumps([dict(one) for one in offer.companies], indent=2))
        return
    show_offer(Console(highlight=False), offer)


def show_offer(console: Console, offer: HeldOffer) -> None:
    """Print the companies that an agency offered, the best first."""
    title = TITLES.get(offer.agency, offer.agency)
    console.print(f"{title} offers, {offer.offered_at:%d %b %Y}; bought on none of them:")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("REFERENCE", "GRADE", "NAME", "NUMBER", "ADDRESS"):
        table.add_column(heading, no_wrap=heading in {"REFERENCE", "GRADE"}, overflow="fold")
    table.add_column("WHY", ratio=1, overflow="fold")
    for one in offer.companies:
        cells = ("reference", "grade", "name", "registration_number", "address", "why")
        table.add_row(*(escape(one.get(cell, "")) for cell in cells))
    console.print(table)
