"""Everything a client's configuration says about what its sync does, as the rules take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.contracts import Citation, Contract
from mastersync.domain.credit.letters import LetterSender
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.recommendation import TermsPolicy
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.effects.release import ReleaseRules
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.golden.shown import OpenPaths
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.domain.sla.model import SlaPolicy
from mastersync.domain.targets.columns import Projector
from mastersync.domain.targets.model import TargetPolicy


@dataclass(frozen=True, kw_only=True)
class SystemRules:
    """How records of one system are read.

    ``mapping`` is canonical field → path in the payload; ``constants`` hold for every record.
    ``links_to`` names the system whose keys its keys are: same key, same customer.
    """

    mapping: Mapping[str, str]
    prepare: PreparePolicy
    constants: Mapping[str, str] = field(default_factory=dict)
    links_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClientRules:
    """One client's rules; ``policy_version`` names the state of its configuration.

    ``time_zone`` is where its people read what day it is.
    """

    client_id: str
    name: str
    policy_version: str
    systems: Mapping[str, SystemRules]
    match: MatchPolicy
    survivorship: SurvivorshipPolicy
    targets: Mapping[str, TargetPolicy]
    tables: Mapping[str, Mapping[str, str]]
    guards: GuardPolicy
    time_zone: str = "UTC"
    release: ReleaseRules = field(default_factory=ReleaseRules)
    credit: CreditPolicy | None = None
    terms: TermsPolicy | None = None
    letters: LetterSender | None = None
    confirmation: ConfirmationPolicy | None = None
    sla: SlaPolicy | None = None
    contracts: tuple[Contract, ...] = ()
    citations: tuple[Citation, ...] = ()
    document_systems: frozenset[str] = field(default=frozenset())

    @cached_property
    def projectors(self) -> Mapping[str, Projector]:
        """By target what puts golden records in its terms."""
        return {
            name: Projector(target=target, tables=self.tables)
            for name, target in self.targets.items()
        }

    @property
    def open_paths(self) -> OpenPaths:
        """By target the paths whose values may be shown in full."""
        return {name: target.open_paths for name, target in self.targets.items()}
