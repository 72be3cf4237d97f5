"""The report is one page that says what was found, whatever the records hold."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from mastersync.dedupe_files.outcome import Outcome
from mastersync.dedupe_files.report.page import example_groups, write_report
from mastersync.domain.resolution.resolve import resolve
from mastersync.domain.resolution_input.record_set import CustomerFile, form_record_set

SAMPLES = Path(__file__).resolve().parents[3] / "include" / "mastersync" / "sandbox" / "data"
VOID = {"meta", "line", "path", "circle", "br", "link"}


class Page(HTMLParser):
    """What a browser would see: tags in balance, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def outcome_of(frame: pd.DataFrame, name: str = "customers") -> Outcome:
    records = form_record_set([CustomerFile(name=name, frame=frame)])
    return Outcome(
        record_set=records, resolution=resolve(records.frame), file_notes=("Read with care.",)
    )


def page_of(outcome: Outcome, folder: Path) -> tuple[str, Page]:
    write_report(folder / "report.html", outcome)
    text = (folder / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    return text, page


@pytest.fixture(scope="module")
def restaurants() -> Outcome:
    return outcome_of(pd.read_csv(SAMPLES / "fodors_zagats.csv", dtype=str, keep_default_na=False))


def test_the_page_holds_figures_charts_examples_columns_and_notes(
    restaurants: Outcome, tmp_path: Path
) -> None:
    _, page = page_of(restaurants, tmp_path)
    assert "Duplicates in customers" in page.text
    assert f"{restaurants.record_count:,} records are {restaurants.entity_count:,}" in page.text
    assert page.tags.count("svg") == 4
    assert page.tags.count("article") == sum(len(g[2]) for g in example_groups(restaurants)) > 4
    assert "mark" in page.tags
    assert "may say already which records are the same" in page.text
    for note in restaurants.notes:
        assert note in page.text


def test_nothing_is_fetched_and_nothing_runs(restaurants: Outcome, tmp_path: Path) -> None:
    text, page = page_of(restaurants, tmp_path)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not {"src", "href", "srcset", "onload", "onclick"} & {
        name for name, _ in page.attributes
    }
    assert not re.search(r"url\(|@import", text)
    assert "default-src 'none'" in text


def test_the_same_records_give_the_same_page(restaurants: Outcome, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first, _ = page_of(restaurants, tmp_path)
    second, _ = page_of(restaurants, tmp_path / "again")
    assert first == second


def test_values_are_shown_and_never_run(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\"'&"
    frame = pd.DataFrame(
        {
            "id": [evil, "2", "3"],
            "name": [f"Acme Bakery {evil}", f"Acme Bakery {evil}", "Zed"],
            "street": ["1 High Street", "1 High Street", "2 Low Road"],
            "city": ["Leeds", "Leeds", "York"],
            evil: ["a", "a", "b"],
        },
        dtype="str",
    )
    text, page = page_of(outcome_of(frame, evil), tmp_path)
    assert "script" not in page.tags
    assert "<script>alert" not in text
    assert evil in page.text


def test_charts_say_in_words_what_they_show(restaurants: Outcome, tmp_path: Path) -> None:
    _, page = page_of(restaurants, tmp_path)
    words = [value for name, value in page.attributes if name == "aria-label" and value]
    assert len(words) == 4
    assert "pairs merged" in words[0]
    assert "customers of 2 record(s)" in words[3]


def test_every_mark_of_a_chart_lies_within_it(restaurants: Outcome, tmp_path: Path) -> None:
    text, _ = page_of(restaurants, tmp_path)
    marks = re.findall(r'<rect .*?x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"', text)
    assert len(marks) > 20
    for x, y, width, height in ([float(number) for number in mark] for mark in marks):
        assert x >= 0
        assert y >= 0
        assert width > 0
        assert height >= 0
        assert x + width <= 520
        assert y + height <= 250


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_hardly_any_records_make_a_page_too(rows: int, tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": ["1", "2"], "name": ["Acme", "Acme"]}, dtype="str").head(rows)
    _, page = page_of(outcome_of(frame), tmp_path)
    assert f"{rows} records are" in page.text
