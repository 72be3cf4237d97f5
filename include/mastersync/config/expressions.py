"""Expressions of client files: small formulas over the golden fields, and nothing more.

Jinja's grammar, its sandbox, and on top of both a list of what is allowed: everything else, also
what a later Jinja may add, is refused. ``given_name ~ " " ~ surname``; ``name | upper | left(30)``;
``"B2B" if party_type == "company" else "B2C"``.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import TemplateError, nodes
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mastersync.config.mistakes import did_you_mean
from mastersync.domain.records.fields import FIELDS

MAX_TEXT = 500
MAX_RESULT = 2_000
_MAX_NESTING = 20

_ALLOWED = (
    nodes.Name,
    nodes.Const,
    nodes.Concat,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)


def _bounded(text: str) -> str:
    if len(text) > MAX_RESULT:
        raise ValueError(f"An expression gives more than {MAX_RESULT} characters.")
    return text


def _replace(text: object, old: str, new: str) -> str:
    # Before it is built: each replace could make a text of 2,000 a hundred times longer.
    source = str(text)
    growth = source.count(old) * (len(new) - len(old))
    if len(source) + growth > MAX_RESULT:
        raise ValueError(f"An expression gives more than {MAX_RESULT} characters.")
    return source.replace(old, new)


_FILTERS: dict[str, tuple[Callable[..., str], tuple[type, ...]]] = {
    "upper": (lambda text: str(text).upper(), ()),
    "lower": (lambda text: str(text).lower(), ()),
    "title": (lambda text: str(text).title(), ()),
    "trim": (lambda text: str(text).strip(), ()),
    "digits": (lambda text: re.sub(r"[^0-9]", "", str(text)), ()),
    "left": (lambda text, count: str(text)[: max(count, 0)], (int,)),
    "right": (lambda text, count: str(text)[-count:] if count > 0 else "", (int,)),
    "default": (lambda text, other: str(text) or other, (str,)),
    "replace": (_replace, (str, str)),
}
"""Filter name -> what it does, and the constants it takes."""


class ExpressionError(ValueError):
    """The text is no allowed expression; the message says why and how to mend it."""


def compile_expression(text: str) -> Callable[[Mapping[str, str]], str]:
    """Return a function from golden fields to text, at most 2,000 characters.

    The function raises ValueError when the result would be longer.

    Raises:
        ExpressionError: the text is no expression, or uses what is not allowed.
    """
    if len(text) > MAX_TEXT:
        raise ExpressionError(f"The expression is longer than {MAX_TEXT} characters.")
    try:
        expression = _parsed(text)
        _check(expression, depth=0)
        formula = _ENVIRONMENT.compile_expression(text, undefined_to_none=False)
    except TemplateError as error:
        raise ExpressionError(f"This is no expression: {error.message}.") from None
    except (RecursionError, MemoryError, SyntaxError):
        raise ExpressionError("The expression is nested too deeply.") from None

    def evaluate(fields: Mapping[str, str]) -> str:
        known = {name: _bounded(fields.get(name, "")) for name in FIELDS}
        return _bounded(str(formula(**known)))

    return evaluate


def fields_read(text: str) -> frozenset[str]:
    """Return the golden fields that an allowed expression reads."""
    expression = _parsed(text)
    nodes_of_it = (expression, *expression.find_all(nodes.Name))
    return frozenset(node.name for node in nodes_of_it if isinstance(node, nodes.Name))


class _Environment(ImmutableSandboxedEnvironment):
    """No globals, no tests, our own filters; attributes and calls are refused twice."""

    def __init__(self) -> None:
        super().__init__(autoescape=False, cache_size=0)
        self.globals = {}
        self.tests = {}
        self.filters = {name: function for name, (function, _) in _FILTERS.items()}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 (Jinja's)
        return False

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 (Jinja's)
        return False


_ENVIRONMENT = _Environment()


def _parsed(text: str) -> nodes.Expr:
    parser = Parser(_ENVIRONMENT, text, state="variable")
    expression = parser.parse_expression()
    if not parser.stream.eos:
        raise ExpressionError("There is something after the end of the expression.")
    return expression


def _check(node: nodes.Node, *, depth: int) -> None:
    if depth > _MAX_NESTING:
        raise ExpressionError("The expression is nested too deeply.")
    if not isinstance(node, _ALLOWED):
        raise ExpressionError(_refusal(node))
    if isinstance(node, nodes.Name) and node.name not in FIELDS:
        near = did_you_mean(node.name, FIELDS)
        raise ExpressionError(f"There is no field '{node.name}'. {near}".strip())
    if isinstance(node, nodes.Const) and not isinstance(node.value, str):
        raise ExpressionError("Only texts in quotes and fields are values; quote the constant.")
    if isinstance(node, nodes.Filter):
        _check_filter(node, depth=depth)
        return
    for child in node.iter_child_nodes():
        _check(child, depth=depth + 1)


def _check_filter(node: nodes.Filter, *, depth: int) -> None:
    if node.name not in _FILTERS:
        near = did_you_mean(node.name, _FILTERS)
        raise ExpressionError(f"There is no filter '{node.name}'. {near}".strip())
    _, wanted = _FILTERS[node.name]
    given = tuple(type(item.value) if isinstance(item, nodes.Const) else None for item in node.args)
    if given != wanted or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
        takes = ", ".join("a number" if kind is int else "a text" for kind in wanted) or "nothing"
        raise ExpressionError(f"The filter '{node.name}' takes {takes} in its brackets.")
    _check(node.node, depth=depth + 1)


def _refusal(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr | nodes.Getitem | nodes.NSRef):
        return "Attributes and indexes are not allowed; use the filters 'left' and 'right'."
    if isinstance(node, nodes.Call):
        return "Calls are not allowed; use a filter, as in name | upper."
    if isinstance(node, nodes.Add):
        return "'+' is not allowed; join texts with '~'."
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr):
        return "Arithmetic is not allowed."
    if isinstance(node, nodes.Test):
        return "Tests with 'is' are not allowed; compare with '=='."
    return f"{type(node).__name__} is not allowed; only fields, texts, '~', if-else and filters."
