"""Columns are known by the many names that people and programs give them."""

import pytest

from mastersync.domain.resolution_input.headers import (
    is_a_time,
    label,
    may_hold_the_answer,
    readings,
    says_nothing,
)

HEADED = {
    "id": "id ID CustomerID customer_no KUNNR Kundennummer Kunden-Nr. accountid record_id rec_id",
    "name": "name NAME1 company Firma CompanyName raison_sociale customer_name CUST_NM Kunde"
    " account_name client legal_name ragione_sociale",
    "given_name": "given_name first_name firstname Vorname prenom Prénom fname Given",
    "surname": "surname last_name Nachname family_name lname Familienname apellidos",
    "street": "street addr address address_1 Straße strasse STRAS rue Adresse address_line_1"
    " BillingStreet address1_line1 direccion",
    "house_number": "house_number house_no Hausnummer HausNr. street_number civico",
    "city": "city town suburb Ort ORT01 ville BillingCity locality Wohnort comune",
    "region": "region state province Bundesland BillingState address1_stateorprovince kanton",
    "postcode": "postcode zip ZIP_CODE PLZ PSTLZ postal_code BillingPostalCode code_postal CAP",
    "country": "country Land LAND1 pays country_code ISO BillingCountry nazione",
    "phone": "phone tel Telefon TELF1 mobile telephone1 customer_phone phone_no Handy cell",
    "fax": "fax Fax_Number telefax",
    "email": "email e-mail E_Mail mail SMTP_ADDR emailaddress1 Email_Address courriel correo",
    "website": "website url homepage www websiteurl company_domain",
    "tax_id": "tax_id VAT vat_number USt-IdNr. ust_id gst GSTIN siret EIN STCEG soc_sec_id SSN"
    " partita_iva NIF",
    "registration_number": "registration_number company_number HRB siren DUNS lei kvk_nummer",
    "date_of_birth": "date_of_birth dob DOB birth_date Geburtsdatum birthday date_naissance",
    "party_type": "party_type entity_type customer_type",
    "source": "source source_system src Quelle",
}


@pytest.mark.parametrize(
    ("header", "field"),
    [(header, field) for field, headers in HEADED.items() for header in headers.split()],
)
def test_a_header_is_read_as_what_people_mean(header: str, field: str) -> None:
    assert readings(header)[0].field == field


@pytest.mark.parametrize(
    "header", ["address_2", "type", "role", "remark", "opt_in", "industry", "col1", "name2"]
)
def test_a_header_that_means_no_field_is_read_as_none(header: str) -> None:
    assert readings(header) == []


@pytest.mark.parametrize(
    "header",
    ["account_owner_email", "sales_rep_phone", "email_verified", "phone_type", "parent_account_id"],
)
def test_what_is_of_somebody_else_or_about_the_value_is_no_field_of_the_customer(
    header: str,
) -> None:
    assert readings(header) == []


@pytest.mark.parametrize(
    ("header", "field"),
    [("Telefon (privat)", "phone"), ("E-Mail Rechnung", "email"), ("PLZ 1. Adresse", "postcode")],
)
def test_one_telling_word_is_enough(header: str, field: str) -> None:
    assert readings(header)[0].field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("RegAddress.PostTown", "city"),
        ("Entity.LegalAddress.PostalCode", "postcode"),
        ("Provider Organization Name (Legal Business Name)", "name"),
        ("res_street_address", "street"),
        ("N° client", "id"),
    ],
)
def test_a_path_is_read_from_its_end(header: str, field: str) -> None:
    assert readings(header)[0].field == field


@pytest.mark.parametrize("header", ["product_name", "middle_name", "user name", "CompanyCategory"])
def test_a_name_of_something_else_is_not_the_customers(header: str) -> None:
    assert readings(header) == []


def test_the_customers_own_comes_before_the_contacts_and_the_shipping_address() -> None:
    ranks = [readings(header)[0].rank for header in ("city", "billing_city", "shipping_city")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3
    assert readings("company_name")[0].rank < readings("contact_name")[0].rank


@pytest.mark.parametrize("header", ["cluster", "cluster_id", "truth", "label", "duplicate_of"])
def test_what_may_hold_the_answer_is_known(header: str) -> None:
    assert may_hold_the_answer(header)


@pytest.mark.parametrize("header", ["created_at", "LastModifiedDate", "timestamp", "ERDAT"])
def test_times_of_the_row_are_known(header: str) -> None:
    assert is_a_time(header)


@pytest.mark.parametrize("header", ["col1", "F3", "Unnamed: 0", "column 12", "x", "Spalte 4", "7"])
def test_a_place_holder_says_nothing(header: str) -> None:
    assert says_nothing(header)
    assert not says_nothing("company")


def test_one_label_stands_for_all_ways_to_write_a_header() -> None:
    assert label("Address 2") == label("address_2") == label("ADDRESS-2") == "address_2"
