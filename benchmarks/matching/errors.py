"""Say which pairs a run lost and which it joined wrongly, by kind, with examples.

    python -m benchmarks.matching.quality FOLDER --keep /tmp/kept
    python -m benchmarks.matching.errors FOLDER --kept /tmp/kept [--examples 3]

A pair's kind is what its raw values say of each other, field by field; and where the truth tells
them, what the customers are and what was done to the records.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, utils

from benchmarks.matching.truth import RecordSet, pairs_within, read_set

Pair = tuple[str, str]
FIELDS = {
    "name": ("name",),
    "given": ("given_name", "first_name"),
    "surname": ("surname",),
    "born": ("date_of_birth", "dob"),
    "street": ("street", "addr", "address_1"),
    "city": ("city", "suburb"),
    "postcode": ("postcode",),
    "phone": ("phone",),
    "email": ("email",),
    "tax": ("tax_id", "soc_sec_id"),
}
DIGITS = ("phone", "tax", "born")
SIMILAR = 80.0


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())[-8:].lower()


def outcome(field: str, left: str, right: str) -> str:
    """Say in a sign what two raw values are to each other: = ~ ! or nothing where one lacks."""
    if not left or not right:
        return ""
    if field in DIGITS:
        left, right = _digits(left), _digits(right)
        return "=" if left == right else "~" if fuzz.ratio(left, right) > SIMILAR else "!"
    left, right = utils.default_process(left), utils.default_process(right)
    if left == right:
        return "="
    score = fuzz.token_sort_ratio(left, right)
    return "~" if score >= SIMILAR else "≈" if fuzz.token_set_ratio(left, right) > 90 else "!"


class Looking:
    """Records by id, and what can be said of pairs of them."""

    def __init__(self, record_set: RecordSet, pairs: pd.DataFrame) -> None:
        columns = {
            field: next((name for name in names if name in record_set.records), "")
            for field, names in FIELDS.items()
        }
        self.columns = {field: column for field, column in columns.items() if column}
        self.rows = record_set.records.set_index("id").to_dict("index")
        self.truth = record_set.truth.to_dict("index")
        self.bands = {
            tuple(sorted((left, right))): f"{band} {float(score):.2f}"
            for left, right, band, score in zip(
                pairs["id_a"], pairs["id_b"], pairs["band"], pairs["score"], strict=True
            )
        }

    def band(self, pair: Pair) -> str:
        return self.bands.get(tuple(sorted(pair)), "not listed")

    def signature(self, pair: Pair) -> str:
        left, right = (self.rows[record_id] for record_id in pair)
        found = {f: outcome(f, left[c], right[c]) for f, c in self.columns.items()}
        return " ".join(f"{field}{sign}" for field, sign in found.items() if sign)

    def kinds(self, pair: Pair) -> str:
        return "+".join(sorted(str(self.truth[record_id].get("kind", "")) for record_id in pair))

    def noise(self, pair: Pair) -> set[str]:
        return {
            word
            for record_id in pair
            for word in str(self.truth[record_id].get("noise", "")).split()
        }

    def line(self, record_id: str) -> str:
        row = self.rows[record_id]
        return f"{record_id}: " + " | ".join(row[c] or "-" for c in self.columns.values())


def report(title: str, pairs: list[Pair], looking: Looking, *, examples: int, most: int) -> None:
    """Print counts by band, by kind and by what the values say."""
    print(f"\n## {title}: {len(pairs)} pairs")
    print("bands:", dict(Counter(looking.band(pair).split()[0] for pair in pairs).most_common()))
    print("kinds:", dict(Counter(looking.kinds(pair) for pair in pairs).most_common(8)))
    grouped: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        grouped[looking.signature(pair)].append(pair)
    for signature, group in islice(sorted(grouped.items(), key=lambda item: -len(item[1])), most):
        print(f"\n{len(group)} x {signature or 'nothing in common said'}")
        for left, right in group[:examples]:
            print(f"    [{looking.band((left, right))}; {looking.kinds((left, right))}]")
            print(f"    {looking.line(left)}\n    {looking.line(right)}")


def noise_table(lost: list[Pair], true: Iterable[Pair], looking: Looking) -> None:
    """Print for each noise how many of the true pairs that have it were lost."""
    all_counts = Counter(word for pair in true for word in looking.noise(pair))
    lost_counts = Counter(word for pair in lost for word in looking.noise(pair))
    if not all_counts:
        return
    print("\n## Lost by what was done to a record (share of the true pairs that have it)")
    for word, count in sorted(lost_counts.items(), key=lambda item: -item[1])[:25]:
        print(f"{count:6} {count / all_counts[word]:7.1%}  {word}")


def main() -> None:
    """Print both reports for one set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--examples", type=int, default=3)
    parser.add_argument("--most", type=int, default=12, help="kinds to show")
    options = parser.parse_args()
    record_set = read_set(options.path)
    folder = options.kept / record_set.name
    found = pd.read_csv(folder / "clusters.csv", dtype=str).set_index("id")["cluster"]
    pairs = pd.read_csv(folder / "pairs.csv", dtype=str, keep_default_na=False)
    looking = Looking(record_set, pairs)
    true = record_set.truth["cluster"]
    lost = [pair for pair in pairs_within(true) if found[pair[0]] != found[pair[1]]]
    false = [pair for pair in pairs_within(found) if true[pair[0]] != true[pair[1]]]
    shown = {"examples": options.examples, "most": options.most}
    report("Lost", lost, looking, **shown)
    noise_table(lost, pairs_within(true), looking)
    report("Joined wrongly", false, looking, **shown)


if __name__ == "__main__":
    main()
