"""Systems that send everything each time: what a list lacks was deleted, unless it is too short."""

import pytest

from pipelines import Pipeline, company

OTHERS = [f"o{number}" for number in range(8)]


@pytest.fixture
def listing(pipeline: Pipeline) -> Pipeline:
    """A CRM that sends complete lists: two companies, and eight that are nobody's double."""
    pipeline.set_rules(targets={})
    pipeline.crm.sends_all = True
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.crm.put("b", **company("brixton"))
    for number, key in enumerate(OTHERS):
        pipeline.crm.put(
            key, name=f"{key.upper()} {'KLMNPRST'[number] * 7} Works", city=f"Town{key}"
        )
    pipeline.sync()
    return pipeline


def put_other(pipeline: Pipeline, number: int) -> None:
    key = OTHERS[number]
    name = f"{key.upper()} {'KLMNPRST'[number] * 7} Works"
    pipeline.crm.put(key, name=name, city=f"Town{key}")


def linked(pipeline: Pipeline) -> set[str]:
    found = pipeline.rows(
        "SELECT source_key FROM link JOIN source_record USING (client_id, record_id)"
        " WHERE ended_at IS NULL"
    )
    return {key for (key,) in found}


def test_what_a_complete_list_lacks_is_deleted(listing: Pipeline) -> None:
    assert linked(listing) == {"a", "b", *OTHERS}
    listing.crm.delete("a")

    counts = listing.sync()

    assert counts["extract"] == {"already_held": 9, "landed": 1, "seen": 10}
    assert linked(listing) == {"b", *OTHERS}
    assert listing.states("crm", "a") == ["superseded", "applied"]


def test_it_is_deleted_once_and_may_come_back(listing: Pipeline) -> None:
    listing.crm.delete("a")
    listing.sync()
    assert listing.sync()["extract"] == {"already_held": 9, "seen": 9}

    listing.crm.put("a", **company("aldgate"))
    listing.sync()

    assert linked(listing) == {"a", "b", *OTHERS}


def test_a_list_that_is_suddenly_much_shorter_is_not_believed(listing: Pipeline) -> None:
    for key in OTHERS:
        listing.crm.delete(key)

    listing.sync()

    assert linked(listing) == {"a", "b", *OTHERS}
    assert listing.tickets() == ["scan:crm:short"]


def test_a_list_of_the_usual_length_settles_the_doubt(listing: Pipeline) -> None:
    for key in OTHERS:
        listing.crm.delete(key)
    listing.sync()
    for number, key in enumerate(OTHERS[1:], start=1):
        listing.crm.put(
            key, name=f"{key.upper()} {'KLMNPRST'[number] * 7} Works", city=f"Town{key}"
        )

    listing.sync()

    assert listing.tickets() == []
    assert linked(listing) == {"a", "b", *OTHERS[1:]}


def test_a_record_that_cannot_be_kept_as_it_is_now_was_not_deleted(listing: Pipeline) -> None:
    listing.crm.put("a", name="Aldgate\x00Foundry")

    listing.sync()

    assert "a" in linked(listing)
    assert listing.states("crm", "a") == ["applied"]
    assert listing.tickets() == ["landing:crm:characters_not_storable"]


def test_a_list_that_breaks_off_deletes_nothing(listing: Pipeline) -> None:
    pages = listing.crm.read_changes

    def broken_off(since: str):
        yield next(iter(pages(since)))

    listing.crm.read_changes = broken_off

    listing.sync()

    assert linked(listing) == {"a", "b", *OTHERS}


def test_a_system_that_sends_only_changes_deletes_nothing_by_silence(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    pipeline.crm.put("b", **company("brixton"))

    pipeline.sync()

    assert linked(pipeline) >= {"a", "b"}
