"""Expressions and conditions of client files: small formulas over fields, and nothing more.

Jinja's grammar, a list of what is allowed of it, and an evaluation of our own: everything else,
also what a later Jinja may add, is refused. ``given_name ~ " " ~ surname``;
``name | upper | left(30)``; ``"B2B" if party_type == "company" else "B2C"``;
``(credit_limit / 12) | round(2)``; ``segment == "KEY" and credit_limit >= 10000``.
"""

from collections.abc import Callable, Collection, Mapping

from jinja2 import Environment, TemplateError, nodes
from jinja2.parser import Parser

from mastersync.config.expression_filters import FILTERS, MAX_RESULT, NUMERIC_FILTERS
from mastersync.config.expression_nodes import FieldValue, formula_of
from mastersync.config.mistakes import did_you_mean
from mastersync.domain.records.arithmetic import (
    MAX_DECIMALS,
    MAX_DIGITS,
    NoResultError,
    text_of_value,
)
from mastersync.domain.records.fields import FIELDS, FieldKind

__all__ = [
    "MAX_RESULT",
    "MAX_TEXT",
    "ExpressionError",
    "compile_condition",
    "compile_expression",
    "fields_read",
    "gives_number",
]

MAX_TEXT = 500
_MAX_NESTING = 20

_ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Neg)
_LOGIC = (nodes.And, nodes.Or, nodes.Not, nodes.Compare)
_ALLOWED = (
    *(nodes.Name, nodes.Const, nodes.Concat, nodes.CondExpr, nodes.Operand, nodes.Filter),
    *_ARITHMETIC,
    *_LOGIC,
)
_MONEY = frozenset(name for name, field in FIELDS.items() if field.kind is FieldKind.MONEY)


class ExpressionError(ValueError):
    """The text is no allowed expression; the message says why and how to mend it."""


def compile_expression(text: str) -> Callable[[Mapping[str, str]], str]:
    """Return a function from golden fields to text, at most 2,000 characters.

    The function raises NoResultError (a ValueError) for a record that it has no result for:
    a division by zero, arithmetic on what is no number, a result that is too long.

    Raises:
        ExpressionError: the text is no expression, or uses what is not allowed.
    """
    formula = formula_of(_allowed(text, FIELDS), numbers=_MONEY)

    def evaluate(fields: Mapping[str, str]) -> str:
        result = text_of_value(formula(fields))
        if len(result) > MAX_RESULT:
            raise NoResultError(f"it gives more than {MAX_RESULT} characters.")
        return result

    return evaluate


def compile_condition(
    text: str, *, names: Collection[str] = FIELDS, numbers: Collection[str] = _MONEY
) -> Callable[[Mapping[str, FieldValue]], bool]:
    """Return a function that says whether a condition holds of some values.

    ``segment == "KEY"``; ``country in ["GB", "IE"] and credit_limit >= 10000``; a bare name holds
    when its value is stated. What is absent, None or "" is unknown: no ``<``, ``>`` or ``==`` with
    a number holds of it. The function raises NoResultError for a text compared as a number.

    Args:
        names: What may be asked about; the golden fields unless told.
        numbers: Those of them that hold numbers, and are compared as such.

    Raises:
        ExpressionError: the text is no condition, or uses what is not allowed.
    """
    expression = _allowed(text, names, numbers)
    if not isinstance(expression, (*_LOGIC, nodes.Name)):
        raise ExpressionError('This is no condition; compare something, as in segment == "KEY".')
    formula = formula_of(expression, numbers=frozenset(numbers))
    return lambda fields: bool(formula(fields))


def fields_read(text: str) -> frozenset[str]:
    """Return the golden fields that an allowed expression or condition reads."""
    expression = _parsed(text)
    nodes_of_it = (expression, *expression.find_all(nodes.Name))
    return frozenset(node.name for node in nodes_of_it if isinstance(node, nodes.Name))


def gives_number(text: str) -> bool:
    """Say whether an allowed expression gives a number whenever it gives anything."""
    return _is_number(_parsed(text), _MONEY)


_ENVIRONMENT = Environment(autoescape=False, cache_size=0)  # noqa: S701 (only its grammar is used)


def _allowed(text: str, names: Collection[str], numbers: Collection[str] = _MONEY) -> nodes.Expr:
    if len(text) > MAX_TEXT:
        raise ExpressionError(f"The expression is longer than {MAX_TEXT} characters.")
    try:
        expression = _parsed(text)
        _Check(names, numbers).check(expression, depth=0)
    except TemplateError as error:
        raise ExpressionError(f"This is no expression: {error.message}.") from None
    except (RecursionError, MemoryError):
        raise ExpressionError("The expression is nested too deeply.") from None
    return expression


def _parsed(text: str) -> nodes.Expr:
    parser = Parser(_ENVIRONMENT, text, state="variable")
    expression = parser.parse_expression()
    if not parser.stream.eos:
        raise ExpressionError("There is something after the end of the expression.")
    return expression


