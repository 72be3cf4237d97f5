"""Two customers become one, and two again."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from golden_store import differences, snapshot
from mastersync.domain.decisions.model import Person
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.matches import NewLink
from mastersync.usecases.merge_customers import join_customers
from outsiders import holds
from pipelines import Pipeline, company
from stewards import Steward, homes, ids


def redirects(pipeline: Pipeline) -> dict[str, str]:
    return dict(
        pipeline.rows("SELECT customer_id, redirect_to FROM customer WHERE redirect_to IS NOT NULL")
    )


def test_the_survivor_keeps_its_id_and_the_other_one_leads_to_it(
    two: Pipeline, ann: Steward
) -> None:
    keep, other = ids(two)

    moved = ann.merge(keep, other)

    assert set(homes(two).values()) == {keep}
    assert redirects(two) == {other: keep}
    assert len(moved.records) == 2
    assert two.violations() == []
    feed = two.rows(
        "SELECT kind, from_customer_id, to_customer_id, author, reason FROM identity_change"
    )
    assert feed == [("merged", other, keep, "ann", "one company")]
    assert two.rows("SELECT kind, author FROM decision") == [("same", "ann")]


def test_the_next_run_forms_the_one_customer_and_tells_every_system(
    two: Pipeline, ann: Steward
) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)

    two.sync()

    names = [holds(system, key, "name") for system, key in _everywhere(two)]
    assert names == [two.golden("crm", "a")["name"]] * 4
    newest = two.rows(
        "SELECT customer_id, max(version_no) FROM golden_version GROUP BY 1 ORDER BY 1"
    )
    assert dict(newest) == {keep: 2, other: 1}
    assert two.sync()["run"]["state"] == "done"
    assert dict(newest) == {keep: 2, other: 1}, "and no run forms it again for nothing"


def _everywhere(pipeline: Pipeline) -> list[tuple]:
    return [
        *((pipeline.crm, "a"), (pipeline.crm, "b")),
        *((pipeline.erp, "x"), (pipeline.erp, "y")),
    ]


def test_merge_and_unmerge_give_everything_back(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    before = snapshot(two.test_store)
    ann.merge(keep, other)
    assert differences(before, snapshot(two.test_store)) != {}

    ann.unmerge(keep)

    assert differences(before, snapshot(two.test_store)) == {}
    assert two.violations() == []


def test_after_an_unmerge_every_system_gets_its_own_values_back(
    two: Pipeline, ann: Steward
) -> None:
    keep, other = ids(two)
    fields = [two.golden("crm", "a"), two.golden("crm", "b")]
    ann.merge(keep, other)
    two.sync()
    two.sync()
    assert len({holds(system, key, "name") for system, key in _everywhere(two)}) == 1

    ann.unmerge(keep)
    two.sync()

    assert ids(two) == (keep, other)
    assert [two.golden("crm", "a"), two.golden("crm", "b")] == fields
    for field in ("name", "street", "phone", "registration_number"):
        values = [holds(system, key, field) for system, key in _everywhere(two)]
        assert values == [fields[0][field], fields[1][field]] * 2
    two.sync()
    assert two.sync()["run"]["state"] == "done"
    assert [two.golden("crm", "a"), two.golden("crm", "b")] == fields


def test_what_people_change_after_an_unmerge_counts(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)
    two.sync()
    two.sync()
    ann.unmerge(keep)
    two.sync()
    two.sync()

    two.crm.put("b", phone="+442079460777")
    two.sync()
    two.sync()

    assert holds(two.erp, "y", "phone") == "+442079460777"
    assert two.golden("crm", "b")["phone"] == "+442079460777"


def test_an_unmerge_before_anything_left_restores_the_golden_records(
    two: Pipeline, ann: Steward
) -> None:
    two.set_rules(targets={})
    two.sync()
    fields = [two.golden("crm", "a"), two.golden("crm", "b")]
    keep, other = ids(two)
    ann.merge(keep, other)
    two.sync()
    assert two.golden("crm", "b") == two.golden("crm", "a")

    ann.unmerge(other)
    two.sync()

    assert [two.golden("crm", "a"), two.golden("crm", "b")] == fields


def test_an_unmerged_pair_is_not_merged_again(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    ann.merge(keep, other)
    ann.unmerge(keep)

    kinds = two.rows(
        "SELECT kind, withdrawal.decision_id IS NULL FROM decision"
        " LEFT JOIN decision_withdrawal AS withdrawal USING (client_id, decision_id) ORDER BY 1, 2"
    )

    assert kinds == [*[("not_same", True)] * 3, ("same", False)]
    with pytest.raises(RuleError, match="is not the same as"):
        ann.merge(keep, other)
    two.erp.delete("y")
    two.sync()
    two.erp.put("y", **company("aldgate"))
    two.sync()
    assert homes(two)["erp:y"] != keep
    ann.merge(keep, other, insist=True)
    assert two.violations() == []


def test_what_comes_later_stays_with_the_survivor_unless_it_is_the_others(
    two: Pipeline, ann: Steward
) -> None:
    two.set_rules(targets={})
    keep, other = ids(two)
    ann.merge(keep, other)
    for twin, name in (("a2", "aldgate"), ("b2", "brixton")):
        two.crm.put(twin, **company(name))
    two.sync()
    ann.decide("same", "crm:a", "crm:a2")
    ann.decide("same", "crm:b", "crm:b2")
    two.sync()
    assert set(homes(two).values()) == {keep}

    moved = ann.unmerge(keep)

    linked = homes(two)
    assert (linked["crm:a2"], linked["crm:b2"]) == (keep, other)
    assert [key.key for key in moved.later] == ["a2"]
    assert "b2" in {key.key for key in moved.records}
    assert two.violations() == []


def test_merges_are_undone_in_any_order(pipeline: Pipeline, ann: Steward) -> None:
    pipeline.set_rules(targets={})
    for name in ("aldgate", "brixton", "cobham", "dunmore"):
        pipeline.crm.put(name[0], **company(name))
    pipeline.sync()
    before, linked = snapshot(pipeline.test_store), homes(pipeline)
    a, b, c, d = (linked[f"crm:{name}"] for name in "abcd")
    ann.merge(b, c)
    ann.merge(a, b)
    ann.merge(d, a)
    assert set(homes(pipeline).values()) == {d}
    with pipeline.test_store.session("ms_acme") as session:
        assert session.execute("SELECT live_customer('acme', %s)", [c]).fetchone() == (d,)

    for gone in (b, c, a):
        ann.unmerge(gone)
        assert pipeline.violations() == []

    assert differences(before, snapshot(pipeline.test_store)) == {}
    assert homes(pipeline) == linked


def test_a_merge_that_cannot_be_is_refused_and_changes_nothing(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    with pytest.raises(NotFoundError, match="C-NOBODY"):
        ann.merge(keep, "C-NOBODY")
    with pytest.raises(RuleError, match="into itself"):
        ann.merge(keep, keep)
    with pytest.raises(RuleError, match="no merge that could be undone"):
        ann.unmerge(keep)
    ann.merge(keep, other)
    with pytest.raises(RuleError, match=f"stands for {keep}"):
        ann.merge(other, keep)
    with pytest.raises(RuleError, match="no merge 99"):
        ann.unmerge(keep, merge_id=99)
    assert len(two.rows("SELECT 1 FROM identity_change")) == 1


def test_a_plan_shows_what_would_move_and_moves_nothing(two: Pipeline, ann: Steward) -> None:
    keep, other = ids(two)
    before = snapshot(two.test_store)

    planned = ann.merge(keep, other, plan=True)

    assert len(planned.records) == 2
    assert differences(before, snapshot(two.test_store)) == {}
    assert two.rows("SELECT 1 FROM identity_change") == []


def test_of_two_people_who_merge_crosswise_at_once_one_is_refused(
    two: Pipeline, ann: Steward
) -> None:
    one, other = ids(two)
    refused: list[str] = []

    def merge(keep: str, gone: str) -> None:
        try:
            ann.merge(keep, gone)
        except RuleError as error:
            refused.append(error.problem)

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(merge, one, other), people.submit(merge, other, one)]:
            done.result(timeout=60)

    assert len(redirects(two)) == 1
    assert ["was merged before" in problem for problem in refused] == [True]
    assert two.violations() == []


def test_what_is_linked_while_its_customer_is_merged_is_the_survivors(two: Pipeline) -> None:
    keep, other = ids(two)
    ((record_id,),) = two.rows("SELECT record_id FROM source_record WHERE source_key = 'y'")
    two.test_store.change(
        f"UPDATE link SET ended_at = now(), ended_reason = 'x' WHERE record_id = {record_id}"
    )
    link = NewLink(record_id=record_id, customer_id=other, rule="new", score=1.0, evidence={})

    def link_it() -> None:
        with two.store.begin() as unit:
            unit.matches.link([link], run_id="r1", now=two.clock())

    with ThreadPoolExecutor() as pool:
        with two.store.begin() as unit:
            person = Person(by="ann", reason="one company")
            join_customers(
                unit, keep=keep, other=other, person=person, decisions=[], now=two.clock()
            )
            linking = pool.submit(link_it)
            time.sleep(0.2)
            assert not linking.done(), "it waits until the merge is over"
        linking.result(timeout=20)

    assert homes(two)["erp:y"] == keep
    assert two.violations() == []
