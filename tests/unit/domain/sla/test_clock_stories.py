from dataclasses import replace

import pytest

from clock_stories import Story, stories, subjects
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.columns import columns_of, readings_of
from mastersync.domain.sla.many_clocks import read_clocks
from mastersync.domain.sla.model import ClockReading
from mastersync.domain.sla.words import duration

STORIES = stories()
ENOUGH = 120


def reading_of(story: Story) -> ClockReading | None:
    readings = read_case(story.case, story.policy, now=story.now)
    found = [reading for reading in readings if reading.clause.clock == story.clock]
    return found[0] if found else None


def name(story: Story) -> str:
    return str(story.written["story"])


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_clock_says_what_the_story_tells(story):
    reading = reading_of(story)

    told = story.written
    assert (reading.state.value if reading else "no clock") == told["state"].replace(" st", "_st")
    if reading is None:
        return
    assert reading.due_at == story.at("due")
    if "elapsed" in told:
        assert duration(reading.elapsed) == told["elapsed"]
    if "used" in told:
        assert f"{reading.used:.0%}" == told["used"]
    if "clause" in told:
        assert reading.clause.number == told["clause"]
    if "counts from" in told:
        assert reading.counts_from == story.at("counts from")


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_read_with_many_others_it_says_the_same(story):
    reading = reading_of(story)

    columns = read_clocks(columns_of([story.case], now=story.now), story.policy, now=story.now)

    together = {one.clause.clock: one for one in readings_of(columns, [story.case], story.policy)}
    expected = None if reading is None else replace(reading, paused=(), waiver=None)
    assert together.get(story.clock) == expected


def test_every_story_says_what_it_expects_and_why():
    for story in STORIES:
        told = story.written
        assert told["because"], told
        if told["state"] not in {"no clock", "not started"}:
            assert told["due"], told
            assert told["elapsed"], told


def test_there_are_enough_stories_and_no_two_of_a_subject_share_a_name():
    assert len(STORIES) >= ENOUGH
    for subject in subjects():
        names = [written["story"] for written in subject["stories"]]
        assert len(set(names)) == len(names)


def test_nothing_is_told_that_nobody_reads():
    known = {"story", "promise", "clauses", "zone", "events"}
    known |= {"now", "clock", "clause", "segment", "priority", "request"}
    known |= {"counts from", "due", "elapsed", "used", "state", "because"}

    assert {key for story in STORIES for key in story.written} == known
