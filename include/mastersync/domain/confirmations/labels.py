"""What customers read: names of fields, countries and dates in their language."""

import gettext
from datetime import date
from functools import lru_cache

import phonenumbers
import pycountry

from mastersync.domain.records.fields import FIELDS, FieldKind

LANGUAGES = ("en", "de")
DEFAULT_LANGUAGE = "en"

_GERMAN = {
    "party_type": "Art des Kunden",
    "name": "Name",
    "legal_name": "Eingetragener Name",
    "given_name": "Vorname",
    "surname": "Nachname",
    "date_of_birth": "Geburtsdatum",
    "street": "Straße und Hausnummer",
    "city": "Ort",
    "region": "Bundesland oder Region",
    "postcode": "Postleitzahl",
    "country": "Land",
    "phone": "Telefon",
    "email": "E-Mail",
    "website": "Website",
    "tax_id": "Steuernummer",
    "registration_number": "Registernummer",
    "segment": "Segment",
    "payment_terms": "Zahlungsbedingungen",
    "credit_limit": "Kreditlimit",
    "credit_currency": "Währung",
    "iban": "Bankkonto (IBAN)",
    "bic": "BIC",
    "account_holder": "Kontoinhaber",
    "contract_start": "Vertragsbeginn",
    "contract_end": "Vertragsende",
    "credit_rating": "Bonität",
}
_ADDRESS = {"en": "Address", "de": "Anschrift"}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}


def label_of(name: str, *, language: str) -> str:
    """Return the name of a canonical field; English where the language is not known."""
    label = FIELDS[name].label
    return _GERMAN.get(name, label) if language == "de" else label


def address_label(language: str) -> str:
    """Return what an address as a whole is called."""
    return _ADDRESS.get(language, _ADDRESS[DEFAULT_LANGUAGE])


def display_value(name: str, value: str, *, language: str) -> str:
    """Return a canonical value as people write it: countries by name, dates in words."""
    kind = FIELDS[name].kind
    if kind is FieldKind.COUNTRY:
        return country_names(language).get(value, value)
    if kind is FieldKind.PHONE:
        return spaced_phone(value)
    if kind is FieldKind.DATE and value:
        return _date_text(value, language=language)
    return value


def spaced_phone(value: str) -> str:
    """Return an E.164 number in the groups that people read it in."""
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form)).replace("-", " ")


@lru_cache(maxsize=len(LANGUAGES))
def country_names(language: str) -> dict[str, str]:
    """Return alpha-2 code to name for all countries, sorted by name."""
    translated = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    ).gettext
    names = {
        country.alpha_2: translated(getattr(country, "common_name", country.name))
        for country in pycountry.countries
    }
    return dict(sorted(names.items(), key=lambda item: _sort_key(item[1])))


def date_in_words(day: date, *, language: str) -> str:
    """Return a date without doubt about its order, as ``9 December 2026``."""
    months = _MONTHS.get(language, _MONTHS[DEFAULT_LANGUAGE]).split()
    point = "." if language == "de" else ""
    return f"{day.day}{point} {months[day.month - 1]} {day.year}"


def _date_text(value: str, *, language: str) -> str:
    try:
        return date_in_words(date.fromisoformat(value), language=language)
    except ValueError:
        return value


def _sort_key(name: str) -> str:
    return name.casefold().translate(str.maketrans("äöüåé", "aouae"))
