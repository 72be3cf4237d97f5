"""Weights learned anew from records and decisions: a plan, its taking effect, and the way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import make_url

from golden_store import snapshot
from masters import Sample, land, match_in_deltas, read_sample, sample_rules, settle
from mastersync.domain.decisions.model import Person
from mastersync.domain.decisions.relearning import Relearning
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.search.pair_sample import Side
from mastersync.errors import ConflictError, RuleError
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases import learn_weights
from mastersync.usecases.match_delta import match_delta
from mastersync.usecases.relearn_weights import apply_relearning, plan_relearning
from mastersync.usecases.weight_versions import go_back
from stores import NOON, SECRET, TestStore, migrated_template, store_copy

POLICY = MatchPolicy()
LATER = NOON + timedelta(days=1)
ANN = Person(by="ann", reason="sixty pairs looked at")
DECIDED = 60
_PAIRS = (
    "SELECT one.system, one.source_key, other.system, other.source_key FROM match_candidate AS pair"
    " JOIN source_record AS one ON one.record_id = pair.left_record_id"
    " JOIN source_record AS other ON other.record_id = pair.right_record_id"
)
SPOT_CHECKS = f"{_PAIRS} ORDER BY md5(one.source_key || other.source_key) LIMIT %s"
HARD_ONES = f"{_PAIRS} ORDER BY abs(pair.score - 0.8), one.source_key LIMIT %s"


@pytest.fixture(scope="module")
def sample() -> Sample:
    return read_sample("northwind_industrial")


@pytest.fixture(scope="module")
def filled(postgres_server: EmbeddedServer, sample: Sample) -> Iterator[str]:
    """The name of a store to copy: fifteen hundred companies, and sixty pairs of them decided."""
    with (
        migrated_template(postgres_server) as template,
        store_copy(postgres_server, template) as store,
    ):
        match_in_deltas(store, sample, POLICY, deltas=[range(len(sample.records))])
        decide(store, sample, store.rows(SPOT_CHECKS, DECIDED))
        name = make_url(store.url).database
        assert name is not None
        yield name


@pytest.fixture
def decided(postgres_server: EmbeddedServer, filled: str) -> Iterator[TestStore]:
    with store_copy(postgres_server, filled) as copy:
        yield copy


@pytest.fixture
def desk(decided: TestStore) -> Iterator[PostgresStore]:
    """Acme's store as people see it."""
    database = Database(role_url(decided.url, DESK_ROLE, secret_key=SECRET))
    try:
        yield PostgresStore(database, "acme", states_client=True)
    finally:
        database.close()


def decide(
    store: TestStore, sample: Sample, pairs: list[tuple[str, str, str, str]], client: str = "acme"
) -> None:
    """People say of pairs what is true."""
    with store.session() as session:
        for left_system, left_key, right_system, right_key in pairs:
            same = sample.truth[left_system, left_key] == sample.truth[right_system, right_key]
            session.execute(
                "INSERT INTO decision (client_id, kind, left_system, left_key, right_system,"
                " right_key, author, reason, decided_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, 'ann', 'looked', %s)",
                [
                    *(client, "same" if same else "not_same"),
                    *(left_system, left_key, right_system, right_key, NOON),
                ],
            )
        session.commit()


def plan(desk: PostgresStore) -> Relearning:
    return plan_relearning(desk, POLICY, now=LATER)


def weights(store: TestStore) -> list[tuple]:
    return store.rows("SELECT model_no, model, restores, author FROM match_model ORDER BY 1")


def test_a_plan_says_what_would_change_and_changes_nothing(
    decided: TestStore, desk: PostgresStore
) -> None:
    before = snapshot(decided)

    found = plan(desk)

    assert snapshot(decided) == before
    assert (found.in_force, found.looked.labels, found.looked.gone) == (0, DECIDED, 0)
    assert found.looked.records == found.looked.of_records == 1_502
    assert found.after.measured.disagreed <= found.before.measured.disagreed
    assert len(found.after.looks) == DECIDED
    assert any(change.aspect == "name" and change.pairs > 100 for change in found.changes)
    assert all(change.words and change.old != change.new for change in found.changes)
    for counts in (found.counts_before, found.counts_after):
        assert sum(sum(bands.values()) for bands in counts.values()) == found.looked.pairs
    assert found.counts_before[Side.TOGETHER]["same"] > 100


