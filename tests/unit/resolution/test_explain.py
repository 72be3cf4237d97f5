from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
import pytest

from mastersync.domain.matching.model import Band, Evidence
from mastersync.domain.resolution.compare import (
    RARITIES,
    Comparison,
    ContactOutcome,
    FormOutcome,
    KindOutcome,
    NumberOutcome,
    OtherOutcome,
)
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome
from mastersync.domain.resolution.explain import Explainer
from mastersync.domain.resolution.model import DEFAULT_MODEL
from mastersync.domain.resolution.resolve import Resolution, ResolveSettings, resolve
from populations import companies, copy_of, persons, with_rows, words
from record_pairs import Record, compared, rows, table_of

LEVELS = {
    "name": len(NameOutcome) * RARITIES,
    "place": len(PlaceOutcome),
    "phone": len(ContactOutcome),
    "email": len(ContactOutcome),
    "tax_id": len(NumberOutcome),
    "registration_number": len(NumberOutcome),
    "date_of_birth": len(NumberOutcome),
    "website": len(OtherOutcome),
    "legal_form": len(FormOutcome),
    "kind": len(KindOutcome),
    "other:kind_of_food": len(OtherOutcome),
}
UNSAID = {("kind", int(KindOutcome.PERSONS))}


def said_of(one: Record, other: Record) -> dict[str, Evidence]:
    pieces = Explainer(table_of(one, other), compared(one, other), DEFAULT_MODEL).evidence(0)
    return {piece.field: piece for piece in pieces}


def every_level() -> Iterator[tuple[str, int]]:
    for aspect, count in LEVELS.items():
        for level in range(count):
            if aspect != "name" or level >= RARITIES:
                yield aspect, level


@pytest.mark.parametrize(("aspect", "level"), list(every_level()))
def test_every_outcome_is_said_in_words_and_what_is_missing_is_not(aspect, level):
    levels = {name: np.array([level if name == aspect else 0], np.int8) for name in LEVELS}
    comparison = Comparison(left=rows(0), right=rows(1), levels=levels)
    table = table_of({"name": "Kestrel Bakery"}, {"name": "Kestrel Travel"})
    pieces = Explainer(table, comparison, DEFAULT_MODEL).evidence(0)

    assert len(pieces) == (0 if level == 0 or (aspect, level) in UNSAID else 1)
    for piece in pieces:
        assert piece.weight == round(float(DEFAULT_MODEL.of(aspect)[level]), 2)
        assert piece.outcome
        assert piece.words == piece.words.strip()
        assert len(piece.words.split()) >= 2
        assert not set("{}_") & set(piece.words)
        assert "''" not in piece.words


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("Kestrel Ltd", "KESTREL LIMITED", "same name"),
        ("Northwind Industrial", "Nothwind Industrial", "name differs only in spelling"),
        ("International Business Machines", "IBM", "one name is short for the other"),
        ("Kestrel", "Kestrel Bakery", "one name has 'Bakery' more"),
        ("Kestrel", "Kestrel Hazard", "one name has 'Hazard' more"),
        ("Kestrel", "Kestrel II", "one name has a numeral more"),
        ("Kestrel Hazard", "Kestrell", "one name has 'Kestrel Hazard' more"),
        ("Kestrel", "Kestrel Branch", "one name is that of a branch ('Branch')"),
        (
            "Kestrel Bakery",
            "Kestrel Plumbing",
            "names differ in the kind of business ('Bakery' or 'Plumbing')",
        ),
        (
            "Kestrel Vanderbeek",
            "Kestrel Moorcroft",
            "names agree in part only ('Moorcroft' or 'Vanderbeek')",
        ),
        ("Kestrel", "Moorcroft", "names differ"),
    ],
)
def test_two_companies_names_are_told_apart_in_words(one, other, sentence):
    records = [{"party_type": "company", "name": name} for name in (one, other)]

    assert said_of(*records)["name"].words.startswith(sentence)
    assert said_of(*reversed(records))["name"].words.startswith(sentence)


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        (
            "Maria Keller",
            "Maria Hollander",
            "same given name with another surname ('Hollander' or 'Keller')",
        ),
        ("Thomas Keller Jr", "Thomas Keller", "one is junior or senior to the other by name"),
    ],
)
def test_two_persons_names_are_told_apart_in_words(one, other, sentence):
    records = [{"party_type": "person", "name": name} for name in (one, other)]

    assert said_of(*records)["name"].words == sentence


