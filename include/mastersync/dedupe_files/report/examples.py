"""Pairs and customers worth looking at, both records side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mastersync.dedupe_files.outcome import REVIEW, SAME, ExplainedPair, Outcome
from mastersync.dedupe_files.report.differences import Segment, differences, visible
from mastersync.dedupe_files.wording import percent
from mastersync.domain.matching.model import Band
from mastersync.domain.resolution.fields import OTHER

SURE, WEAKEST, HARDEST, NEAR_MISSES, RELATED = 4, 4, 6, 4, 2
_POOL = 200
_LARGEST = 6
_NAMES_SHOWN = 4
_NAME_FIELDS = ("name", "given_name", "surname")


@dataclass(frozen=True, kw_only=True)
class ComparedField:
    """One field of both records; empty where a record does not say."""

    name: str
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]

    @property
    def is_equal(self) -> bool:
        """Whether both say the same, but for upper and lower case."""
        return bool(self.left and self.right) and not any(
            s.differs for s in (*self.left, *self.right)
        )


@dataclass(frozen=True, kw_only=True)
class Example:
    """A pair of records as people compare them; its label is its score, or its relation."""

    left_id: str
    right_id: str
    band: str
    label: str
    why: str
    fields: tuple[ComparedField, ...]


@dataclass(frozen=True, kw_only=True)
class LargeCustomer:
    """A customer of many records, by a few of the names that it goes by."""

    number: int
    records: int
    names: tuple[str, ...]
    name_count: int


def sure_merges(outcome: Outcome) -> pd.DataFrame:
    """Return pairs of the highest scores, of these those that differ most in writing."""
    pool = outcome.in_band(SAME).head(_POOL)
    pool = pool.iloc[_by_difference(outcome, pool)]
    return _of_different_customers(outcome, pool).head(SURE)


def weakest_merges(outcome: Outcome) -> pd.DataFrame:
    """Return the pairs that were merged on the least."""
    pool = outcome.in_band(SAME).iloc[::-1].head(_POOL)
    return _of_different_customers(outcome, pool).head(WEAKEST)


def hardest_reviews(outcome: Outcome) -> pd.DataFrame:
    """Return the pairs to review that are nearest to fifty-fifty."""
    review = outcome.in_band(REVIEW)
    order = np.argsort(np.abs(review["log_odds"].to_numpy(dtype=np.float64)), kind="stable")
    pool = review.iloc[order].head(_POOL)
    return _of_different_customers(outcome, pool).head(HARDEST)


def near_misses(outcome: Outcome) -> pd.DataFrame:
    """Return the best pairs that were kept apart without asking anybody."""
    pool = outcome.resolution.near_misses.head(_POOL)
    return _of_different_customers(outcome, pool).head(NEAR_MISSES)


def related_pairs(outcome: Outcome) -> pd.DataFrame:
    """Return a few pairs of each relation that belong together and are not the same customer.

    The relation's name stands for their band.
    """
    related = outcome.resolution.related
    found = [
        _of_different_customers(outcome, pool.head(_POOL)).head(RELATED)
        for _, pool in related.groupby("relation", sort=True)
    ]
    if not found:
        return outcome.pairs.head(0)
    return pd.concat(found).assign(score=0.0).rename(columns={"relation": "band"})


def show(outcome: Outcome, pairs: Sequence[ExplainedPair]) -> list[Example]:
    """Return pairs as people compare them."""
    frame = outcome.record_set.frame
    examples = []
    for pair in pairs:
        left, right = frame.iloc[pair.left], frame.iloc[pair.right]
        scored = pair.band in set(Band)
        examples.append(
            Example(
                left_id=_called(left),
                right_id=_called(right),
                band=pair.band if scored else Band.NEW,
                label=percent(pair.score) if scored else pair.band,
                why=pair.why.sentence,
                fields=tuple(_compared(outcome.record_set.evidence, left, right)),
            )
        )
    return examples


def largest_customers(outcome: Outcome) -> list[LargeCustomer]:
    """Return the customers of most records, if more than two, the largest first."""
    sizes = np.bincount(outcome.entities)
    order = np.argsort(-sizes, kind="stable")[:_LARGEST]
    return [
        _large_customer(outcome, int(number), int(sizes[number]))
        for number in order
        if sizes[number] > 2  # noqa: PLR2004 (a pair is an example already)
    ]


def _large_customer(outcome: Outcome, number: int, records: int) -> LargeCustomer:
    frame = outcome.record_set.frame[outcome.entities == number]
    fields = [field for field in _NAME_FIELDS if field in frame.columns]
    names = [" ".join(" ".join(cells).split()) for cells in frame[fields].itertuples(index=False)]
    distinct = [visible(name) for name in dict.fromkeys(names) if name]
    return LargeCustomer(
        number=number,
        records=records,
        names=tuple(distinct[:_NAMES_SHOWN]),
        name_count=len(distinct),
    )


def _by_difference(outcome: Outcome, pairs: pd.DataFrame) -> list[int]:
    """Return the positions of pairs, those first whose records differ in most fields."""
    columns = [
        outcome.record_set.frame[field].to_numpy(dtype=object)
        for field in outcome.record_set.fields
    ]
    differing = [
        sum(column[left] != column[right] for column in columns)
        for left, right in zip(pairs["left"], pairs["right"], strict=True)
    ]
    return sorted(range(len(differing)), key=lambda position: -differing[position])


def _of_different_customers(outcome: Outcome, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs that have no customer in common: one cluster must not fill the page."""
    seen: set[int] = set()
    kept = []
    for position, (left, right) in enumerate(zip(pairs["left"], pairs["right"], strict=True)):
        both = {int(outcome.entities[left]), int(outcome.entities[right])}
        if not both & seen:
            kept.append(position)
            seen |= both
    return pairs.iloc[kept]


def _called(record: "pd.Series[str]") -> str:
    source = str(record.get("source", ""))
    return visible(f"{source} {record['id']}" if source else str(record["id"]))


def _compared(
    fields: Sequence[str], left: "pd.Series[str]", right: "pd.Series[str]"
) -> Iterable[ComparedField]:
    for field in fields:
        mine, others = str(left[field]).strip(), str(right[field]).strip()
        if mine or others:
            lefts, rights = differences(mine, others)
            yield ComparedField(
                name=field.removeprefix(OTHER).replace("_", " "), left=lefts, right=rights
            )
