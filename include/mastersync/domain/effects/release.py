"""When what is planned may leave the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from mastersync.domain.effects.model import EffectKind


class ReleasePolicy(StrEnum):
    """Who lets a client's plans go out."""

    AUTO = "auto"  # nobody: a plan within the guards goes out by itself
    APPROVE = "approve"  # a person, plan by plan
    SHADOW = "shadow"  # nothing goes out: derived and reported only


@dataclass(frozen=True, kw_only=True)
class ReleaseRules:
    """How a client's plans are released.

    ``hold`` is how long an effect of a kind waits after it was planned, so that a person can
    still stop it. A client that is not ``enabled`` is not synced, and nothing of it goes out.
    """

    policy: ReleasePolicy = ReleasePolicy.AUTO
    hold: Mapping[EffectKind, timedelta] = field(default_factory=dict)
    enabled: bool = True

    @property
    def delivers(self) -> bool:
        """Whether anything of the client may leave."""
        return self.enabled and self.policy is not ReleasePolicy.SHADOW