def test_the_same_records_and_decisions_teach_the_same_weights_from_a_part_of_them(
    desk: PostgresStore,
) -> None:
    one, other = (plan_relearning(desk, POLICY, now=LATER, records=300) for _ in range(2))

    assert one.model.to_json() == other.model.to_json()
    assert one.looked.records == 251  # every sixth
    assert one.looked.labels == DECIDED


def test_what_is_applied_is_a_version_of_its_own_and_told_to_the_audit_trail(
    decided: TestStore, desk: PostgresStore
) -> None:
    found = plan(desk)

    assert apply_relearning(desk, found, person=ANN, now=LATER) == 1

    assert weights(decided) == [(1, found.model.to_json(), None, "ann")]
    ((reason, evidence, made_at),) = decided.rows(
        "SELECT reason, evidence, made_at FROM match_model"
    )
    assert (reason, made_at) == (ANN.reason, LATER)
    assert evidence["labels"] == DECIDED
    assert evidence["after"]["disagreed"] == found.after.measured.disagreed
    told = decided.rows("SELECT actor, summary FROM audit_entry WHERE action = 'weights.relearned'")
    assert [(actor, summary["model_no"]) for actor, summary in told] == [("ann", 1)]
    with desk.begin() as unit:
        assert unit.audit.verify() == []
    again = plan(desk)
    assert (again.in_force, again.changes) == (1, ())


def test_the_way_back_leads_to_each_version_before_and_ends_at_the_default_weights(
    decided: TestStore, desk: PostgresStore, sample: Sample
) -> None:
    apply_relearning(desk, plan(desk), person=ANN, now=LATER)
    first = weights(decided)[0][1]
    decide(decided, sample, decided.rows(SPOT_CHECKS, 3 * DECIDED)[DECIDED:])
    apply_relearning(desk, plan(desk), person=ANN, even_if_worse=True, now=LATER)

    gone = [go_back(desk, person=ANN, now=LATER) for _ in range(2)]

    assert [(found.model_no, found.restores) for found in gone] == [(3, 1), (4, 0)]
    assert gone[0].changes
    assert [(no, restores) for no, _, restores, _ in weights(decided)] == [
        (1, None),
        (2, None),
        (3, 1),
        (4, 0),
    ]
    assert weights(decided)[2][1] == first
    assert weights(decided)[3][1]["weights"] == {}
    with pytest.raises(RuleError, match="default weights"):
        go_back(desk, person=ANN, now=LATER)
    told = decided.rows("SELECT summary FROM audit_entry WHERE action = 'weights.restored'")
    assert [summary["restores"] for (summary,) in told] == [1, 0]


def test_weights_that_go_against_more_decisions_are_refused_unless_somebody_insists(
    decided: TestStore, desk: PostgresStore, sample: Sample
) -> None:
    decided.change("DELETE FROM decision")
    decide(decided, sample, decided.rows(HARD_ONES, DECIDED))
    worse = plan(desk)
    before, after = worse.before.measured, worse.after.measured
    assert (before.disagreed < after.disagreed, before.agreed < after.agreed) == (True, True)

    with pytest.raises(RuleError, match=f"against {after.disagreed} decisions of people"):
        apply_relearning(desk, worse, person=ANN, now=LATER)

    assert weights(decided) == []
    assert apply_relearning(desk, worse, person=ANN, even_if_worse=True, now=LATER) == 1


def test_of_two_who_put_weights_in_force_the_second_is_told(
    decided: TestStore, desk: PostgresStore
) -> None:
    found = plan(desk)
    apply_relearning(desk, found, person=ANN, now=LATER)

    with pytest.raises(ConflictError, match="Somebody else"):
        apply_relearning(desk, found, person=ANN, now=LATER)

    assert len(weights(decided)) == 1


