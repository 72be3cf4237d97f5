"""What a customer is shown: the evidence of a confirmation, masked before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from mastersync.domain.confirmations.labels import address_label, display_value, label_of
from mastersync.domain.confirmations.masking import mask_value
from mastersync.domain.confirmations.policy import ConfirmationPolicy
from mastersync.domain.records.fields import FIELDS

# What we or the client decided is not the customer's to correct; some is not theirs to see.
_NOT_EDITABLE = frozenset(
    {"party_type", "payment_terms", "credit_limit", "credit_currency"}
    | {"contract_start", "contract_end"}
)
_INTERNAL = frozenset({"segment", "credit_rating"})
_NOT_MASKED = frozenset({"contract_start", "contract_end"})
_REGION_FIRST = frozenset({"US", "CA", "AU"})
_POSTCODE_LAST = frozenset({"GB", "IE", "IN", "HK"})


@dataclass(frozen=True, kw_only=True)
class ShownField:
    """One detail as the customer sees it.

    ``value`` is the canonical value, "" when none is held or when it is masked and came out of
    the store; ``masked_value`` is what is on the page, "" when none is held.
    """

    name: str
    label: str
    value: str
    masked_value: str
    is_editable: bool
    is_masked: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """One entry of the list of details; an address is one with several lines."""

    label: str
    lines: tuple[str, ...]
    is_masked: bool = False


@dataclass(frozen=True, kw_only=True)
class Shown:
    """All details of one request, in the order shown."""

    fields: tuple[ShownField, ...]

    def as_json(self) -> dict[str, object]:
        """Return what the store keeps: never the whole of a value that is masked."""
        return {
            "fields": [
                {
                    "name": field.name,
                    "label": field.label,
                    "value": "" if field.is_masked else field.value,
                    "masked_value": field.masked_value,
                    "is_editable": field.is_editable,
                    "is_masked": field.is_masked,
                }
                for field in self.fields
            ]
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Shown":
        """Return what ``as_json`` gave to the store."""
        entries = stored["fields"]
        if not isinstance(entries, list):
            raise TypeError("what was shown must be a list of fields")
        return cls(fields=tuple(ShownField(**entry) for entry in entries))

    def held(self) -> dict[str, str]:
        """Return the values that are known in full, by field."""
        return {field.name: field.value for field in self.fields if field.value}

    def rows(self, *, language: str) -> tuple[Row, ...]:
        """Return the details as a list to read; the fields of an address become one entry."""
        rows: list[Row] = []
        address = {field.name: field for field in self.fields if _is_address(field.name)}
        for field in self.fields:
            if field.name not in address:
                lines = (field.masked_value,) if field.masked_value else ()
                rows.append(Row(label=field.label, lines=lines, is_masked=field.is_masked))
            elif field is next(iter(address.values())):
                rows.append(Row(label=address_label(language), lines=_address_lines(address)))
        return tuple(rows)


def show_details(held: Mapping[str, str], *, policy: ConfirmationPolicy) -> Shown:
    """Return what the customer is shown of the golden record's fields."""
    return Shown(
        fields=tuple(
            _show(name, held.get(name, ""), language=policy.language)
            for name in policy.fields
            if name in FIELDS and name not in _INTERNAL
        )
    )


def _show(name: str, value: str, *, language: str) -> ShownField:
    masked = value if name in _NOT_MASKED else mask_value(FIELDS[name].kind, value)
    is_masked = masked != value
    return ShownField(
        name=name,
        label=label_of(name, language=language),
        value=value,
        masked_value=masked if is_masked else display_value(name, value, language=language),
        is_editable=name not in _NOT_EDITABLE,
        is_masked=is_masked,
    )


def _is_address(name: str) -> bool:
    return name in FIELDS and FIELDS[name].group == "address"


def _address_lines(address: Mapping[str, ShownField]) -> tuple[str, ...]:
    """Return the address in its country's order."""
    text = {name: field.masked_value for name, field in address.items()}
    country = address["country"].value if "country" in address else ""
    street, city = text.get("street", ""), text.get("city", "")
    region, postcode = text.get("region", ""), text.get("postcode", "")
    if country in _REGION_FIRST:
        region_code = f"{region} {postcode}".strip()
        lines = [street, ", ".join(part for part in (city, region_code) if part)]
    elif country in _POSTCODE_LAST:
        lines = [street, city, region, postcode]
    else:
        lines = [street, f"{postcode} {city}".strip(), region]
    return tuple(line for line in (*lines, text.get("country", "")) if line)
