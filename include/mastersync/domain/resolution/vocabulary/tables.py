"""Tables of words, written so that people can read and mend them.

A table has one entry a line, ``canonical: spelling, spelling``; a line that starts with a
space goes on with the entry above. A list has words parted by white space.
"""


def entries(table: str) -> dict[str, tuple[str, ...]]:
    """Return canonical -> its spellings, itself first.

    >>> entries("road: rd, roed")
    {'road': ('road', 'rd', 'roed')}
    """
    found: dict[str, tuple[str, ...]] = {}
    canonical = ""
    for line in table.splitlines():
        if not line.strip():
            continue
        spellings = line
        if not line.startswith(" "):
            canonical, _, spellings = line.partition(":")
            canonical = canonical.strip()
            found.setdefault(canonical, (canonical,))
        parts = (part.strip() for part in spellings.split(","))
        found[canonical] += tuple(part for part in parts if part)
    return found


def by_spelling(table: str) -> dict[str, str]:
    """Return spelling -> canonical, each canonical too; the first entry to name one keeps it."""
    found: dict[str, str] = {}
    for canonical, spellings in entries(table).items():
        for spelling in spellings:
            found.setdefault(spelling, canonical)
    return found


def by_other_spelling(table: str) -> dict[str, str]:
    """Return spelling -> canonical without the canonical ones, which are of another script."""
    return {
        spelling: canonical
        for canonical, (_, *spellings) in entries(table).items()
        for spelling in spellings
    }


def words(*lists: str) -> frozenset[str]:
    """Return the words of lists, each parted by white space."""
    return frozenset(word for text in lists for word in text.split())


def phrases(*lists: str) -> frozenset[str]:
    """Return the phrases of lists, each parted by commas and line ends."""
    return frozenset(
        " ".join(part.split())
        for text in lists
        for line in text.splitlines()
        for part in line.split(",")
        if part.strip()
    )
