"""How an agency's search weighs a name and an address against its register."""

import sqlite3
from dataclasses import dataclass

from mastersync.sandbox.database import Database
from mastersync.sandbox.seed.planting import name_key
from mastersync.sandbox.standing import has_moved

_SHORTEST = 4  # characters of a name that say anything
_CANDIDATES = """
SELECT company.*, agency_number.number FROM company
JOIN agency_number ON agency_number.company_id = company.id
WHERE agency_number.agency = :agency AND company.country = :country AND (
    (:reg_no <> '' AND replace(company.reg_no, ' ', '') = :reg_no)
    OR (:name <> '' AND (instr(company.name_key, :name) > 0 OR instr(:name, company.name_key) > 0))
)
ORDER BY company.name_key = :name DESC, company.id LIMIT 50
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a search gives; "" where it gives nothing."""

    country: str
    name: str
    street: str = ""
    city: str = ""
    postcode: str = ""
    reg_no: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A company with how alike it is: A same, B similar, F different, Z nothing to compare."""

    company: sqlite3.Row
    name: str
    street: str
    city: str
    postcode: str
    number: str

    @property
    def confidence(self) -> int:
        """Returns: 1 to 10, as D&B words it."""
        if self.number == "A":
            return 10 if self.name in "AB" else 7
        if self.name == "A":
            near = [self.street, self.postcode].count("A")
            return 9 if near else 8 if self.city == "A" else 7 if "F" not in self.city else 6
        return 6 if self.city == "A" or self.postcode == "A" else 4


def search(database: Database, agency: str, asked: Asked) -> list[Found]:
    """Returns: whom it may be, the most alike first."""
    name = name_key(asked.name)
    reg_no = asked.reg_no.replace(" ", "")
    if len(name) < _SHORTEST and not reg_no:
        return []
    wanted = {"agency": agency, "country": asked.country, "reg_no": reg_no, "name": name}
    found = [_compared(row, asked, name) for row in database.named(_CANDIDATES, wanted)]
    return sorted(found, key=lambda one: -one.confidence)


def address(company: sqlite3.Row) -> dict[str, str]:
    """Returns: the address in the register; of one that moved, that of before."""
    if has_moved(company):
        return {"street": "PO BOX 19", "city": company["city"], "postcode": ""}
    return {key: company[key] for key in ("street", "city", "postcode")}


def _compared(company: sqlite3.Row, asked: Asked, name: str) -> Found:
    known = address(company)
    number = "" if has_moved(company) else company["reg_no"]
    return Found(
        company=company,
        name="A" if company["name_key"] == name else "B",
        street=_grade(asked.street, known["street"]),
        city=_grade(asked.city, known["city"]),
        postcode=_grade(asked.postcode, known["postcode"]),
        number=_grade(asked.reg_no, number),
    )


def _grade(asked: str, known: str) -> str:
    one, other = ("".join(text.split()).upper() for text in (asked, known))
    if not one or not other:
        return "Z"
    return "A" if one == other else "F"
