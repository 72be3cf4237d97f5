"""The link of a mail that was held is good for as long as any other's."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.effects.model import EffectKind
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.domain.effects.release import ReleasePolicy, ReleaseRules
from mastersync.store.client_store import PostgresStore
from mastersync.usecases.intervene import hold_effects, release_effects
from mastersync.usecases.release_plan import Answer, answer_plan, release_plan
from pipelines import CONFIRMATION, Pipeline, company
from stewards import Steward

GUARDED = {"guards": GuardPolicy(max_mails=0)}
APPROVE = {"release": ReleaseRules(policy=ReleasePolicy.APPROVE)}
THE_MAIL = EffectChoice(kind=EffectKind.EMAIL)


def sync_and_hold(pipeline: Pipeline, **rules: object) -> None:
    """Plan a mail to a customer, and hold it for longer than its link is good for."""
    pipeline.set_rules(confirmation=CONFIRMATION, **rules)
    pipeline.crm.put("a", **company("aldgate", email="office@aldgate.example"))
    pipeline.erp.put("x", **company("aldgate", email="office@aldgate.example"))
    pipeline.sync()
    pipeline.clock.push(days=40)


def days_left(pipeline: Pipeline) -> int:
    """How long the link of the mail that was sent is good for."""
    assert len(pipeline.mails.sent) == 1
    ((expires_at,),) = pipeline.rows("SELECT expires_at FROM confirmation_request")
    return round((expires_at - pipeline.clock()) / timedelta(days=1))


def release(pipeline: Pipeline, desk: PostgresStore) -> None:
    release_plan(desk, run_id="r1", actor="ann", hold={}, now=pipeline.clock())


def approve(pipeline: Pipeline, _: PostgresStore) -> None:
    terms = {"answer": Answer.APPROVE, "actor": "ann", "now": pipeline.clock()}
    answer_plan(pipeline.store, pipeline.rules, run_id="r1", **terms)


def release_it(pipeline: Pipeline, desk: PostgresStore) -> None:
    release_effects(desk, THE_MAIL, actor="ann", now=pipeline.clock())


def hold_and_release_it(pipeline: Pipeline, desk: PostgresStore) -> None:
    """Twice, so that what was added the first time is not added again."""
    for _ in range(2):
        release_effects(desk, THE_MAIL, actor="ann", now=pipeline.clock())
        hold_effects(desk, THE_MAIL, actor="ann", reason="", now=pipeline.clock())
        pipeline.clock.push(days=5)
    release_effects(desk, THE_MAIL, actor="ann", now=pipeline.clock())


@pytest.mark.parametrize(
    ("rules", "let_go"),
    [
        (GUARDED, release),
        (APPROVE, approve),
        (GUARDED, release_it),
        (GUARDED, hold_and_release_it),
    ],
)
def test_a_mail_that_was_held_goes_out_with_a_link_that_works(
    pipeline: Pipeline,
    ann: Steward,
    rules: dict[str, object],
    let_go: Callable[[Pipeline, PostgresStore], None],
) -> None:
    sync_and_hold(pipeline, **rules)

    let_go(pipeline, ann.store)
    pipeline.deliver()

    assert days_left(pipeline) == CONFIRMATION.link_valid_days


def test_a_link_is_not_prolonged_twice_where_the_next_run_takes_the_mail_over(
    pipeline: Pipeline,
) -> None:
    sync_and_hold(pipeline, **APPROVE)

    pipeline.sync()
    answer_plan(
        pipeline.store,
        pipeline.rules,
        run_id="r2",
        answer=Answer.APPROVE,
        actor="ann",
        now=pipeline.clock(),
    )
    pipeline.deliver()

    assert days_left(pipeline) == CONFIRMATION.link_valid_days
