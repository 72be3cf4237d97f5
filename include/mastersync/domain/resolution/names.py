"""Names as words: what tells a customer from others, apart from legal form, title and branch."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.resolution.similarity import letters
from mastersync.domain.resolution.vocabulary.legal_form_words import FORM_PAIRS, forms_in
from mastersync.domain.resolution.vocabulary.legal_forms import (
    GLUED_FORMS,
    LEGAL_FAMILIES,
    LEGAL_FORMS,
)
from mastersync.domain.resolution.vocabulary.nicknames import nickname_group
from mastersync.domain.resolution.vocabulary.scripts import fold_name
from mastersync.domain.resolution.vocabulary.titles import GENERATIONS, JUNIORS, TITLES
from mastersync.domain.resolution.vocabulary.words import (
    BRANCH_WORDS,
    GENERIC_WORDS,
    GROUP_WORDS,
    SISTER_WORDS,
    STOP_WORDS,
    TRADE_SYNONYMS,
)
from mastersync.domain.resolution.words import (
    Codes,
    Distinct,
    Flags,
    Hashes,
    Words,
    hash_words,
    joined,
    read_plain,
    restate,
    split_words,
)

WIDTH: Final = 6
GIVEN: Final = 1
SURNAME: Final = 2
_LOOKS_COMPANY: Final = 1
_LOOKS_PERSON: Final = 2
_LEGAL_WORDS: Final = frozenset(
    word for phrase in LEGAL_FORMS for word in phrase.split() if " " not in phrase
)
_LEGAL_PARTS: Final = frozenset(
    ("co", "company", "private", "und", "and", "et", "mit", "beschrankter", "haftung")
)
_SISTERS: Final = frozenset(TRADE_SYNONYMS.get(w, w) for w in GROUP_WORDS | SISTER_WORDS)
_SHORT: Final = 3
_REST_OF_GLUED: Final = 4
_NOT_IN_PERSONS: Final = re.compile(r"[0-9&]")
# What follows is another name of the same company; "p" before a legal form is "private".
_AFTER_ALIAS: Final = re.compile(
    r" (?:t a|trading as|dba|d b a|doing business as|aka|a k a|formerly|fka|f k a) [^\n]*"
    r"| p(?= (?:ltd|limited)\b)"
)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The distinct words of a kind of text, and what is known of each."""

    words: NDArray[np.object_]
    hashes: Hashes
    letters: NDArray[np.uint64]
    first: NDArray[np.int32]
    generic: Flags
    initial: Flags
    branch: Flags
    sister: Flags
    length: Codes
    group: Codes


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names by record.

    Args:
        codes: Each record's distinct name, -1 where it has none.
        values: The distinct names as given, for words in explanations.
        core: The words of each distinct name that tell it from others, in their order.
        generation: Which of several of one name a person is (junior, third), 0 if not said.
        looks: COMPANY, PERSON or UNKNOWN, by the words of each distinct name.
        halves: Of each record, GIVEN or SURNAME where that is all of the name that it says, else 0.
        family: Of legal forms that may be said of one company (Ltd, Limited), 0 if none is said.
    """

    codes: Codes
    values: Sequence[str]
    core: Codes
    looks: Codes
    halves: Codes
    family: Codes
    generation: Codes
    vocabulary: Vocabulary

    @cached_property
    def squashed(self) -> list[str]:
        """Each distinct name in one word, in which run-together words are the same."""
        words = np.append(self.vocabulary.words, "")
        return [*map("".join, words[self.core].tolist())]

    @cached_property
    def squashed_lengths(self) -> Codes:
        """How long each squashed name is."""
        return np.array([len(name) for name in self.squashed], dtype=np.int32)


def read_names(name: Distinct, *, given: Distinct, surname: Distinct) -> Names:
    """Read names of companies and persons; given name and surname come together as one."""
    column = joined(joined(given, surname), name)
    column = restate(column, [_given_first(value) for value in column.values])
    plain = read_plain(column.values, folded=fold_name, without=_AFTER_ALIAS)
    as_given = split_words(plain)
    legal = _legal_forms(as_given)
    words = _say_in_full(as_given)
    vocabulary = [str(word) for word in words.vocabulary]
    looks = _looks(words, vocabulary, legal=legal)
    generation = _generations(as_given)
    out = legal.words | ((generation > 0) & (looks != _LOOKS_COMPANY)[words.owner])
    core = _core(words, vocabulary, out=out)
    return Names(
        codes=column.codes,
        values=column.values,
        core=core.matrix(WIDTH),
        looks=looks,
        halves=_halves(name, given=given, surname=surname),
        family=legal.family,
        generation=_of_value(as_given, generation),
        vocabulary=Vocabulary(
            words=words.vocabulary,
            letters=letters(words.vocabulary),
            first=np.array([ord(word[:1] or " ") for word in vocabulary], dtype=np.int32),
            hashes=hash_words(words.vocabulary, salt="name"),
            generic=_in(vocabulary, GENERIC_WORDS),
            initial=np.array([len(w) == 1 and w.isalpha() for w in vocabulary], dtype=np.bool_),
            branch=_in(vocabulary, BRANCH_WORDS),
            sister=_in(vocabulary, _SISTERS),
            length=np.array([len(word) for word in vocabulary], dtype=np.int32),
            group=np.array([nickname_group(word) for word in vocabulary], dtype=np.int32),
        ),
    )


def _halves(name: Distinct, *, given: Distinct, surname: Distinct) -> Codes:
    """Return which half of a person's name is all that a record says: GIVEN, SURNAME or 0."""
    half = np.where(given.codes >= 0, GIVEN, 0) + np.where(surname.codes >= 0, SURNAME, 0)
    return np.where((name.codes >= 0) | (half == GIVEN + SURNAME), 0, half).astype(np.int32)


