"""A client's contracts with us, and which rules a newer version of them has made stale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A contract of record. ``versions`` is each one's first day in force, by its name."""

    name: str
    title: str
    versions: Mapping[str, date]

    @property
    def newest(self) -> str:
        """The version that takes effect last."""
        return max(self.versions, key=self.versions.__getitem__)


@dataclass(frozen=True, kw_only=True)
class Citation:
    """Which clause of which version of a contract a rule was read from.

    ``rule`` names it as people find it in the client's file.
    """

    rule: str
    clause: str
    contract: str
    version: str


@dataclass(frozen=True, kw_only=True)
class StaleRule:
    """A rule that was read from a version of its contract that is not the newest any more."""

    citation: Citation
    contract: Contract

    @property
    def words(self) -> str:
        """The rule, its clause, and both versions."""
        cited, contract = self.citation, self.contract
        return (
            f"{cited.rule} cites clause {cited.clause} of the {contract.title}, version "
            f"{cited.version} (in force from {contract.versions[cited.version]}); version "
            f"{contract.newest} is in force from {contract.versions[contract.newest]}."
        )


def stale_rules(contracts: Iterable[Contract], citations: Iterable[Citation]) -> list[StaleRule]:
    """Return the rules to read again, in the order of the file.

    Also where the newer version is not in force yet: that is the time to read it.
    """
    by_name = {contract.name: contract for contract in contracts}
    return [
        StaleRule(citation=citation, contract=contract)
        for citation in citations
        if (contract := by_name[citation.contract]).newest != citation.version
    ]
