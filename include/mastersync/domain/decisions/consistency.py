"""Whether a word agrees with those that hold: what is the same of the same is the same."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from mastersync.domain.decisions.model import PairDecision, PairWord
from mastersync.domain.matching.model import SourceKey, Verdict

_Graph = Mapping[SourceKey, Sequence[tuple[SourceKey, PairDecision]]]


def newest_of_pairs(decisions: Iterable[PairDecision]) -> list[PairDecision]:
    """Return the newest decision on each pair, by decision id: a pair has one word in force."""
    newest = {d.pair: d for d in sorted(decisions, key=lambda d: d.decision_id)}
    return sorted(newest.values(), key=lambda d: d.decision_id)


def chain_against(word: PairWord, in_force: Sequence[PairDecision]) -> tuple[PairDecision, ...]:
    """Return the decisions that together say otherwise, from left to right; empty when none do.

    "A same B" and "B same C" speak against "A not same C"; "A same B" and "A not same C" against
    "B same C". Of several chains the one through the oldest decision is returned.
    """
    decisions = newest_of_pairs(in_force)
    graph = _same_graph(decisions)
    if word.verdict is not Verdict.SAME:
        return _path(graph, word.left, word.right) or ()
    for apart in decisions:
        if apart.is_same:
            continue
        ends = (apart.word.left, apart.word.right)
        for one, other in (ends, ends[::-1]):
            head, tail = _path(graph, word.left, one), _path(graph, other, word.right)
            if head is not None and tail is not None:
                return (*head, apart, *tail)
    return ()


def standing_in_the_way(
    word: PairWord, in_force: Sequence[PairDecision]
) -> tuple[PairDecision, ...]:
    """Return the decisions to withdraw so that the word holds: as few and as old as will do.

    For SAME those that keep the two apart, else the oldest of each chain that joins them.
    """
    left = list(in_force)
    withdrawn: list[PairDecision] = []
    while chain := chain_against(word, left):
        apart = [decision for decision in chain if not decision.is_same]
        victim = min(apart or chain, key=lambda decision: decision.decision_id)
        withdrawn.append(victim)
        left = [decision for decision in left if decision.pair != victim.pair]
    return tuple(withdrawn)


def _same_graph(decisions: Iterable[PairDecision]) -> _Graph:
    graph: dict[SourceKey, list[tuple[SourceKey, PairDecision]]] = {}
    for decision in decisions:
        if decision.is_same:
            left, right = decision.word.left, decision.word.right
            graph.setdefault(left, []).append((right, decision))
            graph.setdefault(right, []).append((left, decision))
    return graph


def _path(graph: _Graph, start: SourceKey, end: SourceKey) -> tuple[PairDecision, ...] | None:
    """Return the shortest chain of SAME from start to end; None when they are not joined."""
    came: dict[SourceKey, tuple[PairDecision, ...]] = {start: ()}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == end:
            return came[here]
        for there, decision in graph.get(here, ()):
            if there not in came:
                came[there] = (*came[here], decision)
                queue.append(there)
    return None
