"""Letters on credit decisions: which are due by law, and what they have to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mastersync.domain.credit.deciding import CreditDecision
from mastersync.domain.credit.packs import Letter, pack_of
from mastersync.domain.credit.purpose import packs_for
from mastersync.domain.credit.recommendation import Outcome
from mastersync.domain.credit.subjects import SubjectType

PLAIN: Final = "decision"  # on a decision of which no law wants a letter
# ECOA Reg. B 12 CFR 1002.9(a)(1): thirty days.
_DAYS: Final[Mapping[str, int]] = {Letter.ADVERSE_ACTION: 30}


@dataclass(frozen=True, kw_only=True)
class AgencyAddress:
    """How the customer reaches the agency whose report was used."""

    name: str
    address: tuple[str, ...]
    contact: str


@dataclass(frozen=True, kw_only=True)
class LetterSender:
    """Who decided, and whom the customer may write to. ``regulator`` is of the client (US)."""

    name: str
    address: tuple[str, ...]
    contact: str
    signed_by: str
    agency: AgencyAddress
    regulator: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterContent:
    """Everything that a letter's words may need. Amounts and days are as people write them.

    ``report`` is what the report said, sentence by sentence; empty when none was used.
    """

    kind: str
    sender: LetterSender
    addressed_to: tuple[str, ...]
    written_on: str
    decided_on: str
    reference: str
    country: str
    is_person: bool
    outcome: Outcome
    requested: str
    given: str
    payment_terms: str
    reasons: Sequence[str]
    report: Sequence[str]
    report_date: str
    rights: Sequence[str]


def letters_due(decision: CreditDecision, *, client_country: str) -> tuple[str, ...]:
    """Return the kinds of letter that law wants on a decision; none on one that gives all."""
    word = decision.word
    if word.outcome is Outcome.ACCEPTED:
        return ()
    kinds = _kinds(word.subject_type, word.country, client_country)
    return tuple(kind for kind in kinds if kind is not Letter.NONE)


def _kinds(subject_type: str, country: str, client_country: str) -> dict[Letter, None]:
    """Return, in order and once each, what both countries' laws want for a kind of customer.

    Whose kind is unknown, or who is a person where no law is held, is told of human review.
    """
    of_kind = {str(kind): kind for kind in SubjectType}
    subject = of_kind.get(subject_type, SubjectType.INDIVIDUAL)
    rules = [
        pack.rules.get(subject) for pack in packs_for(pack_of(country), pack_of(client_country))
    ]
    return dict.fromkeys(Letter.HUMAN_REVIEW if rule is None else rule.letter for rule in rules)


def letters_possible(decision: CreditDecision, *, client_country: str) -> tuple[str, ...]:
    """Return the kinds that can be written: those due, the plain one, and the agency's name.

    In Britain who asks is told which agency was used, whatever was decided (Consumer Credit Act
    1974 s. 157).
    """
    due = letters_due(decision, client_country=client_country)
    return tuple(dict.fromkeys((*due, PLAIN, Letter.AGENCY_NAMED)))


def due_by(kind: str, decided_on: date) -> date | None:
    """Return the last day on which law lets the letter leave; None where it names none."""
    days = _DAYS.get(kind)
    return None if days is None else decided_on + timedelta(days=days)
