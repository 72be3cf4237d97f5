"""The purpose gate: whether the law lets a customer be checked, with what is on record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mastersync.domain.credit.packs import CountryPack, OnRecord, Purpose, SubjectRule
from mastersync.domain.credit.subjects import SubjectType


@dataclass(frozen=True, kw_only=True)
class BasisDocument:
    """A document that the client holds; without ``countries`` it serves customers of all.

    ``valid_until`` is its last day, None when it has none.
    """

    kind: OnRecord
    reference: str
    valid_until: date | None = None
    countries: frozenset[str] = frozenset()

    def serves(self, country: str) -> bool:
        """Say whether it covers customers of a country."""
        return not self.countries or country in self.countries


@dataclass(frozen=True, kw_only=True)
class CheckedSubject:
    """Whom an order is about, as whom, for what, and with whose data."""

    subject_type: SubjectType
    country: str
    purpose: Purpose
    agency: str
    applicant_authority: str = ""


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """The law lets the report be bought, on these documents."""

    laws: tuple[str, ...]
    documents: tuple[BasisDocument, ...]
    soft_search: bool


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The law does not let the report be bought. ``cause`` is the same for all it holds for."""

    cause: str
    words: str
    next_step: str


def packs_for(customer: CountryPack, client: CountryPack) -> tuple[CountryPack, ...]:
    """Return the packs that hold: the customer's country's and the client's country's."""
    return (customer,) if customer == client else (customer, client)


def gate(
    packs: Sequence[CountryPack],
    subject: CheckedSubject,
    basis: Iterable[BasisDocument],
    on: date,
) -> Allowed | Refused:
    """Say whether the subject may be checked on a day; all packs have to allow it."""
    found: list[SubjectRule] = []
    for pack in packs:
        rule = pack.rules.get(subject.subject_type)
        if rule is None:
            return _no_rule(pack, subject)
        if subject.purpose not in rule.purposes:
            return _wrong_purpose(pack, rule, subject)
        found.append(rule)
    documents: dict[OnRecord, BasisDocument] = {}
    held = [document for document in basis if document.serves(subject.country)]
    for pack, rule in zip(packs, found, strict=True):
        for kind in sorted(wanted(pack, rule, subject.agency)):
            document = _document(kind, held, subject, on)
            if document is None:
                return _missing(pack, rule, subject, kind=kind, held=held)
            documents[kind] = document
    return Allowed(
        laws=tuple(dict.fromkeys(law for rule in found for law in rule.laws)),
        documents=tuple(documents.values()),
        soft_search=any(rule.soft_search for rule in found),
    )


def wanted(pack: CountryPack, rule: SubjectRule, agency: str) -> frozenset[OnRecord]:
    """Return what a country wants on record before this agency is asked."""
    return rule.on_record | (rule.of_bureaus if agency in pack.bureaus else frozenset())


def _document(
    kind: OnRecord, held: Sequence[BasisDocument], subject: CheckedSubject, on: date
) -> BasisDocument | None:
    if kind is OnRecord.APPLICANT_AUTHORITY and subject.applicant_authority:
        return BasisDocument(kind=kind, reference=subject.applicant_authority)
    for document in held:
        ends = document.valid_until
        if document.kind is kind and (ends is None or on <= ends):
            return document
    return None


def _no_rule(pack: CountryPack, subject: CheckedSubject) -> Refused:
    kind = _WORDS[subject.subject_type]
    return Refused(
        cause=f"no_rule:{subject.subject_type}:{pack.country}",
        words=f"No rules are held for reports on {kind} in {subject.country or 'no country'}.",
        next_step="Have a lawyer confirm a pack for the country, or decide without a report.",
    )


def _wrong_purpose(pack: CountryPack, rule: SubjectRule, subject: CheckedSubject) -> Refused:
    allowed = ", ".join(sorted(rule.purposes))
    return Refused(
        cause=f"purpose:{subject.subject_type}:{pack.country}",
        words=f"{pack.name} does not let {_WORDS[subject.subject_type]} be checked for "
        f"'{subject.purpose}' ({'; '.join(rule.laws)}).",
        next_step=f"Set credit.permissible_purpose to what is true, if it is one of: {allowed}.",
    )


def _missing(
    pack: CountryPack,
    rule: SubjectRule,
    subject: CheckedSubject,
    *,
    kind: OnRecord,
    held: Sequence[BasisDocument],
) -> Refused:
    ended = [one for one in held if one.kind is kind]
    state = f"ended on {ended[-1].valid_until}" if ended else "is not on record"
    return Refused(
        cause=f"{'expired' if ended else 'missing'}:{kind}:{subject.subject_type}:{pack.country}",
        words=f"{pack.name} wants '{kind}' before {_WORDS[subject.subject_type]} are checked "
        f"({'; '.join(rule.laws)}), and it {state}.",
        next_step="Get the document, and name it under credit.basis of client.yaml; or decide "
        "without a report.",
    )


_WORDS = {
    SubjectType.COMPANY: "companies",
    SubjectType.SOLE_TRADER: "sole traders",
    SubjectType.INDIVIDUAL: "individuals",
}
