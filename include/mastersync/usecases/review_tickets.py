"""The ticket of a record of which only a person can say whose it is."""

from collections.abc import Mapping
from typing import Final

from mastersync.domain.matching.model import Assignment, Band
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.matches import RecordHead

WAITS_FOR_OTHER: Final = "The record that it belongs to waits itself; this one follows it."
_CANDIDATES_SHOWN: Final = 5


def review_ticket(
    a: Assignment, heads: Mapping[int, RecordHead], *, client_id: str, version_id: int
) -> TicketDraft:
    """Return the question; assignment and candidates go by the numbers of ``heads``."""
    record = heads[a.record_id]
    first = a.candidates[0] if a.candidates else None
    other = None
    if first is not None:
        other = heads[first.right if first.left == a.record_id else first.left]
    follows = a.reason == WAITS_FOR_OTHER
    prefix, question = ("follows", "Waits:") if follows else ("review", "Same customer?")
    return TicketDraft(
        cause_key=f"{prefix}:{record.system}:{record.source_key}",
        kind=TicketKind.REVIEW,
        title=f"{question} {record.system} {record.source_key}"
        + ("" if other is None else f" and {other.system} {other.source_key}"),
        cause=_cause(a),
        next_step=_next_step(client_id, record, other),
        subjects=(f"version:{version_id}",),
        detail={
            "left": {"system": record.system, "key": record.source_key},
            "right": None if other is None else {"system": other.system, "key": other.source_key},
            "candidates": [
                {
                    "left": heads[candidate.left].record_id,
                    "right": heads[candidate.right].record_id,
                    "score": round(candidate.score, 3),
                    "sentence": candidate.sentence,
                }
                for candidate in a.candidates[:_CANDIDATES_SHOWN]
            ],
        },
    )


def _next_step(client_id: str, record: RecordHead, other: RecordHead | None) -> str:
    if other is None:
        return (
            "Say whose record it is: mastersync decide "
            f"{client_id} same {record.system}:{record.source_key} SYSTEM:KEY --reason …"
        )
    pair = f"{record.system}:{record.source_key} {other.system}:{other.source_key}"
    return (
        "Compare the two records and say what they are: mastersync decide "
        f"{client_id} same {pair} --reason …, or not-same, or related."
    )


def _cause(a: Assignment) -> str:
    """Return what speaks for and against, and why that is not enough to decide."""
    if not a.candidates:
        return a.reason
    sentence = a.candidates[0].sentence
    return sentence if a.candidates[0].band is Band.REVIEW else f"{sentence} But: {a.reason}."
