"""The sections of a client's file that say what its SLA wants."""

from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from mastersync.config.values import (
    CanonicalName,
    ConnectionId,
    Days,
    EmailAddress,
    Share,
    Strict,
    Text,
    mistake,
)
from mastersync.domain.confirmations.labels import LANGUAGES
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.records.fields import FIELDS


class MatchingConfig(Strict):
    """When two records are one customer."""

    same_at: Share = Field(default=0.95, description="Score from which they are the same.")
    review_at: Share = Field(default=0.70, description="Score from which a person is asked.")

    @model_validator(mode="after")
    def _bands_are_in_order(self) -> Self:
        if self.review_at >= self.same_at:
            raise mistake("'review_at' is not below 'same_at'.", "Lower it, or raise 'same_at'.")
        return self

    def to_policy(self) -> MatchPolicy:
        return MatchPolicy(same_at=self.same_at, review_at=self.review_at)


class ConfirmationConfig(Strict):
    """Whom to ask to confirm the details held, in whose name, about what."""

    enabled: bool = Field(default=True, description="Whether customers are asked at all.")
    connection: ConnectionId = Field(description="The client's account at the mail carrier.")
    sender: EmailAddress = Field(description="Address that mails come from.")
    sender_name: Text = Field(description="Name that mails come from.")
    reply_to: EmailAddress = Field(description="Address that answers by mail go to.")
    relation: Annotated[str, Field(max_length=200)] = Field(
        default="", description="What the client is to its customers: your food wholesaler."
    )
    fields: tuple[CanonicalName, ...] = Field(
        min_length=1, description="What the customer is shown, in this order."
    )
    ask_again_after_days: Days = Field(default=365, description="Days to leave them in peace.")
    max_per_run: int = Field(ge=0, le=100_000, description="Mails that one run may send.")
    link_valid_days: Days = Field(default=30, description="Days that a link can be answered.")
    languages: tuple[Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")], ...] = Field(
        default=("en",), min_length=1, description="Of mail and page; the first is the usual one."
    )

    @field_validator("fields", mode="after")
    @classmethod
    def _asks_for_no_bank_details(cls, fields: tuple[str, ...]) -> tuple[str, ...]:
        bank = [name for name in fields if FIELDS[name].group == "bank"]
        if bank:
            how = "Leave it out; have bank details confirmed by phone, and pin them."
            raise mistake(f"'{bank[0]}' is a bank detail, which no page of ours asks for.", how)
        return fields

    def to_policy(self) -> ConfirmationPolicy:
        return ConfirmationPolicy(
            enabled=self.enabled,
            sender=self.sender,
            sender_name=self.sender_name,
            reply_to=self.reply_to,
            fields=self.fields,
            ask_again_after_days=self.ask_again_after_days,
            max_per_run=self.max_per_run,
            link_valid_days=self.link_valid_days,
            language=self.languages[0],
            relation=self.relation,
        )


class DeputyConfig(Strict):
    """Who answers when somebody is away."""

    name: Text = Field(description="As colleagues say it.")
    email: EmailAddress = Field(description="Work address.")


class PersonConfig(DeputyConfig):
    """Somebody to ask."""

    deputy: DeputyConfig | None = Field(default=None, description="Who answers when away.")


class PeopleConfig(Strict):
    """Whom to ask about what."""

    line_manager: PersonConfig = Field(description="Answers for the work on this client.")
    account_manager: PersonConfig = Field(description="Speaks with the client.")
    sales: PersonConfig | None = Field(default=None, description="Knows the customers.")
    tax: PersonConfig | None = Field(default=None, description="Tax numbers and treatment.")
    legal: PersonConfig | None = Field(default=None, description="Names, contracts, purposes.")
