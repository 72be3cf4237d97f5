"""Invented customers for the matcher's tests: many, all different, always the same."""

import random

import pandas as pd

_STARTS = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "di",
    "fa",
    "fo",
    "ga",
    "go",
    "ha",
    "ka",
    "ke",
    "ki",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mi",
    "na",
    "no",
    "pa",
    "po",
    "ra",
    "re",
    "ro",
]
_MIDDLES = ["l", "r", "n", "m", "s", "t", "v", "nd", "rt", "lk", "st", "mb", "rg", "ll", "ss"]
_ENDS = ["a", "e", "i", "o", "en", "er", "in", "on", "ar", "el", "is", "us", "ak", "ek", "ov"]
_TRADES = ("Bau", "Foods", "Logistics", "Software", "Metals", "Dental Care", "Travel", "Motors")
_FORMS = ("GmbH", "Ltd", "Inc.", "S.A.", "AG", "LLC")
_CITIES = ("Leeds", "Bonn", "Lyon", "Boston", "Pune", "Graz", "Turin", "Malmö", "Porto", "Gdynia")
_STREETS = ("Street", "Road", "Lane", "Avenue")


def words(count: int, *, seed: int) -> list[str]:
    """Return distinct invented words that look like surnames."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [chance.choice(_STARTS), chance.choice(_MIDDLES), chance.choice(_STARTS)]
        parts += [chance.choice(_MIDDLES), chance.choice(_ENDS)]
        found["".join(parts).capitalize()] = None
    return list(found)


def companies(count: int, *, seed: int = 1) -> pd.DataFrame:
    """Return companies that share nothing but words of trade, legal forms and cities."""
    chance = random.Random(seed)
    names = words(2 * count, seed=seed)
    rows = [
        {
            "id": f"C{number}",
            "source": "crm",
            "party_type": "company",
            "name": f"{names[number]} {chance.choice(_TRADES)} {chance.choice(_FORMS)}",
            "street": f"{chance.randint(1, 400)} {names[count + number]} {chance.choice(_STREETS)}",
            "city": chance.choice(_CITIES),
            "postcode": f"{chance.randint(10000, 99999)}",
            "country": "",
            "phone": f"0{chance.randint(200, 999)} {chance.randint(2000000, 9799999)}",
            "email": f"post@{names[number].lower()}.example",
            "tax_id": f"XX{chance.randint(10**8, 10**9 - 1)}",
        }
        for number in range(count)
    ]
    return pd.DataFrame(rows, dtype=str)


def persons(count: int, *, seed: int = 2) -> pd.DataFrame:
    """Return persons with given name, surname, birth date and address."""
    chance = random.Random(seed)
    surnames = words(count, seed=seed)
    given = ("Maria", "Robert", "Anna", "Thomas", "Elena", "Peter", "Julia", "Martin", "Paul")
    rows = [
        {
            "id": f"P{number}",
            "source": "crm",
            "party_type": "person",
            "given_name": chance.choice(given),
            "surname": surnames[number],
            "street": f"{chance.randint(1, 400)} {chance.choice(surnames)} Street",
            "city": chance.choice(_CITIES),
            "postcode": f"{chance.randint(10000, 99999)}",
            "date_of_birth": f"19{chance.randint(40, 99)}-{chance.randint(1, 12):02d}-"
            f"{chance.randint(1, 28):02d}",
        }
        for number in range(count)
    ]
    return pd.DataFrame(rows, dtype=str)


def with_rows(frame: pd.DataFrame, *rows: dict[str, str]) -> pd.DataFrame:
    """Return the frame with more rows at its end; what they do not say is empty."""
    return pd.concat([frame, pd.DataFrame(rows, dtype=str)], ignore_index=True).fillna("")


def copy_of(frame: pd.DataFrame, row: int, **changes: str) -> dict[str, str]:
    """Return a row of the frame as a new record, with some values changed."""
    found = {str(name): str(value) for name, value in frame.iloc[row].items()}
    return {**found, "id": f"{found['id']}-copy", "source": "erp", **changes}
