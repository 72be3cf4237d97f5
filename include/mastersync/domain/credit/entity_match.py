"""Whether a company that an agency offers is surely our customer: no report is bought below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mastersync.domain.credit.likeness import Alike, Likeness, alike
from mastersync.domain.credit.model import AgencyCompany, CreditSubject
from mastersync.domain.resolution.vocabulary.identifiers import canonical_identifier


class MatchGrade(StrEnum):
    """How sure it is that a company is our customer; A is surest."""

    A = "A"  # the same number of a register, and nothing contradicts
    B = "B"  # the same name at the same address, and the agency is sure as well
    C = "C"  # the same name at the same address or nearby
    D = "D"  # something speaks for it and something against: a person looks
    E = "E"  # another company

    def is_at_least(self, other: "MatchGrade") -> bool:
        """Say whether this grade is as sure as another one, or surer."""
        return self.value <= other.value


@dataclass(frozen=True, kw_only=True)
class MatchGate:
    """From which grade a report is bought, and from which confidence an agency is sure (0 to 1)."""

    buy_at: MatchGrade = MatchGrade.A
    sure_at: Decimal = Decimal("0.8")


@dataclass(frozen=True, kw_only=True)
class GradedCompany:
    """A company that the agency offers, with what speaks for it and against it, in words."""

    company: AgencyCompany
    grade: MatchGrade
    why: str


@dataclass(frozen=True, kw_only=True)
class MatchVerdict:
    """What the gate says. ``company`` is whose report may be bought, None when none may.

    ``grade`` is the best company's, E when the agency offers none. ``doubtful``: a person can
    tell, from ``candidates`` (best first; those of grade E are left out).
    """

    company: AgencyCompany | None
    grade: MatchGrade
    why: str
    doubtful: bool
    candidates: tuple[GradedCompany, ...] = ()


def grade_match(
    subject: CreditSubject, found: Sequence[AgencyCompany], gate: MatchGate
) -> MatchVerdict:
    """Say whose report may be bought: one company alone at or above the gate's grade."""
    graded = [
        _grade(subject, company, likeness, gate)
        for company, likeness in zip(found, alike(subject, found), strict=True)
    ]
    candidates = tuple(
        sorted((one for one in graded if one.grade is not MatchGrade.E), key=lambda one: one.grade)
    )
    if not candidates:
        why = "The agency offers no company that could be this customer."
        return MatchVerdict(company=None, grade=MatchGrade.E, why=why, doubtful=False)
    best = candidates[0]
    sure = {one.company.reference for one in candidates if one.grade.is_at_least(gate.buy_at)}
    if len(sure) > 1:
        why = f"{len(sure)} companies fit it equally well enough: {best.why}."
        return _doubt(candidates, why)
    if not sure:
        why = f"The best of {len(candidates)} has grade {best.grade}, bought is from grade "
        return _doubt(candidates, f"{why}{gate.buy_at}: {best.why}.")
    return MatchVerdict(
        company=best.company,
        grade=best.grade,
        why=f"{best.why}.",
        doubtful=False,
        candidates=candidates,
    )


@dataclass(frozen=True, kw_only=True)
class CompanyChoice:
    """A person's word on which company the customer is; ``reference`` "" is none of ``refused``.

    ``numbers`` are the customer's country, registration and tax number when it was given: with
    other ones it is another question.
    """

    reference: str
    name: str
    registration_number: str
    refused: frozenset[str]
    numbers: tuple[str, str, str]
    author: str

    def is_on(self, subject: CreditSubject) -> bool:
        """Say whether the word is on the customer as it is now."""
        return self.numbers == numbers_of(subject)


def numbers_of(subject: CreditSubject) -> tuple[str, str, str]:
    """Return what a person's word on the customer's company holds with."""
    return subject.country, subject.registration_number, subject.tax_id


def match_company(
    subject: CreditSubject,
    found: Sequence[AgencyCompany],
    gate: MatchGate,
    word: CompanyChoice | None,
) -> MatchVerdict:
    """Say whose report may be bought, a person's word going before all grades.

    Companies that a person has refused are no candidates any more; new ones are.
    """
    if word is None or not word.is_on(subject):
        return grade_match(subject, found, gate)
    if not word.reference:
        rest = [company for company in found if company.reference not in word.refused]
        return grade_match(subject, rest, gate)
    offered = {company.reference: company for company in found}
    chosen = AgencyCompany(
        reference=word.reference,
        name=word.name,
        registration_number=word.registration_number,
        is_active=True,
    )
    return MatchVerdict(
        company=offered.get(word.reference, chosen),
        grade=MatchGrade.A,
        why=f"{word.author} said that it is this company.",
        doubtful=False,
    )


