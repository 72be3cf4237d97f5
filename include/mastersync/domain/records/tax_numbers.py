"""Tax numbers, by the rules of the country where python-stdnum knows them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    ValidationError,
)
from stdnum.util import get_cc_module

from mastersync.domain.records.text import upper_text
from mastersync.domain.resolution.vocabulary.placeholders import is_placeholder_number

_SEPARATORS = re.compile(r"[^0-9A-Z]")
_SHAPE = re.compile(r"^(?=(?:.*[0-9]){4})[0-9A-Z]{5,20}$")
# Countries whose VAT numbers are written with a prefix (EU, and GB by custom).
_PREFIXED = frozenset({"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB"})
_PREFIXED |= {"GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO"}
_PREFIXED |= {"SE", "SI", "SK"}
_OTHER_PREFIXES = {"GR": "EL"}


class _NumberModule(Protocol):
    def compact(self, number: str) -> str: ...

    def validate(self, number: str) -> str: ...


@dataclass(frozen=True, kw_only=True)
class TaxNumber:
    """A tax number; ``doubtful`` when it fails the check digits or parts of its country."""

    value: str
    doubtful: bool


def normal_tax_number(text: str, *, country: str) -> TaxNumber | None:
    """Return the number without separators, or None when it can be no tax number.

    A European VAT number gets its country's prefix. A number that fails its check digits is
    still returned: two systems that hold the same wrong number still speak of one customer.
    """
    compact = _SEPARATORS.sub("", upper_text(text))
    if not _SHAPE.match(compact) or _is_placeholder(compact):
        return None
    for kind in ("vat", "tin"):
        judged = _judge(compact, country=country, kind=kind)
        if judged is not None:
            return judged
    return TaxNumber(value=compact, doubtful=False)


def _judge(compact: str, *, country: str, kind: str) -> TaxNumber | None:
    """Return the number as its country's module has it; None when its shape is another."""
    module = _module(country, kind)
    if module is None:
        return None
    doubtful = False
    bare = compact
    try:
        bare = module.compact(compact)
        module.validate(bare)
    except (InvalidChecksum, InvalidComponent):
        doubtful = True
    except (ValidationError, ValueError, KeyError, IndexError, TypeError):
        return None
    prefix = ""
    if kind == "vat" and country in _PREFIXED:
        prefix = _OTHER_PREFIXES.get(country, country)
    value = bare if bare.startswith(prefix) else f"{prefix}{bare}"
    return TaxNumber(value=value, doubtful=doubtful)


def _is_placeholder(number: str) -> bool:
    return is_placeholder_number(re.sub(r"[^0-9]", "", number))


@lru_cache(maxsize=512)
def _module(country: str, kind: str) -> _NumberModule | None:
    return cast("_NumberModule | None", get_cc_module(country, kind)) if country else None
