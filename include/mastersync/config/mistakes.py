"""What is wrong in a configuration file: where, what, and how to mend it."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mastersync.errors import ConfigError

# Keys and indexes from the document's root.
Place = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """One mistake. ``line`` counts from 1; ``place`` is dotted ("" for the file as a whole)."""

    file: str
    line: int
    place: str
    what: str
    how: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{self.file}:{self.line}: {place}{self.what} {self.how}".rstrip()


def mistakes_error(mistakes: Sequence[Mistake]) -> ConfigError:
    """Return one error that tells all of them, in the order of the file.

    ``facts["mistakes"]`` has them as values.
    """
    ordered = sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line, mistake.place))
    count = "1 mistake" if len(ordered) == 1 else f"{len(ordered)} mistakes"
    listed = "\n".join(f"  {mistake}" for mistake in ordered)
    return ConfigError(
        f"{ordered[0].file} has {count}:\n{listed}\n",
        next_step="Mend the file, then run: mastersync check",
        mistakes=tuple(ordered),
    )


def file_error(path: Path, what: str, how: str, *, line: int = 1) -> ConfigError:
    """Return the error for a file that cannot be read at all."""
    return mistakes_error([Mistake(file=shown(path), line=line, place="", what=what, how=how)])


def dotted(place: Place) -> str:
    return ".".join(str(part) for part in place)


def shown(path: Path) -> str:
    """Return the path as people would type it: relative to where they are, when it is below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return a sentence that helps: the nearest known word, or all of them when few, or ""."""
    choices = list(known)
    near = difflib.get_close_matches(str(word), choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"There are: {', '.join(choices)}." if 0 < len(choices) <= _FEW else ""


_FEW = 30
