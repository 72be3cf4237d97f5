"""Gather the evidence for and against two records being the same, with words for each piece."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from mastersync.domain.matching import weights
from mastersync.domain.matching.features import Features
from mastersync.domain.matching.model import Evidence
from mastersync.domain.matching.name_comparison import (
    NameComparison,
    NameOutcome,
    compare_company_names,
    compare_person_names,
)
from mastersync.domain.matching.place_comparison import PlaceOutcome, compare_places

_TWO_SIGNS = 2
_LABELS = {
    "tax_id": "tax number",
    "registration_number": "registration number",
    "date_of_birth": "date of birth",
    "phone": "phone",
}
_PLACE_WORDS = {
    PlaceOutcome.SAME_ADDRESS: "same address",
    PlaceOutcome.SAME_DOOR: "same street and number, the city has another name",
    PlaceOutcome.SAME_STREET: "same street, one without a house number",
    PlaceOutcome.OTHER_NUMBER: "same street with another house number",
    PlaceOutcome.SAME_POSTCODE: "same postcode",
    PlaceOutcome.SAME_CITY: "same city",
    PlaceOutcome.MOVED_NEARBY: "another street in the same area",
    PlaceOutcome.ELSEWHERE: "address elsewhere",
}


# A name that differs is never outweighed by a shared site: tenants, subsidiaries, households.
NAME_CONFLICTS = frozenset(
    {
        NameOutcome.PART_ALIKE,
        NameOutcome.TRADE_DIFFERS,
        NameOutcome.PART_DIFFERS,
        NameOutcome.DIFFERS,
    }
)


def gather_evidence(left: Features, right: Features) -> tuple[Evidence, ...]:
    """Return every piece of evidence that both records have something to say about."""
    tax_table = weights.PERSON_TAX_ID if _are_persons(left, right) else weights.TAX_ID
    found = (
        *_name(left, right),
        _place(left, right),
        _exact("tax_id", left.tax_id, right.tax_id, table=tax_table),
        _exact(
            "registration_number",
            left.registration_number,
            right.registration_number,
            table=weights.REGISTRATION_NUMBER,
        ),
        _exact(
            "date_of_birth", left.date_of_birth, right.date_of_birth, table=weights.DATE_OF_BIRTH
        ),
        _exact("phone", left.phone, right.phone, table=weights.PHONE),
        _email(left, right),
    )
    evidence = tuple(piece for piece in found if piece is not None)
    return (*evidence, *_branch(evidence, left=left, right=right))


def needs_a_person(evidence: tuple[Evidence, ...]) -> bool:
    """Say whether no rule may merge these two, however much else agrees.

    So it is with a branch, and with names or dates of birth that conflict while no identifier
    explains it: a father and his son share name, address and phone.
    """
    said = {(piece.field, piece.outcome) for piece in evidence}
    if ("branch", "perhaps") in said:
        return True
    if said & {("tax_id", "same"), ("registration_number", "same")}:
        return False
    names_conflict = any(("name", outcome) in said for outcome in NAME_CONFLICTS)
    return names_conflict or ("date_of_birth", "differs") in said


def _branch(
    evidence: tuple[Evidence, ...], *, left: Features, right: Features
) -> Iterator[Evidence]:
    said = {(piece.field, piece.outcome) for piece in evidence}
    if _are_persons(left, right):
        return
    if ("tax_id", "same") in said and ("place", PlaceOutcome.ELSEWHERE) in said:
        yield Evidence(
            field="branch",
            outcome="perhaps",
            weight=weights.BRANCH,
            words="one tax number at two places, as branches have",
        )


def _are_persons(left: Features, right: Features) -> bool:
    kinds = {left.kind, right.kind}
    return "person" in kinds and "company" not in kinds


def _name(left: Features, right: Features) -> Iterator[Evidence]:
    if left.kind and right.kind and left.kind != right.kind:
        words = "one is a company, the other a person"
        yield Evidence(
            field="party_type", outcome="differs", weight=weights.KIND["differs"], words=words
        )
    as_person = _are_persons(left, right)
    table = weights.PERSON_NAME if as_person else weights.COMPANY_NAME
    cities = frozenset((*left.place.city.split(), *right.place.city.split()))
    best: NameComparison | None = None
    for one in left.names:
        for other in right.names:
            found = (
                compare_person_names(one, other)
                if as_person
                else compare_company_names(one, other, cities=cities)
            )
            if best is None or table[found.outcome] > table[best.outcome]:
                best = found
    if best is not None:
        yield Evidence(
            field="name",
            outcome=best.outcome,
            weight=table[best.outcome],
            words=_name_words(best, left=left, right=right),
        )


def _name_words(found: NameComparison, *, left: Features, right: Features) -> str:
    extra = " ".join(found.only_left or found.only_right).title()
    if (
        found.outcome in {NameOutcome.SAME, NameOutcome.SAME_PLAIN}
        and left.legal_form != right.legal_form
    ):
        forms = " or ".join(f"'{f.title()}'" for f in (left.legal_form, right.legal_form) if f)
        return f"name differs only by {forms}"
    return {
        NameOutcome.SAME: "same name",
        NameOutcome.SAME_PLAIN: "same name",
        NameOutcome.CLOSE: "name differs only in spelling",
        NameOutcome.TRADE_ADDED: f"name differs only by '{extra}'",
        NameOutcome.ADDED: f"one name has '{extra}' more" if extra else "part of the name agrees",
        NameOutcome.INITIAL: "same surname and initial",
        NameOutcome.PART_ALIKE: "part of the name is garbled",
        NameOutcome.TRADE_DIFFERS: "names differ in the kind of business",
        NameOutcome.PART_DIFFERS: "names agree in part only",
        NameOutcome.DIFFERS: "names differ",
    }[found.outcome]


def _place(left: Features, right: Features) -> Evidence | None:
    outcome = compare_places(left.place, right.place)
    if outcome is PlaceOutcome.UNKNOWN:
        return None
    return Evidence(
        field="place",
        outcome=outcome,
        weight=weights.PLACE[outcome],
        words=_PLACE_WORDS[outcome],
    )


def _exact(field: str, left: str, right: str, *, table: dict[str, float]) -> Evidence | None:
    """Compare two values that are equal, one slip apart (where the table knows that), or not."""
    if not left or not right:
        return None
    label = _LABELS[field]
    if left == right:
        outcome, words = "same", f"same {label}"
    elif "typo" in table and OSA.distance(left, right, score_cutoff=1) <= 1:
        outcome, words = "typo", f"{label} differs by one sign"
    elif "near" in table and OSA.distance(left, right, score_cutoff=2) <= _TWO_SIGNS:
        outcome, words = "near", f"{label} differs by two signs"
    else:
        outcome, words = "differs", f"{label} differs"
    return Evidence(field=field, outcome=outcome, weight=table[outcome], words=words)


def _email(left: Features, right: Features) -> Evidence | None:
    if not left.mailbox.address or not right.mailbox.address:
        return None
    if left.mailbox.address == right.mailbox.address:
        outcome = "same_role" if left.mailbox.is_role else "same"
        words = "same email"
    elif left.mailbox.domain and left.mailbox.domain == right.mailbox.domain:
        outcome, words = "same_domain", "emails of the same domain"
    else:
        outcome, words = "differs", "email differs"
    return Evidence(field="email", outcome=outcome, weight=weights.EMAIL[outcome], words=words)
