"""What a run relies on, for every kind of reader."""

import json
from collections import Counter

from contract.reader_cases import ReaderCase
from mastersync.ports.systems import Page


def _keys(pages: list[Page]) -> list[str]:
    return [row.key for page in pages for row in page.rows]


def test_a_first_read_shows_every_record_once(case: ReaderCase) -> None:
    pages = list(case.reader().read_changes(""))

    assert Counter(_keys(pages)) == Counter(case.keys())
    assert [row for page in pages for row in page.refused] == []


def test_a_first_read_comes_in_pages_that_bound_memory(case: ReaderCase) -> None:
    pages = list(case.reader().read_changes(""))

    assert len(pages) > 1
    assert max(len(page.rows) for page in pages) <= 40


def test_reading_on_when_nothing_changed_shows_next_to_nothing(case: ReaderCase) -> None:
    watermark = list(case.reader().read_changes(""))[-1].watermark

    again = list(case.reader().read_changes(watermark))

    assert len(_keys(again)) <= 1  # what changed in the very instant of the watermark
    assert again[-1].watermark == watermark


def test_a_change_is_read_from_the_last_watermark(case: ReaderCase) -> None:
    watermark = list(case.reader().read_changes(""))[-1].watermark

    changed = case.change_one()
    pages = list(case.reader().read_changes(watermark))

    assert changed in _keys(pages)
    assert len(_keys(pages)) < len(case.keys())
    assert pages[-1].watermark != watermark


def test_a_restart_after_any_page_loses_nothing(case: ReaderCase) -> None:
    pages = list(case.reader().read_changes(""))

    for landed in range(1, len(pages)):
        rest = list(case.reader().read_changes(pages[landed - 1].watermark))
        assert {*_keys(pages[:landed]), *_keys(rest)} == case.keys()


def test_a_page_that_was_asked_for_late_is_still_good(case: ReaderCase) -> None:
    reading = case.reader().read_changes("")
    first = next(reading)
    reading.close()  # the task is killed between two pages

    rest = list(case.reader().read_changes(first.watermark))

    assert {row.key for row in first.rows} | set(_keys(rest)) == case.keys()


def test_payloads_are_json_that_the_store_can_keep(case: ReaderCase) -> None:
    for page in case.reader().read_changes(""):
        for row in page.rows:
            assert json.loads(json.dumps(row.payload)) == row.payload
            assert row.modified_at is None or row.modified_at.utcoffset() is not None
