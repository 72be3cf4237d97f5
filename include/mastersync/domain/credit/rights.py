"""What a customer may ask for once its credit was decided on, by country: told in every letter.

The sentences are facts of law with their sources, not advice; a lawyer confirms those of each
country that a client trades in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mastersync.domain.credit.packs import pack_of
from mastersync.domain.credit.subjects import SubjectType


@dataclass(frozen=True, kw_only=True)
class Rights:
    """Rights of natural persons, sole traders among them, and of companies."""

    of_persons: tuple[str, ...]
    of_companies: tuple[str, ...] = ()


_LOOK_AGAIN: Final = (
    "You may ask for a person to look at the decision again, say what you think of it, and contest "
    "it. Whoever looks again may change it."
)
_CORRECT: Final = (
    "If anything that we hold on you is wrong or incomplete, tell us: we correct it, decide again "
    "on what is right, and tell those to whom we gave it."
)
_COMPANIES: Final = (
    "You may ask us why, and ask for a person to look at the decision again.",
    (
        "If anything that we hold on your company is wrong, tell us, and we decide again on what "
        "is right."
    ),
)
_EEA: Final = Rights(
    of_persons=(
        f"{_LOOK_AGAIN} (GDPR Art. 22(3))",
        f"{_CORRECT} (GDPR Art. 16, 19)",
        "You may see what we hold on you and how it was used in the decision. (GDPR Art. 15)",
        (
            "You may complain to the data protection authority of the country that you live in. "
            "(GDPR Art. 77)"
        ),
    ),
    of_companies=_COMPANIES,
)
_BY_COUNTRY: Final[Mapping[str, Rights]] = {
    "US": Rights(
        of_persons=(
            _LOOK_AGAIN,
            _CORRECT,
        ),
        of_companies=_COMPANIES,
    ),
    "GB": Rights(
        of_persons=(
            f"{_LOOK_AGAIN} (UK GDPR Art. 22A to 22D)",
            f"{_CORRECT} (UK GDPR Art. 16, 19)",
            (
                "You may ask the agency for a copy of your file, and have it corrected. (Consumer "
                "Credit Act 1974 ss. 158, 159)"
            ),
            (
                "You may complain to us, and to the Information Commissioner. (Data Protection Act "
                "2018 ss. 164A, 165)"
            ),
        ),
        of_companies=_COMPANIES,
    ),
    "HK": Rights(
        of_persons=(
            _LOOK_AGAIN,
            (
                "You may see what we hold on you and have it corrected; we answer within 40 days. "
                "(Personal Data (Privacy) Ordinance ss. 18, 19, 22, 23)"
            ),
        ),
        of_companies=_COMPANIES,
    ),
    "IN": Rights(
        of_persons=(
            _LOOK_AGAIN,
            (
                "You may have your credit information corrected; it is done within 30 days. "
                "(Credit Information Companies (Regulation) Act 2005 s. 21)"
            ),
        ),
        of_companies=_COMPANIES,
    ),
    "AU": Rights(
        of_persons=(
            _LOOK_AGAIN,
            (
                "You may see your credit information and have it corrected. (Privacy Act 1988 "
                "ss. 20R, 20T, 21T, 21V)"
            ),
        ),
        of_companies=_COMPANIES,
    ),
}
_ANYWHERE: Final = Rights(of_persons=(_LOOK_AGAIN, _CORRECT), of_companies=_COMPANIES)


def rights_of(subject_type: str, country: str) -> tuple[str, ...]:
    """Return the rights of a customer; one of unknown kind has those of a person."""
    rights = _BY_COUNTRY.get(country)
    if rights is None:
        rights = _EEA if pack_of(country).name == _EEA_NAME else _ANYWHERE
    return rights.of_companies if subject_type == SubjectType.COMPANY else rights.of_persons


_EEA_NAME: Final = pack_of("DE").name
