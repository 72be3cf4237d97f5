"""Clocks in words."""

from mastersync.domain.sla.model import ClockReading, SlaPolicy


def explain_clock(reading: ClockReading, policy: SlaPolicy) -> str:
    """Return what a clock says and why, in sentences: from when, how long, which pauses, due."""
    raise NotImplementedError


def clause_table(policy: SlaPolicy) -> list[dict[str, str]]:
    """Return the clauses as rows of words, for people to read."""
    raise NotImplementedError
