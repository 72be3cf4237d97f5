"""How one client orders from Creditsafe, in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class CreditsafeOptions:
    """``custom_data`` by country is what its law wants stated (``DE: de_reason_code::1``)."""

    language: str = "en"
    template: str = "full"
    custom_data: Mapping[str, str] = field(default_factory=dict)
