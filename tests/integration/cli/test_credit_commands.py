"""mastersync credit as somebody types it, on a world whose contract gives terms.

Told in order, on one world: each test goes on where the one before stopped.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from mastersync.store.embedded import EmbeddedServer
from worlds import CLIENT, World, running_world, world_template

WHY = ("--reason", "a test", "--by", "eva")
TERMS = {
    "terms": [
        {
            "when": 'rating in ["A", "B", "C", "D"]',
            "limit": "agency",
            "share": 0.5,
            "at_most": {"GBP": 1500},
            "payment_terms": "N14",
            "clause": "6.1",
            "because": "Half of what the agency recommends, to begin with",
        }
    ],
    "letters": {
        "address": ["1 Flour Street", "London E1 1AA"],
        "contact": "credit@brightbakery.example",
        "signed_by": "Credit Control, Bright Bakery Supplies",
        "agency": {
            "name": "Creditsafe Business Solutions",
            "address": ["Caerphilly"],
            "contact": "creditsafe.example",
        },
    },
}


@pytest.fixture(scope="module")
def world(postgres_server: EmbeddedServer) -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="mastersync-credit-") as directory:
        template, home = Path(directory) / "template", Path(directory) / "home"
        with (
            world_template(postgres_server, template) as database,
            running_world(
                postgres_server, database=database, template=template, home=home
            ) as world,
        ):
            file = world.clients_dir / CLIENT / "client.yaml"
            config = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
            config["credit"] |= TERMS
            file.write_text(yaml.safe_dump(config), encoding="utf-8")
            world.sync()
            yield world


@pytest.fixture
def proposed(world: World) -> str:
    """A customer on whose credit somebody is to decide: the first of them."""
    found = world.store.rows(
        "SELECT customer_id FROM credit_recommendation WHERE outcome = 'reduced'"
        " ORDER BY customer_id LIMIT 1"
    )
    assert found, "the world has nobody to decide on"
    return found[0][0]


def said(world: World, *words: str) -> str:
    done = world.command("credit", *words)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def refused(world: World, *words: str) -> str:
    done = world.command("credit", *words)
    assert done.returncode != 0, done.stdout
    return " ".join(done.stderr.split())


def test_show_explains_what_a_person_needs_to_decide(world: World, proposed: str) -> None:
    told = said(world, "show", CLIENT, proposed)

    assert "a company, GB" in told
    assert "bought for 3.50 GBP" in told
    assert "Creditsafe's international rating, A (best) to E" in told
    assert "It cannot be held against another agency's score" in told
    assert "Half of what the agency recommends, to begin with" in told
    assert "(clause 6.1)" in told
    assert "It is less than was asked for." in told
    assert f"mastersync credit decide {CLIENT} {proposed}" in told
    assert "of 200.00 GBP is left of the thirty days" in told
    assert world.store.rows("SELECT count(*) > 0 FROM audit_entry WHERE action = 'credit.shown'")[
        0
    ][0]


def test_show_has_the_same_for_programs(world: World, proposed: str) -> None:
    told = json.loads(world.command("credit", "show", CLIENT, proposed, "--json").stdout)

    assert told["evidence"]["recommended"]["outcome"] == "reduced"
    assert told["evidence"]["recommended"]["reasons"][0]["clause"] == "6.1"
    assert told["is_automatic"] is False
    assert (told["decisions"], told["letters_owed"]) == ([], [])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--limit", "100"), "nothing says why"),
        (("--reason", "x"), "Say --limit AMOUNT or --recommended"),
        (("--limit", "1", "--recommended", "--reason", "x"), "Say --limit AMOUNT"),
        (("--limit", "lots", "--reason", "x"), "is no amount"),
        (("--limit", "-5", "--reason", "x"), "0 or more"),
        (("--limit", "5", "--currency", "eur", "--reason", "x"), "asks in GBP"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    world: World, proposed: str, words: tuple[str, ...], says: str
) -> None:
    assert says in refused(world, "decide", CLIENT, proposed, *words)


def test_there_is_no_letter_before_a_decision(world: World, proposed: str) -> None:
    assert "Nothing is decided" in refused(world, "letter", CLIENT, proposed)


def test_what_a_person_decides_is_written_by_the_next_sync(world: World, proposed: str) -> None:
    told = said(world, "decide", CLIENT, proposed, "--recommended", *WHY)

    assert f"on {proposed}: " in told
    assert "asked for" in told
    assert "It stands until " in told
    world.sync()
    explained = world.command("explain", CLIENT, proposed, "credit_limit").stdout
    assert "eva decided it on" in explained
    assert ": a test" in explained
    assert "1 Letters" not in said(world, "show", CLIENT, proposed)


def test_of_what_was_decided_twice_the_first_stands_no_more(world: World, proposed: str) -> None:
    said(world, "decide", CLIENT, proposed, "--recommended", *WHY)

    decided = " ".join(said(world, "show", CLIENT, proposed).partition("Decided")[2].split())

    assert decided.count("eva (credit decision") == 2
    assert decided.count("stands until") == 1
    assert decided.index("stands until") < decided.rindex("eva (credit decision")


def test_a_company_of_britain_is_owed_no_letter_and_gets_one_on_request(
    world: World, proposed: str, tmp_path: Path
) -> None:
    assert "No law that is held wants a letter" in refused(world, "letter", CLIENT, proposed)

    told = said(world, "letter", CLIENT, proposed, "--kind", "agency_named", "--by", "eva")
    again = said(world, "letter", CLIENT, proposed, "--kind", "agency_named", "--by", "ann")

    assert "Creditsafe Business Solutions, Caerphilly" in told
    assert "ask for a person to look at the decision again" in told
    assert told == again, "what was written stays"
    assert world.store.rows("SELECT author, count(*) FROM credit_letter GROUP BY 1") == [("eva", 1)]
    said(world, "letter", CLIENT, proposed, "--kind", "agency_named", "--html", str(tmp_path))
    (page,) = tmp_path.glob("credit-decision-*-agency_named.html")
    assert "<h2>The agency</h2>" in page.read_text("utf-8")


def test_a_letter_that_there_is_not_is_refused_with_those_that_there_are(
    world: World, proposed: str
) -> None:
    assert "There are: decision, agency_named" in refused(
        world, "letter", CLIENT, proposed, "--kind", "poem"
    )


def test_nothing_is_to_be_matched_where_nothing_was_offered(world: World, proposed: str) -> None:
    assert "No agency has offered companies" in refused(world, "match", CLIENT, proposed)


def test_a_client_without_credit_checks_says_so(world: World, proposed: str) -> None:
    file = world.clients_dir / CLIENT / "client.yaml"
    text = file.read_text("utf-8")
    config = yaml.load(text, Loader=yaml.BaseLoader)
    config["credit"]["enabled"] = "false"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")

    assert "has no credit checks" in refused(world, "show", CLIENT, proposed)

    file.write_text(text, encoding="utf-8")
