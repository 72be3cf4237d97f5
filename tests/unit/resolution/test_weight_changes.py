"""Two models side by side, in words; and what labels say of pairs that they were not shown."""

from dataclasses import replace

import numpy as np
import pytest

from mastersync.domain.resolution.compare import RARITIES, Comparison, NumberOutcome
from mastersync.domain.resolution.compare_names import NameOutcome
from mastersync.domain.resolution.compare_places import PlaceOutcome
from mastersync.domain.resolution.explain import level_words
from mastersync.domain.resolution.held_out import held_out
from mastersync.domain.resolution.learn import Labels, learn
from mastersync.domain.resolution.model import DEFAULT_MODEL, Model, starting_weights
from mastersync.domain.resolution.weight_changes import weight_changes

ASPECTS = ("place", "phone", "email", "tax_id", "date_of_birth", "website", "legal_form")


def pairs(**levels: int) -> Comparison:
    """Thirty pairs, no two of one record, that all show the same; 200 more that show nothing."""
    rows = np.arange(30, dtype=np.int32)
    shown = {"name": NameOutcome.SAME * RARITIES + 1, "place": 1, "phone": 1, **levels}
    return Comparison(
        left=rows,
        right=rows + 30,
        levels={aspect: np.full(30, level, np.int8) for aspect, level in shown.items()},
    )


def among_strangers(shown: Comparison) -> Comparison:
    """The same pairs among two hundred that differ in everything."""
    other = {
        "name": NameOutcome.DIFFERENT * RARITIES + 1,
        "place": PlaceOutcome.ELSEWHERE,
        "phone": 9,
    }
    return Comparison(
        left=np.zeros(230, np.int32),
        right=np.zeros(230, np.int32),
        levels={
            aspect: np.append(found, np.full(200, other.get(aspect, 0), np.int8))
            for aspect, found in shown.levels.items()
        },
    )


def test_equal_models_differ_in_nothing() -> None:
    kept = Model.from_json(DEFAULT_MODEL.to_json())

    assert weight_changes(DEFAULT_MODEL, kept, pairs()) == ()
    assert weight_changes(kept, DEFAULT_MODEL) == ()


def test_a_change_says_what_weighs_how_much_and_for_how_many_pairs() -> None:
    weights = starting_weights("place").copy()
    weights[PlaceOutcome.MOVED] += 1.0
    changed = replace(DEFAULT_MODEL, prior=-2.5, weights={"place": weights})

    moved, prior = weight_changes(DEFAULT_MODEL, changed, pairs(place=PlaceOutcome.MOVED))

    assert (moved.label, moved.words) == ("place", "another street in the same area")
    assert (moved.old, moved.new, moved.pairs, moved.is_seen) == (-1.5, -0.5, 30, True)
    assert (prior.label, prior.old, prior.new) == ("prior", -3.0, -2.5)


def test_a_level_that_no_pair_shows_is_told_from_one_that_nobody_looked_for() -> None:
    weights = starting_weights("tax_id") * 0.5
    changed = replace(DEFAULT_MODEL, weights={"tax_id": weights})

    assert not any(change.is_seen for change in weight_changes(DEFAULT_MODEL, changed, pairs()))
    assert all(change.is_seen for change in weight_changes(DEFAULT_MODEL, changed))


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_level_but_the_missing_one_has_words(aspect: str) -> None:
    words = [level_words(aspect, level) for level in range(len(starting_weights(aspect)))]

    assert words[0] == ""
    assert len(set(words[1:])) == len(words) - 1
    assert all("{" not in said for said in words)


def test_every_level_of_names_has_words_of_its_own() -> None:
    words = [level_words("name", level) for level in range(len(starting_weights("name")))]

    assert words[:RARITIES] == [""] * RARITIES
    assert all(said and "{" not in said for said in words[RARITIES:])


def test_people_teach_what_a_level_is_worth() -> None:
    """Thirty pairs of one name whose tax numbers are a slip apart: the same, or not."""
    shown = pairs(tax_id=NumberOutcome.NEAR)
    comparison = among_strangers(shown)

    same, not_same = (
        learn(comparison, labels=Labels(comparison=shown, same=np.full(30, verdict)))
        for verdict in (True, False)
    )

    assert same.score(shown)[0] > not_same.score(shown)[0] + 1.0
    assert learn(comparison).score(shown)[0] > not_same.score(shown)[0] + 1.0
    changed = weight_changes(not_same, same, comparison)
    assert {"name", "phone"} <= {change.label for change in changed if change.new > change.old}


def test_what_is_said_of_a_pair_held_out_hangs_on_the_others_alone() -> None:
    shown = pairs(tax_id=NumberOutcome.NEAR)
    said = np.arange(30) % 3 > 0
    comparison = among_strangers(shown)
    odds = held_out(comparison, Labels(comparison=shown, same=said))

    for place in (0, 7, 29):
        otherwise = said.copy()
        otherwise[place] = ~otherwise[place]
        found = held_out(comparison, Labels(comparison=shown, same=otherwise))

        assert found[place] == odds[place]
        assert (found != odds).any()


def test_pairs_of_one_record_are_held_out_together() -> None:
    """All thirty share a record: nothing is left to learn from but the records."""
    shown = replace(pairs(), left=np.zeros(30, np.int32))
    comparison = among_strangers(shown)

    odds = held_out(comparison, Labels(comparison=shown, same=np.zeros(30, np.bool_)))

    assert odds == pytest.approx(learn(comparison).score(shown))


def test_no_decisions_leave_nothing_to_hold_out() -> None:
    nothing = pairs().at(np.zeros(0, np.int64))

    assert held_out(pairs(), Labels(comparison=nothing, same=np.zeros(0, np.bool_))).shape == (0,)
