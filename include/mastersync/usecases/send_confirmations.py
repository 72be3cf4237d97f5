"""Doing confirmation mails: composed at the last moment, with a link that never changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mastersync.domain.confirmations.invitation import Invitation, compose
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.confirmations.tokens import token_for
from mastersync.domain.effects.model import (
    ClaimedEffect,
    Deed,
    EffectKind,
    EffectState,
    Settlement,
)
from mastersync.errors import PermanentError, RetryableError, UnknownOutcomeError
from mastersync.ports.mail import Mail, Mailer
from mastersync.ports.store import Store, Unit
from mastersync.usecases.lease import Lease
from mastersync.usecases.plan_confirmations import MAIL_TARGET

# Returns (subject, text, html) of an invitation in a language.
Render = Callable[[Invitation, str], tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class MailSetting:
    """What all mails of a client have in common."""

    client_name: str
    policy: ConfirmationPolicy
    portal_url: str
    secret_key: str


class MailPerformer:
    """Implements `deliver_effects.Performer` for confirmation mails."""

    kind = EffectKind.EMAIL
    target = MAIL_TARGET
    claim_size = 1  # a worker that dies may have sent one that is sent again
    patience = timedelta(minutes=1)
    state_of_lost = EffectState.UNKNOWN

    def __init__(
        self, store: Store, mailer: Mailer, setting: MailSetting, *, render: Render
    ) -> None:
        self._store = store
        self._mailer = mailer
        self._setting = setting
        self._render = render

    def perform(self, effects: Sequence[ClaimedEffect], lease: Lease) -> list[Settlement]:
        """Send the mails."""
        with self._store.begin() as unit:
            newest = unit.customers.newest([effect.customer_id for effect in effects])
        held = {golden.customer_id: dict(golden.fields) for golden in newest}

        def send(effect: ClaimedEffect, now: datetime) -> Settlement:
            return self._send(effect, held.get(effect.customer_id, {}), now=now)

        return lease.perform_each(effects, send, lasting=self.patience)

    def record(self, unit: Unit, settlements: Sequence[Settlement], *, now: datetime) -> None:
        """Nothing goes with a mail: its request was kept when it was planned."""

    def _send(self, effect: ClaimedEffect, held: dict[str, str], *, now: datetime) -> Settlement:
        if not held.get("email"):
            return Settlement(
                effect=effect, deed=Deed.STALE, problem="The customer has no email address now."
            )
        try:
            message_id = self._mailer.send(self._mail(effect, held, now=now))
        except RetryableError as error:
            wait = timedelta(seconds=error.retry_after or 0)
            return Settlement(
                effect=effect, deed=Deed.RETRY, problem=error.problem, again_at=now + wait
            )
        except UnknownOutcomeError as error:
            return Settlement(effect=effect, deed=Deed.UNKNOWN, problem=error.problem)
        except PermanentError as error:
            return Settlement(
                effect=effect, deed=Deed.FAILED, problem=error.problem, next_step=error.next_step
            )
        return Settlement(effect=effect, deed=Deed.DONE, outcome={"message": message_id})

    def _mail(self, effect: ClaimedEffect, held: dict[str, str], *, now: datetime) -> Mail:
        setting = self._setting
        invitation = compose(
            held,
            client_name=setting.client_name,
            token=token_for(setting.secret_key, UUID(str(effect.body["request_id"]))),
            portal_url=setting.portal_url,
            policy=setting.policy,
            now=now,
        )
        subject, text, html = self._render(invitation, setting.policy.language)
        return Mail(
            to=held["email"],
            sender=setting.policy.sender,
            sender_name=setting.policy.sender_name,
            reply_to=setting.policy.reply_to,
            subject=subject,
            text=text,
            html=html,
            reference=str(effect.effect_id),
        )
