"""What the header of a column says that the column is."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mastersync.domain.resolution_input.spellings import (
    ANSWERS,
    BARE_NAMES,
    DISTINCTIVE,
    ENDINGS,
    FIELD_SPELLINGS,
    FILLERS,
    OF_OTHERS,
    OF_THE_VALUE,
    OF_THINGS,
    QUALIFIERS,
    TIMES,
)

_NOT_OF_ASCII = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d"})
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_NUMERO = re.compile(r"\b[Nn][°º]")
_E_MAIL = re.compile(r"\be[ _-]mail", re.IGNORECASE)
_LEAST_SURE = 10_000
_A_QUALIFIER = 100


@dataclass(frozen=True, kw_only=True, order=True)
class HeaderReading:
    """One field that a header may mean; of two columns the one of lower ``rank`` is the field."""

    rank: int
    field: str


def header_words(header: str) -> list[str]:
    """Return the words of a header in lower case, without accents.

    >>> header_words("Billing_PostalCode"), header_words("Straße"), header_words("E-Mail 2")
    (['billing', 'postal', 'code'], ['strasse'], ['email', '2'])
    """
    text = _HUMP.sub(" ", _E_MAIL.sub("email", _NUMERO.sub("no ", header)))
    plain = unicodedata.normalize("NFKD", text.lower().translate(_NOT_OF_ASCII))
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def squash(header: str) -> str:
    """Return the form of a header in which spellings are listed: letters and digits alone."""
    return "".join(header_words(header))


def label(header: str) -> str:
    """Return a header as the label of weak evidence, the same in all files that spell it alike."""
    return "_".join(header_words(header)) or header.strip()


def says_nothing(header: str) -> bool:
    """Say whether a header is only a place-holder, such as ``col1``, ``F3`` or ``Unnamed: 2``."""
    words = re.findall(r"[^\W\d_]+", " ".join(header_words(header)))
    return all(word in FILLERS or len(word) == 1 for word in words)


def may_hold_the_answer(header: str) -> bool:
    """Say whether a column may say already which records are the same."""
    return squash(header) in ANSWERS


def is_a_time(header: str) -> bool:
    """Say whether a column tells when something happened to the row."""
    return squash(header) in TIMES


def is_of_others(header: str) -> bool:
    """Say whether a column is about somebody else, such as the account's owner or a referrer."""
    return not OF_OTHERS.isdisjoint(header_words(header))


def is_bare_name(header: str) -> bool:
    """Say whether a header says "name" and no more: of a company, a person, or part of it."""
    return squash(header) in BARE_NAMES


def exact_reading(header: str) -> str:
    """Return the field whose spelling a header is as it stands, or "" when there is none."""
    return _SPELLINGS.get(squash(header), (("", 0),))[0][0]


def readings(header: str) -> list[HeaderReading]:
    """Return the fields that a header may mean, the likeliest first; none when it says nothing."""
    words = header_words(_IN_BRACKETS.sub(" ", header)) or header_words(header)
    found = {reading.field: reading for reading in reversed(list(_readings(words)))}
    return sorted(found.values())


def _readings(words: list[str]) -> Iterator[HeaderReading]:
    for without, rank in _shortened(words):
        matches = _SPELLINGS.get("".join(without), ())
        for order, (field, position) in enumerate(matches):
            yield HeaderReading(rank=rank + position + order, field=field)
        if matches:
            return
    if not OF_OTHERS.isdisjoint(words) or not OF_THE_VALUE.isdisjoint(words):
        return
    telling = next((DISTINCTIVE[word] for word in words if word in DISTINCTIVE), None)
    for order, found in enumerate((telling, _at_the_end(words))):
        if found is not None:
            yield HeaderReading(rank=_LEAST_SURE + order, field=found)


def _at_the_end(words: list[str]) -> str | None:
    """Return the field that the last words spell, as paths do: "RegAddress.PostTown"."""
    while words and words[-1] in ENDINGS:
        words = words[:-1]
    for start in range(1, len(words)):
        if words[start - 1] in OF_THINGS:
            return None
        for field, _ in _SPELLINGS.get("".join(words[start:]), ()):
            if field not in {"id", "source", "party_type"}:
                return field
    return None


def _shortened(words: list[str]) -> Iterator[tuple[list[str], int]]:
    """Yield the words, then with fewer and fewer of those that only qualify the one that counts."""
    yield words, 0
    rank, start, end = 0, 0, len(words)
    while end - start > 1 and words[end - 1] in ENDINGS:
        end -= 1
        yield words[start:end], rank
    while end - start > 1 and words[start] in _QUALIFIER_RANKS:
        rank = max(rank, _QUALIFIER_RANKS[words[start]])
        start += 1
        yield words[start:end], rank


def _spellings() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for field, spellings in FIELD_SPELLINGS.items():
        for position, spelling in enumerate(dict.fromkeys(spellings.split())):
            found[spelling] = (*found.get(spelling, ()), (field, position))
    return found


_SPELLINGS = _spellings()
_QUALIFIER_RANKS = {
    word: _A_QUALIFIER * (position + 1) for position, word in reversed([*enumerate(QUALIFIERS)])
}
