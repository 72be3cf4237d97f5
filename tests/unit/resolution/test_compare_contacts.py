import pandas as pd
import pytest

from mastersync.domain.resolution.compare import (
    ContactOutcome,
    NumberOutcome,
    OtherOutcome,
    compare,
)
from mastersync.domain.resolution.statistics import count_statistics
from mastersync.domain.resolution.table import read_table
from populations import words
from record_pairs import level, rows

SAME, NEAR, MISSING = ContactOutcome.SAME_OWN, ContactOutcome.NEAR, ContactOutcome.MISSING
DIFFERENT = ContactOutcome.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "country", "outcome"),
    [
        ("+49 30 8412773", "030 8412773", "DE", SAME),
        ("+49 30 8412773", "030 8412773", "", SAME),
        ("0049 30 8412773", "+49 (0)30 8412773", "", SAME),
        ("+44 113 245 7788", "0113 2457788", "GB", SAME),
        ("(617) 524-8182", "+1 617 524 8182", "US", SAME),
        ("1-617-524-8182", "617.524.8182", "", SAME),
        ("+39 06 5558341", "06 5558341", "IT", SAME),
        ("+358 9 8412773", "09 8412773", "FI", SAME),
        ("617-524-8182 ext. 12", "617-524-8182", "US", SAME),
        ("617-524-8182 x12", "617-524-8182 x99", "US", SAME),
        ("0113 2457788", "0113 2457789", "GB", NEAR),
        ("0113 2457788", "0113 2475788", "GB", NEAR),
        ("0113 2457788", "0113 9921634", "GB", DIFFERENT),
        ("0113 2457788", "", "GB", MISSING),
        ("0113 2457788", "000-000", "GB", MISSING),
        ("4711", "4711", "GB", MISSING),
    ],
)
def test_two_phones_say(one, other, country, outcome):
    records = [{"phone": phone, "country": country} for phone in (one, other)]

    assert level("phone", *records) == outcome
    assert level("phone", *reversed(records)) == outcome


def test_the_same_fax_speaks_for_two_records_however_it_is_written():
    one, other = {"fax": "+49 30 8412773"}, {"fax": "030 8412773", "country": "DE"}

    assert level("other:fax", one, other) == OtherOutcome.SAME


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("anna@kestrel.example", " <ANNA@Kestrel.Example>; ", SAME),
        ("anna@kestrel.example", "mailto:anna@kestrel.example", SAME),
        ("anna@kestrel.example", "anna+crm@kestrel.example", SAME),
        ("anna.keller@gmail.com", "anna.keller@gmial.com", SAME),
        ("anna.keller@gmail.com", "anna.kellar@gmail.com", NEAR),
        ("anna.keller@kestrel.example", "anna.keller@kestral.example", NEAR),
        ("anna.keller@moorcroft.example", "ana.kelelr@mooorcrft.exmaple", NEAR),
        ("anna.keller@moorcroft.example", "bert.holt@moorfield.example", DIFFERENT),
        ("info@northcroft.example", "info@moorcroft.example", DIFFERENT),
        ("anna.keller@gmail.com", "hanna.kelner@gmx.com", DIFFERENT),
        ("anna.keller@gmail.com", "anna.keller@yahoo.com", ContactOutcome.SAME_LOCAL),
        ("info@gmail.com", "info@yahoo.com", DIFFERENT),
        ("anna.keller@gmail.com", "tom.brown@gmail.com", DIFFERENT),
        ("anna@kestrel.example", "tom@kestrel.example", ContactOutcome.DOMAIN_OWN),
        ("anna@kestrel.example", "info@kestrel.example", ContactOutcome.DOMAIN_OWN),
        ("anna@kestrel.example", "anna@moorcroft.example", DIFFERENT),
        ("noreply@kestrel.example", "noreply@kestrel.example", MISSING),
        ("not an address", "not an address", MISSING),
        ("anna@kestrel.example", "", MISSING),
    ],
)
def test_two_mailboxes_say(one, other, outcome):
    assert level("email", {"email": one}, {"email": other}) == outcome
    assert level("email", {"email": other}, {"email": one}) == outcome


@pytest.mark.parametrize(
    ("names", "phone", "domain"),
    [
        (1, ContactOutcome.SAME_OWN, ContactOutcome.DOMAIN_OWN),
        (3, ContactOutcome.SAME_OWN, ContactOutcome.DOMAIN_OWN),
        (4, ContactOutcome.SAME_FEW, ContactOutcome.DOMAIN_FEW),
        (10, ContactOutcome.SAME_FEW, ContactOutcome.DOMAIN_FEW),
        (11, ContactOutcome.SAME_MANY, ContactOutcome.DOMAIN_MANY),
    ],
)
def test_a_phone_or_domain_says_less_the_more_names_use_it(*, names, phone, domain):
    frame = pd.DataFrame(
        {
            "name": words(names, seed=31) if names > 1 else ["Kestrel"] * 2,
            "phone": "0113 2457788",
        }
    )
    frame["email"] = [f"box{number}@kestrel.example" for number in range(len(frame))]
    table = read_table(frame)
    found = compare(table, rows(0), rows(1), count_statistics(table))

    assert found.levels["phone"][0] == phone
    assert found.levels["email"][0] == domain


