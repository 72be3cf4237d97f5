"""Whether two texts mean the same: 310/246-1501 and +13102461501 are one phone."""

from collections.abc import Callable

from mastersync.domain.records.bank_accounts import normal_iban
from mastersync.domain.records.countries import normal_country
from mastersync.domain.records.dates import normal_date
from mastersync.domain.records.emails import normal_email
from mastersync.domain.records.fields import FieldKind
from mastersync.domain.records.money import normal_amount
from mastersync.domain.records.phones import normal_phone
from mastersync.domain.records.tax_numbers import normal_tax_number
from mastersync.domain.records.websites import normal_website


def same_meaning(left: str, right: str, *, kind: FieldKind | None, country: str) -> bool:
    """Say whether two texts of a kind have one normal form; names and free text have none.

    Nor have postcodes here: their normal form repairs them, and a target wants the repair.
    ``country`` is the alpha-2 code that national forms are read by, "" when unknown.
    """
    if left == right:
        return True
    if kind not in _NORMAL_FORMS:
        return False
    first, second = (_NORMAL_FORMS[kind](text, country) for text in (left, right))
    return first is not None and first == second


def _tax_number(text: str, country: str) -> str | None:
    number = normal_tax_number(text, country=country)
    return None if number is None else number.value


_NORMAL_FORMS: dict[FieldKind | None, Callable[[str, str], str | None]] = {
    FieldKind.COUNTRY: lambda text, _: normal_country(text),
    FieldKind.PHONE: lambda text, country: normal_phone(text, country=country),
    FieldKind.EMAIL: lambda text, _: normal_email(text),
    FieldKind.WEBSITE: lambda text, _: normal_website(text),
    FieldKind.TAX_ID: _tax_number,
    FieldKind.DATE: lambda text, country: normal_date(text, country=country),
    FieldKind.MONEY: lambda text, _: normal_amount(text),
    FieldKind.IBAN: lambda text, _: normal_iban(text),
}
