from datetime import timedelta

from clock_stories import stories
from mastersync.domain.sla.clock import read_case
from mastersync.domain.sla.words import clause_table, duration, explain_clock
from promises import CONFIRMED, NEW, PUSHED, promised

STORIES = {story.written["story"]: story for story in stories()}


def explained(name):
    story = STORIES[name]
    reading = read_case(story.case, story.policy, now=story.now)[0]
    return explain_clock(reading, story.policy)


def test_a_clock_that_was_met_says_from_when_what_paused_it_and_by_how_much():
    assert explained("A pause over a night") == (
        "Clause 1: seen to pushed within 4 working hours. Seen Mon 2 Mar 2026 15:00."
        " Waited for the customer from Mon 2 Mar 2026 16:00 to Tue 3 Mar 2026 10:00."
        " Used: 3 h (75%). Due Tue 3 Mar 2026 13:00."
        " Met: done Tue 3 Mar 2026 12:00, 1 h of working time before."
    )


def test_a_late_clock_says_by_how_much():
    assert explained("Pushed one second after it was due").endswith(
        "Due Mon 2 Mar 2026 14:00. Late: done Mon 2 Mar 2026 14:00:01, 1 s of working time after."
    )
    assert explained("Past its due time and not done").endswith("Late, and not done yet.")


def test_a_cut_off_is_explained():
    assert (
        "Seen Mon 2 Mar 2026 15:00:01, after the cut-off, so it counts from Tue 3 Mar 2026 09:00."
        in explained("A second after the cut-off")
    )


def test_a_paused_a_running_and_a_waived_clock_say_so():
    assert explained("Still waiting").endswith(
        "Paused; due Wed 4 Mar 2026 14:00 if it went on now."
    )
    assert "to now." in explained("Still waiting")
    assert explained("Half a working day").endswith("Running; due Mon 2 Mar 2026 13:00.")
    assert explained("Waived while it runs").endswith(
        "Waived (by mail of Ms Shah); it was due Mon 2 Mar 2026 13:00."
    )


def test_a_clock_whose_turn_has_not_come_says_what_it_waits_for():
    assert explained("Never seen").endswith("Not started: it starts when the case is seen.")


def test_every_story_can_be_explained():
    for story in STORIES.values():
        for reading in read_case(story.case, story.policy, now=story.now):
            assert explain_clock(reading, story.policy).startswith("Clause ")


def test_clauses_are_listed_in_words():
    first, second, third = clause_table(promised(PUSHED, NEW, CONFIRMED))

    assert first == {
        "clause": "4.1",
        "for": "any request",
        "clock": "seen to pushed",
        "within": "8 working hours",
        "calendar": "office",
        "target": "95%",
        "pauses": "agency, client, customer",
        "in force": "always",
    }
    assert second["for"] == "new customer"
    assert (third["calendar"], third["pauses"], third["within"]) == ("-", "-", "10 days")


def test_the_days_that_a_clause_is_in_force_are_those_of_the_file():
    story = STORIES["First keep, then switch"]

    assert [row["in force"] for row in clause_table(story.policy)] == [
        "to 2026-03-31",
        "from 2026-04-01 to 2026-04-01 (running clocks keep)",
        "from 2026-04-02 (running clocks switch)",
    ]


def test_lengths_are_told_in_hours_and_minutes():
    assert duration(timedelta(0)) == "0 min"
    assert duration(timedelta(days=2, minutes=3, seconds=4)) == "48 h 3 min"
    assert duration(timedelta(seconds=59)) == "59 s"
