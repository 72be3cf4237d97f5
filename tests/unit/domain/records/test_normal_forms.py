"""Each kind of field has one normal form."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastersync.domain.records.codes import normal_code, normal_party_type
from mastersync.domain.records.countries import normal_country
from mastersync.domain.records.dates import normal_date
from mastersync.domain.records.emails import normal_email
from mastersync.domain.records.money import normal_amount, normal_currency
from mastersync.domain.records.names import normal_name
from mastersync.domain.records.phones import normal_phone
from mastersync.domain.records.postcodes import normal_postcode
from mastersync.domain.records.tax_numbers import normal_tax_number
from mastersync.domain.records.text import clean_text
from mastersync.domain.records.websites import normal_website

COUNTRIES = ("", "US", "GB", "DE", "FR", "IN", "HK", "AT", "CH", "ES", "GR", "IE", "NL", "BE", "XX")


@pytest.mark.parametrize(
    ("written", "country", "normal"),
    [
        ("310/246-1501", "US", "+13102461501"),
        ("(0691) 407090", "GB", "+44691407090"),
        ("+49 (0)711 9735920", "US", "+497119735920"),
        ("0049711 9735920", "US", "+497119735920"),
        ("(473) 377-3900 ext. 699", "US", "+14733773900"),
        ("37 585569", "HK", "+85237585569"),
        ("0000000000", "US", None),
        ("call me", "US", None),
        ("12", "US", None),
        ("5551234567", "", None),
    ],
)
def test_phones_become_e164(written: str, country: str, normal: str | None) -> None:
    assert normal_phone(written, country=country) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Anna.Berg@Harbor.Example", "anna.berg@harbor.example"),
        ("<info@harbor-foods.com>", "info@harbor-foods.com"),
        ("test@test.com", "test@test.com"),
        ("noemail@none.com", "noemail@none.com"),
        ("josé@fööd.de", "josé@fööd.de"),
        ("two@at@signs.com", None),
        ("no.at.sign.com", None),
        ("a..b@harbor.com", None),
    ],
)
def test_emails_become_lower_case(written: str, normal: str | None) -> None:
    assert normal_email(written) == normal


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("England", "GB"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("Hong Kong SAR", "HK"),
        ("Deutschland", "DE"),
        ("DEU", "DE"),
        ("Côte d'Ivoire", "CI"),
        ("bolivia, plurinational state of", "BO"),
        ("Atlantis", None),
    ],
)
def test_countries_become_two_letters(written: str, code: str | None) -> None:
    assert normal_country(written) == code


@pytest.mark.parametrize(
    ("written", "country", "value", "doubtful"),
    [
        ("de 136,695 976", "DE", "DE136695976", False),
        ("136695976", "DE", "DE136695976", False),
        ("GB 980 7806 84", "GB", "GB980780684", False),
        ("GB980780685", "GB", "GB980780685", True),
        ("91-1144442", "US", "911144442", False),
        ("10298507-000", "HK", "10298507000", False),
        ("094259216", "GR", "EL094259216", False),
    ],
)
def test_tax_numbers_are_compacted_and_checked(
    written: str, country: str, value: str, doubtful: object
) -> None:
    number = normal_tax_number(written, country=country)

    assert number is not None
    assert (number.value, number.doubtful) == (value, doubtful)


@pytest.mark.parametrize("placeholder", ["123456789", "000000000", "n/a", "12", "applied for"])
def test_a_placeholder_is_no_tax_number(placeholder: str) -> None:
    assert normal_tax_number(placeholder, country="US") is None


@pytest.mark.parametrize(
    ("written", "country", "normal"),
    [
        ("2020-02-29", "", "2020-02-29"),
        ("2020-02-29T23:59:00+02:00", "", "2020-02-29"),
        ("19081209", "AU", "1908-12-09"),
        ("9.12.1908", "DE", "1908-12-09"),
        ("12/09/1908", "US", "1908-12-09"),
        ("12/09/1908", "GB", "1908-09-12"),
        ("25/12/2001", "US", "2001-12-25"),
        ("3rd March 2021", "GB", "2021-03-03"),
        ("Mar 3, 2021", "US", "2021-03-03"),
        ("2021-02-29", "", None),
        ("01/02/99", "GB", None),
        ("soon", "", None),
    ],
)
def test_dates_become_iso(written: str, country: str, normal: str | None) -> None:
    assert normal_date(written, country=country) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("25000", "25000"),
        ("25000.00", "25000"),
        ("1,234.50", "1234.5"),
        ("1.234,50", "1234.5"),
        ("€ 1.000.000", "1000000"),
        ("EUR 12,5", "12.5"),
        ("1 234", "1234"),
        ("1,234", "1234"),
        ("lots", None),
        ("1.2.3", None),
    ],
)
def test_amounts_become_plain_decimals(written: str, normal: str | None) -> None:
    assert normal_amount(written) == normal


@pytest.mark.parametrize(
    ("written", "country", "normal"),
    [
        ("ec69fz", "GB", "EC6 9FZ"),
        ("10024-5993", "US", "10024-5993"),
        ("7153", "US", "07153"),
        ("1234ab", "NL", "1234 AB"),
        ("no postcode here", "GB", None),
    ],
)
def test_postcodes_are_spaced_as_the_post_does(
    written: str, country: str, normal: str | None
) -> None:
    assert normal_postcode(written, country=country) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("WWW.Harbor.com/", "https://www.harbor.com"),
        ("http://harbor.com/menu?session=1#top", "http://harbor.com/menu"),
        ("https://user:secret@harbor.com", "https://harbor.com"),
        ("javascript://alert(1)", None),
        ("not a site", None),
    ],
)
def test_websites_keep_no_query_and_no_credentials(written: str, normal: str | None) -> None:
    assert normal_website(written) == normal


def test_a_code_is_translated_by_the_clients_table() -> None:
    terms = {"30 days": "N30", "cash": "COD"}

    assert normal_code("30 Days", table=terms) == "N30"
    assert normal_code("cod", table=terms) == "COD"
    assert normal_code("barter", table=terms) is None
    assert normal_code("gold") == "GOLD"


@pytest.mark.parametrize(
    ("written", "normal"), [("C", "company"), ("Individual", "person"), ("robot", None)]
)
def test_the_kind_of_party_is_company_or_person(written: str, normal: str | None) -> None:
    assert normal_party_type(written) == normal


def _tax_number_value(text: str, *, country: str) -> str | None:
    number = normal_tax_number(text, country=country)
    return number.value if number else None


FORMS: dict[str, Callable[..., str | None]] = {
    "name": normal_name,
    "email": normal_email,
    "website": normal_website,
    "country": normal_country,
    "amount": normal_amount,
    "currency": normal_currency,
    "code": normal_code,
}
NATIONAL_FORMS: dict[str, Callable[..., str | None]] = {
    "phone": normal_phone,
    "postcode": normal_postcode,
    "date": normal_date,
    "tax_number": _tax_number_value,
}
LIKELY_TEXT = (
    st.text()
    | st.emails()
    | st.text("0123456789+-/.,() ", max_size=25)
    | st.text("0123456789ABCDEGLRT. ", max_size=16)
    | st.dates().map(str)
    | st.from_regex(r"https?://[\w.]+/[\w/ ]*")
)


@pytest.mark.parametrize("kind", FORMS)
@given(text=LIKELY_TEXT)
def test_a_normal_form_is_its_own_normal_form(kind: str, text: str) -> None:
    normal = FORMS[kind](clean_text(text))

    if normal is not None:
        assert clean_text(normal) == normal
        assert FORMS[kind](normal) == normal


@pytest.mark.parametrize("kind", NATIONAL_FORMS)
@given(text=LIKELY_TEXT, country=st.sampled_from(COUNTRIES))
def test_a_national_form_is_its_own_normal_form(kind: str, text: str, country: str) -> None:
    normal = NATIONAL_FORMS[kind](clean_text(text), country=country)

    if normal is not None:
        assert clean_text(normal) == normal
        assert NATIONAL_FORMS[kind](normal, country=country) == normal