def test_a_mailbox_of_many_names_says_less_than_one_s_own():
    frame = pd.DataFrame({"name": words(20, seed=32), "email": "desk@kestrel.example"})
    table = read_table(frame)
    found = compare(table, rows(0), rows(1), count_statistics(table))

    assert found.levels["email"][0] == ContactOutcome.SAME_MANY


def test_many_records_under_one_name_leave_its_phone_its_own():
    frame = pd.DataFrame({"name": ["Kestrel Ltd"] * 30, "phone": "0113 2457788"})
    table = read_table(frame)
    found = compare(table, rows(0), rows(1), count_statistics(table))

    assert found.levels["phone"][0] == ContactOutcome.SAME_OWN


@pytest.mark.parametrize("column", ["tax_id", "registration_number"])
@pytest.mark.parametrize(
    ("one", "other", "country", "outcome"),
    [
        ("DE 136.695.976", "DE136695976", "", NumberOutcome.SAME),
        ("136695976", "DE136695976", "DE", NumberOutcome.SAME),
        ("GB980780684", "GB 980 7806 84", "GB", NumberOutcome.SAME),
        ("91-1144442", "911144442", "US", NumberOutcome.SAME),
        ("ATU13585627", "U13585627", "AT", NumberOutcome.SAME),
        ("DE136695976", "DE136695967", "DE", NumberOutcome.NEAR),
        ("DE136695976", "DE13669597", "DE", NumberOutcome.NEAR),
        ("732 829 320 00074", "732829320", "FR", NumberOutcome.PART),
        ("73282932000074", "73282932000033", "FR", NumberOutcome.PART),
        ("FR40303265045", "303 265 045", "FR", NumberOutcome.PART),
        ("27AAPFU0939F1ZV", "AAPFU0939F", "IN", NumberOutcome.PART),
        ("GB980780684", "GB980780684001", "GB", NumberOutcome.PART),
        ("DE136695976", "DE814584193", "DE", NumberOutcome.DIFFERENT),
        ("73282932000074", "30326504500017", "FR", NumberOutcome.DIFFERENT),
        ("n/a", "n/a", "DE", NumberOutcome.MISSING),
        ("12", "12", "DE", NumberOutcome.MISSING),
        ("000000000", "000000000", "DE", NumberOutcome.MISSING),
        ("DE136695976", "", "DE", NumberOutcome.MISSING),
    ],
)
def test_two_numbers_say(*, column, one, other, country, outcome):
    records = [{column: number, "country": country} for number in (one, other)]

    assert level(column, *records) == outcome
    assert level(column, *reversed(records)) == outcome


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("1984-07-21", "21.07.1984", NumberOutcome.SAME),
        ("19840721", "1984-07-21", NumberOutcome.SAME),
        ("1984/7/21", "1984-07-21", NumberOutcome.SAME),
        ("07/21/1984", "1984-07-21", NumberOutcome.SAME),
        ("1984-07-21T00:00:00", "1984-07-21", NumberOutcome.SAME),
        ("1984-07-21", "1984-07-12", NumberOutcome.NEAR),
        ("1984-07-21", "1984-07-22", NumberOutcome.NEAR),
        ("1984-07-21", "1974-07-21", NumberOutcome.NEAR),
        ("1984-07-21", "1948-07-21", NumberOutcome.NEAR),
        ("1984-03-07", "1984-07-03", NumberOutcome.PART),
        ("1984-07-21", "1979-11-02", NumberOutcome.DIFFERENT),
        ("1984-07-21", "1984-11-02", NumberOutcome.DIFFERENT),
        ("1984-07-21", "1951-11-02", NumberOutcome.FAR),
        ("1984-07-21", "2015-03-30", NumberOutcome.FAR),
        ("1900-01-01", "1900-01-01", NumberOutcome.MISSING),
        ("soon", "soon", NumberOutcome.MISSING),
        ("1984-07-21", "", NumberOutcome.MISSING),
    ],
)
def test_two_dates_of_birth_say(one, other, outcome):
    assert level("date_of_birth", {"date_of_birth": one}, {"date_of_birth": other}) == outcome
    assert level("date_of_birth", {"date_of_birth": other}, {"date_of_birth": one}) == outcome


@pytest.mark.parametrize(
    ("column", "one", "other", "outcome"),
    [
        ("website", "https://www.kestrel.example/about", "kestrel.example", OtherOutcome.SAME),
        ("website", "kestrel.example", "kestral.example", OtherOutcome.ALIKE),
        ("website", "kestrel.example", "moorcroft.example", OtherOutcome.DIFFERENT),
        ("website", "none", "none", OtherOutcome.MISSING),
        ("other:cuisine", "French", " FRENCH ", OtherOutcome.SAME),
        ("other:cuisine", "French", "Frenhc", OtherOutcome.ALIKE),
        ("other:cuisine", "French", "Thai", OtherOutcome.DIFFERENT),
        ("other:cuisine", "French", "", OtherOutcome.MISSING),
    ],
)
def test_other_columns_say(column, one, other, outcome):
    assert level(column, {column: one}, {column: other}) == outcome
