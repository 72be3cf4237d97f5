"""Code tables: those that a client writes down, and those that are built in."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pycountry

from mastersync.domain.records.codes import indexed

Tables = Mapping[str, Mapping[str, str]]


@cache
def built_in(name: str) -> Mapping[str, str]:
    """Return a table that needs no writing down: from our country code to another one's."""
    return {country.alpha_2: _BUILT_IN[name](country) for country in pycountry.countries}


_BUILT_IN: dict[str, Callable[[Any], str]] = {
    "iso_country_alpha3": lambda country: str(country.alpha_3),
    "iso_country_numeric": lambda country: str(country.numeric),
    "iso_country_name": lambda country: str(getattr(country, "common_name", country.name)),
}
BUILT_IN = tuple(_BUILT_IN)


def with_built_in(own: Tables) -> dict[str, dict[str, str]]:
    """Return a client's tables and those built in, by the keys that codes are looked up by."""
    return {name: indexed(table) for name, table in own.items()} | {
        name: indexed(built_in(name)) for name in BUILT_IN
    }
