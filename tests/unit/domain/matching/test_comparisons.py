"""How names and places compare."""

import pytest

from mastersync.domain.matching.features import read_features
from mastersync.domain.matching.name_comparison import (
    NameOutcome,
    compare_company_names,
    compare_person_names,
)
from mastersync.domain.matching.place_comparison import PlaceOutcome, compare_places


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        ("Plundora Triris Partners", "PLUNDORA TRIRIS PARTNERS LLC", NameOutcome.SAME),
        ("Vertex Associates", "Vertex Associates & Co. Ltd", NameOutcome.SAME_PLAIN),
        ("Rockix Healthcare", "Rorkix Healthcare Limited", NameOutcome.CLOSE),
        ("Bel Air Palace", "Belair Palace", NameOutcome.CLOSE),
        ("Villegas Foods", "Villega sFoods", NameOutcome.CLOSE),
        ("Eagle Rindcorp", "Eagle Rindcorp Hotel", NameOutcome.TRADE_ADDED),
        ("Patel & Wallis", "Patel & Wallis Sia", NameOutcome.ADDED),
        ("Apex Media", "Apex Properties", NameOutcome.TRADE_DIFFERS),
        ("Vertex Kroeon", "Vertex Plundora", NameOutcome.PART_DIFFERS),
        ("Harbor Foods", "Lumen Foods", NameOutcome.DIFFERS),
    ],
)
def test_companies_compare_by_what_is_left_over(
    left: str, right: str, outcome: NameOutcome
) -> None:
    one, other = (read_features({"name": name}).names[0] for name in (left, right))

    assert compare_company_names(one, other, cities=frozenset()).outcome is outcome
    assert compare_company_names(other, one, cities=frozenset()).outcome is outcome


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        ("Howard Marshall", "MARSHALL, HOWARD", NameOutcome.SAME),
        ("Mason Bains", "Mason T. Bains", NameOutcome.SAME),
        ("Howard Marshall", "Howard Marrshall", NameOutcome.CLOSE),
        ("Bob Marshall", "Robert Marshall", NameOutcome.CLOSE),
        ("G. Love", "Geoffrey Love", NameOutcome.INITIAL),
        ("Dakota Brinkley", "Dakota Brenklo", NameOutcome.PART_ALIKE),
        ("Luke Purdon", "Mia Purdon", NameOutcome.PART_DIFFERS),
        ("John Smith", "John Smith Jr", NameOutcome.PART_DIFFERS),
        ("Luke Purdon", "Mia Berry", NameOutcome.DIFFERS),
    ],
)
def test_persons_compare_in_any_order_of_their_names(
    left: str, right: str, outcome: NameOutcome
) -> None:
    one, other = (
        read_features({"party_type": "person", "name": name}).names[0] for name in (left, right)
    )

    assert compare_person_names(one, other).outcome is outcome
    assert compare_person_names(other, one).outcome is outcome


HOME = {"street": "12 Dunn Avenue", "city": "Chicago", "postcode": "60648"}


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"street": "12 Dnun Ave.", "city": "Chicago"}, PlaceOutcome.SAME_ADDRESS),
        ({"street": "Unit 4, 12 Dunn Av", "postcode": "60649"}, PlaceOutcome.SAME_ADDRESS),
        ({"street": "12 Dunn Avenue", "city": "Lincolnwood"}, PlaceOutcome.SAME_DOOR),
        ({"street": "Dunn Avenue", "city": "Chicago"}, PlaceOutcome.SAME_STREET),
        ({"street": "99 Dunn Avenue", "city": "Chicago"}, PlaceOutcome.OTHER_NUMBER),
        ({"postcode": "60648"}, PlaceOutcome.SAME_POSTCODE),
        ({"city": "CHICAGO"}, PlaceOutcome.SAME_CITY),
        ({"street": "7 Oak Road", "city": "Chicago"}, PlaceOutcome.MOVED_NEARBY),
        ({"street": "7 Oak Road", "city": "Dallas"}, PlaceOutcome.ELSEWHERE),
        (
            {"street": "12 Dunn Avenue", "city": "Dallas", "postcode": "75001"},
            PlaceOutcome.ELSEWHERE,
        ),
        ({}, PlaceOutcome.UNKNOWN),
    ],
)
def test_an_address_is_compared_as_one_thing(other: dict[str, str], outcome: PlaceOutcome) -> None:
    left, right = read_features(HOME).place, read_features(other).place

    assert compare_places(left, right) is outcome
    assert compare_places(right, left) is outcome
