import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from mastersync.domain.matching.model import Judgement, SourceKey, Verdict
from mastersync.domain.resolution.compare import (
    RARITIES,
    Comparison,
    ContactOutcome,
    NumberOutcome,
    compare,
)
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome
from mastersync.domain.resolution.learn import Labels, can_learn, learn, telling_aspects
from mastersync.domain.resolution.model import (
    DEFAULT_MODEL,
    LOUDEST,
    Model,
    names_conflict,
    starting_weights,
)
from mastersync.domain.resolution.resolve import resolve
from mastersync.domain.resolution.statistics import count_statistics
from mastersync.domain.resolution.table import read_table
from populations import companies, copy_of, persons, with_rows
from record_pairs import compared, rows

COPIES = 80


def with_copies(base: pd.DataFrame, *, spoil: tuple[str, ...]) -> pd.DataFrame:
    """Return a population in which the first records are there twice, each with a value lost."""
    copies = [copy_of(base, row, **{spoil[row % len(spoil)]: ""}) for row in range(COPIES)]
    return with_rows(base, *copies)


COMPANIES = with_copies(companies(400, seed=41), spoil=("phone", "email", "street", "tax_id"))
PERSONS = with_copies(persons(400, seed=42), spoil=("street", "date_of_birth", "given_name"))


def candidates(frame: pd.DataFrame) -> tuple[Comparison, np.ndarray]:
    """Compare each copy with its original and with strangers; say which are the same."""
    table = read_table(frame)
    size = len(frame) - COPIES
    left = np.concatenate((np.arange(COPIES), np.repeat(np.arange(COPIES), 10)))
    other = (np.repeat(np.arange(COPIES), 10) + np.tile(np.arange(1, 11), COPIES) * 31) % size
    right = np.concatenate((size + np.arange(COPIES), other))
    found = compare(table, left.astype(np.int32), right.astype(np.int32), count_statistics(table))
    return found, np.arange(len(left)) < COPIES


@pytest.mark.parametrize("frame", [COMPANIES, PERSONS], ids=["companies", "persons"])
@pytest.mark.parametrize("learned", [False, True], ids=["the table alone", "what was learned"])
def test_copies_are_told_from_strangers_by(frame, learned):
    comparison, same = candidates(frame)
    odds = (learn(comparison) if learned else DEFAULT_MODEL).score(comparison)

    assert (odds[same] > 0).mean() >= 0.95
    assert (odds[~same] < 0).all()


def test_forty_columns_that_say_little_take_nothing_from_what_a_name_teaches():
    comparison, _ = candidates(COMPANIES)
    blank = np.zeros(len(comparison), np.int8)
    blank[-1] = 3
    wide = {f"other:column {number:02}": blank for number in range(40)}

    alone = learn(comparison).of("name")
    among_many = learn(replace(comparison, levels={**comparison.levels, **wide})).of("name")

    assert among_many == pytest.approx(alone, abs=0.2)


@pytest.mark.parametrize("frame", [COMPANIES, PERSONS], ids=["companies", "persons"])
def test_the_same_pairs_teach_the_same_weights(frame):
    comparison, _ = candidates(frame)

    assert learn(comparison).to_json() == learn(comparison).to_json()


@pytest.mark.parametrize("frame", [COMPANIES, PERSONS], ids=["companies", "persons"])
def test_what_was_learned_is_the_same_after_it_was_kept(frame):
    comparison, _ = candidates(frame)
    model = learn(comparison)
    kept = Model.from_json(json.loads(json.dumps(model.to_json())))

    assert np.abs(kept.score(comparison) - model.score(comparison)).max() < 0.01
    assert kept.to_json() == model.to_json()


def test_the_table_itself_can_be_kept():
    comparison, _ = candidates(COMPANIES)
    kept = Model.from_json(json.loads(json.dumps(DEFAULT_MODEL.to_json())))

    assert kept.score(comparison).tolist() == DEFAULT_MODEL.score(comparison).tolist()


