"""How a registered company stands: the same for every agency, each says it in its own words."""

import sqlite3

from mastersync.sandbox.seed.records import number, share


def is_active(company: sqlite3.Row) -> bool:
    return not share(3, "dissolved", company["id"])


def score(company: sqlite3.Row) -> int:
    """Returns: 1 (worst) to 100."""
    if not is_active(company):
        return 1
    return 15 + number("score", company["id"]) % 86


def limit(company: sqlite3.Row) -> int:
    """Grows with the square of the score; a dissolved company has none."""
    if not is_active(company):
        return 0
    spread = 1 + number("size", company["id"]) % 9
    return round(score(company) ** 2 * spread, -2)


def risk_class(company: sqlite3.Row) -> int:
    """Returns: 1 (best) to 5."""
    return next(
        (rank for rank, bound in enumerate((80, 60, 40, 20), start=1) if score(company) >= bound), 5
    )


def has_moved(company: sqlite3.Row) -> bool:
    """Whether an agency still has the address of before, and no number: a doubtful match."""
    return share(8, "moved", company["id"])
