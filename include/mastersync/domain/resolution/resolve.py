"""Find which records are of one customer: the whole chain over a frame of records."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.matching.model import (
    Band,
    Evidence,
    Judgement,
    MatchCandidate,
    SourceKey,
    Verdict,
)
from mastersync.domain.resolution.bands import Bands, choose_bands
from mastersync.domain.resolution.candidates import (
    KeyIndex,
    Pairs,
    Search,
    candidate_pairs,
    index_keys,
)
from mastersync.domain.resolution.compare import Comparison, compare
from mastersync.domain.resolution.copies import first_copies
from mastersync.domain.resolution.estimate import Estimate, LogOdds, chances, recapture
from mastersync.domain.resolution.explain import Explainer, noun
from mastersync.domain.resolution.groups import Evidence as GroupEvidence
from mastersync.domain.resolution.groups import group
from mastersync.domain.resolution.keys import key_passes, record_keys
from mastersync.domain.resolution.learn import Labels, learn
from mastersync.domain.resolution.linking import find_clean, link_across
from mastersync.domain.resolution.model import Model, hold_unnamed
from mastersync.domain.resolution.notes import (
    evidence_notes,
    group_notes,
    linking_notes,
    relation_notes,
)
from mastersync.domain.resolution.relations import relate
from mastersync.domain.resolution.statistics import Statistics, count_statistics
from mastersync.domain.resolution.table import Table, read_table
from mastersync.domain.resolution.vetoes import valid_numbers
from mastersync.domain.resolution.words import Codes, Flags, Hashes, Longs

Progress = Callable[[str, float], None]
# What a pair stands for that shared no key: that alone speaks against it.
ABSENT: Final = -1.0
_SURELY: Final = 1e6
_NEVER: Final = -1e9
_BINS: Final = 48
_OUTWEIGHED: Final = {
    band: Evidence(field="group", outcome="outweighed", weight=0.0, words=words)
    for band, words in (
        (Band.REVIEW, "the score is enough, the rest of their groups is not so sure"),
        (Band.NEW, "apart all the same: by a proved number, a better link or their groups"),
    )
}


@dataclass(frozen=True, kw_only=True)
class ResolveSettings:
    """What to ask of the engine.

    Args:
        precision: Share of automatic merges that is to be right.
        link: Records are linked across sources only, and not deduplicated within one.
        clean_sources: Sources known to be free of duplicates; those found to be are added.
        most_in_group: A larger group is held for a person.
    """

    precision: float = 0.99
    link: bool = False
    clean_sources: frozenset[str] = frozenset()
    most_in_group: int = 100


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """Who is who.

    Args:
        clusters: Of each row, the smallest row of its cluster: the likeliest partition.
        sure: The same, by automatic merges alone.
        pairs: ``left`` < ``right`` (rows), ``log_odds``, ``score`` (0.0 to 1.0), ``band``.
        near_misses: The best pairs below the review band, in the same columns.
        related: Pairs (``left``, ``right``, ``relation``) that belong together and are apart.
        score_counts: Edges of log-odds and how many compared pairs lie between them.
        notes: What was chosen and why, and where evidence is thin.
    """

    table: Table
    clusters: NDArray[np.int64]
    sure: NDArray[np.int64]
    pairs: pd.DataFrame
    near_misses: pd.DataFrame
    related: pd.DataFrame
    score_counts: tuple[NDArray[np.float64], NDArray[np.int64]]
    statistics: Statistics
    model: Model
    bands: Bands
    estimate: Estimate
    notes: tuple[str, ...]
    compared: Longs = field(repr=False)
    linked: bool = False

    @cached_property
    def keys(self) -> tuple[Codes, NDArray[np.int64]]:
        """Each record's keys."""
        return record_keys(self.table)

    def explain(self, left: int, right: int) -> MatchCandidate:
        """Say why two rows are the same or not; also of a pair that was never compared."""
        return self.explain_pairs([left], [right])[0]

    def explain_pairs(self, left: Sequence[int], right: Sequence[int]) -> list[MatchCandidate]:
        """Explain many pairs of rows at once."""
        one = np.minimum(left, right).astype(np.int32)
        other = np.maximum(left, right).astype(np.int32)
        found = compare(self.table, one, other, self.statistics)
        odds = hold_unnamed(found, self.model.score(found), named=bool(self.table.names.values))
        first = self._first
        met = self._met(one, other) | self._met(first[one], first[other])
        met |= first[one] == first[other]
        why = Explainer(self.table, found, self.model)
        return [
            self._candidate(found, odds, position, why.evidence(position), met=bool(met[position]))
            for position in range(len(one))
        ]

    @cached_property
    def _first(self) -> Longs:
        """Of each row, the first that says the same: its copies are compared through it."""
        return first_copies(self.table)

    def _met(self, left: Codes | Longs, right: Codes | Longs) -> Flags:
        """Say which pairs of rows were compared."""
        code = np.minimum(left, right).astype(np.int64) * len(self.table) + np.maximum(left, right)
        at = np.searchsorted(self.compared, code)
        met: Flags = np.append(self.compared, -1)[at] == code
        return met

    def _candidate(
        self,
        found: Comparison,
        odds: LogOdds,
        position: int,
        evidence: tuple[Evidence, ...],
        *,
        met: bool,
    ) -> MatchCandidate:
        left, right = int(found.left[position]), int(found.right[position])
        band = self._band(left, right, float(odds[position])) if met else Band.NEW
        if not met:
            evidence = (*evidence, self._never_compared(left, right))
        elif band is not self.bands.of(float(odds[position])):
            evidence = (*evidence, _OUTWEIGHED[band])
        pro = sorted((e for e in evidence if e.weight > 0), key=lambda e: -e.weight)
        return MatchCandidate(
            left=left,
            right=right,
            score=float(chances(odds[position : position + 1])[0]),
            band=band,
            rule="+".join(piece.field for piece in pro[:2]) or "nothing",
            evidence=evidence,
            noun=noun(self.table, left, right),
        )

    def _band(self, left: int, right: int, odds: float) -> Band:
        """Return what became of a pair: its score does not join it where others speak against."""
        band = self.bands.of(odds)
        if band is Band.NEW or self.sure[left] == self.sure[right]:
            return band
        return Band.REVIEW if self.clusters[left] == self.clusters[right] else Band.NEW

    def _never_compared(self, left: int, right: int) -> Evidence:
        rows, hashes = self.keys
        shared = np.intersect1d(hashes[rows == left], hashes[rows == right])
        common = [int((hashes == key).sum()) for key in shared[:5]]
        source = self.table.source.codes
        if self.linked and source[left] == source[right]:
            why = "both are of one source, and only records of different sources are linked"
        elif not len(shared):
            why = "they share no key of name, place, contact or number"
        elif min(common) > Search.of_size(len(self.table)).budget:
            why = f"what they share, {min(common):,} records share"
        else:
            why = "each has others that are more like it"
        words = f"never compared, because {why}"
        return Evidence(field="search", outcome="never_compared", weight=0.0, words=words)


