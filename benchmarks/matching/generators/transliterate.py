"""Names in Latin letters, as the several systems of romanisation have them."""

import random
import unicodedata

from benchmarks.matching.generators.noise import without_accents

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e|yo|io", "ж": "zh", "з": "z",
    "и": "i", "й": "y|i|j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh|h", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch|sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu|iu|ju", "я": "ya|ia|ja",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
GREEK = {
    "α": "a", "β": "v|b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y|i", "φ": "f|ph", "χ": "ch|h", "ψ": "ps", "ω": "o",
}  # fmt: skip
INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
MEDIALS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")


def _hangul(sign: str) -> str:
    at = ord(sign) - 0xAC00
    return INITIALS[at // 588] + MEDIALS[at % 588 // 28] + FINALS[at % 28]


def latin(rng: random.Random, text: str) -> str:
    """Return Cyrillic, Greek or Korean in Latin letters, by one scheme for the whole text."""
    scheme = rng.randrange(3)
    out = []
    for sign in unicodedata.normalize("NFC", text):
        low = without_accents(sign.lower()) if "Ͱ" <= sign <= "Ͽ" else sign.lower()
        ways = (CYRILLIC.get(low) if low in CYRILLIC else GREEK.get(low, sign)).split("|")  # type: ignore[union-attr]
        if "가" <= sign <= "힣":
            ways = [_hangul(sign)]
        way = ways[min(scheme, len(ways) - 1)]
        out.append(way.capitalize() if sign != sign.lower() else way)
    words = "".join(out).split(" ")
    return " ".join(word[:1].upper() + word[1:] for word in words)


def pair(rng: random.Random, text: str) -> tuple[str, str]:
    """Return the native and the Latin form of "native=Latin", or of a native word alone."""
    native, _, written = text.partition("=")
    return native, written or latin(rng, native)
