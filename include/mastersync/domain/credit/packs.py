"""What the law of a country wants before and after a report on a customer is bought, as data.

The rows are facts of law with their sources, not advice: a lawyer confirms the pack of each
country that a client trades in (docs/credit.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mastersync.domain.credit.agencies import EXPERIAN
from mastersync.domain.credit.subjects import SubjectType


class Purpose(StrEnum):
    """Why a report is bought, in the law's terms (FCRA 15 USC 1681b)."""

    TRADE_CREDIT = "trade_credit"
    CONSUMER_CREDIT = "consumer_credit"
    ACCOUNT_REVIEW = "account_review"
    COLLECTION = "collection"


class OnRecord(StrEnum):
    """What must be on record before the call, beside the clause of the client's contract."""

    CERTIFICATION = "certification"  # of the permissible purpose, to the agency
    APPLICANT_AUTHORITY = "applicant_authority"  # the applicant's own consent
    NOTICE = "notice"  # the version of the notice that the applicant was shown
    MEMBERSHIP = "membership"  # of the scheme under which the agencies share data
    LEGAL_BASIS = "legal_basis"  # the assessment by which the data may be processed
    SPECIFIED_USER = "specified_user"  # the document that admits the client to credit bureaus


class Letter(StrEnum):
    """What the customer is to be told when credit is refused or given on worse terms."""

    NONE = "none"
    ADVERSE_ACTION = "adverse_action"
    REASONS_ON_REQUEST = "reasons_on_request"
    AGENCY_NAMED = "agency_named"
    HUMAN_REVIEW = "human_review"
    REFUSAL_NOTICE = "refusal_notice"


@dataclass(frozen=True, kw_only=True)
class SubjectRule:
    """What holds for one kind of customer.

    ``of_bureaus`` is wanted in addition from agencies that are credit bureaus by the country's
    law. ``soft_search``: other lenders are to see no trace of it. It is noted with each order;
    none of the agencies takes it as an option.
    """

    laws: tuple[str, ...]
    purposes: frozenset[Purpose]
    on_record: frozenset[OnRecord] = frozenset()
    of_bureaus: frozenset[OnRecord] = frozenset()
    soft_search: bool = False
    letter: Letter = Letter.NONE


@dataclass(frozen=True, kw_only=True)
class CountryPack:
    """The rules of a country, by kind of customer; a kind that is missing may not be checked."""

    country: str
    name: str
    rules: Mapping[SubjectType, SubjectRule]
    bureaus: frozenset[str] = frozenset()


ANYWHERE: Final = "*"  # in the place of a country that has no pack of its own
_BUSINESS: Final = frozenset({Purpose.TRADE_CREDIT, Purpose.ACCOUNT_REVIEW, Purpose.COLLECTION})
_ANY: Final = frozenset(Purpose)
_COMPANY, _SOLE, _PERSON = SubjectType.COMPANY, SubjectType.SOLE_TRADER, SubjectType.INDIVIDUAL
_FREE: Final = SubjectRule(laws=("no law on reports on companies is held",), purposes=_BUSINESS)

_GDPR: Final = ("GDPR Art. 6, 13, 14", "GDPR Art. 22; CJEU C-634/21 SCHUFA")
_EU_COMPANY: Final = SubjectRule(
    laws=("GDPR recital 14: company data is outside, contact persons inside",), purposes=_BUSINESS
)
_EU_PERSON: Final = SubjectRule(
    laws=_GDPR,
    purposes=_ANY,
    on_record=frozenset({OnRecord.NOTICE, OnRecord.LEGAL_BASIS}),
    letter=Letter.HUMAN_REVIEW,
)
_EU_RULES: Final = {_COMPANY: _EU_COMPANY, _SOLE: _EU_PERSON, _PERSON: _EU_PERSON}
_EEA: Final = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)