@pytest.mark.parametrize(
    ("field", "one", "other", "sentence"),
    [
        ("phone", "0113 2457788", "0113 2457788", "same phone"),
        ("phone", "0113 2457788", "0113 2457789", "phone differs by a slip"),
        ("phone", "0113 2457788", "0113 9921634", "phone differs"),
        ("email", "a.b@gmail.com", "a.b@yahoo.com", "same mailbox name at another provider"),
        ("email", "anna@kestrel.example", "tom@kestrel.example", "emails of the same domain"),
        ("tax_id", "DE136695976", "DE136695976", "same tax number"),
        ("tax_id", "DE136695976", "DE136695967", "tax number differs by a slip"),
        ("registration_number", "HRB 4711", "HRB 8293", "registration number differs"),
        ("date_of_birth", "1984-07-21", "1984-07-21", "same date of birth"),
        ("website", "kestrel.example", "moorcroft.example", "website differs"),
    ],
)
def test_each_field_is_called_by_its_name(field, one, other, sentence):
    assert said_of({field: one}, {field: other})[field].words == sentence


def test_a_column_of_unknown_meaning_is_called_by_its_heading():
    piece = said_of({"other:kind_of_food": "Thai"}, {"other:kind_of_food": "Thai"})["kind_of_food"]

    assert piece.words == "same kind of food"


def test_a_company_and_a_person_are_said_to_be_two_kinds():
    said = said_of({"name": "Keller Ltd"}, {"name": "Dr. Keller"})

    assert said["kind"].words == "one is a company, the other a person"


SITE = {
    "street": "12 Harbour Street",
    "city": "Leeds",
    "postcode": "LS1 4AB",
    "phone": "0113 2457788",
    "email": "desk@harbour.example",
}


def test_door_phone_and_mailbox_are_said_to_be_one_agreement_where_names_conflict():
    said = said_of({"name": "Kestrel Bakery", **SITE}, {"name": "Moorcroft Travel", **SITE})

    assert said["site"].words.startswith("door, phone and mailbox are one agreement")
    assert said["site"].weight < 0
    assert "site" not in said_of({"name": "Kestrel", **SITE}, {"name": "Kestrel", **SITE})


def test_the_birthday_of_twins_is_said_to_be_of_their_household():
    born = {"date_of_birth": "1984-07-21", **SITE}
    one = {"name": "Thomas Keller", **born, "email": "thomas@keller.example"}
    said = said_of(one, {"name": "Maria Keller", **born, "email": "maria@moorcroft.example"})

    assert said["site"].words.startswith("door, phone and birthday are one agreement")


@pytest.mark.parametrize("other", ["Kestrel Bakery", "Moorcroft Travel", "Kestrel Plumbing", ""])
def test_the_weights_of_the_evidence_add_up_to_the_score(other):
    pair = ({"name": "Kestrel Bakery", **SITE}, {"name": other, **SITE})
    total = sum(piece.weight for piece in said_of(*pair).values())

    assert DEFAULT_MODEL.prior + total == pytest.approx(
        DEFAULT_MODEL.score(compared(*pair))[0], abs=0.05
    )


# --- pairs of a file ------------------------------------------------------------------------


def search(result: Resolution, left: int, right: int) -> str:
    """Return why two rows were never compared, or nothing where they were."""
    evidence = result.explain(left, right).evidence
    return next((piece.words for piece in evidence if piece.field == "search"), "")


@cache
def crowd(count: int) -> Resolution:
    """Return records with nothing in common but one phone."""
    first = words(count, seed=91)
    frame = pd.DataFrame({"name": first, "phone": "0113 2457788"})
    return resolve(frame)


