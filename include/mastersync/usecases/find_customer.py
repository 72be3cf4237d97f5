"""Finding the customer that a person means by an id."""

from mastersync.errors import NotFoundError
from mastersync.ports.store import Unit


def live_customer(unit: Unit, customer_id: str) -> str:
    """Return whom an id stands for.

    Raises:
        NotFoundError: There is no such customer.
    """
    state = unit.identity.find([customer_id]).get(customer_id)
    if state is None:
        raise NotFoundError(
            f"There is no customer {customer_id}.",
            next_step="Tickets and `mastersync changes` name customers.",
        )
    return state.live_id
