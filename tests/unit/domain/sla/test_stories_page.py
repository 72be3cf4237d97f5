import importlib.util
from pathlib import Path

from clock_stories import stories

DOCS = Path(__file__).resolve().parents[4] / "docs"


def page() -> str:
    spec = importlib.util.spec_from_file_location("sla_stories", DOCS / "sla_stories.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return str(script.page())


def test_the_page_that_a_client_signs_is_the_one_that_is_tested():
    assert (DOCS / "sla-stories.md").read_text() == page(), "run: make slastories"


def test_every_story_is_on_the_page_with_what_it_expects():
    rows = [line for line in page().splitlines() if line.startswith("| ")]

    for number, story in enumerate(stories(), start=1):
        (row,) = [line for line in rows if line.startswith(f"| {number} | ")]
        told = story.written
        assert told["story"] in row
        assert told.get("due", "-") in row
        assert told["state"] in row
        assert all(event in row for event in told["events"])
