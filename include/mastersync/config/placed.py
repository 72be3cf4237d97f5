"""Mistakes that a whole section is needed to see, at the places where they are."""

from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from mastersync.config.mistakes import Place

Placed = tuple[Place, PydanticCustomError]


def raise_placed(mistakes: Iterable[Placed]) -> None:
    """Raise what a validator of a section found, each at its place below the section; if any."""
    found = [InitErrorDetails(type=what, loc=place, input=None) for place, what in mistakes]
    if found:
        raise ValidationError.from_exception_data("section", found)