def _given_first(value: str) -> str:
    """Turn "Last, First" round; a company's comma does no harm there, words being a set."""
    last, comma, first = value.partition(",")
    if not comma or "," in first or _NOT_IN_PERSONS.search(value):
        return value
    return f"{first.strip()} {last.strip()}"


def _in(vocabulary: Sequence[str], known: Collection[str]) -> Flags:
    return np.array([word in known for word in vocabulary], dtype=np.bool_)


def _say_in_full(words: Words) -> Words:
    """Say abbreviated words of trade in full, and part a legal form from the word before."""
    said = [TRADE_SYNONYMS.get(word, word) for word in words.vocabulary]
    said = [_unglued(word) if word.endswith(GLUED_FORMS) else word for word in said]
    vocabulary, to = np.unique(np.array([*said, ""], dtype=object), return_inverse=True)
    return Words(words=to[words.words].astype(np.int32), starts=words.starts, vocabulary=vocabulary)


def _unglued(word: str) -> str:
    for form in GLUED_FORMS:
        if word.endswith(form) and len(word) >= len(form) + _REST_OF_GLUED:
            return word[: -len(form)]
    return word


@dataclass(frozen=True, kw_only=True)
class _LegalForms:
    """Which words are of a legal form, or might be in a person's name; each value's family."""

    words: Flags
    possible: Flags
    family: Codes


