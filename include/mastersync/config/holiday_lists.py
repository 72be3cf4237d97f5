"""Public holidays of a country or a part of it, as dates with names."""

import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from pydantic_core import PydanticCustomError

from mastersync.config.mistakes import did_you_mean
from mastersync.config.values import mistake

_ENGLISH = "en_US"


@lru_cache(maxsize=256)
def holidays_of(region: str, years: tuple[int, ...]) -> Mapping[date, str]:
    """Return the public holidays of a region such as ``DE-BY`` or ``US``; names are English.

    Raises:
        PydanticCustomError: there is no such region, or the list lacks a year.
    """
    country, subdivision = _parts(region)
    found: dict[date, str] = {}
    lacking = []
    for year in years:
        days, complete = _of_year(country, subdivision, year)
        found |= days
        if not complete:
            lacking.append(year)
    if lacking:
        raise lacks_years(f"the holidays of {region}", lacking, years)
    return dict(sorted(found.items()))


def lacks_years(what: str, lacking: Iterable[int], years: tuple[int, ...]) -> PydanticCustomError:
    """Return the mistake of a list that some of the years are not in."""
    known = sorted(set(years) - set(lacking))
    how = f"Set 'years: {known[0]}-{known[-1]}', or list" if known else "List"
    return mistake(
        f"{what} are not known for {', '.join(map(str, lacking))}.",
        f"{how} the days off yourself, as 'holidays: {{ {years[0]}-01-01: New Year }}'.",
    )


def _parts(region: str) -> tuple[str, str | None]:
    import holidays  # noqa: PLC0415 (a tenth of a second, which clients without an SLA do not need)

    country, _, subdivision = region.partition("-")
    regions = holidays.list_supported_countries()
    if country not in regions:
        near = did_you_mean(country, regions)
        how = f"{near} Use ISO 3166, such as GB, DE-BY or US-NY.".strip()
        raise mistake(f"no holidays are known of '{region[:60]}'.", how)
    if subdivision and subdivision not in regions[country]:
        near = did_you_mean(subdivision, regions[country])
        raise mistake(f"'{country}' has no part '{subdivision[:60]}'.", near)
    return country, subdivision or None


def _of_year(country: str, subdivision: str | None, year: int) -> tuple[dict[date, str], bool]:
    """Return a year's holidays, and whether these are all of them."""
    import holidays  # noqa: PLC0415 (as above)

    languages = holidays.country_holidays(country).supported_languages
    language = _ENGLISH if _ENGLISH in languages else None
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        listed = holidays.country_holidays(
            country, subdiv=subdivision, years=year, language=language
        )
    known = listed.start_year <= year <= listed.end_year and bool(listed) and not said
    return {day: name for day, name in listed.items() if day.year == year}, known