def test_records_that_share_nothing_were_never_compared_and_it_says_why():
    base = pd.DataFrame({"name": ["Alvarado", "Zimmerli"], "phone": ["0113 2457788", ""]})

    assert search(resolve(base), 0, 1) == (
        "never compared, because they share no key of name, place, contact or number"
    )


def test_what_very_many_share_brings_nobody_together_and_it_says_how_many():
    assert search(crowd(700), 3, 500) == (
        "never compared, because what they share, 700 records share"
    )


def test_a_record_with_many_others_that_are_more_like_it_says_so():
    result = crowd(200)
    met = {(int(code) // 200, int(code) % 200) for code in result.compared}
    left, right = next(
        (one, other) for one in range(200) for other in range(one) if (other, one) not in met
    )

    assert search(result, left, right) == (
        "never compared, because each has others that are more like it"
    )
    assert result.explain(left, right).band is Band.NEW


def test_two_records_of_one_source_are_not_compared_where_sources_are_linked_and_it_says_so():
    base = companies(60, seed=96)
    frame = with_rows(base, copy_of(base, 3), copy_of(base, 4, source="crm", phone=""))
    linked = resolve(frame, settings=ResolveSettings(link=True))

    assert search(linked, 3, 60) == ""
    assert search(linked, 4, 61).startswith("never compared, because both are of one source")
    assert search(resolve(frame), 4, 61) == ""


def test_copies_of_a_third_record_are_said_to_be_the_same():
    base = companies(60, seed=92)
    frame = with_rows(base, *(copy_of(base, 7, id=f"copy {at}") for at in range(2)))
    result = resolve(frame, settings=ResolveSettings(precision=0.9))
    found = result.explain(60, 61)

    assert result.clusters[60] == result.clusters[61]
    assert search(result, 60, 61) == ""
    assert found.band is Band.SAME
    assert found.sentence.startswith("Same company: ")


@pytest.mark.parametrize(
    ("base", "noun"), [(companies(60, seed=93), "company"), (persons(60, seed=94), "person")]
)
def test_the_sentence_says_for_and_against_the_strongest_first(base, noun):
    spoilt = {"city": "Reykjavik", "postcode": "10118", "street": "9 Quarry Hill"}
    frame = with_rows(base, copy_of(base, 5, **spoilt))
    found = resolve(frame).explain(5, 60)
    told = found.sentence

    assert noun in told.partition(":")[0]
    assert told.index("same name") < told.index("Against: ") < told.index("address elsewhere")
    assert told.endswith(".")


def test_many_pairs_are_explained_as_each_alone():
    base = companies(60, seed=95)
    frame = with_rows(base, *(copy_of(base, row, phone="") for row in range(5)))
    result = resolve(frame)
    left, right = [0, 1, 2, 60], [60, 61, 40, 0]

    assert result.explain_pairs(left, right) == [
        result.explain(one, other) for one, other in zip(left, right, strict=True)
    ]


def test_two_proved_numbers_keep_apart_what_else_would_be_one_and_it_is_said():
    base = companies(200, seed=61)
    one = copy_of(base, 0, tax_id="DE136695976", country="DE")
    frame = with_rows(base, one, {**one, "id": "another", "tax_id": "DE129273398"})
    result = resolve(frame)
    left, right = len(frame) - 2, len(frame) - 1
    found = result.explain(left, right)

    assert result.clusters[left] != result.clusters[right]
    assert found.band is Band.NEW
    assert "apart all the same" in found.sentence


def test_no_pair_is_called_the_same_that_was_not_joined():
    base = companies(200, seed=62)
    twice = [copy_of(base, row, phone="", email="") for row in range(0, 60, 2)]
    frame = with_rows(base, *twice)
    result = resolve(frame)
    left, right = result.pairs["left"].tolist(), result.pairs["right"].tolist()

    for row, found in zip(
        result.pairs.itertuples(), result.explain_pairs(left, right), strict=True
    ):
        assert str(found.band) == row.band