def _legal_forms(words: Words) -> _LegalForms:
    """Find legal forms in names as they were given: "société" is one, "society" is not."""
    vocabulary = [str(word) for word in words.vocabulary]
    families = sorted(set(LEGAL_FAMILIES.values()))
    of_word = np.array(
        [
            families.index(LEGAL_FAMILIES[LEGAL_FORMS[word]]) + 1
            if word in LEGAL_FORMS and LEGAL_FORMS[word] in LEGAL_FAMILIES
            else 0
            for word in vocabulary
        ],
        dtype=np.int32,
    )
    owner, position = words.owner, words.position
    from_end = words.starts[owner + 1] - words.starts[owner] - position
    short = np.array([len(word) <= _SHORT for word in vocabulary], dtype=np.bool_)
    known = _in(vocabulary, _LEGAL_WORDS)[words.words]
    # "Sci" at the end is a société civile; before it, a science.
    known &= ~_in(vocabulary, TRADE_SYNONYMS)[words.words] | (from_end == 1)
    part = known | _in(vocabulary, _LEGAL_PARTS)[words.words]
    is_form = part & (position > 0) & (~short[words.words] | (from_end <= _SHORT))
    family = _of_value(words, of_word[words.words] * known)
    for value in _with_long_form(words, vocabulary):
        start = int(words.starts[value])
        name = [vocabulary[code] for code in words.words[start : words.starts[value + 1]]]
        for place, form in forms_in(name):
            if len(place) < len(name):
                is_form[start + place.start : start + place.stop] = True
            if form in LEGAL_FAMILIES:
                family[value] = families.index(LEGAL_FAMILIES[form]) + 1
    return _LegalForms(words=is_form, possible=known, family=family)


def _of_value(words: Words, numbers: Codes) -> Codes:
    """Return of each value the number of a word after its first that has one."""
    found = np.zeros(len(words.starts) - 1, dtype=np.int32)
    said = (numbers > 0) & (words.position > 0)
    found[words.owner[said]] = numbers[said]
    return found


def _with_long_form(words: Words, vocabulary: Sequence[str]) -> list[int]:
    """Return the values with a legal form of several words, or one in front."""
    code_of = {word: code for code, word in enumerate(vocabulary)}
    known = [(code_of[a], code_of[b]) for a, b in FORM_PAIRS if a in code_of and b in code_of]
    size = len(vocabulary)
    wanted = np.array([one * size + other for one, other in known], dtype=np.int64)
    codes, owner = words.words.astype(np.int64), words.owner
    pairs = codes[:-1] * size + codes[1:]
    long = np.isin(pairs, wanted) & (owner[:-1] == owner[1:])
    in_front = _in(vocabulary, frozenset(LEGAL_FORMS))[words.words] & (words.position == 0)
    found = np.concatenate((owner[:-1][long], owner[in_front]))
    return [int(value) for value in np.unique(found)]


def _looks(words: Words, vocabulary: Sequence[str], *, legal: _LegalForms) -> Codes:
    company = _in(vocabulary, GENERIC_WORDS)[words.words] | legal.possible
    person = _in(vocabulary, TITLES | JUNIORS)
    looks = np.zeros(len(words.starts) - 1, dtype=np.int32)
    looks[words.owner[person[words.words]]] = _LOOKS_PERSON
    looks[words.owner[company]] = _LOOKS_COMPANY
    return looks


def _generations(words: Words) -> Codes:
    """Return of each word which of several of one name it makes a person; 0 for none."""
    known = sorted(set(GENERATIONS.values()))
    number = np.array(
        [known.index(GENERATIONS[w]) + 1 if w in GENERATIONS else 0 for w in words.vocabulary],
        dtype=np.int32,
    )
    found: Codes = number[words.words]
    return found


def _core(words: Words, vocabulary: Sequence[str], *, out: Flags) -> Words:
    """Leave out legal forms, titles and words like "the", unless nothing else is left."""
    out = out | _in(vocabulary, STOP_WORDS | TITLES)[words.words]
    repeated = _repeated(words)
    owner = words.owner
    kept = np.bincount(owner[~out], minlength=len(words.starts) - 1)
    return words.keep(~(out & (kept[owner] > 0)) & ~repeated)


def _repeated(words: Words) -> Flags:
    """Say of each word whether its value has had it before."""
    pair = words.owner.astype(np.int64) * (len(words.vocabulary) + 1) + words.words
    first = np.unique(pair, return_index=True)[1]
    again = np.ones(len(pair), dtype=np.bool_)
    again[first] = False
    return again
