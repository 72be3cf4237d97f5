"""What an agency tells of a company after its report was bought."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class AgencyEvent:
    """A change that an agency noted at a company that it watches for us.

    ``event_id`` is the agency's own, or what stands for it; ``kind`` is the agency's word for what
    changed. ``happened_at`` is when it changed, which may be days before it was told.
    """

    event_id: str
    agency: str
    company_reference: str
    kind: str
    happened_at: datetime
    old: str = ""
    new: str = ""


@dataclass(frozen=True, kw_only=True)
class NotedEvent(AgencyEvent):
    """A change as it is kept; ``noted_at`` is when the agency told us."""

    noted_at: datetime