@pytest.mark.parametrize("role", [DESK_ROLE, "ms_acme"])
@pytest.mark.parametrize("edit", ["UPDATE match_model SET model = '{}'", "DELETE FROM match_model"])
def test_a_version_is_never_edited_nor_lost(decided: TestStore, role: str, edit: str) -> None:
    with decided.session(role) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute(edit)


def test_decisions_of_another_client_are_never_read(
    decided: TestStore, desk: PostgresStore, sample: Sample
) -> None:
    alone = plan(desk)
    lies = replace(sample, truth=dict.fromkeys(sample.truth, "one"))
    decide(decided, lies, decided.rows(SPOT_CHECKS, 5 * DECIDED), client="globex")

    beside = plan(desk)

    assert beside.model.to_json() == alone.model.to_json()
    assert beside.looked == alone.looked


def test_what_is_expired_or_withdrawn_or_names_a_deleted_record_teaches_nothing(
    decided: TestStore, desk: PostgresStore
) -> None:
    ids = [n for (n,) in decided.rows("SELECT decision_id FROM decision ORDER BY 1")]
    decided.change(
        f"UPDATE decision SET expires_at = '{NOON + timedelta(hours=1)}'"
        f" WHERE decision_id = {ids[0]}",
        "INSERT INTO decision_withdrawal (client_id, decision_id, author, reason, withdrawn_at)"
        f" VALUES ('acme', {ids[1]}, 'ann', 'a mistake', now())",
        "INSERT INTO record_head (client_id, record_id, version_id, version_no, payload_hash,"
        " deleted) SELECT record.client_id, record.record_id, version.version_id, 1, sha256(''),"
        " TRUE FROM decision JOIN source_record AS record ON record.system = decision.left_system"
        " AND record.source_key = decision.left_key JOIN source_version AS version"
        f" ON version.record_id = record.record_id WHERE decision.decision_id = {ids[2]}",
    )

    found = plan(desk)

    assert found.looked.labels == DECIDED - 2 - found.looked.gone
    assert found.looked.gone >= 1
    assert {look.decision.decision_id for look in found.before.looks}.isdisjoint(ids[:3])


def test_a_pair_that_was_decided_twice_teaches_what_was_said_last(
    decided: TestStore, desk: PostgresStore
) -> None:
    decided.change(
        "INSERT INTO decision (client_id, kind, left_system, left_key, right_system, right_key,"
        " relation, author, reason, decided_at) SELECT client_id, 'related', right_system,"
        " right_key, left_system, left_key, 'branch', 'eva', 'a branch', now() FROM decision"
    )

    found = plan(desk)

    assert found.looked.labels == DECIDED
    assert {look.decision.word.author for look in found.before.looks} == {"eva"}
    assert not any(look.decision.is_same for look in found.before.looks)


def test_too_few_decisions_are_said_and_nothing_changes(
    decided: TestStore, desk: PostgresStore
) -> None:
    decided.change(
        "DELETE FROM decision WHERE decision_id > (SELECT min(decision_id) + 4 FROM decision)"
    )
    before = snapshot(decided)

    with pytest.raises(
        RuleError, match="5 decisions in force can teach weights of acme; it takes 10"
    ):
        plan(desk)

    assert snapshot(decided) == before


def test_too_few_records_are_said(store: TestStore, sample: Sample) -> None:
    with store.client() as client, pytest.raises(RuleError, match="not indexed yet"):
        plan(client)

    match_in_deltas(store, replace(sample, records=sample.records[:20]), POLICY, deltas=[range(20)])

    with store.client() as client, pytest.raises(RuleError, match="has 20 records; it takes 500"):
        plan(client)


def test_a_first_load_learns_from_what_was_decided_before(
    decided: TestStore, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learn_weights, "FEWEST", 500)
    land(
        decided, [(f"{system}2", key, fields) for system, key, fields in sample.records], run_id="x"
    )

    with decided.client() as client:
        match_delta(client, sample_rules(sample, POLICY), run_id="x", now=LATER)

    ((author, evidence),) = decided.rows("SELECT author, evidence FROM match_model")
    assert (author, evidence["labels"]) == ("pipeline", DECIDED)
    settle(decided)
