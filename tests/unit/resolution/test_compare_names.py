import pytest

from mastersync.domain.resolution.compare import RARITIES, FormOutcome, KindOutcome, compare
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.statistics import count_statistics
from mastersync.domain.resolution.table import read_table
from populations import companies, with_rows
from record_pairs import level, of_names, rows

SAME, SPELLING, INITIAL = NameOutcome.SAME, NameOutcome.SPELLING, NameOutcome.INITIAL
MORE, MORE_TRADE, BRANCH = NameOutcome.MORE, NameOutcome.MORE_TRADE, NameOutcome.BRANCH
SISTER, GENERATION = NameOutcome.SISTER, NameOutcome.GENERATION
OTHER_TRADE, PART, DIFFERENT = NameOutcome.OTHER_TRADE, NameOutcome.PART, NameOutcome.DIFFERENT

COMPANIES = [
    # Letters, order and words that mean nothing.
    ("Nordwind Logistik GmbH", "NORDWIND LOGISTIK GMBH", SAME),
    ("Nordwind Logistik GmbH", "Logistik Nordwind", SAME),
    ("The Harbor Café", "Harbor Cafe", SAME),
    ("Brown & Smith", "Smith and Brown", SAME),
    ("O'Neill Plumbing", "ONeill Plumbing", SAME),
    ("A.B.C. Tools", "ABC Tools", SAME),
    ("Hotel Adler", "Adler Hotel", SAME),
    ("Acme t/a Kestrel", "Acme", SAME),
    # Legal forms, short and spelt out, at either end.
    ("Acme Tools Incorporated", "Acme Tools Inc.", SAME),
    ("Kestrel Pvt. Ltd.", "Kestrel Private Limited", SAME),
    ("Kestrel Gesellschaft mit beschränkter Haftung", "Kestrel GmbH", SAME),
    ("Vostok Open Joint Stock Company", "OAO Vostok", SAME),
    ("Zamek Spółka z ograniczoną odpowiedzialnością", "Zamek Sp. z o.o.", SAME),
    ("Kestrel Trading Co", "Kestrel Trading Company", SAME),
    ("Société Anonyme Delmas", "Delmas SA", SAME),
    ("Delmas Société à responsabilité limitée", "SARL Delmas", SAME),
    ("Delmas Pharma SCI", "Delmas Pharma", SAME),
    ("Inc. Kestrel Tools", "Kestrel Tools Inc.", SAME),
    ("Limited Kestrel Tools", "Kestrel Tools", SAME),
    # Words of trade, abbreviated.
    ("Kestrel Sci Instruments", "Kestrel Science Instruments", SAME),
    ("1st National Bank", "First National Bank", SAME),
    ("Frist National Bank", "1st National Bank", SPELLING),
    ("Johnson Bros", "Johnson Brothers", SAME),
    ("Kestrel Mfg", "Kestrel Manufacturing", SAME),
    ("Kestrel Intl", "Kestrel International", SAME),
    ("Kestrel Constr", "Kestrel Construction", SAME),
    # Scripts.
    ("Сбербанк", "Sberbank", SAME),
    ("ЮпитерЭнерго", "Yupiter Energo", SPELLING),
    # Spelling.
    ("Müller & Söhne KG", "Mueller und Soehne", SPELLING),
    ("Northwind Industrial", "Nothwind Industrial", SPELLING),
    ("Northwind Industrial", "Nortwhind Industrial", SPELLING),
    ("Kaltenbrunner Bau", "Kaltenbruner Bau", SPELLING),
    ("Kestrel Bakery", "Kestrel Bakeries", SPELLING),
    # Run together.
    ("Northwind Industrial", "North Wind Industrial", SPELLING),
    ("SteelWorks Group", "Steel Works Group", SPELLING),
    ("Kaltenbrunner Bau", "Kaltenbrunnerbau", SPELLING),
    # Short for the other.
    ("International Business Machines", "IBM", INITIAL),
    ("Amber Quarry Moorcroft", "AQM Ltd", INITIAL),
    # One has more.
    ("Kestrel", "Kestrel Bakery", MORE_TRADE),
    ("Kestrel Restaurant", "Kestrel Bar & Restaurant", MORE_TRADE),
    ("Kestrel", "Kestrel Hazard", MORE),
    # Another company of its group.
    ("Kestrel", "Kestrel Group", SISTER),
    ("Kestrel Tools", "Kestrel Tools Holdings", SISTER),
    ("Kestrel", "Kestrel North", SISTER),
    ("Kestrel Ltd", "Kestrel UK Ltd", SISTER),
    ("Kestrel", "Kestrel II", SISTER),
    ("Kestrel Group", "Kestrel Grp.", SAME),
    ("Kestrel Branch", "Kestrel", BRANCH),
    # Another business.
    ("Kestrel Bakery", "Kestrel Plumbing", OTHER_TRADE),
    ("Kestrel Dental", "Kestrel Travel", OTHER_TRADE),
    ("Kestrel Vanderbeek", "Kestrel Moorcroft", PART),
    ("Kestrel Vanderbeek Moorcroft", "Kestrel Vanderbeek Thorpe", PART),
    ("Studio 2000", "Studio 3000", DIFFERENT),
    ("Kestrel Bakery", "Moorcroft Bakery", DIFFERENT),
    ("Kestrel", "Moorcroft", DIFFERENT),
    ("Kestrel Foods", "Moorcroft Travel", DIFFERENT),
    ("1234567 Ontario Inc", "1234568 Ontario Inc", PART),
    ("", "Kestrel", NameOutcome.MISSING),
]
PERSONS = [
    ("Maria Keller", "Keller, Maria", SAME),
    ("Maria Keller", "Keller Maria", SAME),
    ("Dr. Maria Keller", "Maria Keller", SAME),
    ("Anna-Maria Keller", "Anna Maria Keller", SAME),
    ("José García", "Jose Garcia", SAME),
    ("Sean O'Brien", "OBrien Sean", SAME),
    ("Сергей Щербаков", "Sergey Shcherbakov", SAME),
    ("Иванов Сергей", "Sergey Ivanov", SAME),
    ("Ιωάννης Παπαδόπουλος", "Ioannis Papadopoulos", SAME),
    ("राहुल शर्मा", "Rahul Sharma", SAME),
    ("Nguyễn Văn An", "Nguyen Van An", SAME),
    ("Сергей Щербаков", "Sergei Scherbakov", SPELLING),
    ("Jürgen Größler", "Juergen Groessler", SPELLING),
    ("Annamaria Keller", "Anna Maria Keller", SPELLING),
    ("Maria Keller", "Maria Kellar", SPELLING),
    ("Maria Keller", "Mariah Keller", SPELLING),
    ("Katherine Stone", "Catherine Stone", SPELLING),
    ("Robert Hartmann", "Bob Hartmann", SPELLING),
    ("William Hartmann", "Bill Hartmann", SPELLING),
    ("Elizabeth Stone", "Liz Stone", SPELLING),
    ("Maria Keller", "M. Keller", INITIAL),
    ("Maria Keller", "Keller, M.", INITIAL),
    ("Maria A. Keller", "Maria Keller", MORE_TRADE),
    ("Maria Anna Keller", "Maria Keller", MORE),
    ("Maria Keller-Holt", "Maria Keller", MORE),
    ("Maria", "Maria Keller", MORE),
    ("Maria Keller", "Maria Hollander", NameOutcome.OTHER_SURNAME),
    ("Ben Castillo", "Ben Castro", NameOutcome.OTHER_SURNAME),
    ("Maria Keller", "Thomas Keller", PART),
    ("Stephen Duffy", "Rhys Duffy", PART),
    ("T. Keller", "M. Keller", PART),
    ("Maria Keller", "Anna Hollander", DIFFERENT),
    ("Thomas Keller Jr.", "Thomas Keller Sr.", GENERATION),
    ("Thomas Keller Jr.", "Thomas Keller", GENERATION),
    ("Thomas Keller III", "Thomas Keller", GENERATION),
]


