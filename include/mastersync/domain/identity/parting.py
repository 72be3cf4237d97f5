"""Which records go back when a merge is undone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from mastersync.domain.decisions.model import PairDecision
from mastersync.domain.identity.model import BeforeImage, CustomerLink, CustomerState


def survival(customer: CustomerState) -> tuple[int, datetime, str]:
    """Return a sort key: the first of several customers keeps its id when they become one.

    Who has more records, was opened earlier, sorts first.
    """
    return -customer.record_count, customer.created_at, customer.customer_id


def going_back(
    before: BeforeImage,
    links: Sequence[CustomerLink],
    *,
    merged_at: datetime,
    own_ids: Collection[str],
    by_other_merges: Collection[int],
    same: Iterable[PairDecision],
) -> frozenset[int]:
    """Return the ids of those of the survivor's links that go back to the other customer.

    Those that came with it; and of what was linked since a record that was its own before, that
    we created for it, that a person called the same as one of its records, or that was matched
    to one of them. Everything else that came later stays with the survivor.

    Args:
        links: All links of the survivor, also ended ones.
        own_ids: The other customer's id, and those of customers merged into it.
        by_other_merges: Links that came with other merges; these are undone by themselves.
        same: The decisions in force that records are the same.
    """
    came_with = set(before.links)
    own = {link.record_id: link.key for link in links if link.link_id in came_with}
    others = came_with | set(by_other_merges)
    later = [link for link in links if link.linked_at > merged_at and link.link_id not in others]
    pairs = [decision.pair for decision in same]
    back: set[int] = set()
    found = True
    while found:
        found = False
        for link in later:
            if link.link_id in back or not (
                link.record_id in own
                or link.made_for in own_ids
                or set(link.matched_with) & own.keys()
                or any(link.key in pair and pair & set(own.values()) for pair in pairs)
            ):
                continue
            back.add(link.link_id)
            own[link.record_id] = link.key
            found = True
    return frozenset(back | {link.link_id for link in links if link.link_id in came_with})
