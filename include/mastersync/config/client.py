"""One client: everything its file says."""

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from mastersync.config.code_tables import with_built_in
from mastersync.config.contracts import ContractConfig, ContractName, mistakes_of_contracts
from mastersync.config.credit import CreditConfig
from mastersync.config.placed import raise_placed
from mastersync.config.policies import ConfirmationConfig, MatchingConfig, PeopleConfig
from mastersync.config.release import GuardsConfig, HoldConfig
from mastersync.config.sla import SlaConfig
from mastersync.config.survivorship import SurvivorshipConfig
from mastersync.config.systems import SystemConfig, target_policy
from mastersync.config.values import (
    CanonicalName,
    CodeField,
    Country,
    Days,
    PartyType,
    Schedule,
    Strict,
    SystemName,
    TableName,
    Text,
    TimeZone,
    mistake,
)
from mastersync.domain.confirmations.labels import LANGUAGES
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.credit.letters import LetterSender
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.recommendation import TermsPolicy
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.domain.golden.model import SurvivorshipPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.domain.sla.model import SlaPolicy
from mastersync.domain.targets.model import TargetPolicy


class ClientConfig(Strict):
    """A client of the provider: its systems, and what its SLA says of its customers' records."""

    client_id: Annotated[str, Field(pattern="^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)] = (
        Field(description="The name of this file's folder.")
    )
    name: Text = Field(description="What people call the client.")
    schedule: Schedule = Field(description="When it syncs, in its own time zone.")
    time_zone: TimeZone = Field(description="Of the schedule and of what people read.")
    language: Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")] = Field(
        default="en", description="That the client's people read."
    )
    default_country: Country = Field(
        description="Phones and numbers are read by it when a record names no country."
    )
    country: Country | None = Field(
        default=None,
        description="Where the client itself is; its law holds for credit checks, too. The default"
        " country if it is not said.",
    )
    party_type: PartyType | None = Field(
        default=None, description="Kind of customer, for records that do not say."
    )
    required: tuple[CanonicalName, ...] = Field(
        default=(), description="Fields without which a record is set aside; name always is one."
    )
    systems: dict[SystemName, SystemConfig] = Field(min_length=1, description="By name.")
    code_tables: dict[Text, dict[Text, Text]] = Field(
        default_factory=dict, description="Table name: code on one side to code on the other."
    )
    read_codes: dict[CodeField, TableName] = Field(
        default_factory=dict, description="Field: table from the systems' codes to ours."
    )
    unknown_codes: Literal["leave_out", "wait"] = Field(
        default="leave_out",
        description="A code that read_codes does not know: leave it out, or let the record wait.",
    )
    matching: MatchingConfig = Field(
        default=MatchingConfig(), description="When two records are one customer."
    )
    survivorship: SurvivorshipConfig = Field(description="Which value survives.")
    credit: CreditConfig | None = Field(default=None, description="Credit checks, if any.")
    confirmation: ConfirmationConfig | None = Field(
        default=None, description="Confirmation by the customer, if any."
    )
    sla: SlaConfig | None = Field(
        default=None, description="What the client was promised, clause by clause, if anything."
    )
    contracts: dict[ContractName, ContractConfig] = Field(
        default_factory=dict,
        description="The client's own with us, by a short name: rules cite their clauses.",
    )
    enabled: bool = Field(
        default=True, description="false: not synced, and nothing planned for it goes out."
    )
    release: ReleasePolicy = Field(
        default=ReleasePolicy.AUTO,
        description="Who lets plans go out: nobody (auto), a person (approve), or not at all"
        " (shadow).",
    )
    hold: HoldConfig = Field(
        default=HoldConfig(), description="Minutes that planned effects wait, by kind."
    )
    share: float = Field(
        default=1, gt=0, le=100, description="Of a worker's time, where other clients wait too."
    )
    guards: GuardsConfig = Field(description="What one run may change outside.")
    people: PeopleConfig = Field(description="Whom to ask.")
    retention_days: Days = Field(description="Days that landed records are kept.")

    @field_validator("client_id", mode="after")
    @classmethod
    def _is_its_folder(cls, client_id: str, info: ValidationInfo) -> str:
        if info.context is not None and client_id != info.context["client_id"]:
            how = "Rename the folder or this."
            raise mistake(f"the folder is called '{info.context['client_id']}'.", how)
        return client_id

    @model_validator(mode="after")
    def _asked_customers_can_be_reached(self) -> Self:
        known = {name for system in self.systems.values() for name in system.fields}
        if self.confirmation and self.confirmation.enabled and "email" not in known:
            how = "Map the field 'email' of a system, or set confirmation.enabled to false."
            raise mistake("customers are to be asked by mail, and no system has 'email'.", how)
        return self

    @model_validator(mode="after")
    def _somebody_hears_of_late_clocks(self) -> Self:
        untold = self.sla.untold(self.people) if self.sla else ()
        raise_placed((("sla", *place), what) for place, what in untold)
        return self

    @model_validator(mode="after")
    def _rules_cite_contracts_on_record(self) -> Self:
        raise_placed(mistakes_of_contracts(self))
        return self

    def prepare_policy(self, system: str) -> PreparePolicy:
        """Return how records of a system are prepared; contracts need not say who is meant."""
        contract = self.systems[system].kind == "contracts"
        return PreparePolicy(
            required=frozenset() if contract else frozenset(self.required),
            default_country=self.default_country,
            party_type=self.party_type,
            code_tables={name: self.code_tables[table] for name, table in self.read_codes.items()},
            waits_for=self.read_codes if self.unknown_codes == "wait" else {},
        )

    def match_policy(self) -> MatchPolicy:
        return self.matching.to_policy()

    def survivorship_policy(self) -> SurvivorshipPolicy:
        return self.survivorship.to_policy()

    def target_policies(self) -> dict[str, TargetPolicy]:
        """Return what may be written, by system; systems that are only read are left out."""
        tables = self.target_tables()
        policies = {
            name: target_policy(name, system, tables=tables, default_country=self.default_country)
            for name, system in self.systems.items()
        }
        return {name: policy for name, policy in policies.items() if policy is not None}

    def target_tables(self) -> dict[str, dict[str, str]]:
        """Return the tables from our codes to the targets', by the keys of ``code_key``."""
        return with_built_in(self.code_tables)

    def credit_policy(self) -> CreditPolicy | None:
        country = self.country or self.default_country
        return self.credit.to_policy(client_country=country) if self.credit else None

    def credit_terms(self) -> TermsPolicy | None:
        """Return what is recommended on customers' credit; None when checks are switched off."""
        return self.credit.to_terms() if self.credit and self.credit.enabled else None

    def letter_sender(self) -> LetterSender | None:
        """Return who writes letters on credit decisions, if the file says it."""
        letters = self.credit.letters if self.credit else None
        return letters.to_sender(self.name) if letters else None

    def confirmation_policy(self) -> ConfirmationPolicy | None:
        """Return how customers are asked; None when they are not."""
        asked = self.confirmation is not None and self.confirmation.enabled
        return self.confirmation.to_policy() if asked and self.confirmation else None

    def sla_policy(self) -> SlaPolicy | None:
        """Return what the client was promised; None when nothing was."""
        return self.sla.to_policy(self.people, zone=self.time_zone) if self.sla else None

    def guard_policy(self) -> GuardPolicy:
        return self.guards.to_policy()

    def release_rules(self) -> ReleaseRules:
        return ReleaseRules(policy=self.release, hold=self.hold.to_rules(), enabled=self.enabled)
