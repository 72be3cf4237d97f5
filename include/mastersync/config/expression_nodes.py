"""From the parts of an allowed expression to one function; no code is made and none is run."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from jinja2 import nodes

from mastersync.config.expression_filters import FILTERS, MAX_RESULT
from mastersync.domain.records.arithmetic import (
    NoResultError,
    Value,
    calculated,
    in_order,
    negated,
    same_number,
    text_of_value,
)

# What a field may be where an expression is evaluated; None, "" and absent are unknown.
FieldValue = str | Decimal | int | bool | None
Formula = Callable[[Mapping[str, FieldValue]], Value]
Comparison = Callable[[Value, Value], bool]

_SIGNS: Mapping[type[nodes.Node], str] = {
    nodes.Add: "+",
    nodes.Sub: "-",
    nodes.Mul: "*",
    nodes.Div: "/",
}
_TEXT_ORDER: Mapping[str, Callable[[str, str], bool]] = {
    "lt": lambda left, right: left < right,
    "lteq": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "gteq": lambda left, right: left >= right,
}


def formula_of(node: nodes.Node, *, numbers: frozenset[str]) -> Formula:
    """Return the function of a checked expression; fields in ``numbers`` compare as such."""
    if isinstance(node, nodes.Name):
        return _field(node.name)
    if isinstance(node, nodes.Const):
        return _constant(node.value)
    parts = [formula_of(child, numbers=numbers) for child in _parts(node)]
    if isinstance(node, nodes.Filter):
        return _filtered(node, parts[0])
    if isinstance(node, nodes.Compare):
        return _compared(node, parts, numbers)
    if type(node) in _SIGNS:
        return _arithmetic(_SIGNS[type(node)], *parts)
    return _JOINING[type(node)](parts)


def _parts(node: nodes.Node) -> list[nodes.Node]:
    if isinstance(node, nodes.Filter):
        return [] if node.node is None else [node.node]
    if isinstance(node, nodes.CondExpr):
        return [part for part in (node.test, node.expr1, node.expr2) if part is not None]
    if isinstance(node, nodes.Compare):
        operands = [operand.expr for operand in node.ops]
        return [
            node.expr,
            *(one for one in operands if not isinstance(one, nodes.List | nodes.Tuple)),
        ]
    return list(node.iter_child_nodes())


def _field(name: str) -> Formula:
    def value(fields: Mapping[str, FieldValue]) -> Value:
        found = fields.get(name)
        if isinstance(found, str):
            if len(found) > MAX_RESULT:
                raise NoResultError(f"it reads more than {MAX_RESULT} characters.")
            return found
        if found is None:
            return ""
        return found if isinstance(found, bool | Decimal) else Decimal(found)

    return value


def _constant(value: str | float) -> Formula:
    constant = value if isinstance(value, str) else Decimal(str(value))
    return lambda _: constant


def _arithmetic(sign: str, left: Formula, right: Formula) -> Formula:
    return lambda fields: calculated(sign, left(fields), right(fields))


def _concatenation(parts: Sequence[Formula]) -> Formula:
    return lambda fields: _joined([part(fields) for part in parts])


def _joined(values: Sequence[Value]) -> str:
    text = "".join(map(text_of_value, values))
    if len(text) > MAX_RESULT:
        raise NoResultError(f"it gives more than {MAX_RESULT} characters.")
    return text


def _choice(parts: Sequence[Formula]) -> Formula:
    """Return the formula of ``a if test else b``; without ``else`` it is blank."""
    test, then = parts[:2]
    otherwise = parts[2] if len(parts) > 2 else _constant("")  # noqa: PLR2004 (test, then, else)
    return lambda fields: then(fields) if test(fields) else otherwise(fields)


def _both(parts: Sequence[Formula]) -> Formula:
    left, right = parts
    return lambda fields: left(fields) and right(fields)


def _either(parts: Sequence[Formula]) -> Formula:
    left, right = parts
    return lambda fields: left(fields) or right(fields)


def _opposite(parts: Sequence[Formula]) -> Formula:
    (part,) = parts
    return lambda fields: not part(fields)


def _negative(parts: Sequence[Formula]) -> Formula:
    (part,) = parts
    return lambda fields: negated(part(fields))


_JOINING: Mapping[type[nodes.Node], Callable[[Sequence[Formula]], Formula]] = {
    nodes.Concat: _concatenation,
    nodes.CondExpr: _choice,
    nodes.And: _both,
    nodes.Or: _either,
    nodes.Not: _opposite,
    nodes.Neg: _negative,
}


def _filtered(node: nodes.Filter, value: Formula) -> Formula:
    apply = FILTERS[node.name].apply
    constants = [item.value for item in node.args if isinstance(item, nodes.Const)]
    return lambda fields: apply(value(fields), *constants)


def _compared(node: nodes.Compare, parts: Sequence[Formula], numbers: frozenset[str]) -> Formula:
    """Return the formula of a comparison, which may be a chain: ``1 < a < 5``."""
    remaining = list(parts[1:])
    steps: list[tuple[Comparison, Formula]] = []
    left: nodes.Node = node.expr
    for operand in node.ops:
        right = operand.expr
        if isinstance(right, nodes.List | nodes.Tuple):
            steps.append((_within(right, negative=operand.op == "notin"), _constant("")))
            continue
        money = any(isinstance(one, nodes.Name) and one.name in numbers for one in (left, right))
        blank = any(isinstance(one, nodes.Const) and one.value == "" for one in (left, right))
        steps.append((_comparison(operand.op, numeric=money and not blank), remaining.pop(0)))
        left = right

    def holds(fields: Mapping[str, FieldValue]) -> bool:
        value = parts[0](fields)
        for compare, following in steps:
            other = following(fields)
            if not compare(value, other):
                return False
            value = other
        return True

    return holds


def _comparison(operator: str, *, numeric: bool) -> Comparison:
    """Return what ``==``, ``<``, ``in`` ... do: as numbers where one is, else as texts."""

    def compare(left: Value, right: Value) -> bool:
        as_numbers = numeric or isinstance(left, Decimal) or isinstance(right, Decimal)
        if operator in _TEXT_ORDER:
            if as_numbers:
                return in_order(operator, left, right)
            return _TEXT_ORDER[operator](text_of_value(left), text_of_value(right))
        if operator in {"in", "notin"}:
            return (text_of_value(left) in text_of_value(right)) is (operator == "in")
        same = same_number(left, right) if as_numbers else left == right
        return same is (operator == "eq")

    return compare


def _within(choices: nodes.List | nodes.Tuple, *, negative: bool) -> Comparison:
    constants = [item.value for item in choices.items if isinstance(item, nodes.Const)]
    same = _comparison("eq", numeric=False)
    values = [one if isinstance(one, str) else Decimal(str(one)) for one in constants]
    return lambda left, _: any(same(left, value) for value in values) is not negative
