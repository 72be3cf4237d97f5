"""A customer as one of a trading house's systems has it."""

import random
from typing import Any

from benchmarks.matching.generators import noise
from benchmarks.matching.generators.business import MAIL_HOSTS, ROLES, Address, Customer
from benchmarks.matching.generators.vocabulary import (
    ABBREVIATIONS,
    COUNTRIES,
    NICKNAMES,
    fill,
    invented_brand,
)

COLUMNS = (
    "id", "source", "party_type", "name", "street", "city", "region", "postcode", "country",
    "phone", "email", "tax_id",
)  # fmt: skip
SOURCES = ("CRM_A", "CRM_B", "ERP", "WEB")
SHARES = (40, 30, 20, 10)
NO_PHONE = ("0000000000", "N/A", "999999999", "-")
NO_EMAIL = ("noemail@none.com", "info@gmail.com", "test@test.com", "none@none.com")
NO_TAX_ID = ("123456789", "000000000")
ERP_NAME_LENGTH = 40


class RecordMaker:
    """Writes customers as records, and notes what was done to each."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.done: list[str] = []

    def chance(self, share: float, what: str) -> bool:
        if self.rng.random() >= share:
            return False
        self.done.append(what)
        return True

    def record(self, customer: Customer) -> tuple[list[str], str]:
        """Return the values of COLUMNS but the id, and the noise, words joined by spaces."""
        self.done = []
        rng = self.rng
        source = rng.choices(SOURCES, weights=SHARES)[0]
        name = self.company_name(customer) if customer.legal else self.person_name(customer)
        street, city, region, postcode = self.place(customer)
        if street and self.chance(0.006, "name_and_street_swapped"):
            name, street = street, name
        if source == "ERP":
            name, street, city = name.upper()[:ERP_NAME_LENGTH], street.upper(), city.upper()
        elif source == "WEB" and rng.random() < 0.25:
            name = name.lower()
        values = [
            source,
            "" if rng.random() < 0.08 else customer.party_type,
            name,
            street,
            city,
            region,
            postcode,
            "" if rng.random() < 0.06 else rng.choice(COUNTRIES[customer.country]["spellings"]),
            self.phone(customer, source=source),
            self.email(customer),
            self.tax_id(customer),
        ]
        return values, " ".join(self.done)

    # --- names ---------------------------------------------------------------------------

    def company_name(self, customer: Customer) -> str:
        rng = self.rng
        words = list(customer.words)
        if customer.former and self.chance(0.35, "former_name"):
            words = list(customer.former)
        legal = self.legal_form(customer)
        if len(words) + bool(legal) > 2 and self.chance(0.015, "acronym"):
            words = [noise.acronym(words)]
        if self.chance(0.05, "abbreviation"):
            words = [
                rng.choice(ABBREVIATIONS[word].split()) if word in ABBREVIATIONS else word
                for word in words
            ]
        if len(words) > 2 and self.chance(0.025, "word_lost"):
            del words[rng.randrange(len(words))]
        if len(words) > 1 and self.chance(0.03, "words_exchanged"):
            at = rng.randrange(len(words) - 1)
            words[at], words[at + 1] = words[at + 1], words[at]
        if "&" in words and rng.random() < 0.25:
            words[words.index("&")] = {"DE": "und", "FR": "et"}.get(customer.country, "and")
        name = " ".join([*words, legal]).strip()
        suffix = customer.shared.get("suffix", "")
        if suffix and not self.chance(0.25, "branch_not_named"):
            name = f"{name} {suffix}"
        if self.chance(0.012, "trading_as"):
            other = [invented_brand(rng), rng.choice(COUNTRIES[customer.country]["industries"])]
            name += rng.choice((" T/A ", " t/a ", " trading as ")) + " ".join(other)
        if rng.random() < 0.03:
            name = "The " + name
        return self.slips(name)

    def legal_form(self, customer: Customer) -> str:
        rng = self.rng
        if self.chance(0.17, "legal_form_lost"):
            return ""
        if self.chance(0.02, "legal_form_other"):
            return str(rng.choice(rng.choice(COUNTRIES[customer.country]["legal"])))
        return customer.legal[0] if rng.random() < 0.6 else rng.choice(customer.legal)

    def person_name(self, customer: Customer) -> str:
        rng = self.rng
        given, surname = customer.words
        if customer.former and self.chance(0.3, "former_surname"):
            surname = customer.former[1]
        if given in NICKNAMES and self.chance(0.2, "nickname"):
            given = rng.choice(NICKNAMES[given].split())
        if self.chance(0.07, "initial"):
            given = given[0] + rng.choice((".", ""))
        elif rng.random() < 0.06:
            given = f"{given} {rng.choice('ABCDEFGHJKLMNPRSTW')}{rng.choice(('.', ''))}"
        if suffix := customer.shared.get("suffix", ""):
            surname = f"{surname} {suffix}"
        draw = rng.random()
        name = f"{given} {surname}"
        if draw < 0.16:
            name = f"{surname}, {given}"
        elif draw < 0.22:
            name = f"{surname} {given}"
        elif draw < 0.27:
            name = f"{rng.choice(('Mr', 'Mrs', 'Ms.', 'Dr.', 'Dr'))} {name}"
        return self.slips(name)

    def slips(self, text: str) -> str:
        """Return a name or street with the slips that any typed text has."""
        rng = self.rng
        text = noise.other_accents(rng, text)
        if self.chance(0.075, "typo"):
            text = noise.typo(rng, text)
        if self.chance(0.008, "scan"):
            text = noise.scanned(rng, text)
        if self.chance(0.008, "gap"):
            text = noise.joined(rng, text)
        return text

    # --- places --------------------------------------------------------------------------

    def place(self, customer: Customer) -> tuple[str, str, str, str]:
        rng = self.rng
        home = customer.moved if customer.moved and self.chance(0.4, "moved") else customer.address
        street, city = self.street(customer, home), home.city
        if home.city_names and self.chance(0.06, "city_other_name"):
            city = rng.choice(home.city_names)
        city = noise.other_accents(rng, city)
        if self.chance(0.025, "city_typo"):
            city = noise.typo(rng, city)
        postcode = self.postcode(home.postcode)
        region = home.region if rng.random() < 0.65 else ""
        if street and self.chance(0.012, "city_in_street"):
            street, city, postcode = f"{street}, {city} {postcode}".strip(), "", ""
        if self.chance(0.045, "city_lost"):
            city = ""
        return street, city, region, postcode

    def street(self, customer: Customer, home: Address) -> str:
        rng = self.rng
        if self.chance(0.06, "street_lost"):
            return ""
        kind = home.kind[0] if rng.random() < 0.6 else rng.choice(home.kind)
        number, unit = home.number, home.unit
        if self.chance(0.025, "house_number_lost"):
            number = ""
        elif rng.random() < 0.015:
            number = f"{number}-{int(number) + 2}"
        template: str = COUNTRIES[customer.country]["street"]
        text = template.format(n=number, s=home.street, t=kind).strip()
        text = self.slips(text)
        if not unit or self.chance(0.25, "unit_lost"):
            return text
        return f"{unit}, {text}" if rng.random() < 0.7 else f"{text}, {unit}"

    def postcode(self, postcode: str) -> str:
        rng = self.rng
        if not postcode or self.chance(0.06, "postcode_lost"):
            return ""
        if self.chance(0.025, "postcode_typo"):
            postcode = noise.typo(rng, postcode)
        if " " in postcode:
            draw = rng.random()
            return (
                postcode.replace(" ", "")
                if draw < 0.2
                else postcode.lower()
                if draw < 0.25
                else postcode
            )
        if len(postcode) == 5 and rng.random() < 0.03:
            return f"{postcode}-{rng.randrange(1000, 9999)}"
        return postcode

    # --- contacts ------------------------------------------------------------------------

    def phone(self, customer: Customer, *, source: str) -> str:
        rng = self.rng
        if self.chance(0.235, "phone_lost"):
            return ""
        if self.chance(0.01, "phone_placeholder"):
            return rng.choice(NO_PHONE)
        local = customer.phone
        if self.chance(0.1, "phone_other_line"):
            local = local[:-4] + fill(rng, "####")
        if self.chance(0.02, "phone_typo"):
            local = noise.typo(rng, local)
        country: dict[str, Any] = COUNTRIES[customer.country]
        if source == "ERP":
            return f"+{country['dial']}{customer.area}{local}"
        return noise.other_phone(
            rng, dial=country["dial"], trunk=country["trunk"], area=customer.area, local=local
        )

    def email(self, customer: Customer) -> str:
        rng = self.rng
        if self.chance(0.33, "email_lost"):
            return ""
        if self.chance(0.01, "email_placeholder"):
            return rng.choice(NO_EMAIL)
        email = customer.email
        local, _, domain = email.partition("@")
        if self.chance(0.09, "email_other_mailbox"):
            person = customer.party_type == "P"
            host = rng.choice(MAIL_HOSTS) if person else domain
            email = f"{local + str(rng.randrange(100)) if person else rng.choice(ROLES)}@{host}"
        if self.chance(0.025, "email_typo"):
            email = noise.typo(rng, email)
        return email.upper() if rng.random() < 0.05 else email

    def tax_id(self, customer: Customer) -> str:
        rng = self.rng
        if rng.random() > (0.48 if customer.legal else 0.035):
            return ""
        if self.chance(0.004, "tax_id_placeholder"):
            return rng.choice(NO_TAX_ID)
        text = customer.tax_id
        if self.chance(0.02, "tax_id_typo"):
            text = noise.typo(rng, text)
        country = customer.country
        return noise.other_identifier(rng, text, prefix=country if country in ("GB", "DE") else "")
