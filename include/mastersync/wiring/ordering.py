"""Opening a client's agency for placing orders."""

from collections.abc import Iterator
from contextlib import contextmanager

from mastersync.usecases.explain_credit import credit_of
from mastersync.usecases.order_credit import CreditPerformer
from mastersync.usecases.settle_orders import settle_lost_orders
from mastersync.wiring.client import Client


@contextmanager
def open_orders(client: Client) -> Iterator[CreditPerformer]:
    """Open what places orders; those of unknown outcome are settled first, where that can be."""
    with client.agency() as agency:
        settle_lost_orders(client.store, agency, lag=client.statement_lag, now=client.clock())
        yield CreditPerformer(agency, credit_of(client.rules), valid_for=client.report_validity)
