"""The filters of expressions: ``name | upper | left(30)``, ``credit_limit | round(2)``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mastersync.domain.records.arithmetic import (
    NoResultError,
    Value,
    number_of,
    rounded,
    text_of_value,
)

MAX_RESULT = 2_000


@dataclass(frozen=True)
class Filter:
    """What a filter does with a value, and the constants that it takes."""

    apply: Callable[..., Value]
    takes: tuple[type, ...] = ()


def _on_text(function: Callable[..., str]) -> Callable[..., Value]:
    return lambda value, *constants: function(text_of_value(value), *constants)


def _replace(text: str, old: str, new: str) -> str:
    # Before it is built: each replace could make a text of 2,000 a hundred times longer.
    growth = text.count(old) * (len(new) - len(old))
    if len(text) + growth > MAX_RESULT:
        raise NoResultError(f"it gives more than {MAX_RESULT} characters.")
    return text.replace(old, new)


def _number(value: Value) -> Value:
    number = number_of(value)
    return "" if number is None else number


def _default(value: Value, other: str) -> Value:
    return other if value == "" else value


NUMERIC_FILTERS = frozenset({"number", "round"})
FILTERS: Mapping[str, Filter] = {
    "upper": Filter(_on_text(str.upper)),
    "lower": Filter(_on_text(str.lower)),
    "title": Filter(_on_text(str.title)),
    "trim": Filter(_on_text(str.strip)),
    "digits": Filter(_on_text(lambda text: re.sub(r"[^0-9]", "", text))),
    "left": Filter(_on_text(lambda text, count: text[: max(count, 0)]), (int,)),
    "right": Filter(_on_text(lambda text, count: text[-count:] if count > 0 else ""), (int,)),
    "default": Filter(_default, (str,)),
    "replace": Filter(_on_text(_replace), (str, str)),
    "number": Filter(_number),
    "round": Filter(rounded, (int,)),
}
"""Filter name -> what it does."""
