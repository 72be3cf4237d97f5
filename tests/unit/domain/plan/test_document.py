"""A plan as a file: only what was written, as it was written, may be applied."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mastersync.domain.plan.document import (
    SealedPlan,
    as_document,
    content_as_json,
    content_digest,
    open_document,
    refuse_unfit,
)
from mastersync.domain.plan.model import Plan
from mastersync.domain.records.hashing import canonical_json, canonical_pieces
from mastersync.errors import RuleError
from plans import a_content, a_plan

SECRET = "s" * 40


def in_a_file(plan: Plan, secret: str = SECRET) -> Any:
    return json.loads(json.dumps(as_document(plan, secret=secret)))


def opened(plan: Plan) -> SealedPlan:
    return open_document(in_a_file(plan), secret=SECRET)


def test_a_plan_comes_back_as_it_was_written() -> None:
    plan = a_plan()

    sealed = opened(plan)

    assert (sealed.client_id, sealed.store, sealed.made_at) == ("acme", "s1", plan.made_at)
    assert sealed.content == json.loads(json.dumps(content_as_json(plan.content)))
    assert content_digest(sealed.content) == sealed.digest


@pytest.mark.parametrize("rows", [0, 1, 999, 1_000, 1_001, 2_500])
def test_a_long_plan_is_sealed_in_pieces_as_it_would_be_whole(rows: int) -> None:
    document = {
        "seal\ud800": {"ä": 1, "b": None},
        "content": {"writes": [{"b": n, "a": "ü"} for n in range(rows)], "formed": {"z": "1"}},
        "made_at": "now",
    }

    assert b"".join(canonical_pieces(document)) == canonical_json(document).encode(
        "utf-8", "surrogatepass"
    )


def a_price(document: Any) -> None:
    document["content"]["orders"][0]["cost"] = "0.01"


def a_write_less(document: Any) -> None:
    document["content"]["writes"].pop()


def another_client(document: Any) -> None:
    document["client"]["id"] = "globex"


def a_limit_less(document: Any) -> None:
    document["content"]["over"] = []


def a_later_time(document: Any) -> None:
    document["made_at"] = "2027-01-01T00:00:00+00:00"


def no_seal(document: Any) -> None:
    del document["seal"]


def a_seal_in_letters(document: Any) -> None:
    document["seal"] = "Siegel, grün"


@pytest.mark.parametrize(
    "edit",
    [
        a_price,
        a_write_less,
        another_client,
        a_limit_less,
        a_later_time,
        no_seal,
        a_seal_in_letters,
    ],
)
def test_a_plan_that_was_edited_by_hand_is_refused(edit: Callable[[Any], None]) -> None:
    document = in_a_file(a_plan())
    edit(document)

    with pytest.raises(RuleError, match="seal is broken"):
        open_document(document, secret=SECRET)


def test_a_plan_of_another_installation_is_refused() -> None:
    with pytest.raises(RuleError, match="another installation"):
        open_document(in_a_file(a_plan(), secret="o" * 40), secret=SECRET)


@pytest.mark.parametrize(
    "stranger", [None, [], "plan", 7, {}, {"format": "terraform"}, {"format": ["x"]}]
)
def test_json_that_is_no_plan_is_refused(stranger: object) -> None:
    with pytest.raises(RuleError, match="no plan of mastersync"):
        open_document(stranger, secret=SECRET)


def test_the_digest_is_of_the_content_alone() -> None:
    plan = a_plan()
    later = a_plan(made_at=plan.made_at + timedelta(days=1), made_by="bob")

    assert opened(plan).digest == opened(later).digest
    assert opened(plan).plan_id != opened(later).plan_id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"run_id": "r1"}, "shows the run r1"),
        ({"store": "s2"}, "another store"),
        ({"configuration": "c2"}, "configuration of acme was changed"),
    ],
)
def test_a_plan_of_something_else_is_not_applied(changes: dict[str, str], words: str) -> None:
    plan = opened(a_plan(**changes))

    with pytest.raises(RuleError, match=words):
        refuse_unfit(plan, store="s1", configuration="c1", now=plan.made_at)


def test_a_plan_is_good_for_seven_days() -> None:
    plan = opened(a_plan())
    week = plan.made_at + timedelta(days=7)

    refuse_unfit(plan, store="s1", configuration="c1", now=week)
    with pytest.raises(RuleError, match="older than 7 days"):
        refuse_unfit(plan, store="s1", configuration="c1", now=week + timedelta(seconds=1))


def test_content_that_differs_has_another_digest() -> None:
    content = a_content()
    other = replace(content, writes=[replace(content.writes[0], after={"phone": "2"})])

    assert content_digest(content_as_json(content)) != content_digest(content_as_json(other))
