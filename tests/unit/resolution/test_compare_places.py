import pytest

from mastersync.domain.resolution.compare_places import PlaceOutcome
from record_pairs import of_places

SAME_ADDRESS, SAME_BUILDING = PlaceOutcome.SAME_ADDRESS, PlaceOutcome.SAME_BUILDING
NEAR_DOOR, OTHER_DOOR = PlaceOutcome.NEAR_DOOR, PlaceOutcome.OTHER_DOOR

# Streets of one postcode.
STREETS = [
    # Writing.
    ("12 Harbour Street", "12 HARBOUR ST", SAME_ADDRESS),
    ("12 Harbour Street", "12, Harbour St.", SAME_ADDRESS),
    ("Via Roma 5", "5 Via Roma", SAME_ADDRESS),
    ("12 Rue de la Paix", "12 r. de la Paix", SAME_ADDRESS),
    ("PO Box 99", "P.O. Box 99", SAME_ADDRESS),
    # German streets, glued and short.
    ("Hauptstraße 12", "Hauptstr. 12", SAME_ADDRESS),
    ("Hauptstraße 12", "Haupt Strasse 12", SAME_ADDRESS),
    ("Goetheallee 4", "Goethe Allee 4", SAME_ADDRESS),
    # Numbers as words, and compass points.
    ("350 5th Avenue", "350 Fifth Ave", SAME_ADDRESS),
    ("18 First Street", "18 1st St", SAME_ADDRESS),
    ("350 5th Avenue", "350 W 5th Ave.", SAME_ADDRESS),
    ("350 5th Avenue", "350 6th Avenue", PlaceOutcome.MOVED_NEARBY),
    # Units.
    ("12 Harbour Street, Flat 3", "Flat 3, 12 Harbour Street", SAME_ADDRESS),
    ("12 Harbour Street Suite 400", "12 Harbour Street #400", SAME_ADDRESS),
    ("12 Harbour Street Apt 3B", "12 Harbour Street Apt. 3B", SAME_ADDRESS),
    ("12 Harbour Street Suite 400", "12 Harbour Street", SAME_ADDRESS),
    ("12 Harbour Street Suite 400", "12 Harbour Street Suite 500", SAME_BUILDING),
    ("Unit 7 12 Harbour Street", "Unit 8 12 Harbour Street", SAME_BUILDING),
    ("12 Harbour Street 3/F", "12 Harbour Street 4/F", SAME_BUILDING),
    ("12 Harbour Street, 3rd Floor", "12 Harbour Street, 4th Floor", SAME_BUILDING),
    ("12 Harbour Street, Third Floor", "12 Harbour Street, 3rd Floor", SAME_ADDRESS),
    ("Hauptstraße 12, 2. OG", "Hauptstr. 12, 3. OG", SAME_BUILDING),
    # Slips.
    ("12 Harbour Street", "12 Harbor Street", SAME_ADDRESS),
    ("12 Harbour Street", "12 Harbuor Street", SAME_ADDRESS),
    ("12 Harbour Street", "12 Habrour Street", SAME_ADDRESS),
    ("12 Harbour Street", "21 Harbour Street", NEAR_DOOR),
    ("112 Harbour Street", "12 Harbour Street", NEAR_DOOR),
    ("Hauptstraße 12", "Hauptstrasse 12a", NEAR_DOOR),
    # Others.
    ("4 Harbour Street", "5 Harbour Street", OTHER_DOOR),
    ("12 Harbour Street", "379 Harbour Street", OTHER_DOOR),
    ("PO Box 99", "PO Box 77", OTHER_DOOR),
    ("Harbour Street", "12 Harbour Street", PlaceOutcome.SAME_STREET),
    ("12 Harbour Street", "9 Quarry Hill", PlaceOutcome.MOVED_NEARBY),
    ("12 Harbour Street", "", PlaceOutcome.SAME_POSTCODE),
]


@pytest.mark.parametrize(("one", "other", "outcome"), STREETS)
def test_two_streets_of_one_postcode_say(one, other, outcome):
    records = [{"street": street, "city": "Bonn", "postcode": "53111"} for street in (one, other)]

    assert of_places(*records) is outcome
    assert of_places(*reversed(records)) is outcome


