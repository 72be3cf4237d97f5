"""A person's word on a pair becomes a decision, unless those that hold say otherwise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.consistency import (
    chain_against,
    newest_of_pairs,
    standing_in_the_way,
)
from mastersync.domain.decisions.model import PairDecision, PairWord, Person, spoken
from mastersync.domain.matching.model import SourceKey, Verdict
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.store import Store, Unit

_REPLACED = "replaced by decision {}"
_CALLED = {
    Verdict.SAME: "cannot be called the same as",
    Verdict.NOT_SAME: "cannot be kept apart from",
    Verdict.RELATED: "cannot be called related to",
}


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The decision that holds now, whether it is a new one, and what was withdrawn for it."""

    decision_id: int
    is_new: bool
    withdrawn: tuple[PairDecision, ...] = ()


def record_word(unit: Unit, word: PairWord, *, insist: bool, now: datetime) -> Recorded:
    """Keep the word; what holds already word for word is not kept twice.

    An older word on the same pair that says the same less exactly is replaced.

    Raises:
        RuleError: Decisions in force say otherwise; the message names the chain. With ``insist``
            the oldest of them that stand in the way are withdrawn instead.
    """
    pair = frozenset((word.left, word.right))
    in_force = newest_of_pairs(unit.decisions.about(pair, now=now))
    held = next((decision for decision in in_force if decision.pair == pair), None)
    if held is not None and _says_the_same(held.word, word):
        return Recorded(decision_id=held.decision_id, is_new=False)
    against = standing_in_the_way(word, in_force)
    if against and not insist:
        raise _contradiction(word, chain_against(word, in_force), against)
    replaced = [] if held is None or held in against else [held]
    decision_id = unit.decisions.record(word, now=now)
    withdrawn = (*against, *replaced)
    unit.decisions.withdraw(
        [decision.decision_id for decision in withdrawn],
        author=word.author,
        reason=_REPLACED.format(decision_id),
        now=now,
    )
    return Recorded(decision_id=decision_id, is_new=True, withdrawn=withdrawn)


def withdraw_decision(
    store: Store, decision_id: int, *, author: str, reason: str, now: datetime
) -> PairDecision:
    """Take a decision back; returns it as it was. Links stay as they are.

    Raises:
        NotFoundError: There is no such decision.
        RuleError: It does not hold any more.
    """
    with store.begin() as unit:
        found = unit.decisions.listed(decision_id=decision_id)
        if not found:
            raise NotFoundError(
                f"{store.client_id} has no decision {decision_id}.",
                next_step=f"List them: mastersync decisions {store.client_id}.",
            )
        (decision,) = found
        if decision.withdrawal is not None:
            raise RuleError(
                f"Decision {decision_id} was withdrawn before, by {decision.withdrawal.author}.",
                next_step=f"See why: mastersync decisions {store.client_id}.",
            )
        unit.decisions.withdraw([decision_id], author=author, reason=reason, now=now)
        unit.audit.append(
            "decision.withdrawn",
            actor=author,
            run_id=None,
            summary={"decision_id": decision_id},
            now=now,
        )
    return decision


def refuse_or_withdraw(
    unit: Unit,
    against: Sequence[PairDecision],
    *,
    problem: str,
    person: Person,
    now: datetime,
) -> None:
    """Withdraw decisions that stand in the way of a deed, if the person insists; else refuse."""
    if not against:
        return
    if not person.insist:
        raise RuleError(
            f"{problem}: {_in_words(against)}. Nothing was saved.",
            next_step=_remedy(against),
            decision_ids=[decision.decision_id for decision in against],
        )
    ids = [decision.decision_id for decision in against]
    unit.decisions.withdraw(ids, author=person.by, reason=person.reason, now=now)


def crossing(
    decisions: Sequence[PairDecision],
    one: Collection[SourceKey],
    other: Collection[SourceKey],
    *,
    same: bool,
) -> list[PairDecision]:
    """Return the decisions of that kind with one record on either side."""
    return [
        decision
        for decision in newest_of_pairs(decisions)
        if decision.is_same is same
        and (
            (decision.word.left in one and decision.word.right in other)
            or (decision.word.left in other and decision.word.right in one)
        )
    ]


def _says_the_same(held: PairWord, word: PairWord) -> bool:
    return (
        held.verdict is word.verdict
        and held.expires_at == word.expires_at
        and held.relation is word.relation
        and (held.relation is None or held.left == word.left)
    )


def _contradiction(
    word: PairWord, chain: Sequence[PairDecision], against: Sequence[PairDecision]
) -> RuleError:
    return RuleError(
        f"{spoken(word.left)} {_CALLED[word.verdict]} {spoken(word.right)}, because "
        f"{_in_words(chain)}. Nothing was saved.",
        next_step=_remedy(against),
        decision_ids=[decision.decision_id for decision in chain],
    )


def _in_words(decisions: Sequence[PairDecision]) -> str:
    return "; ".join(decision.sentence for decision in decisions)


def _remedy(against: Sequence[PairDecision]) -> str:
    ids = ", ".join(str(decision.decision_id) for decision in against)
    return f"If they are wrong, say it again with --insist: that withdraws decision {ids}."
