"""Names of companies and persons."""

from mastersync.domain.records.text import has_substance


def normal_name(text: str) -> str | None:
    """Return the name, or None when it consists of punctuation alone.

    Spelling and case stay as the source has them: what a name means is for the matcher.
    """
    name = text.strip(" ,;")
    return name if has_substance(name) else None


def full_name(given_name: str, surname: str) -> str:
    """Return a person's name from its parts, either of which may be empty."""
    return f"{given_name} {surname}".strip()