@pytest.mark.parametrize(("one", "other", "outcome"), COMPANIES)
def test_the_names_of_companies_say(one, other, outcome):
    records = [{"party_type": "company", "name": name} for name in (one, other)]

    assert of_names(*records) is outcome
    assert of_names(*reversed(records)) is outcome


@pytest.mark.parametrize(("one", "other", "outcome"), PERSONS)
def test_the_names_of_persons_say(one, other, outcome):
    records = [{"party_type": "person", "name": name} for name in (one, other)]

    assert of_names(*records) is outcome
    assert of_names(*reversed(records)) is outcome


@pytest.mark.parametrize("of_city", ["Kestrel Leeds", "Leeds Kestrel Ltd", "Kestrel Branch Leeds"])
def test_the_city_in_a_company_s_name_makes_it_a_branch(of_city):
    there = {"party_type": "company", "city": "Leeds"}

    assert of_names({"name": of_city, **there}, {"name": "Kestrel", **there}) is BRANCH


def test_a_branch_with_the_company_s_own_phone_is_the_company_by_a_longer_name():
    there = {"party_type": "company", "city": "Leeds", "phone": "0113 2457788"}

    assert of_names({"name": "Kestrel Leeds", **there}, {"name": "Kestrel", **there}) is MORE_TRADE