def test_weights_kept_before_a_level_was_known_have_the_table_s_for_it():
    table = starting_weights("name")
    kept = Model(prior=-3.0, weights={"name": table[:-3] + 0.5})

    assert kept.of("name").tolist() == [*(table[:-3] + 0.5), *table[-3:]]


@pytest.mark.parametrize("fields", [["name"], ["name", "phone"], ["name", "city"]])
def test_two_aspects_teach_no_weights(fields):
    comparison, _ = candidates(COMPANIES[fields])
    model = learn(comparison)

    assert not can_learn(comparison)
    assert len(telling_aspects(comparison)) <= 2
    assert all(model.of(a).tolist() == starting_weights(a).tolist() for a in comparison.levels)


def test_three_aspects_teach_weights():
    comparison, _ = candidates(COMPANIES[["name", "phone", "email"]])
    model = learn(comparison)

    assert can_learn(comparison)
    assert model.of("phone").tolist() != starting_weights("phone").tolist()


def test_nothing_to_compare_teaches_nothing():
    table = read_table(COMPANIES)
    nothing = compare(table, rows(), rows(), count_statistics(table))

    assert learn(nothing) is DEFAULT_MODEL


@pytest.mark.parametrize("frame", [COMPANIES, PERSONS], ids=["companies", "persons"])
def test_what_was_learned_keeps_to_its_side_of_nothing(frame):
    comparison, _ = candidates(frame)
    model = learn(comparison)

    for aspect in comparison.levels:
        learned, table = model.of(aspect), starting_weights(aspect)
        assert (learned * table >= 0).all(), aspect
        assert (np.abs(learned) <= LOUDEST).all(), aspect
        assert learned[0] == 0, aspect


def test_a_household_does_not_teach_that_names_may_conflict():
    """Two of one house share all but their names; that many do is no reason to merge them."""
    base = persons(300, seed=43)
    base["phone"] = [f"0{200 + row} {3_000_000 + row * 7919}" for row in range(300)]
    relatives = [
        copy_of(base, row, given_name="Wilhelmina", surname=base["surname"][299 - row])
        for row in range(150)
    ]
    frame = with_rows(base, *({**relative, "date_of_birth": ""} for relative in relatives))
    result = resolve(frame)

    assert (result.model.of("name")[NameOutcome.DIFFERENT * RARITIES :][:3] < 0).all()
    together = [result.clusters[row] == result.clusters[300 + row] for row in range(150)]
    assert not any(together)


def test_what_people_said_pulls_the_weights_to_them():
    """Forty pairs of one name that moved: the same, say some people, and others not."""
    comparison, _ = candidates(COMPANIES)
    nothing = {aspect: np.zeros(40, np.int8) for aspect in comparison.levels}
    moved = {
        "name": np.full(40, NameOutcome.SAME * RARITIES + 1, np.int8),
        "place": np.full(40, PlaceOutcome.MOVED, np.int8),
    }
    pairs = Comparison(left=rows(*range(40)), right=rows(*range(40)), levels=nothing | moved)
    same, other = (
        learn(comparison, labels=Labels(comparison=pairs, same=np.full(40, verdict)))
        for verdict in (True, False)
    )

    assert same.of("place")[PlaceOutcome.MOVED] > other.of("place")[PlaceOutcome.MOVED] + 0.5
    assert same.score(pairs)[0] > other.score(pairs)[0] + 1.0


def test_people_may_judge_records_that_lack_a_column_of_the_others():
    comparison, _ = candidates(COMPANIES)
    said = np.ones(len(comparison), np.int8)
    wide = replace(comparison, levels={**comparison.levels, "other:trade name": said})
    judged = compared({"name": "Kestrel Bakery"}, {"name": "Kestrel Bakery"})

    model = learn(wide, labels=Labels(comparison=judged, same=np.array([True])))

    assert "other:trade name" in model.weights


