"""Calculating with what customers' fields say: exact decimals, of bounded size.

A blank is unknown, and whatever is calculated from it is blank as well. A text that is no number
gives no result: nothing is guessed.
"""

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException

Value = str | Decimal | bool
Operation = Callable[[Decimal, Decimal], Decimal]

MAX_DIGITS = 18  # before the point, as in normal amounts
MAX_DECIMALS = 10
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,10})?", re.ASCII)
_LIMIT = Decimal(10) ** MAX_DIGITS
_EXACT = Context(prec=3 * MAX_DIGITS, rounding=ROUND_HALF_UP)
_FINEST = Decimal(1).scaleb(-MAX_DECIMALS)


class NoResultError(ValueError):
    """A formula has no result for this record. The words never hold what the record says."""


def number_of(value: Value) -> Decimal | None:
    """Return the number that a value is; None when it is blank.

    Raises:
        NoResultError: it is something else; grouped digits and exponents are something else too.
    """
    if isinstance(value, Decimal):
        return value
    text = value.strip() if isinstance(value, str) else str(value)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise NoResultError("it calculates with something that is no number.")
    return Decimal(text)


def calculated(operation: str, left: Value, right: Value) -> Value:
    """Return left + right, or -, *, / of them; "" when one is unknown.

    Raises:
        NoResultError: one is no number, it is divided by zero, or the result has more digits
            before the point than amounts may have.
    """
    first, second = number_of(left), number_of(right)
    if first is None or second is None:
        return ""
    if operation == "/" and not second:
        raise NoResultError("it divides by zero.")
    try:
        return bounded(_OPERATIONS[operation](first, second))
    except DecimalException:
        raise NoResultError("its result is no number.") from None


def rounded(value: Value, decimals: int) -> Value:
    """Return it with exactly so many decimals, halves away from zero; "" when unknown."""
    number = number_of(value)
    return "" if number is None else number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def negated(value: Value) -> Value:
    number = number_of(value)
    return "" if number is None else -number


def bounded(number: Decimal) -> Decimal:
    """Return the number with at most ten decimals and without idle noughts."""
    if not number.is_finite() or abs(number) >= _LIMIT:
        raise NoResultError(f"its result has more than {MAX_DIGITS} digits.")
    short = number.quantize(_FINEST, context=_EXACT) if _decimals(number) > MAX_DECIMALS else number
    plain = short.normalize(_EXACT)
    return plain.quantize(Decimal(1), context=_EXACT) if _exponent(plain) > 0 else plain


def text_of_value(value: Value) -> str:
    """Return a value as text; numbers plainly, without exponent."""
    if isinstance(value, Decimal):
        return format(value or abs(value), "f")
    return value if isinstance(value, str) else str(value)


def same_number(left: Value, right: Value) -> bool:
    """Say whether two values are one number; a blank is none."""
    first, second = number_of(left), number_of(right)
    return first == second


def in_order(operation: str, left: Value, right: Value) -> bool:
    """Say whether left < right, or <=, >, >= of them; never when one is unknown."""
    first, second = number_of(left), number_of(right)
    return first is not None and second is not None and COMPARISONS[operation](first, second)


COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "lt": lambda left, right: left < right,
    "lteq": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "gteq": lambda left, right: left >= right,
}
_OPERATIONS: Mapping[str, Operation] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "/": _EXACT.divide,
}


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _decimals(number: Decimal) -> int:
    return -_exponent(number)