class _Check:
    """Refuses what is not on the list, with the remedy."""

    def __init__(self, names: Collection[str], numbers: Collection[str]) -> None:
        self._names = names
        self._numbers = numbers

    def check(self, node: nodes.Node, *, depth: int) -> None:
        if depth > _MAX_NESTING:
            raise ExpressionError("The expression is nested too deeply.")
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(_refusal(node))
        if isinstance(node, nodes.Name) and node.name not in self._names:
            near = did_you_mean(node.name, self._names)
            raise ExpressionError(f"There is no field '{node.name}'. {near}".strip())
        if isinstance(node, nodes.Const):
            _check_constant(node)
        if isinstance(node, nodes.Filter):
            self._check_filter(node, depth=depth)
            return
        if isinstance(node, nodes.Compare):
            self._check_comparison(node, depth=depth)
            return
        if isinstance(node, _ARITHMETIC):
            _check_arithmetic(node)
        for child in node.iter_child_nodes():
            self.check(child, depth=depth + 1)

    def _check_filter(self, node: nodes.Filter, *, depth: int) -> None:
        if node.name not in FILTERS:
            near = did_you_mean(node.name, FILTERS)
            raise ExpressionError(f"There is no filter '{node.name}'. {near}".strip())
        wanted = FILTERS[node.name].takes
        given = tuple(
            type(item.value) if isinstance(item, nodes.Const) else None for item in node.args
        )
        if given != wanted or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
            kinds = ("a whole number" if kind is int else "a text" for kind in wanted)
            takes = ", ".join(kinds) or "nothing"
            raise ExpressionError(f"The filter '{node.name}' takes {takes} in its brackets.")
        for item in node.args:
            _check_argument(node.name, item)
        self.check(node.node, depth=depth + 1)

    def _check_comparison(self, node: nodes.Compare, *, depth: int) -> None:
        left: nodes.Node = node.expr
        self.check(left, depth=depth + 1)
        for operand in node.ops:
            right = operand.expr
            if operand.op in {"in", "notin"} and isinstance(right, nodes.List | nodes.Tuple):
                self._check_choices(right)
            else:
                self.check(right, depth=depth + 1)
            self._check_kinds(left, right)
            left = right

    def _check_choices(self, choices: nodes.List | nodes.Tuple) -> None:
        for item in choices.items:
            if not isinstance(item, nodes.Const):
                raise ExpressionError('A list after \'in\' holds constants, as in ["GB", "IE"].')
            _check_constant(item)

    def _check_kinds(self, left: nodes.Node, right: nodes.Node) -> None:
        """A number in quotes would be compared letter by letter: "9" is more than "10"."""
        for one, other in ((left, right), (right, left)):
            quoted = isinstance(other, nodes.Const) and isinstance(other.value, str)
            if quoted and other.value and _is_number(one, self._numbers):  # type: ignore[attr-defined]
                raise ExpressionError("Compare a number with a number; leave out the quotes.")


def _check_constant(node: nodes.Const) -> None:
    if isinstance(node.value, bool) or not isinstance(node.value, str | int | float):
        raise ExpressionError("Only texts in quotes, numbers and fields are values.")
    if not isinstance(node.value, str) and len(str(abs(node.value))) > MAX_DIGITS:
        raise ExpressionError(f"A number has at most {MAX_DIGITS} digits.")


def _check_argument(name: str, item: nodes.Expr) -> None:
    if (
        name in NUMERIC_FILTERS
        and isinstance(item, nodes.Const)
        and not 0 <= item.value <= MAX_DECIMALS
    ):
        raise ExpressionError(f"The filter '{name}' takes 0 to {MAX_DECIMALS} decimals.")


def _check_arithmetic(node: nodes.Node) -> None:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Concat) or (
            isinstance(child, nodes.Const) and isinstance(child.value, str)
        ):
            raise ExpressionError("Only numbers are calculated with; join texts with '~'.")


def _is_number(node: nodes.Node, numbers: Collection[str]) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, int | float)
    if isinstance(node, nodes.Name):
        return node.name in numbers
    if isinstance(node, nodes.CondExpr):
        return _is_number(node.expr1, numbers) and (
            node.expr2 is not None and _is_number(node.expr2, numbers)
        )
    if isinstance(node, nodes.Filter):
        return node.name in NUMERIC_FILTERS
    return isinstance(node, _ARITHMETIC)


def _refusal(node: nodes.Node) -> str:
    for kinds, why in _REFUSALS:
        if isinstance(node, kinds):
            return why
    what = type(node).__name__
    return f"{what} is not allowed; only fields, texts, numbers, '~', + - * /, if-else and filters."


_REFUSALS: tuple[tuple[tuple[type[nodes.Node], ...], str], ...] = (
    (
        (nodes.Getattr, nodes.Getitem, nodes.NSRef),
        "Attributes and indexes are not allowed; use the filters 'left' and 'right'.",
    ),
    ((nodes.Call,), "Calls are not allowed; use a filter, as in name | upper."),
    ((nodes.Pow,), "Powers are not allowed; multiply."),
    (
        (nodes.BinExpr, nodes.UnaryExpr),
        "Only + - * / calculate; use the filter 'round' for whole numbers.",
    ),
    ((nodes.Test,), "Tests with 'is' are not allowed; compare with '=='."),
    ((nodes.List, nodes.Tuple), "A list is allowed after 'in' only."),
)
