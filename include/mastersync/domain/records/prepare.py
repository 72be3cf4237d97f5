"""Make a mapped record comparable: normal forms where possible, a problem where not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mastersync.domain.records.bank_accounts import normal_bic, normal_iban
from mastersync.domain.records.codes import PERSON, code_key, normal_code, normal_party_type
from mastersync.domain.records.countries import normal_country
from mastersync.domain.records.dates import normal_date
from mastersync.domain.records.emails import normal_email
from mastersync.domain.records.fields import FIELDS, CanonicalField, FieldKind
from mastersync.domain.records.money import normal_amount, normal_currency
from mastersync.domain.records.names import full_name, normal_name
from mastersync.domain.records.phones import normal_phone
from mastersync.domain.records.postcodes import normal_postcode
from mastersync.domain.records.tax_numbers import normal_tax_number
from mastersync.domain.records.text import has_substance, text_of
from mastersync.domain.records.websites import normal_website


class Severity(StrEnum):
    """What a problem means for the record."""

    SET_ASIDE = "set_aside"  # the record waits for a person
    WARNING = "warning"  # the record goes on


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one field; ``words`` never hold the value, which may be personal.

    ``code`` is the cause that tickets are grouped by, such as ``phone_invalid``. Of a code that a
    table does not know, ``table`` and ``unknown`` say which.
    """

    code: str
    field: str
    words: str
    severity: Severity
    table: str = ""
    unknown: str = ""


@dataclass(frozen=True, kw_only=True)
class PreparePolicy:
    """What a client asks of its records.

    Args:
        required: Canonical fields without which a record is set aside; ``name`` always is one.
        default_country: Alpha-2 code that phones and numbers are read by when the record
            names no country. It is never written into the record.
        party_type: ``company`` or ``person`` for records that do not say.
        max_length: Characters that a value may have; a longer name sets the record aside.
        code_tables: Field to table (source code to the client's code), for code fields.
        waits_for: Field to name of its table, where a code that the table does not know sets the
            record aside instead of being left out.
    """

    required: frozenset[str]
    default_country: str
    party_type: str | None = None
    max_length: int = 500
    code_tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    waits_for: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PreparedRecord:
    """A record in normal form, and what is wrong with it."""

    fields: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def is_set_aside(self) -> bool:
        """Whether the record has to wait for a person."""
        return any(problem.severity is Severity.SET_ASIDE for problem in self.problems)