def test_a_city_that_is_a_surname_is_no_branch():
    there = {"party_type": "person", "city": "London"}

    assert of_names({"name": "Jack London", **there}, {"name": "Jack Stone", **there}) is not BRANCH


def test_a_junior_is_a_person_though_nothing_else_says_so():
    assert of_names({"name": "Thomas Keller Jr"}, {"name": "Thomas Keller"}) is GENERATION
    assert of_names({"name": "Keller Sr, Thomas"}, {"name": "Thomas Keller"}) is GENERATION


def test_who_may_be_a_person_is_compared_with_a_person_as_one():
    one = {"party_type": "person", "name": "Maria Keller"}

    assert of_names(one, {"name": "Maria Hollander"}) is NameOutcome.OTHER_SURNAME


def test_given_name_and_surname_in_columns_are_the_name_in_one():
    columns = {"party_type": "person", "given_name": "Maria", "surname": "Keller"}

    assert of_names(columns, {"party_type": "person", "name": "Keller, Maria"}) is SAME


def test_a_given_name_alone_does_not_contradict_a_surname_alone():
    assert of_names({"given_name": "Maria"}, {"surname": "Keller"}) is NameOutcome.MISSING
    assert of_names({"given_name": "Maria"}, {"given_name": "Thomas"}) is DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("Kestrel Ltd", "Kestrel Limited", FormOutcome.SAME),
        ("Kestrel GmbH", "Kestrel Gesellschaft mit beschränkter Haftung", FormOutcome.SAME),
        ("Kestrel GmbH", "Kestrel AG", FormOutcome.DIFFERENT),
        ("Kestrel LLP", "Kestrel Ltd", FormOutcome.DIFFERENT),
        ("Kestrel GmbH", "Kestrel", FormOutcome.MISSING),
        ("Kestrel", "Kestrel", FormOutcome.MISSING),
    ],
)
def test_legal_forms_are_compared_apart_from_the_name(one, other, outcome):
    assert level("legal_form", {"name": one}, {"name": other}) == outcome


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ({"name": "Keller Ltd"}, {"name": "Dr. Keller"}, KindOutcome.DIFFERENT),
        ({"party_type": "company"}, {"party_type": "person"}, KindOutcome.DIFFERENT),
        ({"party_type": "person"}, {"date_of_birth": "1984-07-21"}, KindOutcome.PERSONS),
        ({"party_type": "company"}, {"name": "Keller"}, KindOutcome.MISSING),
    ],
)
def test_a_company_is_told_from_a_person(one, other, outcome):
    assert level("kind", one, other) == outcome


def test_a_name_of_common_words_says_less_than_a_rare_one():
    frame = with_rows(
        companies(300),
        *[{"name": f"Sunrise {kind}"} for kind in ("Garden", "Garden") * 20],
        {"name": "Wolterstorff Quibell"},
        {"name": "Wolterstorff Quibell"},
    )
    table = read_table(frame)
    found = compare(table, rows(300, 340), rows(301, 341), count_statistics(table))
    common, rare = (int(found.levels["name"][at]) for at in (0, 1))

    assert common // RARITIES == rare // RARITIES == SAME
    assert common % RARITIES < rare % RARITIES
