"""Measure the matching engine on record sets with known truth.

    python benchmarks/matching_quality.py [FOLDER ...] [--batches 4]

A folder holds ``records.csv`` (id, source, and columns named as below) and ``truth.csv`` or
``truth_clusters.csv`` (id, cluster); a file holds both. Left out, it measures the sandbox's
records, on which the engine was developed. Records go through normalisation, keys, comparison and
assignment as in a run, in batches over a growing master; what waits for a person counts as
not joined. Prints pairwise precision, recall and F1 of the customers formed, the share of
records that wait, the recall of the keys, and records per second.
"""

import argparse
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pandas as pd

from mastersync.domain.matching.assign import assign
from mastersync.domain.matching.engine import SimpleMatcher
from mastersync.domain.matching.model import Band, MatchPolicy, MatchRecord
from mastersync.domain.records.prepare import PreparePolicy, prepare_record

SAMPLES = Path(__file__).resolve().parents[1] / "include" / "mastersync" / "sandbox" / "data"
COLUMNS = {
    "name": "name",
    "addr": "street",
    "street": "street",
    "city": "city",
    "suburb": "city",
    "region": "region",
    "state": "region",
    "postcode": "postcode",
    "country": "country",
    "phone": "phone",
    "email": "email",
    "tax_id": "tax_id",
    "party_type": "party_type",
    "soc_sec_id": "tax_id",
    "given_name": "given_name",
    "first_name": "given_name",
    "dob": "date_of_birth",
    "surname": "surname",
    "date_of_birth": "date_of_birth",
}


def mapped_record(row: dict[str, str]) -> dict[str, object]:
    """Return a row with canonical field names; columns with no field are left out."""
    mapped: dict[str, object] = {
        COLUMNS[column]: value for column, value in row.items() if column in COLUMNS and value
    }
    if row.get("address_1"):
        mapped["street"] = f"{row.get('street_number', '')} {row['address_1']}".strip()
    return mapped


def read_records(folder: Path) -> list[MatchRecord]:
    """Return the records of a folder in normal form, numbered in file order."""
    path = folder if folder.is_file() else folder / "records.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    persons = "given_name" in rows.columns
    policy = PreparePolicy(
        required=frozenset(),
        default_country="AU" if persons else "US",
        party_type="person" if persons else None,
    )
    return [
        MatchRecord(
            record_id=number,
            system=row.get("source", "one"),
            source_key=row["id"],
            fields=prepare_record(mapped_record(row), policy=policy).fields,
        )
        for number, row in enumerate(rows.to_dict("records"), start=1)
    ]


def read_truth(folder: Path) -> dict[str, str]:
    """Return the true cluster of each record's id."""
    paths = (folder, folder / "truth.csv", folder / "truth_clusters.csv")
    path = next(path for path in paths if path.is_file())
    rows = pd.read_csv(path, dtype=str)
    return dict(zip(rows["id"], rows["cluster"], strict=True))


class Run:
    """A master that grows batch by batch."""

    def __init__(self, policy: MatchPolicy) -> None:
        self.policy = policy
        self.matcher = SimpleMatcher(policy)
        self.records: dict[int, MatchRecord] = {}
        self.index: dict[str, list[int]] = defaultdict(list)
        self.compared: set[tuple[int, int]] = set()
        self.waiting: dict[int, str] = {}
        self.key_count = 0

    def add(self, batch: list[MatchRecord]) -> None:
        """Match one batch against the master and within itself."""
        pairs: set[tuple[int, int]] = set()
        for record in batch:
            keys = self.matcher.keys(record.fields)
            self.key_count += len(keys)
            self.records[record.record_id] = record
            for key in keys:
                self.index[key].append(record.record_id)
        numbers = {record.record_id for record in batch}
        for key in {key for record in batch for key in self.matcher.keys(record.fields)}:
            sharing = self.index[key]
            if len(sharing) <= self.policy.max_per_key:
                pairs |= {pair for pair in combinations(sharing, 2) if numbers & set(pair)}
        self.compared |= pairs
        pairs |= {pair for pair in self.compared if self.waiting.keys() & set(pair)}
        candidates = self.matcher.compare(
            (self.records[left], self.records[right]) for left, right in sorted(pairs)
        )
        known = {
            number: record
            for number, record in self.records.items()
            if record.customer_id is not None
        }
        # What waits is looked at again with every batch, as new records may settle it.
        delta = [*batch, *(self.records[number] for number in sorted(self.waiting))]
        self.waiting = {}
        for found in assign(delta, candidates, known, policy=self.policy):
            if found.band is Band.REVIEW:
                self.waiting[found.record_id] = found.reason
                continue
            customer = found.customer_id or f"new-{found.leader}"
            record = self.records[found.record_id]
            self.records[found.record_id] = MatchRecord(
                record_id=record.record_id,
                system=record.system,
                source_key=record.source_key,
                fields=record.fields,
                customer_id=customer,
            )


def pairs_of(clusters: dict[int, str]) -> set[tuple[int, int]]:
    """Return every pair of records in the same cluster."""
    members: dict[str, list[int]] = defaultdict(list)
    for number, cluster in sorted(clusters.items()):
        members[cluster].append(number)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def measure(folder: Path, *, batches: int, policy: MatchPolicy) -> Run:
    """Run one folder and print its line."""
    started = time.perf_counter()
    records = read_records(folder)
    prepared = time.perf_counter()
    run = Run(policy)
    size = -(-len(records) // batches)
    for start in range(0, len(records), size):
        run.add(records[start : start + size])
    matched = time.perf_counter()

    truth = read_truth(folder)
    true_pairs = pairs_of({r.record_id: truth[r.source_key] for r in records})
    found_pairs = pairs_of({n: r.customer_id or f"waiting-{n}" for n, r in run.records.items()})
    right = len(true_pairs & found_pairs)
    precision, recall = right / max(1, len(found_pairs)), right / max(1, len(true_pairs))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    keys_recall = len(true_pairs & run.compared) / max(1, len(true_pairs))
    print(
        f"{folder.stem:20} records {len(records):6}  precision {precision:.3f}  recall {recall:.3f}"
        f"  F1 {f1:.3f}  review {len(run.waiting) / len(records):6.2%}  keys/record"
        f" {run.key_count / len(records):.1f}  key recall {keys_recall:.3f}"
        f"  pairs {len(run.compared)}  prepare {len(records) / (prepared - started):.0f}/s"
        f"  match {len(records) / (matched - prepared):.0f}/s"
    )
    for reason, count in Counter(run.waiting.values()).most_common():
        print(f"{'':20} waiting: {count} {reason}")
    return run


def main() -> None:
    """Measure each folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=sorted(SAMPLES.glob("*.csv")))
    parser.add_argument("--batches", type=int, default=1)
    parser.add_argument("--same-at", type=float, default=MatchPolicy.same_at)
    parser.add_argument("--review-at", type=float, default=MatchPolicy.review_at)
    options = parser.parse_args()
    policy = MatchPolicy(same_at=options.same_at, review_at=options.review_at)
    for folder in options.folders:
        measure(folder, batches=options.batches, policy=policy)


if __name__ == "__main__":
    main()