def prepare_record(mapped: Mapping[str, object], *, policy: PreparePolicy) -> PreparedRecord:
    """Return the record in normal form. Never raises, and preparing twice changes nothing.

    A value that is not usable is left out with a warning and the record goes on; when the
    field is required, or is the name, the record is set aside. A doubtful tax number is kept.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in mapped.items():
        if name not in FIELDS:
            problems.append(_warning(name, "unknown_field", "This is no field of a customer."))
            continue
        text = text_of(value)
        if text is None:
            problems.append(_warning(name, "not_text", f"{FIELDS[name].label}: {_NOT_TEXT}"))
        elif len(text) > policy.max_length:
            problems.append(_warning(name, "too_long", f"{FIELDS[name].label}: {_TOO_LONG}"))
        elif has_substance(text):
            texts[name] = text
    if "name" not in texts:
        texts["name"] = full_name(texts.get("given_name", ""), texts.get("surname", ""))
    fields = _normal_fields(texts, policy=policy, problems=problems)
    _set_party_type(fields, texts, policy=policy)
    return PreparedRecord(
        fields=fields,
        problems=tuple(_judged(fields, problems, required=policy.required | {"name"})),
    )


def _normal_fields(
    texts: Mapping[str, str], *, policy: PreparePolicy, problems: list[Problem]
) -> dict[str, str]:
    """Return each text in the normal form of its kind; add to ``problems`` what is not usable."""
    country = normal_country(texts.get("country", "")) or policy.default_country
    fields: dict[str, str] = {}
    for name in FIELDS:
        text = texts.get(name)
        if not text:
            continue
        canonical = FIELDS[name]
        value: str | None = text
        if canonical.kind is FieldKind.TAX_ID:
            value = _tax_number(canonical, text, country=country, problems=problems)
        elif canonical.kind is FieldKind.CODE:
            value = normal_code(text, table=policy.code_tables.get(name))
        elif canonical.kind in _NATIONAL_FORMS:
            value = _NATIONAL_FORMS[canonical.kind](text, country=country)
        elif canonical.kind in _PLAIN_FORMS:
            value = _PLAIN_FORMS[canonical.kind](text)
        if value is not None and len(value) <= policy.max_length:
            fields[name] = value
        elif name in policy.waits_for:
            problems.append(_unknown_code(canonical, text, table=policy.waits_for[name]))
        else:
            problems.append(_unusable(canonical))
    return fields


def _unknown_code(canonical: CanonicalField, text: str, *, table: str) -> Problem:
    code = code_key(text)[:_LONGEST_CODE]
    return Problem(
        code="code_unknown",
        field=canonical.name,
        words=f"The code table '{table}' does not know {code}, a code of {canonical.label}; the "
        "record is set aside.",
        severity=Severity.SET_ASIDE,
        table=table,
        unknown=code,
    )


def _tax_number(
    canonical: CanonicalField, text: str, *, country: str, problems: list[Problem]
) -> str | None:
    number = normal_tax_number(text, country=country)
    if number is None:
        return None
    if number.doubtful:
        words = f"{canonical.label}: fails the check of its country; it is kept as it is."
        problems.append(_warning(canonical.name, "doubtful", words))
    return number.value


def _set_party_type(
    fields: dict[str, str], texts: Mapping[str, str], *, policy: PreparePolicy
) -> None:
    """Fill in the kind of customer where the record does not say it."""
    if "party_type" in fields:
        return
    if policy.party_type is not None:
        fields["party_type"] = policy.party_type
    elif "given_name" in texts and "surname" in texts:
        fields["party_type"] = PERSON


def _judged(
    fields: Mapping[str, str], problems: list[Problem], *, required: frozenset[str]
) -> list[Problem]:
    """Return the problems with those of required fields made to set the record aside."""
    judged = [
        _fatal(problem) if problem.field in required and problem.field not in fields else problem
        for problem in problems
    ]
    for name in sorted(required - fields.keys()):
        if not _reported(problems, name):
            label = FIELDS[name].label if name in FIELDS else name
            judged.append(
                Problem(
                    code=f"{name}_missing",
                    field=name,
                    words=f"{label}: missing; the record is set aside.",
                    severity=Severity.SET_ASIDE,
                )
            )
    return judged


def _fatal(problem: Problem) -> Problem:
    words = problem.words.replace("it is left out", "the record is set aside")
    return replace(problem, words=words, severity=Severity.SET_ASIDE)


def _reported(problems: list[Problem], name: str) -> bool:
    return any(problem.field == name for problem in problems)


def _warning(name: str, suffix: str, words: str) -> Problem:
    return Problem(code=f"{name}_{suffix}", field=name, words=words, severity=Severity.WARNING)


def _unusable(canonical: CanonicalField) -> Problem:
    suffix, why = _WHY_UNUSABLE[canonical.kind]
    return _warning(canonical.name, suffix, f"{canonical.label}: {why}; it is left out.")


_LONGEST_CODE = 40
_NOT_TEXT = "is neither text nor a number; it is left out."
_TOO_LONG = "is longer than allowed; it is left out."
_PLAIN_FORMS: dict[FieldKind, Callable[[str], str | None]] = {
    FieldKind.NAME: normal_name,
    FieldKind.PARTY_TYPE: normal_party_type,
    FieldKind.COUNTRY: normal_country,
    FieldKind.EMAIL: normal_email,
    FieldKind.WEBSITE: normal_website,
    FieldKind.MONEY: normal_amount,
    FieldKind.CURRENCY: normal_currency,
    FieldKind.IBAN: normal_iban,
    FieldKind.BIC: normal_bic,
}
_NATIONAL_FORMS: dict[FieldKind, Callable[..., str | None]] = {
    FieldKind.POSTCODE: normal_postcode,
    FieldKind.PHONE: normal_phone,
    FieldKind.DATE: normal_date,
}
_WHY_UNUSABLE: dict[FieldKind, tuple[str, str]] = {
    FieldKind.TEXT: ("invalid", "is no text"),
    FieldKind.NAME: ("missing", "holds no letter or digit"),
    FieldKind.PARTY_TYPE: ("unknown", "is neither company nor person"),
    FieldKind.COUNTRY: ("unknown", "is no country that we know"),
    FieldKind.POSTCODE: ("invalid", "is no postcode"),
    FieldKind.PHONE: ("invalid", "is no phone number"),
    FieldKind.EMAIL: ("invalid", "is no email address"),
    FieldKind.WEBSITE: ("invalid", "is no web address"),
    FieldKind.TAX_ID: ("invalid", "is no tax number"),
    FieldKind.DATE: ("invalid", "is no date that can be read surely"),
    FieldKind.CODE: ("unknown", "is not in the table of codes"),
    FieldKind.MONEY: ("invalid", "is no amount that can be read surely"),
    FieldKind.CURRENCY: ("unknown", "is no currency that we know"),
    FieldKind.IBAN: ("invalid", "is no IBAN: its length or its check digits are wrong"),
    FieldKind.BIC: ("invalid", "is no BIC"),
}
