"""What the matcher reads out of a record."""

import pytest

from mastersync.domain.matching.features import Place, fold, read_features


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Café  du NORD!", "cafe du nord"),
        ("Art's Delicatessen", "arts delicatessen"),
        ("L.L.C.", "llc"),
        ("Groß & Söhne", "gross sohne"),
        ("मुंबई", "मुंबई"),
    ],
)
def test_folding_leaves_what_people_hear(written: str, folded: str) -> None:
    assert fold(written) == fold(folded)
    assert fold(fold(written)) == fold(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Storkeon Transporte GmbH", "Storkeon Transporte Gesellschaft mit beschränkter Haftung"),
        ("The Advanced Services Limited", "Advanced Services Ltd."),
        ("Rogge & Cichorius GmbH & Co. KG", "Rogge und Cichorius"),
        ("Müller Möbel AG", "MUELLER MOEBEL"),
    ],
)
def test_legal_forms_and_umlauts_do_not_tell_companies_apart(one: str, other: str) -> None:
    assert read_features({"name": one}).names == read_features({"name": other}).names


def test_a_company_may_trade_under_a_second_name() -> None:
    assert read_features({"name": "Summit Bau T/A Verkus Restaurant GmbH"}).names == (
        ("summit", "bau"),
        ("verkus", "restaurant"),
    )


def test_a_legal_form_says_that_it_is_a_company() -> None:
    assert read_features({"name": "Harbor Foods Inc."}).kind == "company"
    assert read_features({"name": "Harbor Foods"}).kind == ""


def test_a_persons_title_is_no_name() -> None:
    person = read_features({"party_type": "person", "name": "Dr. Mark Moyer"})

    assert person.names == (("mark", "moyer"),)


@pytest.mark.parametrize(
    ("street", "number", "words"),
    [
        ("435 S. La Cienega Blvd.", "435", "cienega"),
        ("Unit 3408, 34/F, 110 Lockhart Road", "110", "lockhart"),
        ("55 32nd Av, Ste 274", "55", "32nd"),
        ("Hamburgerstraße 42", "42", "hamburger"),
        ("Hamburger Str. 42", "42", "hamburger"),
        ("Bachweg 17-19", "17", "bach"),
        ("avenue du Bonnet", "", "bonnet"),
    ],
)
def test_a_street_is_read_without_units_and_types(street: str, number: str, words: str) -> None:
    assert read_features({"street": street}).place == Place(number=number, street=words)


def test_names_without_any_letter_are_still_told_apart() -> None:
    assert read_features({"name": "🍕"}).names != read_features({"name": "🎂"}).names


@pytest.mark.parametrize("address", ["test@test.com", "noemail@none.com", "info@gmail.com"])
def test_a_placeholder_mailbox_says_nothing(address: str) -> None:
    assert read_features({"email": address}).mailbox.address == ""


def test_a_tax_number_compares_with_and_without_its_country() -> None:
    with_prefix = read_features({"tax_id": "GB855350404"})

    assert with_prefix.tax_id == read_features({"tax_id": "855350404"}).tax_id