def _doubt(candidates: tuple[GradedCompany, ...], why: str) -> MatchVerdict:
    return MatchVerdict(
        company=None, grade=candidates[0].grade, why=why, doubtful=True, candidates=candidates
    )


def _grade(
    subject: CreditSubject, company: AgencyCompany, likeness: Alike, gate: MatchGate
) -> GradedCompany:
    numbers = _numbers(subject, company)
    if numbers is Likeness.SAME:
        grade = _of_same_number(likeness)
    elif numbers is Likeness.SIMILAR:
        grade = MatchGrade.D
    elif numbers is Likeness.DIFFERENT:
        grade = MatchGrade.D if likeness.name is Likeness.SAME else MatchGrade.E
    else:
        grade = _by_likeness(likeness, company.confidence, gate)
    if not company.is_active and grade.is_at_least(MatchGrade.D):
        grade = MatchGrade.D
    return GradedCompany(
        company=company, grade=grade, why=_why(numbers, likeness, company, country=subject.country)
    )


def _of_same_number(likeness: Alike) -> MatchGrade:
    """The number may be one that was typed wrongly: another name with it is for a person."""
    return MatchGrade.D if likeness.name is Likeness.DIFFERENT else MatchGrade.A


def _by_likeness(likeness: Alike, confidence: Decimal | None, gate: MatchGate) -> MatchGrade:
    """Grade without a number. The agency's confidence can lift a grade by one, or lower it."""
    is_sure = confidence is not None and confidence >= gate.sure_at
    is_unsure = confidence is not None and not is_sure
    if likeness.name in {Likeness.UNSAID, Likeness.DIFFERENT}:
        return MatchGrade.E
    if likeness.place is Likeness.DIFFERENT:
        return MatchGrade.D if likeness.name is Likeness.SAME else MatchGrade.E
    if likeness.place is Likeness.UNSAID or is_unsure:
        return MatchGrade.D
    if likeness.name is Likeness.SAME and likeness.place is Likeness.SAME and is_sure:
        return MatchGrade.B
    return MatchGrade.C if Likeness.SAME in {likeness.name, likeness.place} else MatchGrade.D


def _numbers(subject: CreditSubject, company: AgencyCompany) -> Likeness:
    """Compare the numbers of registers, which repeat across borders; SIMILAR is one of two."""
    if company.country and subject.country and company.country != subject.country:
        return Likeness.UNSAID
    told = (
        _number(subject.registration_number, company.registration_number),
        _number(subject.tax_id, company.tax_id),
    )
    if Likeness.DIFFERENT in told:
        return Likeness.SIMILAR if Likeness.SAME in told else Likeness.DIFFERENT
    return Likeness.SAME if Likeness.SAME in told else Likeness.UNSAID


def _number(ours: str, theirs: str) -> Likeness:
    one, other = _plain(ours), _plain(theirs)
    if not one or not other:
        return Likeness.UNSAID
    return Likeness.SAME if one == other else Likeness.DIFFERENT


def _plain(number: str) -> str:
    """Leading zeros are lost in spreadsheets, so they tell nothing."""
    signs = canonical_identifier(number) or "".join(filter(str.isalnum, number.upper()))
    return signs.lstrip("0")


_OF_NUMBERS: Final = {
    Likeness.SAME: "the same registration or tax number",
    Likeness.SIMILAR: "one of registration and tax number the same and the other not",
    Likeness.DIFFERENT: "another registration or tax number",
    Likeness.UNSAID: "no number that could be compared",
}
_OF_NAMES: Final = {
    Likeness.SAME: "the same name",
    Likeness.SIMILAR: "a similar name",
    Likeness.DIFFERENT: "another name",
    Likeness.UNSAID: "no name",
}
_OF_PLACES: Final = {
    Likeness.SAME: "the same address",
    Likeness.SIMILAR: "a place nearby",
    Likeness.DIFFERENT: "another place",
    Likeness.UNSAID: "no address that could be compared",
}


def _why(numbers: Likeness, likeness: Alike, company: AgencyCompany, *, country: str) -> str:
    said = [_OF_NUMBERS[numbers], _OF_NAMES[likeness.name], _OF_PLACES[likeness.place]]
    if company.confidence is not None:
        said.append(f"the agency is {company.confidence:.0%} sure")
    if company.country and country and company.country != country:
        said.append(f"registered in {company.country}")
    if not company.is_active:
        said.append("no longer active")
    return ", ".join(said)