def test_a_judgement_on_one_pair_stands_though_the_weights_say_otherwise():
    frame = with_rows(COMPANIES, copy_of(COMPANIES, 5, id="other"))
    keys = [SourceKey(system=frame["source"][row], key=frame["id"][row]) for row in (5, 480)]
    said = Judgement(left=keys[0], right=keys[1], verdict=Verdict.NOT_SAME)

    assert resolve(frame).clusters[480] == resolve(frame).clusters[5]
    assert resolve(frame, judgements=[said]).clusters[480] != 5


@pytest.mark.parametrize(
    ("outcome", "conflict"),
    [
        (NameOutcome.SAME, False),
        (NameOutcome.MORE, False),
        (NameOutcome.OTHER_SURNAME, False),
        (NameOutcome.PART, True),
        (NameOutcome.DIFFERENT, True),
        (NameOutcome.GENERATION, True),
        (NameOutcome.OTHER_TRADE, True),
        (NameOutcome.MISSING, False),
    ],
)
def test_names_conflict_when_they_contradict_each_other(outcome, conflict):
    levels = np.arange(outcome * RARITIES, outcome * RARITIES + RARITIES, dtype=np.int8)

    assert names_conflict(levels).tolist() == [conflict] * RARITIES


SITE = {
    "street": "12 Harbour Street",
    "city": "Leeds",
    "postcode": "LS1 4AB",
    "phone": "0113 2457788",
    "email": "desk@harbour.example",
}


def test_tenants_of_one_building_with_one_phone_and_mailbox_are_not_one():
    pair = compared({"name": "Kestrel Bakery", **SITE}, {"name": "Moorcroft Travel", **SITE})

    assert DEFAULT_MODEL.score(pair)[0] < 0


def test_father_and_son_of_one_name_in_one_house_are_not_one():
    house = {key: value for key, value in SITE.items() if key != "email"}
    one = {"party_type": "person", "name": "Thomas Keller", **house}
    pair = compared({**one, "date_of_birth": "1951-11-02"}, {**one, "date_of_birth": "1984-07-21"})

    assert DEFAULT_MODEL.score(pair)[0] < 0


def of_one_birthday(one, other):
    """Return the log-odds of two persons of one house and one day of birth."""
    house = {key: value for key, value in SITE.items() if key != "email"}
    born = {"party_type": "person", "date_of_birth": "1984-07-21", **house}

    return float(DEFAULT_MODEL.score(compared({**born, **one}, {**born, **other}))[0])


def test_twins_are_not_one_though_they_share_house_phone_and_birthday():
    one = {"name": "Thomas Keller", "email": "thomas@keller.example"}
    other = {"name": "Maria Keller", "email": "maria.k@moorcroft.example"}

    assert of_one_birthday(one, other) < 0


def test_one_mailbox_and_one_birthday_outweigh_names_that_conflict():
    one = {"name": "Thomas Keller", "email": "kestrel@keller.example"}
    other = {"name": "Xqw Keller", "email": "kestrel@keller.example"}

    assert of_one_birthday(one, other) > of_one_birthday({**one, "email": ""}, other) + 2


@pytest.mark.parametrize(
    ("aspect", "better", "worse"),
    [
        ("place", PlaceOutcome.SAME_ADDRESS, PlaceOutcome.SAME_CITY),
        ("place", PlaceOutcome.SAME_CITY, PlaceOutcome.ELSEWHERE),
        ("phone", ContactOutcome.SAME_OWN, ContactOutcome.NEAR),
        ("phone", ContactOutcome.SAME_OWN, ContactOutcome.SAME_FEW),
        ("phone", ContactOutcome.SAME_FEW, ContactOutcome.SAME_MANY),
        ("tax_id", NumberOutcome.SAME, NumberOutcome.NEAR),
        ("tax_id", NumberOutcome.NEAR, NumberOutcome.DIFFERENT),
    ],
)
def test_in_the_table_the_more_alike_weighs_more(aspect, better, worse):
    weights = starting_weights(aspect)

    assert weights[better] > weights[worse]
