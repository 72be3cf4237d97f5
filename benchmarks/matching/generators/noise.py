"""What happens to a value on its way into a system: slips of fingers, scanners and habits."""

import random
import string
import unicodedata

SCANNED = {
    "0": "O", "O": "0", "1": "l", "l": "1", "I": "l", "5": "S", "S": "5", "8": "B", "B": "8",
    "2": "Z",
    "m": "rn", "w": "vv", "c": "e", "e": "c", "h": "b", "n": "ri", "G": "6", "a": "o", "@": "g",
}  # fmt: skip
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}


def typo(rng: random.Random, text: str) -> str:
    """Return the text with one letter or digit added, lost, changed or two exchanged."""
    if len(text) < 3:
        return text
    at = rng.randrange(len(text))
    sign = text[at]
    other = rng.choice(string.digits if sign.isdigit() else string.ascii_lowercase)
    if sign.isupper():
        other = other.upper()
    match rng.randrange(4):
        case 0:
            return text[:at] + other + text[at:]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + other + text[at + 1 :]
        case _:
            at = min(at, len(text) - 2)
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def scanned(rng: random.Random, text: str, *, share: float = 0.12) -> str:
    """Return the text as a bad scan reads it."""
    return "".join(
        SCANNED[sign] if sign in SCANNED and rng.random() < share else sign for sign in text
    )


def without_accents(text: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
    )


def other_accents(rng: random.Random, text: str) -> str:
    """Return the text with its umlauts and accents written in a poorer alphabet."""
    if text.isascii():
        return text
    if rng.random() < 0.5:
        text = "".join(UMLAUTS.get(sign, sign) for sign in text)
    elif rng.random() < 0.5:
        text = text.replace("ß", "")
    return without_accents(text) if rng.random() < 0.9 else text


def other_phone(rng: random.Random, *, dial: str, trunk: str, area: str, local: str) -> str:
    """Return a telephone number as one of many people would write it."""
    middle = len(local) // 2
    first, second = local[:middle], local[middle:]
    if dial == "1":
        return rng.choice(
            (
                f"({area}) {first}-{second}", f"{area}-{first}-{second}",
                f"{area}.{first}.{second}",
                f"+1{area}{local}", f"1-{area}-{first}-{second}", f"{area}{local}",
                f"+1 {area} {first} {second}",
                f"({area}) {first}-{second} ext. {rng.randrange(100, 999)}",
            )
        )  # fmt: skip
    return rng.choice(
        (
            f"+{dial}{area}{local}", f"+{dial} {area} {local}", f"00{dial}{area}{local}",
            f"{trunk}{area}{local}", f"{trunk}{area} {local}", f"({trunk}{area}) {local}",
            f"+{dial} ({trunk or '0'}){area} {local}", f"{trunk}{area}-{first} {second}",
        )
    )  # fmt: skip


def other_identifier(rng: random.Random, text: str, *, prefix: str) -> str:
    """Return an identifier with other punctuation, or without its country."""
    bare = "".join(sign for sign in text if sign.isalnum())
    match rng.randrange(4):
        case 0:
            return bare
        case 1:
            return bare.removeprefix(prefix)
        case 2:
            body = bare.removeprefix(prefix)
            return prefix * bare.startswith(prefix) + f"{body[:2]} {body[2:5]} {body[5:]}".strip()
        case _:
            return text


def joined(rng: random.Random, text: str) -> str:
    """Return the text with one of its gaps lost or moved by a letter."""
    gaps = [at for at, sign in enumerate(text) if sign == " "]
    if not gaps:
        return text
    at = rng.choice(gaps)
    if rng.random() < 0.6 or at + 1 >= len(text):
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at + 1] + " " + text[at + 2 :]


def acronym(words: list[str]) -> str:
    return "".join(word[0].upper() for word in words if word[0].isalnum())
