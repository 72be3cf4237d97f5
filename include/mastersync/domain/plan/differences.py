"""In what two plans differ, in words with ids and fields, never with a customer's values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def differences(planned: Mapping[str, Any], derived: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the content of a plan and what is derived now do not share.

    Args:
        planned: What `document.content_as_json` gave for the plan; ``derived`` for now.
    """
    for section, (noun, name_of) in _SECTIONS.items():
        before = {name_of(row): row for row in _rows(planned[section])}
        now = {name_of(row): row for row in _rows(derived[section])}
        for name in sorted(before.keys() | now.keys()):
            if name not in now:
                yield f"{noun} {name} was planned and is not needed now"
            elif name not in before:
                yield f"{noun} {name} is new"
            elif before[name] != now[name]:
                yield f"{noun} {name} is another now{_in_which(before[name], now[name])}"
    for words in derived["over"]:
        if words not in planned["over"]:
            yield f"a limit is passed now: {words}"


def _in_which(before: object, now: object) -> str:
    """Name the fields of a write that differ."""
    if not (isinstance(before, Mapping) and isinstance(now, Mapping) and "after" in before):
        return ""
    sides = (before["after"], now["after"], before["before"], now["before"])
    if not all(isinstance(side, Mapping) for side in sides):
        return ""
    after, after_now, held, held_now = sides
    paths = sorted(
        path
        for path in after.keys() | after_now.keys()
        if after.get(path, _NONE) != after_now.get(path, _NONE)
        or held.get(path) != held_now.get(path)
    )
    return f": {', '.join(paths)}" if paths else ""


_NONE = object()


def _rows(section: Any) -> Iterable[Any]:  # noqa: ANN401 (JSON)
    return section.items() if isinstance(section, Mapping) else section


def _write(row: Row) -> str:
    return f"{row['target']} {row['key'] or 'new record of ' + row['customer_id']}"


# What leaves the house first: of many differences, only the first are told.
_SECTIONS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "writes": ("write", _write),
    "orders": ("order", lambda row: f"{row['agency']} {row['customer_id']}"),
    "mailed": ("mail to", str),
    "identity": ("identity", lambda row: f"{row['from_customer_id']} → {row['to_customer_id']}"),
    "created": ("customer", lambda row: row["customer_id"]),
    "golden": ("golden value", lambda row: f"{row['customer_id']} {row['field']}"),
    "formed": ("golden record", lambda item: item[0]),
    "tickets": ("ticket", lambda row: row["title"]),
    "waiting": ("waiting:", lambda row: f"{row['waiting_for']} {row['why']}".strip()),
}


def first_differences(
    planned: Mapping[str, Any], derived: Mapping[str, Any], *, most: int = 10
) -> Sequence[str]:
    """Return the first differences, and how many more there are."""
    found = list(differences(planned, derived))
    rest = len(found) - most
    return found[:most] + ([f"and {rest} more"] if rest > 0 else [])
