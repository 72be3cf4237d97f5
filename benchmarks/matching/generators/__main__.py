"""Make records with known truth, since those at hand are what one develops on.

    python -m benchmarks.matching.generators KIND FOLDER [--records 10000] [--seed 1]

The same seed gives the same files. ``truth_clusters.csv`` also says what kind of customer a record
is of, and what was done to it. Needs the dependency group ``benchmark`` (for names of countries).
"""

import argparse
import time
from pathlib import Path

from benchmarks.matching.generators import (
    business_set,
    countries_and_scripts,
    organisations,
    persons,
)
from benchmarks.matching.generators.writing import write_set

MAKERS = {
    "business": (business_set.COLUMNS, business_set.business_records),
    "persons": (persons.NARROW, persons.narrow_records),
    "persons-wide": (persons.WIDE, persons.wide_records),
    "two-guides": (organisations.COLUMNS, organisations.records_of_two_guides),
    "scripts": (countries_and_scripts.COLUMNS, countries_and_scripts.records_in_two_scripts),
}


def main() -> None:
    """Write one set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=MAKERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    columns, make = MAKERS[options.kind]
    started = time.process_time()
    made = make(records=options.records, seed=options.seed)
    count = write_set(options.folder, columns, made, seed=options.seed)
    print(f"{count:,} records in {options.folder}, {time.process_time() - started:.1f} CPU s")


if __name__ == "__main__":
    main()
