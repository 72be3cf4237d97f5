"""The client's contracts with us, whose clauses its rules cite."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Protocol, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mastersync.config.credit import CreditConfig
from mastersync.config.mistakes import Place, did_you_mean
from mastersync.config.placed import Placed, raise_placed
from mastersync.config.sla import SlaConfig
from mastersync.config.systems import SystemConfig, written_fields
from mastersync.config.values import Strict, Text, mistake
from mastersync.config.working_hours import IsoDate
from mastersync.domain.contracts import Citation, Contract

ContractName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$", max_length=40)]
_SLA, _CREDIT = "sla", "credit"


class ContractConfig(Strict):
    """A contract of the client with us, and the versions of it on record."""

    title: Text = Field(description="What people call it.")
    versions: Annotated[dict[Text, IsoDate], Field(min_length=1)] = Field(
        description="Each version's first day in force. Add a new one when it is signed: the rules"
        " that were read from an older one are stale then."
    )
    rules_read_from: Text = Field(
        description="The version that rules were read from which do not say it themselves."
    )
    covers: tuple[Text, ...] = Field(
        default=(),
        description="Whose clauses are its: sla, credit, and systems by name, whose write rules"
        " are meant; all if left out.",
    )

    @model_validator(mode="after")
    def _versions_fit_together(self) -> Self:
        raise_placed(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Placed]:
        if self.rules_read_from not in self.versions:
            yield ("rules_read_from",), no_version(self.rules_read_from, self.versions)
        if len(set(self.versions.values())) < len(self.versions):
            what = "two versions take effect on the same day."
            yield ("versions",), mistake(what, "Leave out the one that never came into force.")


class CitingClient(Protocol):
    """What a client's file says of contracts, and where it cites them."""

    @property
    def contracts(self) -> Mapping[str, ContractConfig]: ...
    @property
    def sla(self) -> SlaConfig | None: ...
    @property
    def credit(self) -> CreditConfig | None: ...
    @property
    def systems(self) -> Mapping[str, SystemConfig]: ...


def contracts_of(config: CitingClient) -> tuple[Contract, ...]:
    """Return the contracts of record."""
    return tuple(
        Contract(name=name, title=said.title, versions=said.versions)
        for name, said in config.contracts.items()
    )


def citations_of(config: CitingClient) -> tuple[Citation, ...]:
    """Return which clause each rule was read from, but of rules that no contract covers."""
    found = []
    for section, rule, clause, version, _ in _rules(config):
        contract = _covering(config, section)
        if contract is not None:
            read_from = version or config.contracts[contract].rules_read_from
            found.append(Citation(rule=rule, clause=clause, contract=contract, version=read_from))
    return tuple(found)


def mistakes_of_contracts(config: CitingClient) -> Iterator[Placed]:
    """Yield what contracts and rules say of each other that does not fit."""
    known = [_SLA, _CREDIT, *config.systems]
    taken: dict[str, str] = {}
    for name, contract in config.contracts.items():
        for number, section in enumerate(contract.covers):
            if section not in known:
                what = f"there is nothing called '{section[:60]}'."
                wrong = ("contracts", name, "covers", number)
                yield wrong, mistake(what, did_you_mean(section, known))
        for section in contract.covers or known:
            if section in taken:
                what = f"'{section}' is covered by '{taken[section]}' already."
                how = "Say under 'covers' of each contract whose clauses are its."
                yield ("contracts", name), mistake(what, how)
                break
            taken[section] = name
    for section, _, _, version, place in _rules(config):
        covering = taken.get(section)
        if version is None:
            continue
        if covering is None:
            how = f"Add it under 'contracts', covering '{section}'."
            yield place, mistake("no contract covers this rule.", how)
        elif version not in config.contracts[covering].versions:
            yield place, no_version(version, config.contracts[covering].versions)


def no_version(version: str, versions: Mapping[str, object]) -> PydanticCustomError:
    """Return what is raised where a version is named that is not on record."""
    return mistake(f"there is no version '{version[:60]}'.", did_you_mean(version, versions))


def _covering(config: CitingClient, section: str) -> str | None:
    for name, contract in config.contracts.items():
        if section in contract.covers or not contract.covers:
            return name
    return None


_Cited = tuple[str, str, str, str | None, Place]  # section, rule, clause, version, its place


def _rules(config: CitingClient) -> Iterator[_Cited]:
    yield from _promises(config)
    yield from _terms(config)
    for name, system in config.systems.items():
        for path, wanted in written_fields(system).items():
            for number, source in enumerate((wanted, *wanted.rules)):
                if source.clause is not None:
                    rule = f"{name} {path}" + (f" (rule {number})" if number else "")
                    below: Place = ("rules", number - 1) if number else ()
                    field: Place = ("systems", name, "write", "fields", path)
                    place = (*field, *below, "contract_version")
                    yield name, rule, source.clause, source.contract_version, place


def _promises(config: CitingClient) -> Iterator[_Cited]:
    for number, promise in enumerate(config.sla.clauses if config.sla else (), start=1):
        rule = f"sla.clauses {number} ({promise.measures})"
        place = ("sla", "clauses", number - 1, "contract_version")
        yield _SLA, rule, promise.clause, promise.contract_version, place


def _terms(config: CitingClient) -> Iterator[_Cited]:
    credit = config.credit
    if credit is None:
        return
    for number, term in enumerate(credit.terms, start=1):
        place: Place = ("credit", "terms", number - 1, "contract_version")
        yield _CREDIT, f"credit.terms {number}", term.clause, term.contract_version, place
    if credit.automatic is not None:
        said = credit.automatic
        place = ("credit", "automatic", "contract_version")
        yield _CREDIT, "credit.automatic", said.clause, said.contract_version, place