def resolve(
    frame: pd.DataFrame,
    *,
    settings: ResolveSettings | None = None,
    judgements: Sequence[Judgement] = (),
    progress: Progress = lambda _step, _share: None,
) -> Resolution:
    """Return which rows of a frame are of one customer.

    Args:
        frame: Columns as in ``fields.FIELDS`` and ``other:<label>``, all strings.
        judgements: What people said, on (source, id).
        progress: Told each step's name and the share done, 0.0 to 1.0, as it begins.
    """
    settings = settings or ResolveSettings()
    progress("reading the records", 0.0)
    table = read_table(frame)
    progress("counting what is common", 0.2)
    statistics = count_statistics(table)
    judged = _judged_pairs(frame, judgements)
    first = first_copies(table, apart=[row for pair in judged for row in pair])
    if settings.link:
        first = np.arange(len(table))
    index, pairs = _search(table, first, progress)
    progress("comparing", 0.55)
    comparison = compare(table, pairs.left, pairs.right, statistics)
    progress("weighing", 0.85)
    model = learn(comparison, labels=_labels(table, judged, statistics))
    odds = hold_unnamed(comparison, model.score(comparison), named=bool(table.names.values))
    related = relate(table, comparison, apart=odds < 0)
    recall = recapture(index, pairs, odds)
    clean = settings.clean_sources | find_clean(pairs, odds, table) if settings.link else None
    if clean is not None:
        pairs, odds = link_across(pairs, odds, table, clean=clean)
    pairs, odds = _judge(judged, pairs, odds, size=len(table))
    progress("grouping", 0.9)
    evidence = _evidence(table, pairs, odds, first)
    bands = choose_bands(evidence, wanted=settings.precision)
    sure = group(evidence, join=bands.same)
    clusters = group(evidence, join=bands.likely)
    progress("done", 1.0)
    shown = bands.table(pairs, odds, sure, clusters)
    return Resolution(
        table=table,
        clusters=clusters,
        sure=sure,
        pairs=shown,
        near_misses=bands.near_misses(pairs, odds),
        related=related,
        score_counts=_histogram(odds),
        statistics=statistics,
        model=model,
        bands=bands,
        estimate=bands.estimate(pairs, odds, shown, clusters=clusters, recall=recall),
        notes=(
            *([bands.sentence] if len(comparison) else []),
            *evidence_notes(comparison),
            *group_notes(sure, most=settings.most_in_group),
            *linking_notes(clean),
            *relation_notes(related),
        ),
        compared=np.sort(pairs.left.astype(np.int64) * len(table) + pairs.right),
        linked=settings.link,
    )


