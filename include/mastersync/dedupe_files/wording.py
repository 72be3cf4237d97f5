"""Figures as people read them."""

from mastersync.domain.resolution_input.record_set import FileColumns

_NEARLY_ALL = 0.999
_LESS_THAN_ALL = 0.9999


def percent(share: float | None) -> str:
    """Return a share in percent, with as many digits as tell it from all.

    >>> percent(0.5), percent(0.9942), percent(0.99999), percent(None)
    ('50.0 %', '99.4 %', '99.99 %', 'unknown')
    """
    if share is None:
        return "unknown"
    digits = 2 if _NEARLY_ALL <= share < 1 else 1
    # Never 100 % of what is not all.
    shown = min(share, _LESS_THAN_ALL) if share < 1 else share
    return f"{100 * shown:.{digits}f} %"


def interval(low: float | None, high: float | None) -> str:
    """Return an interval of shares, or "" when it is not known."""
    return "" if low is None or high is None else f"{percent(low)} to {percent(high)}"


def precision_words(precision: float | None) -> str:
    """Return what a precision is of."""
    return "no automatic merges" if precision is None else "of automatic merges, estimated"


def recall_words(compared: float | None, low: float | None, high: float | None) -> str:
    """Return what a recall is of, and how many of the true pairs were compared at all."""
    if compared is None:
        return "of true pairs joined, estimated; too few to tell how many were compared"
    between = f" ({interval(low, high)})" if percent(low) != percent(high) else ""
    return f"of true pairs joined, estimated; {percent(compared)} were compared{between}"


def rows(count: int) -> str:
    """Return a number of rows.

    >>> rows(1), rows(1200)
    ('1 row', '1,200 rows')
    """
    return "1 row" if count == 1 else f"{count:,} rows"


def names_of(files: tuple[FileColumns, ...]) -> str:
    """Return the names of files in one phrase."""
    return " and ".join(found.file for found in files)