_US_PERSON: Final = SubjectRule(
    laws=("FCRA 15 USC 1681a(c)(d), 1681b(a)(3)(f), 1681m(a)", "ECOA Reg. B 12 CFR 1002.9"),
    purposes=_ANY,
    on_record=frozenset({OnRecord.CERTIFICATION, OnRecord.APPLICANT_AUTHORITY}),
    letter=Letter.ADVERSE_ACTION,
)
_US: Final = CountryPack(
    country="US",
    name="United States",
    rules={
        _COMPANY: SubjectRule(
            laws=("ECOA Reg. B 12 CFR 1002.9(a)(3), 1002.12",),
            purposes=_BUSINESS,
            letter=Letter.REASONS_ON_REQUEST,
        ),
        _SOLE: _US_PERSON,
        _PERSON: _US_PERSON,
    },
)

_GB_PERSON: Final = SubjectRule(
    laws=(
        "Consumer Credit Act 1974 ss. 145(8), 157-159, 189",
        "CRAIN v1.2; SCOR Principles of Reciprocity",
        "UK GDPR Art. 22A-22D",
    ),
    purposes=_ANY,
    on_record=frozenset({OnRecord.NOTICE, OnRecord.MEMBERSHIP}),
    soft_search=True,
    letter=Letter.AGENCY_NAMED,
)
_GB: Final = CountryPack(
    country="GB",
    name="United Kingdom",
    rules={
        _COMPANY: SubjectRule(
            laws=("Consumer Credit Act 1974 s. 189: a company is no individual",),
            purposes=_BUSINESS,
        ),
        _SOLE: _GB_PERSON,
        _PERSON: _GB_PERSON,
    },
)

_IN_PERSON: Final = SubjectRule(
    laws=("CICRA 2005 ss. 14, 17, 19-23; CIC Regulations 2006", "DPDP Act 2023 ss. 6-8"),
    purposes=_ANY,
    on_record=frozenset({OnRecord.SPECIFIED_USER, OnRecord.NOTICE}),
    letter=Letter.HUMAN_REVIEW,
)
_IN: Final = CountryPack(
    country="IN",
    name="India",
    rules={
        _COMPANY: SubjectRule(
            laws=("CICRA 2005 ss. 14, 17: only specified users ask a credit information company",),
            purposes=_BUSINESS,
            of_bureaus=frozenset({OnRecord.SPECIFIED_USER}),
        ),
        _SOLE: _IN_PERSON,
        _PERSON: _IN_PERSON,
    },
    bureaus=frozenset({EXPERIAN}),
)

_HK_PERSON: Final = SubjectRule(
    laws=("PDPO (Cap. 486) DPP1, DPP3, DPP4(2)", "Code of Practice on Consumer Credit Data"),
    purposes=_ANY,
    on_record=frozenset({OnRecord.NOTICE, OnRecord.MEMBERSHIP}),
    letter=Letter.AGENCY_NAMED,
)
_HK: Final = CountryPack(
    country="HK",
    name="Hong Kong",
    rules={_COMPANY: _FREE, _SOLE: _HK_PERSON, _PERSON: _HK_PERSON},
)

_AU_PERSON: Final = SubjectRule(
    laws=("Privacy Act 1988 (Cth) Part IIIA, ss. 20F, 21C, 21P; Privacy (Credit Reporting) Code",),
    purposes=_ANY,
    on_record=frozenset({OnRecord.NOTICE, OnRecord.APPLICANT_AUTHORITY, OnRecord.MEMBERSHIP}),
    letter=Letter.REFUSAL_NOTICE,
)
_AU: Final = CountryPack(
    country="AU",
    name="Australia",
    rules={_COMPANY: _FREE, _SOLE: _AU_PERSON, _PERSON: _AU_PERSON},
)

PACKS: Final[Mapping[str, CountryPack]] = {
    **{pack.country: pack for pack in (_US, _GB, _IN, _HK, _AU)},
    **{
        country: CountryPack(country=country, name="European Economic Area", rules=_EU_RULES)
        for country in _EEA
    },
    # Of persons where no law is held nobody is asked: a lawyer adds the pack first.
    ANYWHERE: CountryPack(country=ANYWHERE, name="elsewhere", rules={_COMPANY: _FREE}),
}


def pack_of(country: str) -> CountryPack:
    """Return the country's pack; that of `ANYWHERE` for a country that has none."""
    return PACKS.get(country, PACKS[ANYWHERE])
