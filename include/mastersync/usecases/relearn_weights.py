"""Learning a client's weights anew, with what people decided: a plan first, and a way back."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from mastersync.domain.decisions.model import Person
from mastersync.domain.decisions.relearning import Looked, Relearning
from mastersync.domain.matching.model import MatchPolicy
from mastersync.domain.resolution.learn import can_learn, learn
from mastersync.domain.resolution.model import DEFAULT_MODEL, Model
from mastersync.domain.resolution.weight_changes import weight_changes
from mastersync.domain.search.engine import EDITION
from mastersync.domain.search.pair_sample import PairSample
from mastersync.errors import RuleError
from mastersync.ports.match_index import ModelVersion
from mastersync.ports.matches import DeltaRecord
from mastersync.ports.store import Store, Unit
from mastersync.usecases.decided_pairs import DecidedPairs, decided_pairs
from mastersync.usecases.search_records import compare_delta
from mastersync.usecases.weight_versions import keep_weights

FEWEST_RECORDS: Final = 500
FEWEST_DECISIONS: Final = 10
SAMPLE: Final = 10_000
_CHUNK: Final = 2_000
_NOTHING_CHANGED: Final = "Nothing was changed."

Progress = Callable[[str, float | None], None]


def plan_relearning(
    store: Store,
    policy: MatchPolicy,
    *,
    now: datetime,
    records: int = SAMPLE,
    progress: Progress = lambda _step, _share: None,
) -> Relearning:
    """Learn weights from a sample of the client's records and all decisions in force; keep nothing.

    The sample is every so many-th record with all that the index brings of it, so the same records
    and decisions give the same weights, and memory is the sample's. Weights begin from the default
    ones and not from those in force, so that learning again and again does not wander off.

    Raises:
        RuleError: Too few records or decisions, or too little compared, to learn from.
    """
    with store.begin() as unit:
        size = _size(unit, store.client_id)
        progress("reading decisions", None)
        decided = decided_pairs(unit, policy, now=now)
        _refuse_few(decided, store.client_id)
        drawn = unit.match_index.sample(every=max(1, -(-size // max(records, 1))))
        sample = PairSample.of(
            [
                (found.record_ids, found.compared)
                for chunk in _chunks(drawn, progress)
                for found in [compare_delta(unit, policy, chunk)]
            ]
        )
        if not can_learn(sample.comparison):
            raise RuleError(
                f"The records of {store.client_id} were compared in fewer than three aspects, from"
                f" which no weights can be told. {_NOTHING_CHANGED}",
                next_step="Map more fields, such as phone and street.",
            )
        progress("learning", None)
        stored = unit.match_index.model()
        old = DEFAULT_MODEL if stored is None else Model.from_json(stored.model)
        new = _learned(sample, decided)
        homes = _homes(unit, sample)
    return Relearning(
        in_force=0 if stored is None else stored.model_no,
        model=new,
        looked=Looked(
            records=len(drawn),
            of_records=size,
            pairs=len(sample),
            labels=int(decided.met.sum()),
            unmet=int((~decided.met).sum()),
            gone=decided.gone,
        ),
        changes=weight_changes(old, new, sample.comparison),
        before=decided.backtest(old),
        after=decided.backtest(new),
        held_out=decided.held_out(sample.comparison),
        counts_before=sample.count(sample.bands(old, policy), homes),
        counts_after=sample.count(sample.bands(new, policy), homes),
    )


def apply_relearning(
    store: Store,
    plan: Relearning,
    *,
    person: Person,
    even_if_worse: bool = False,
    now: datetime,
) -> int:
    """Put planned weights in force as the client's next version; returns its number.

    Raises:
        RuleError: They go against more decisions than those in force, and nobody insists.
        ConflictError: Other weights were put in force since the plan was made.
    """
    if plan.is_worse and not even_if_worse:
        before, after = plan.before.measured.disagreed, plan.after.measured.disagreed
        raise RuleError(
            f"The learned weights go against {after} decisions of people, those in force against"
            f" {before}. {_NOTHING_CHANGED}",
            next_step="Look at the decisions that flip. To apply them all the same, add"
            " --even-if-worse.",
        )
    version = ModelVersion(
        model_no=plan.in_force + 1,
        model=plan.model.to_json(),
        learned_from=plan.looked.of_records,
        author=person.by,
        reason=person.reason,
        evidence=plan.evidence(),
        made_at=now,
    )
    with store.begin() as unit:
        keep_weights(unit, version)
    return version.model_no


def _size(unit: Unit, client_id: str) -> int:
    state = unit.match_index.state()
    if state is None or not state.complete or state.edition != EDITION:
        raise RuleError(
            f"The records of {client_id} are not indexed yet. {_NOTHING_CHANGED}",
            next_step=f"`mastersync sync {client_id}` does that.",
        )
    if state.records < FEWEST_RECORDS:
        raise RuleError(
            f"{client_id} has {state.records} records; it takes {FEWEST_RECORDS} to learn weights"
            f" from. {_NOTHING_CHANGED}",
            next_step="Until then the default weights know more than the records can tell.",
        )
    return state.records


def _refuse_few(decided: DecidedPairs, client_id: str) -> None:
    count = int(decided.met.sum())
    if count < FEWEST_DECISIONS:
        others = len(decided.met) - count + decided.gone
        besides = f" ({others} more name records that are gone or share no key)" if others else ""
        raise RuleError(
            f"{count} decisions in force can teach weights of {client_id}{besides}; it takes"
            f" {FEWEST_DECISIONS}. {_NOTHING_CHANGED}",
            next_step="Resolve review tickets, or `mastersync decide` on pairs: each is one.",
        )


def _chunks(drawn: Sequence[DeltaRecord], progress: Progress) -> Iterator[Sequence[DeltaRecord]]:
    for begin in range(0, len(drawn), _CHUNK):
        progress("comparing a sample of records", begin / len(drawn))
        yield drawn[begin : begin + _CHUNK]


def _learned(sample: PairSample, decided: DecidedPairs) -> Model:
    """Return the weights as they will be kept, which is rounded."""
    return Model.from_json(learn(sample.comparison, labels=decided.labels).to_json())


def _homes(unit: Unit, sample: PairSample) -> dict[int, str]:
    """Return the customer of each sampled record that has one."""
    ids = np.unique(np.concatenate((sample.left, sample.right)))
    nobody = np.zeros(0, dtype=np.int64)
    return {
        head.record_id: head.customer_id
        for begin in range(0, len(ids), _CHUNK)
        for head in unit.matches.heads(ids[begin : begin + _CHUNK], undecided=nobody)
        if head.customer_id is not None
    }
