"""Past derivations, made again from the facts of then: exact by the rules of then."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.decisions.pins import PinWord
from mastersync.domain.golden.model import FieldRule
from mastersync.domain.records.prepare import PreparePolicy
from mastersync.domain.replay.model import Replay
from mastersync.usecases.pin_value import pin_value
from mastersync.usecases.replay import replay
from pipelines import CONFIRMATION, CREDIT, Pipeline, company
from stewards import Steward, homes
from stores import NOON

LATER = NOON + timedelta(days=365)


def replayed(
    pipeline: Pipeline,
    rules: ClientRules | None = None,
    *,
    until: datetime = LATER,
    since: datetime = NOON,
) -> Replay:
    return replay(
        pipeline.store,
        rules or pipeline.rules,
        today=pipeline.rules,
        window=(since, until),
        most=10,
    )


def erp_first(pipeline: Pipeline) -> ClientRules:
    """The pipeline's rules, but phones are those of the ERP."""
    trusted = FieldRule(trust=("erp", "crm"))
    policy = pipeline.rules.survivorship
    return replace(
        pipeline.rules,
        policy_version="tried",
        survivorship=replace(policy, by_field={**policy.by_field, "phone": trusted}),
    )


@pytest.fixture
def lived(pipeline: Pipeline, ann: Steward) -> Pipeline:
    """A client with a past: reports, a merge and its undoing, our own writes read back."""
    pipeline.set_rules(credit=CREDIT, confirmation=CONFIRMATION)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    wanted = {"credit_limit": "5000.00", "credit_currency": "GBP"}
    pipeline.crm.put("a", **company("aldgate", email="a@aldgate.example", **wanted))
    pipeline.erp.put("x", **company("aldgate", phone="+442079460999"))
    pipeline.crm.put("b", **company("brixton"))
    pipeline.sync()
    pipeline.sync()
    pipeline.crm.put("a", street="9 New Row", postcode="LS2 7AA")
    pipeline.sync(days=3)
    one, other = homes(pipeline)["crm:a"], homes(pipeline)["crm:b"]
    ann.merge(one, other)
    pipeline.sync()
    ann.unmerge(one)
    pipeline.sync()
    pipeline.crm.put("b", phone="+442079460555")
    pipeline.sync(days=200)
    word = PinWord(
        customer_id=one,
        field="phone",
        value="+442079460333",
        author="ann",
        reason="called them",
        expires_at=pipeline.clock() + timedelta(days=2),
    )
    policy = PreparePolicy(required=frozenset(), default_country="GB")
    pin_value(ann.store, word, policy=policy, now=pipeline.clock())
    pipeline.sync(days=1)
    correct(pipeline, '{"street": "77 Bond Row", "city": "York"}')
    pipeline.sync(days=1)
    pipeline.sync(days=3)
    return pipeline


def correct(pipeline: Pipeline, corrections: str) -> None:
    """A customer who was asked corrects what is held."""
    (token_hash,) = pipeline.rows(
        "SELECT token_hash FROM confirmation_request ORDER BY created_at DESC LIMIT 1"
    )[0]
    with pipeline.test_store.session("mastersync_portal") as portal:
        portal.execute(
            "SELECT answer_confirmation(%s, 'corrections', %s, %s)",
            [token_hash, corrections, pipeline.clock()],
        )
        portal.commit()


def test_by_the_rules_of_then_everything_comes_out_as_it_did(lived: Pipeline) -> None:
    found = replayed(lived)

    ((formed, customers),) = lived.rows(
        "SELECT count(*), count(DISTINCT customer_id) FROM golden_version"
    )
    assert (found.records, found.customers) == (formed, customers)
    assert formed >= 9
    assert lived.golden("crm", "a")["street"] == "77 Bond Row"
    assert [(flip.field, flip.then, flip.now) for flip in found.golden] == []
    assert (found.differing, found.other_rules, found.writes) == (0, 0, [])


def test_a_replay_writes_nothing_and_nothing_leaves(lived: Pipeline) -> None:
    before = lived.snapshot()
    outside = len(lived.crm.writes), len(lived.erp.writes), len(lived.creditsafe.orders)

    replayed(lived, erp_first(lived))

    assert lived.snapshot() == before
    assert outside == (
        len(lived.crm.writes),
        len(lived.erp.writes),
        len(lived.creditsafe.orders),
    )


def test_a_changed_rule_shows_what_it_would_have_done(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.erp.put("x", **company("aldgate", phone="+442079460999"))
    pipeline.sync()

    found = replayed(pipeline, erp_first(pipeline))

    (flip,) = found.golden
    assert (flip.field, flip.then, flip.now, flip.rule) == (
        "phone",
        "+442079460101",
        "+442079460999",
        "trust",
    )
    assert (found.differing, found.fields, found.segments) == (1, {"phone": 1}, {"": 1})
    assert {(one.target, one.key, one.kind, one.then, one.now) for one in found.writes} == {
        ("crm", "a", "added", None, "+442079460999"),
        ("erp", "x", "dropped", "+442079460101", None),
    }
    assert found.targets == {("crm", "phone", "added"): 1, ("erp", "phone", "dropped"): 1}


def test_only_what_was_known_then_counts(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    until = pipeline.clock()
    pipeline.crm.put("a", phone="+442079460777")
    pipeline.sync(days=1)

    found = replayed(pipeline, until=until)

    assert (found.records, found.differing) == (1, 0)
    assert replayed(pipeline).records == 2
    assert replayed(pipeline, since=until).records == 1


def test_records_are_prepared_anew_by_other_rules(pipeline: Pipeline) -> None:
    pipeline.crm.put("a", **company("aldgate"))
    pipeline.sync()
    system = pipeline.rules.systems["crm"]
    without_city = {name: path for name, path in system.mapping.items() if name != "city"}
    tried = replace(
        pipeline.rules,
        policy_version="tried",
        systems={**pipeline.rules.systems, "crm": replace(system, mapping=without_city)},
    )

    found = replayed(pipeline, tried)

    assert [(flip.field, flip.then, flip.now) for flip in found.golden] == [("city", "Leeds", None)]
    strict = replace(system.prepare, required=frozenset({"website"}))
    refused = replace(
        pipeline.rules,
        policy_version="strict",
        systems={**pipeline.rules.systems, "crm": replace(system, prepare=strict)},
    )
    assert replayed(pipeline, refused).set_aside == 1


def test_examples_are_few_however_many_there_are(pipeline: Pipeline) -> None:
    for number, which in enumerate(("aldgate", "brixton", "cobham", "dunmore")):
        pipeline.crm.put(f"a{number}", **company(which))
        pipeline.erp.put(f"x{number}", **company(which, phone=f"+44207946099{number}"))
    pipeline.sync()

    found = replay(
        pipeline.store,
        erp_first(pipeline),
        today=pipeline.rules,
        window=(NOON, LATER),
        most=2,
    )

    assert found.fields == {"phone": 4}
    assert (len(found.golden), len(found.writes)) == (2, 2)
