"""Countries as ISO 3166-1 alpha-2 codes."""

from functools import lru_cache

from mastersync.domain.resolution.vocabulary.countries import country_code


@lru_cache(maxsize=4096)
def normal_country(text: str) -> str | None:
    """Return the alpha-2 code of a country's code or name, or None when there is none such."""
    return country_code(text) or None
