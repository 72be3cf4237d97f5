"""Text columns as words: every distinct value is read once, every distinct word hashed once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.resolution.vocabulary.scripts import fold

Codes = NDArray[np.int32]
Longs = NDArray[np.int64]
Hashes = NDArray[np.int64]
Flags = NDArray[np.bool_]

# A row mark that no folded word can hold, since punctuation becomes blanks.
_MARK: Final = "|"
_DOTTED: Final = re.compile(r"\b(?:[a-z]\.)+[a-z]\b|\b(?:[a-z]\.){2,}")
_BLANKS: Final = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_TABLE: Final = {**_BLANKS, ord("'"): None, ord("`"): None, 0: None}


def any_in_row(flags: Flags) -> Flags:
    """Say of each row of flags whether any is set."""
    found: Flags = np.logical_or.reduce(flags, axis=1)
    return found


@dataclass(frozen=True, kw_only=True)
class Distinct:
    """A column as codes into its distinct values; -1 where nothing is said."""

    codes: Codes
    values: Sequence[str]


def distinct(column: "pd.Series[str]") -> Distinct:
    """Return a column of strings by its distinct values; ``""`` is nothing said."""
    codes, values = pd.factorize(column.to_numpy(dtype=object), sort=False)
    found = [str(value) for value in values]
    if "" in found:
        empty = found.index("")
        codes = np.where(codes == empty, -1, codes - (codes > empty))
        del found[empty]
    return Distinct(codes=codes.astype(np.int32), values=found)


def restate(column: Distinct, values: Sequence[str]) -> Distinct:
    """Return a column whose distinct values are said in another way; ``""`` says nothing."""
    again = distinct(pd.Series(np.array([*values, ""], dtype=object)[:-1], dtype=object))
    codes = np.where(column.codes < 0, -1, np.append(again.codes, -1)[column.codes])
    return Distinct(codes=codes.astype(np.int32), values=again.values)


def empty(size: int) -> Distinct:
    """Return a column that says nothing."""
    return Distinct(codes=np.full(size, -1, dtype=np.int32), values=[])


def together(one: Distinct, other: Distinct) -> tuple[Codes, list[tuple[str, str]]]:
    """Return the distinct pairs of two columns' values, and each row's pair; -1 for none said."""
    width = len(other.values) + 1
    combined = (one.codes.astype(np.int64) + 1) * width + other.codes + 1
    pairs, codes = np.unique(np.append(combined, 0), return_inverse=True)
    left, right = ["", *one.values], ["", *other.values]
    values = [(left[pair // width], right[pair % width]) for pair in pairs[1:].tolist()]
    return (codes[:-1] - 1).astype(np.int32), values


def joined(one: Distinct, other: Distinct) -> Distinct:
    """Return both columns' values in one, parted by a blank where both say something."""
    if not one.values or not other.values:
        return one if one.values else other
    codes, pairs = together(one, other)
    values = [" ".join(filter(None, pair)) for pair in pairs]
    return restate(Distinct(codes=codes, values=values), values)


def read_plain(
    values: Sequence[str],
    *,
    folded: Callable[[str], str] = fold,
    without: re.Pattern[str] | None = None,
) -> list[str]:
    """Return the values in lower-case ASCII letters, digits and blanks.

    All values go through each step in one text, which is many times as fast as one by one.

    Args:
        folded: How to fold a value with other letters.
        without: What to leave out of the plain values; must not match a line's end.
    """
    if not values:
        return []
    text = "\n".join(values)
    if text.count("\n") != len(values) - 1:
        text = "\n".join(value.replace("\n", " ") for value in values)
    if not text.isascii():
        values = text.split("\n")
        text = "\n".join(v if v.isascii() else folded(v).replace("\n", " ") for v in values)
    text = text.lower()
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = text.translate(_TABLE)
    if without is not None:
        text = without.sub("", text)
    return text.split("\n")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of distinct values: ``words[starts[v]:starts[v + 1]]`` are those of value v."""

    words: Codes
    starts: NDArray[np.int64]
    vocabulary: NDArray[np.object_]

    @property
    def owner(self) -> Codes:
        """The value that each word belongs to."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))

    @property
    def position(self) -> Codes:
        """Each word's place in its value, from 0."""
        return (np.arange(len(self.words)) - self.starts[self.owner]).astype(np.int32)

    def keep(self, wanted: Flags) -> "Words":
        """Return the wanted words only, with the same values and vocabulary."""
        counts = np.bincount(self.owner[wanted], minlength=len(self.starts) - 1)
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return Words(words=self.words[wanted], starts=starts, vocabulary=self.vocabulary)

    def matrix(self, width: int) -> Codes:
        """Return the first ``width`` words of each value; -1 where it has fewer."""
        filled = np.full((len(self.starts) - 1, width), -1, dtype=np.int32)
        position = self.position
        inside = position < width
        filled[self.owner[inside], position[inside]] = self.words[inside]
        return filled


def split_words(plain: Sequence[str]) -> Words:
    """Return the words of plain values."""
    words = f" {_MARK} ".join(plain).split()
    codes, vocabulary = pd.factorize(np.array([*words, _MARK], dtype=object), sort=False)
    codes = codes[:-1].astype(np.int32)
    mark = int(np.flatnonzero(vocabulary == _MARK)[0])
    is_mark = codes == mark
    ends = np.flatnonzero(is_mark)
    counts = np.diff(np.concatenate(([-1], ends, [len(codes)]))) - 1
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    if not plain:
        starts = np.zeros(1, np.int64)
    return Words(words=codes[~is_mark], starts=starts, vocabulary=np.asarray(vocabulary, object))


def hash_words(vocabulary: Sequence[str] | NDArray[np.object_], *, salt: str) -> Hashes:
    """Return a stable 64-bit hash of each word; the salt keeps kinds of words apart."""
    values = np.asarray(vocabulary, dtype=object)
    if not len(values):
        return np.zeros(0, np.int64)
    hashes = pd.util.hash_array(values, categorize=False)
    return mix(hashes.view(np.int64), salted(salt))


def salted(text: str) -> np.int64:
    """Return a constant that stands for a kind of key."""
    hashed = pd.util.hash_array(np.array([text], dtype=object), categorize=False)
    return np.int64(hashed.view(np.int64)[0])


def mix(one: Hashes, other: Hashes | np.int64) -> Hashes:
    """Return one hash of two, in that order (the finaliser of SplitMix64)."""
    with np.errstate(over="ignore"):
        x = np.asarray(one).view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = x + np.asarray(other).view(np.uint64)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
    mixed: Hashes = x.view(np.int64)
    return mixed
