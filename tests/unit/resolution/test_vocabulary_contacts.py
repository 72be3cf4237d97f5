import pytest

from mastersync.domain.resolution.vocabulary.identifiers import (
    canonical_identifier,
    checks,
    entity_of,
    entity_part,
    level,
)
from mastersync.domain.resolution.vocabulary.mail import (
    FREE_MAIL,
    PLACEHOLDER_DOMAINS,
    PLACEHOLDER_MAILBOXES,
    ROLE_MAILBOXES,
    TYPO_DOMAINS,
)
from mastersync.domain.resolution.vocabulary.placeholders import (
    is_placeholder_number,
    is_placeholder_text,
)


@pytest.mark.parametrize(
    ("text", "country", "number", "valid", "of", "entity"),
    [
        ("USt-IdNr. DE 136.695.976", "DE", "136695976", True, "entity", "136695976"),
        ("DE136695977", "DE", "136695977", False, "entity", "136695977"),
        ("732 829 320 00074", "FR", "73282932000074", True, "site", "732829320"),
        ("SIREN 732-829-320", "FR", "732829320", True, "entity", "732829320"),
        ("FR40303265045", "FR", "40303265045", True, "entity", "303265045"),
        ("27AAPFU0939F1ZV", "IN", "27AAPFU0939F1ZV", True, "site", "AAPFU0939F"),
        ("AAPFU0939F", "IN", "AAPFU0939F", True, "entity", "AAPFU0939F"),
        ("GB 980 7806 84", "GB", "980780684", True, "entity", "980780684"),
        ("GB980780684001", "GB", "980780684001", True, "site", "980780684"),
        ("91-1144442", "US", "911144442", True, "entity", "911144442"),
        ("07014727-000", "HK", "07014727000", None, "site", "07014727"),
        ("ATU13585627", "AT", "U13585627", True, "entity", "U13585627"),
        ("CHE-116.281.710 MWST", "CH", "116281710MWST", True, "entity", "116281710"),
        (
            "529900T8BM49AURSDO55",
            "",
            "529900T8BM49AURSDO55",
            True,
            "entity",
            "529900T8BM49AURSDO55",
        ),
        ("ABC 778899", "ZZ", "ABC778899", None, "entity", "ABC778899"),
    ],
)
def test_a_number_is_known_for_what_it_is(*, text, country, number, valid, of, entity):
    assert canonical_identifier(text) == number
    assert checks(text, country) is valid
    assert level(text, country) == of
    assert entity_part(text, country) == entity
    assert entity_of(number, country) == entity


def test_the_number_of_a_site_shows_its_entity_even_where_no_country_is_said():
    assert entity_part("73282932000074", "") == "732829320"
    assert entity_part("27AAPFU0939F1ZV", "") == "AAPFU0939F"


@pytest.mark.parametrize("text", ["", "n/a", "-", "000-000-000", "123456789", "999999999", "12"])
def test_what_was_typed_to_have_a_number_is_none(text):
    assert canonical_identifier(text) == ""


@pytest.mark.parametrize(
    "digits",
    [
        *("", "0", "00000", "999999", "123456789", "0123456789", "987654321", "123123123"),
        *("5551212", "4917111111111", "441234567890"),
    ],
)
def test_numbers_that_say_nothing(digits):
    assert is_placeholder_number(digits)


@pytest.mark.parametrize(
    "digits", ["4155552671", "136695976", "2079460958", "10178", "33140205050"]
)
def test_numbers_that_say_something(digits):
    assert not is_placeholder_number(digits)


@pytest.mark.parametrize(
    "text",
    [
        *("n/a", "none", "unknown", "tbd", "xxx", "test", "-", "0", "not applicable", "null"),
        *("keine angabe", "inconnu", "sin datos", "sconosciuto", "onbekend", "--", "...", ""),
    ],
)
def test_texts_that_say_nothing(text):
    assert is_placeholder_text(text)


@pytest.mark.parametrize(
    "text", ["nabisco", "test systems", "unknown pleasures", "x-ray ltd", "nash"]
)
def test_texts_that_say_something(text):
    assert not is_placeholder_text(text)


def test_a_person_may_have_a_name_that_elsewhere_says_nothing():
    assert is_placeholder_text("na", "city")
    assert not is_placeholder_text("na", "surname")
    assert not is_placeholder_text("null", "surname")


def test_mistyped_domains_lead_to_real_ones_and_are_none_themselves():
    assert TYPO_DOMAINS["gmial.com"] == "gmail.com"
    assert set(TYPO_DOMAINS.values()) <= FREE_MAIL
    assert FREE_MAIL.isdisjoint(TYPO_DOMAINS)


def test_mailboxes_are_of_everybody_of_a_desk_or_of_nobody():
    assert {
        "gmail.com",
        "gmx.de",
        "orange.fr",
        "rediffmail.com",
        "qq.com",
        "bigpond.com",
    } <= FREE_MAIL
    assert {"info", "sales", "rechnung", "compta"} <= ROLE_MAILBOXES
    assert {"test", "noreply", "none"} <= PLACEHOLDER_MAILBOXES
    assert {"test.com", "example.com"} <= PLACEHOLDER_DOMAINS
    assert PLACEHOLDER_DOMAINS.isdisjoint(FREE_MAIL)
