import re

import pycountry
import pytest

from mastersync.domain.resolution.vocabulary.cities import CITIES, REGIONS, region_name
from mastersync.domain.resolution.vocabulary.countries import (
    COUNTRIES,
    DIALLED_COUNTRIES,
    DIALLING_CODES,
    country_code,
)
from mastersync.domain.resolution.vocabulary.streets import (
    DIRECTIONS,
    GLUED_STREET_TYPES,
    ORDINALS,
    PO_BOX_WORDS,
    STREET_TYPES,
    UNIT_WORDS,
)

FOLDED = re.compile(r"[a-z0-9/&.'-]+( [a-z0-9/&.'-]+)*")


@pytest.mark.parametrize(
    "table",
    [
        CITIES,
        REGIONS,
        COUNTRIES,
        STREET_TYPES,
        GLUED_STREET_TYPES,
        UNIT_WORDS,
        DIRECTIONS,
        ORDINALS,
    ],
)
def test_every_key_is_written_as_folding_writes_it(table):
    assert [key for key in table if not FOLDED.fullmatch(key)] == []


def test_every_country_of_the_standard_is_known_by_its_codes():
    for country in pycountry.countries:
        assert COUNTRIES[country.alpha_2.lower()] == country.alpha_2
        assert COUNTRIES[country.alpha_3.lower()] == country.alpha_2
        assert country_code(country.name) == country.alpha_2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("U.S.A.", "US"),
        ("Vereinigte Staaten", "US"),
        ("England", "GB"),
        ("Deutschland", "DE"),
        ("Österreich", "AT"),
        ("Holland", "NL"),
        ("Hong Kong S.A.R.", "HK"),
        ("P.R. China", "CN"),
        ("South Korea", "KR"),
        ("Korea", "KR"),
        ("Россия", "RU"),
        ("Schweiz/Suisse", ""),
        ("Côte d'Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_country_is_known_as_people_write_it(text, code):
    assert country_code(text) == code


def test_a_dialling_code_leads_to_its_country_and_back():
    assert DIALLING_CODES["DE"] == "49"
    assert DIALLED_COUNTRIES["49"] == "DE"
    assert DIALLED_COUNTRIES["1"] == "US"
    assert all(DIALLED_COUNTRIES[code] in DIALLING_CODES for code in DIALLING_CODES.values())


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("koln", "cologne"),
        ("koeln", "cologne"),
        ("munchen", "munich"),
        ("muenchen", "munich"),
        ("bombay", "mumbai"),
        ("leningrad", "st petersburg"),
        ("bangalore", "bengaluru"),
        ("bruxelles", "brussel"),
        ("firenze", "florence"),
        ("frankfurt am main", "frankfurt"),
        ("den haag", "the hague"),
        ("new delhi", "delhi"),
        ("peking", "beijing"),
        ("wien", "vienna"),
    ],
)
def test_one_city_has_one_name(name, other):
    assert CITIES[name] == CITIES.get(other, other)


def test_different_cities_keep_different_names():
    cities = ("koln", "munchen", "paris", "london", "new york", "delhi", "mumbai", "new mumbai")

    assert len({CITIES[city] for city in cities}) == len(cities)


def test_a_short_form_of_a_region_is_read_as_its_country_does():
    assert region_name("wa", "US") == "washington"
    assert region_name("wa", "AU") == "western australia"
    assert region_name("tn", "IN") == "tamil nadu"
    assert region_name("bayern", "DE") == "bavaria"
    assert region_name("nowhere", "US") == "nowhere"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("rd", "road"),
        ("av", "avenue"),
        ("ave", "avenue"),
        ("blv", "boulevard"),
        ("blvd", "boulevard"),
        ("str", "strasse"),
        ("r", "rue"),
        ("c", "calle"),
        ("pl", "place"),
        ("ul", "ulica"),
        ("ln", "lane"),
        ("st", "street"),
    ],
)
def test_short_types_of_street_are_said_in_full(short, full):
    assert STREET_TYPES[short] == full


@pytest.mark.parametrize(
    ("text", "number"),
    [("3rd", "3"), ("third", "3"), ("23rd", "23"), ("twenty third", "23"), ("101st", "101")],
)
def test_a_numbered_street_is_a_number(text, number):
    assert ORDINALS[text] == number


def test_units_and_boxes_are_known():
    assert UNIT_WORDS["ste"] == "suite"
    assert UNIT_WORDS["whg"] == "apartment"
    assert {"po box", "postfach", "bp"} <= PO_BOX_WORDS
