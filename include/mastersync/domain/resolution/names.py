"""Names as words: what tells a customer from others, apart from legal form, title and branch."""

import re
from collections.abc import Sequence
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
from mastersync.domain.resolution.vocabulary.titles import GENERATIONS, TITLES
from mastersync.domain.resolution.vocabulary.words import (
    BRANCH_WORDS,
    GENERIC_WORDS,
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
_LOOKS_COMPANY: Final = 1
_LOOKS_PERSON: Final = 2
_LEGAL_WORDS: Final = frozenset(
    word for phrase in LEGAL_FORMS for word in phrase.split() if " " not in phrase
)
_LEGAL_PARTS: Final = frozenset(
    ("co", "company", "private", "und", "and", "et", "mit", "beschrankter", "haftung")
)
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
        family: Of legal forms that may be said of one company (Ltd, Limited), 0 if none is said.
    """

    codes: Codes
    values: Sequence[str]
    core: Codes
    looks: Codes
    family: Codes
    generation: Codes
    vocabulary: Vocabulary

    @cached_property
    def squashed(self) -> list[str]:
        """Each distinct name in one word, in which run-together words are the same."""
        words = [*self.vocabulary.words, ""]
        return ["".join([words[code] for code in row]) for row in self.core.tolist()]

    @cached_property
    def squashed_lengths(self) -> Codes:
        """How long each squashed name is."""
        return np.array([len(name) for name in self.squashed], dtype=np.int32)


def read_names(name: Distinct, *, given: Distinct, surname: Distinct) -> Names:
    """Read names of companies and persons; given name and surname come together as one."""
    column = joined(joined(given, surname), name)
    column = restate(column, [_given_first(value) for value in column.values])
    plain = read_plain(column.values, folded=fold_name, without=_AFTER_ALIAS)
    words = _say_in_full(split_words(plain))
    vocabulary = [str(word) for word in words.vocabulary]
    forms, family = _legal_forms(words, vocabulary)
    looks = _looks(words, vocabulary)
    core = _core(words, vocabulary, forms=forms, company=looks == _LOOKS_COMPANY)
    return Names(
        codes=column.codes,
        values=column.values,
        core=core.matrix(WIDTH),
        looks=looks,
        family=family,
        generation=_generations(words, vocabulary),
        vocabulary=Vocabulary(
            words=words.vocabulary,
            letters=letters(words.vocabulary),
            first=np.array([ord(word[:1] or " ") for word in vocabulary], dtype=np.int32),
            hashes=hash_words(words.vocabulary, salt="name"),
            generic=_in(vocabulary, GENERIC_WORDS),
            initial=np.array([len(w) == 1 and w.isalpha() for w in vocabulary], dtype=np.bool_),
            branch=_in(vocabulary, BRANCH_WORDS),
            length=np.array([len(word) for word in vocabulary], dtype=np.int32),
            group=np.array([nickname_group(word) for word in vocabulary], dtype=np.int32),
        ),
    )


def _given_first(value: str) -> str:
    """Turn "Last, First" round; a company's comma does no harm there, words being a set."""
    last, comma, first = value.partition(",")
    if not comma or "," in first or _NOT_IN_PERSONS.search(value):
        return value
    return f"{first.strip()} {last.strip()}"


def _in(vocabulary: Sequence[str], known: frozenset[str] | dict[str, str]) -> Flags:
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


def _legal_forms(words: Words, vocabulary: Sequence[str]) -> tuple[Flags, Codes]:
    """Return which words are of a legal form of several words, and each value's family."""
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
    family = np.zeros(len(words.starts) - 1, dtype=np.int32)
    said = (of_word[words.words] > 0) & (words.position > 0)
    family[words.owner[said]] = of_word[words.words[said]]
    is_form = np.zeros(len(words.words), dtype=np.bool_)
    for value in _with_long_form(words, vocabulary):
        start = int(words.starts[value])
        name = [vocabulary[code] for code in words.words[start : words.starts[value + 1]]]
        for place, form in forms_in(name):
            if len(place) < len(name):
                is_form[start + place.start : start + place.stop] = True
            if form in LEGAL_FAMILIES:
                family[value] = families.index(LEGAL_FAMILIES[form]) + 1
    return is_form, family


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


def _looks(words: Words, vocabulary: Sequence[str]) -> Codes:
    company = _in(vocabulary, _LEGAL_WORDS) | _in(vocabulary, GENERIC_WORDS)
    person = _in(vocabulary, TITLES)
    looks = np.zeros(len(words.starts) - 1, dtype=np.int32)
    looks[words.owner[person[words.words]]] = _LOOKS_PERSON
    looks[words.owner[company[words.words]]] = _LOOKS_COMPANY
    return looks


def _generations(words: Words, vocabulary: Sequence[str]) -> Codes:
    known = sorted(set(GENERATIONS.values()))
    number = np.array(
        [known.index(GENERATIONS[w]) + 1 if w in GENERATIONS else 0 for w in vocabulary], np.int32
    )
    found = np.zeros(len(words.starts) - 1, dtype=np.int32)
    said = (number[words.words] > 0) & (words.position > 0)
    found[words.owner[said]] = number[words.words[said]]
    return found


def _core(words: Words, vocabulary: Sequence[str], *, forms: Flags, company: Flags) -> Words:
    """Leave out legal forms, titles and words like "the", unless nothing else is left."""
    legal = _in(vocabulary, _LEGAL_WORDS | _LEGAL_PARTS)
    short = np.array([len(word) <= _SHORT for word in vocabulary], dtype=np.bool_)
    always = _in(vocabulary, STOP_WORDS | TITLES)
    of_persons = _in(vocabulary, frozenset(GENERATIONS))
    owner, position = words.owner, words.position
    from_end = words.starts[owner + 1] - words.starts[owner] - position
    is_legal = legal[words.words] & (position > 0) & (~short[words.words] | (from_end <= _SHORT))
    out = always[words.words] | is_legal | forms | (of_persons[words.words] & ~company[owner])
    repeated = _repeated(words)
    kept = np.bincount(owner[~out], minlength=len(words.starts) - 1)
    return words.keep(~(out & (kept[owner] > 0)) & ~repeated)


def _repeated(words: Words) -> Flags:
    """Say of each word whether its value has had it before."""
    pair = words.owner.astype(np.int64) * (len(words.vocabulary) + 1) + words.words
    first = np.unique(pair, return_index=True)[1]
    again = np.ones(len(pair), dtype=np.bool_)
    again[first] = False
    return again
