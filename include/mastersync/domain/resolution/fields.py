"""The columns that a frame of records may have; any other is ``other:<label>``, weak evidence."""

from typing import Final

FIELDS: Final = (
    "id",
    "source",
    "party_type",
    "name",
    "given_name",
    "surname",
    "street",
    "house_number",
    "city",
    "region",
    "postcode",
    "country",
    "phone",
    "fax",
    "email",
    "website",
    "tax_id",
    "registration_number",
    "date_of_birth",
)
OTHER: Final = "other:"