# Street, city, postcode and country.
AREAS = [
    ("||02110|", "||02110-1234|", PlaceOutcome.SAME_POSTCODE),
    ("||021101234|", "||02110|", PlaceOutcome.SAME_POSTCODE),
    ("||LS1 4AB|", "||ls14ab|", PlaceOutcome.SAME_POSTCODE),
    ("|Munich||", "|München||", PlaceOutcome.SAME_CITY),
    ("|Köln||", "|Cologne||", PlaceOutcome.SAME_CITY),
    ("|Wien||", "|Vienna||", PlaceOutcome.SAME_CITY),
    ("|St Louis||", "|Saint Louis||", PlaceOutcome.SAME_CITY),
    ("|Bombay||", "|Mumbai||", PlaceOutcome.SAME_CITY),
    ("|Sheffeild||", "|Sheffield||", PlaceOutcome.SAME_CITY),
    ("|Leeds|53111|", "|Leeds|99812|", PlaceOutcome.SAME_CITY),
    ("|Leeds||", "|Boston||", PlaceOutcome.ELSEWHERE),
    ("12 Harbour St|Turin||", "12 Harbour St|Torino||", SAME_ADDRESS),
    ("12 Harbour St|Leeds|LS1 4AB|UK", "12 Harbour St|Leeds|LS1 4AB|Great Britain", SAME_ADDRESS),
    ("12 Harbour St|Leeds|LS1 4AB|", "12 Harbour St|Leeds|LS1 4AC|", SAME_ADDRESS),
    ("12 Harbour St|||", "12 Harbour St|||", PlaceOutcome.SAME_DOOR),
    ("12 Harbour St|Leeds|LS1 4AB|", "12 Harbour St|Boston|02110|", PlaceOutcome.SAME_DOOR),
    ("12 Harbour St|Leeds|LS1 4AB|GB", "12 Harbour St|Leeds|LS1 4AB|US", PlaceOutcome.ELSEWHERE),
    ("12 Harbour St|Leeds|LS1 4AB|", "9 Quarry Hill|Leeds|LS7 2XX|", PlaceOutcome.MOVED),
    ("12 Harbour St|Leeds|LS1 4AB|", "9 Quarry Hill|Boston|02110|", PlaceOutcome.ELSEWHERE),
    ("12 Harbour St|Leeds|LS1 4AB|", "|||", PlaceOutcome.MISSING),
]


def address(text: str) -> dict[str, str]:
    return dict(zip(("street", "city", "postcode", "country"), text.split("|"), strict=True))


@pytest.mark.parametrize(("one", "other", "outcome"), AREAS)
def test_two_addresses_say(one, other, outcome):
    assert of_places(address(one), address(other)) is outcome
    assert of_places(address(other), address(one)) is outcome


def test_a_house_number_may_have_a_column_of_its_own():
    area = {"city": "Leeds", "postcode": "LS1 4AB"}
    apart = {"street": "Harbour Street", "house_number": "12", **area}

    assert of_places(apart, {"street": "12 Harbour Street", **area}) is SAME_ADDRESS


HERE = address("12 Harbour Street|Leeds|LS1 4AB|")
THERE = address("9 Quarry Hill|Boston|02110|")


@pytest.mark.parametrize(
    ("kind", "both", "outcome"),
    [
        ("company", {}, PlaceOutcome.OTHER_SITE),
        ("company", {"phone": "0113 2457788"}, PlaceOutcome.ELSEWHERE),
        ("company", {"email": "post@kestrel.example"}, PlaceOutcome.ELSEWHERE),
        ("person", {}, PlaceOutcome.ELSEWHERE),
        ("", {}, PlaceOutcome.ELSEWHERE),
    ],
)
def test_a_company_that_moved_keeps_its_phone_or_mailbox_and_another_site_has_its_own(
    kind, both, outcome
):
    assert of_places(
        {"party_type": kind, **HERE, **both}, {"party_type": kind, **THERE, **both}
    ) is (outcome)


def test_with_another_phone_a_shared_mailbox_does_not_make_a_move_of_a_site():
    both = {"party_type": "company", "email": "post@kestrel.example"}
    here, there = {"phone": "0113 2457788"}, {"phone": "0617 5248182"}

    assert of_places({**both, **HERE, **here}, {**both, **THERE, **there}) is (
        PlaceOutcome.OTHER_SITE
    )
