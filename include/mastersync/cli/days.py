"""Days and moments as people type them."""

from datetime import datetime

import typer

DAY = "YYYY-MM-DD"
MOMENT = "YYYY-MM-DD[THH:MM]"
_DAY = "%Y-%m-%d"
_MOMENTS = (_DAY, "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


def day(text: str) -> datetime:
    """Read a day, for an option's ``parser``.

    >>> day("2026-11-22")
    datetime.datetime(2026, 11, 22, 0, 0)
    """
    try:
        return datetime.strptime(text, _DAY)  # noqa: DTZ007 (whose zone it is in, the command says)
    except ValueError:
        raise typer.BadParameter(
            f"'{text}' is no day. Write year, month and day, as in 2026-11-22."
        ) from None


def moment(text: str) -> datetime:
    """Read a day, or a day with a time, for an option's ``parser``.

    >>> moment("2026-11-22T14:30")
    datetime.datetime(2026, 11, 22, 14, 30)
    """
    for form in _MOMENTS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (as above)
        except ValueError:
            continue
    raise typer.BadParameter(
        f"'{text}' is no day or moment. Write it as in 2026-11-22 or 2026-11-22T14:30."
    )
