"""The canonical fields of a customer record: what every source is mapped to.

A mapped record is a ``dict[str, str]`` keyed by these names; an absent or empty value means
"this source does not say". Values are text in the normal form of their kind.
"""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """How a field's text is normalised and checked."""

    TEXT = "text"
    NAME = "name"
    PARTY_TYPE = "party_type"  # company or person
    COUNTRY = "country"  # ISO 3166-1 alpha-2
    POSTCODE = "postcode"
    PHONE = "phone"  # E.164
    EMAIL = "email"  # lower case
    WEBSITE = "website"
    TAX_ID = "tax_id"
    DATE = "date"  # ISO 8601
    CODE = "code"  # a code of the client's own tables, upper case
    MONEY = "money"  # plain decimal text, no grouping, currency in its own field
    CURRENCY = "currency"  # ISO 4217
    IBAN = "iban"  # ISO 13616, without spaces
    BIC = "bic"  # ISO 9362


@dataclass(frozen=True, kw_only=True)
class CanonicalField:
    """One field of the customer record.

    ``group`` names the fields that survive together from one source (an address is never mixed
    from two); ``label`` is what people read. ``sensitive`` values are shown in part only.
    """

    name: str
    kind: FieldKind
    label: str
    group: str = ""
    sensitive: bool = False


_ALL = (
    CanonicalField(name="party_type", kind=FieldKind.PARTY_TYPE, label="Kind of customer"),
    CanonicalField(name="name", kind=FieldKind.NAME, label="Name"),
    CanonicalField(name="legal_name", kind=FieldKind.NAME, label="Registered name"),
    CanonicalField(name="given_name", kind=FieldKind.NAME, label="Given name", group="person"),
    CanonicalField(name="surname", kind=FieldKind.NAME, label="Surname", group="person"),
    CanonicalField(
        name="date_of_birth", kind=FieldKind.DATE, label="Date of birth", sensitive=True
    ),
    CanonicalField(name="street", kind=FieldKind.TEXT, label="Street", group="address"),
    CanonicalField(name="city", kind=FieldKind.TEXT, label="City", group="address"),
    CanonicalField(name="region", kind=FieldKind.TEXT, label="State or region", group="address"),
    CanonicalField(name="postcode", kind=FieldKind.POSTCODE, label="Postcode", group="address"),
    CanonicalField(name="country", kind=FieldKind.COUNTRY, label="Country", group="address"),
    CanonicalField(name="phone", kind=FieldKind.PHONE, label="Phone"),
    CanonicalField(name="email", kind=FieldKind.EMAIL, label="Email"),
    CanonicalField(name="website", kind=FieldKind.WEBSITE, label="Website"),
    CanonicalField(name="tax_id", kind=FieldKind.TAX_ID, label="Tax number", sensitive=True),
    CanonicalField(name="registration_number", kind=FieldKind.CODE, label="Registration number"),
    CanonicalField(name="segment", kind=FieldKind.CODE, label="Segment"),
    CanonicalField(name="payment_terms", kind=FieldKind.CODE, label="Payment terms"),
    CanonicalField(name="credit_limit", kind=FieldKind.MONEY, label="Credit limit", group="credit"),
    CanonicalField(
        name="credit_currency", kind=FieldKind.CURRENCY, label="Currency", group="credit"
    ),
    CanonicalField(
        name="iban", kind=FieldKind.IBAN, label="Bank account (IBAN)", group="bank", sensitive=True
    ),
    CanonicalField(name="bic", kind=FieldKind.BIC, label="BIC", group="bank", sensitive=True),
    CanonicalField(
        name="account_holder",
        kind=FieldKind.NAME,
        label="Account holder",
        group="bank",
        sensitive=True,
    ),
    CanonicalField(name="contract_start", kind=FieldKind.DATE, label="Contract start"),
    CanonicalField(name="contract_end", kind=FieldKind.DATE, label="Contract end"),
    CanonicalField(name="credit_rating", kind=FieldKind.CODE, label="Credit rating"),
)

FIELDS: dict[str, CanonicalField] = {field.name: field for field in _ALL}
