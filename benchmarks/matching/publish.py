"""Write measured tables into a page, between its marks.

    python -m benchmarks.matching.publish --page docs/matching-results.md --quality Q.json ...

A table stands between ``<!-- quality -->`` and ``<!-- end -->``; what is not given stays as it was.
"""

import argparse
import json
import re
from pathlib import Path

from benchmarks.matching import quality, speed, steps


def put(page: str, mark: str, text: str) -> str:
    """Return the page with what stands at a mark replaced."""
    pattern = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"the page has no mark <!-- {mark} -->")
    return pattern.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page)


def main() -> None:
    """Replace the tables that are given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--page", type=Path, required=True)
    for name in ("quality", "made", "speed", "names", "steps", "steps-before"):
        parser.add_argument(f"--{name}", type=Path, help="JSON of that script")
    options = parser.parse_args()
    page = options.page.read_text("utf-8")
    for mark in ("quality", "made"):
        if path := getattr(options, mark):
            rows = json.loads(path.read_text("utf-8"))
            page = put(page, mark, quality.table(rows, quality.COLUMNS))
    if options.speed:
        rows = json.loads(options.speed.read_text("utf-8"))["rows"]
        page = put(page, "speed", quality.table(rows, speed.COLUMNS))
    if options.names:
        rows = json.loads(options.names.read_text("utf-8"))
        page = put(page, "names", quality.table(rows, {name: name for name in rows[0]}))
    for mark in ("steps", "steps-before"):
        if path := getattr(options, mark.replace("-", "_")):
            page = put(
                page, mark, quality.table(json.loads(path.read_text("utf-8")), steps.COLUMNS)
            )
    options.page.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