def _search(table: Table, first: Longs, progress: Progress) -> tuple[KeyIndex, Pairs]:
    """Return the index of keys, and the pairs to compare: the copies come last."""
    progress("making keys", 0.25)
    index = index_keys(_of_originals(key_passes(table), first), size=len(table))
    progress("finding candidates", 0.4)
    copies = np.flatnonzero(first != np.arange(len(table)))
    pairs = candidate_pairs(index, Search.of_size(len(table)))
    return index, pairs.extended(first[copies], copies)


def _evidence(table: Table, pairs: Pairs, odds: LogOdds, first: Longs) -> GroupEvidence:
    """Return what speaks for groups; copies speak with the record that they copy alone."""
    original = (first[pairs.left] == pairs.left) & (first[pairs.right] == pairs.right)
    copies = np.flatnonzero(~original)
    by_row = copies[np.argsort(pairs.right[copies])]
    evidence = GroupEvidence(
        left=pairs.left[original],
        right=pairs.right[original],
        odds=odds[original],
        absent=ABSENT,
        first=first,
        copy_odds=odds[by_row],
    )
    return replace(evidence, numbers=valid_numbers(table, evidence.components(0.0)))


def _of_originals(
    passes: Iterable[tuple[Codes, Hashes]], first: Longs
) -> Iterator[tuple[Codes, Hashes]]:
    """Yield the keys of records that are no copies."""
    original = first == np.arange(len(first))
    every = bool(original.all())
    for rows, keys in passes:
        kept = slice(None) if every else original[rows]
        yield rows[kept], keys[kept]


def _histogram(odds: LogOdds) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    counts, edges = np.histogram(np.clip(odds, -20, 20), bins=_BINS, range=(-20, 20))
    return edges, counts.astype(np.int64)


def _judged_pairs(
    frame: pd.DataFrame, judgements: Sequence[Judgement]
) -> dict[tuple[int, int], Verdict]:
    """Return what people said by pair of rows; the last word on a pair stands."""
    if not judgements:
        return {}
    source = frame["source"] if "source" in frame else pd.Series("", index=frame.index)
    row_of = {
        SourceKey(system=str(system), key=str(key)): row
        for row, (system, key) in enumerate(zip(source, frame["id"], strict=True))
    }
    said: dict[tuple[int, int], Verdict] = {}
    for judgement in judgements:
        one, other = row_of.get(judgement.left), row_of.get(judgement.right)
        if one is not None and other is not None and one != other:
            said[min(one, other), max(one, other)] = judgement.verdict
    return said


def _labels(
    table: Table, judged: dict[tuple[int, int], Verdict], statistics: Statistics
) -> Labels | None:
    """Return judged pairs to learn from: related ones are not the same."""
    if not judged:
        return None
    left = np.array([one for one, _ in judged], dtype=np.int32)
    right = np.array([other for _, other in judged], dtype=np.int32)
    same = np.array([verdict is Verdict.SAME for verdict in judged.values()], dtype=np.bool_)
    return Labels(comparison=compare(table, left, right, statistics), same=same)


def _judge(
    judged: dict[tuple[int, int], Verdict], pairs: Pairs, odds: LogOdds, *, size: int
) -> tuple[Pairs, LogOdds]:
    """Let what people said stand above the score, also of pairs that were never compared."""
    if not judged:
        return pairs, odds
    codes = np.array([one * size + other for one, other in judged], dtype=np.int64)
    values = np.array([_SURELY if v is Verdict.SAME else _NEVER for v in judged.values()])
    kept = ~np.isin(pairs.left.astype(np.int64) * size + pairs.right, codes)
    joined = Pairs(
        left=np.concatenate((pairs.left[kept], (codes // size).astype(np.int32))),
        right=np.concatenate((pairs.right[kept], (codes % size).astype(np.int32))),
    )
    return joined, np.concatenate((odds[kept], values))
