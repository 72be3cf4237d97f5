"""Ids for customers that records open: the same when derived again, and never somebody else's."""

from collections.abc import Mapping
from typing import TypeVar

from mastersync.domain.matching.customer_ids import customer_id_for
from mastersync.domain.matching.model import SourceKey
from mastersync.ports.store import Unit

K = TypeVar("K")


def fresh_ids(unit: Unit, client_id: str, openers: Mapping[K, SourceKey]) -> dict[K, str]:
    """Return the id of the customer that each record opens.

    A record that was deleted and comes back as somebody new does not get the id of the customer
    that it opened once, while others are that customer now or it was merged.
    """
    found: dict[K, str] = {}
    nth = 0
    while len(found) < len(openers):
        tried = {
            place: customer_id_for(client_id, system=key.system, source_key=key.key, nth=nth)
            for place, key in openers.items()
            if place not in found
        }
        occupied = set(unit.identity.occupied(sorted(set(tried.values()))))
        found |= {place: one for place, one in tried.items() if one not in occupied}
        nth += 1
    return found
