"""How long a customer's word stands."""

from collections.abc import Sequence

from mastersync.domain.golden.model import FieldValue


def standing_confirmations(
    confirmed: Sequence[FieldValue], said: Sequence[FieldValue]
) -> list[FieldValue]:
    """Return the newest confirmation of each field, unless a system has said otherwise since.

    A customer's word outranks what systems held when it was given. Who changes the value in a
    system afterwards knows something newer; what we wrote there ourselves is not news.
    """
    newest: dict[str, FieldValue] = {}
    for value in sorted(confirmed, key=lambda one: (one.observed_at, one.source_key)):
        newest[value.field] = value
    news = {
        value.field
        for value in said
        if (word := newest.get(value.field)) is not None
        and not value.is_echo
        and value.value != word.value
        and (value.modified_at or value.observed_at) > word.observed_at
    }
    return [value for field, value in newest.items() if field not in news]
