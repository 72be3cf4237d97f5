"""How long a customer's word stands, and how long it outranks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mastersync.domain.golden.contest import place_in_order
from mastersync.domain.golden.model import FieldValue, ValueKind


@dataclass(frozen=True, kw_only=True)
class Words:
    """What customers said of a field or group, sorted by what it is worth now.

    ``standing`` is the newest word on each field; what has decayed of it is of the kind LAPSED.
    ``overtaken`` was said otherwise since, by the customer or by a system.
    ``lapses_at`` is when the next of it decays.
    """

    standing: Sequence[FieldValue]
    overtaken: Sequence[FieldValue]
    lapses_at: datetime | None


def weigh_words(
    confirmed: Sequence[FieldValue],
    said: Sequence[FieldValue],
    *,
    days: int | None,
    now: datetime,
) -> Words:
    """Return what the customer's words are worth.

    A customer's word outranks what systems held when it was given. Who changes the value in a
    system afterwards knows something newer; what we wrote there ourselves is not news. After
    ``days`` (None: never) what nobody has contradicted is one source among others.
    """
    if not confirmed:
        return Words(standing=(), overtaken=(), lapses_at=None)
    standing = standing_confirmations(confirmed, said)
    kept = {id(value) for value in standing}
    overtaken = [value for value in confirmed if id(value) not in kept]
    if days is None:
        return Words(standing=standing, overtaken=overtaken, lapses_at=None)
    ends = [lapses_at(value, days=days) for value in standing]
    return Words(
        standing=[
            replace(value, kind=ValueKind.LAPSED) if end <= now else value
            for value, end in zip(standing, ends, strict=True)
        ],
        overtaken=overtaken,
        lapses_at=min((end for end in ends if end > now), default=None),
    )


def lapses_at(word: FieldValue, *, days: int) -> datetime:
    """Return when a word stops outranking."""
    return word.said_at + timedelta(days=days)


def _in_time(word: FieldValue) -> tuple[object, ...]:
    """Return the order in which words were given, and a total one of those given at once."""
    return word.observed_at, word.source_key, word.value, place_in_order(word)


def standing_confirmations(
    confirmed: Sequence[FieldValue], said: Sequence[FieldValue]
) -> list[FieldValue]:
    """Return the newest confirmation of each field, unless a system has said otherwise since."""
    newest: dict[str, FieldValue] = {}
    for value in sorted(confirmed, key=_in_time):
        newest[value.field] = value
    news = {
        value.field
        for value in said
        if (word := newest.get(value.field)) is not None
        and not value.is_echo
        and value.value != word.value
        and value.said_at > word.observed_at
    }
    return [value for field, value in newest.items() if field not in news]
