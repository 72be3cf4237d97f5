"""Any script as lower-case ASCII, so that spellings of one name come near each other."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from mastersync.domain.resolution.vocabulary.indic import is_indic, romanize
from mastersync.domain.resolution.vocabulary.legal_forms import (
    CJK_LEGAL_FORMS,
    NATIVE_LEGAL_FORMS,
)

# What decomposition does not take apart, and signs that are written in several ways.
_LETTERS = {
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ŋ": "ng",
    "ħ": "h",
    "ŧ": "t",
    "ĸ": "k",
    "ə": "a",
    "ƒ": "f",
    "ʻ": "",
    "ʼ": "'",
    "ʽ": "'",
    "‘": "'",
    "’": "'",
    "‚": "'",
    "′": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‹": "'",
    "›": "'",
    "״": '"',
    "׳": "'",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "―": "-",
    "−": "-",
    "・": " ",
    "·": " ",
    "•": " ",
    "，": ",",
    "、": ",",
    "。": ".",
}
# Transliterated as names are in passports and in the press, not letter by letter.
_NAME_LETTERS = str.maketrans(
    {
        "ь": "",
        "ъ": "",
        "х": "kh",
        "й": "y",
        "ё": "e",
        "э": "e",
        "щ": "shch",
        "ї": "yi",
        "є": "ye",
        "ґ": "g",
        "і": "i",
        "ђ": "dj",
        "ћ": "c",
        "љ": "lj",
        "њ": "nj",
        "џ": "dz",
        "א": "a",
        "ע": "a",
        "ء": "",
        "ع": "a",
        "ئ": "y",
        "ؤ": "w",
        "ة": "a",
        "ى": "a",
        "ا": "a",
        "أ": "a",
        "إ": "i",
        "آ": "a",
        "و": "u",
        "ي": "i",
    }
)
# Letters of other scripts that look like a Latin one, in lower case.
_LOOK_ALIKES = str.maketrans(
    {
        "а": "a",
        "е": "e",
        "о": "o",
        "р": "p",
        "с": "c",
        "х": "x",
        "у": "y",
        "к": "k",
        "і": "i",
        "ј": "j",
        "ѕ": "s",
        "ԁ": "d",
        "һ": "h",
        "ԛ": "q",
        "ԝ": "w",
        "т": "t",
        "м": "m",
        "в": "b",
        "н": "h",
        "г": "r",
        "п": "n",
        "ё": "e",
        "ї": "i",
        "ӏ": "l",
        "ο": "o",
        "α": "a",
        "ε": "e",
        "ρ": "p",
        "τ": "t",
        "υ": "u",
        "ν": "v",
        "ι": "i",
        "κ": "k",
        "χ": "x",
        "η": "n",
        "β": "b",
        "μ": "m",
        "γ": "y",
        "ω": "w",
        "ϲ": "c",
        "ζ": "z",
        "ϳ": "j",
        "օ": "o",
        "ո": "n",
        "ս": "u",
        "հ": "h",
        "ց": "g",
        "զ": "q",
    }
)
_SPACES = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85")
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Cn", "Co", "Me"})
# Where the vowels of a script are marks, they stay.
_VOWEL_MARKS = range(0x0900, 0x1A00)
_LATIN_END = 0x24F
_KANA_MARKS = frozenset("\u3099\u309a")


def _plain(character: str) -> str:
    """Return a character without its marks: nothing for what is not seen."""
    if character in _SPACES:
        return " "
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    if category == "Mn":
        keep = ord(character) in _VOWEL_MARKS or character in _KANA_MARKS
        return character if keep else ""
    known = _LETTERS.get(character)
    if known is not None:
        return known
    base = unicodedata.normalize("NFKD", character)[0]
    is_marked = base != character and (base.isascii() or "\u0370" <= base <= "\u03ff")
    return _LETTERS.get(base, base) if is_marked else character


class _Plain(dict[int, str]):
    """A translation table that fills itself, as most characters never occur."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


_PLAIN = _Plain()


def fold(text: str) -> str:
    """Return text as lower-case ASCII: no marks, nothing invisible, Latin letters only.

    Letters of other scripts inside a Latin word are read as what they look like, as they were
    typed in error or to deceive; whole words of another script are transliterated.

    >>> fold("Łódź Straße"), fold("P\u0430ypal"), fold("Сергей")
    ('lodz strasse', 'paypal', 'sergey')
    """
    if text.isascii():
        return text.lower() if text.isprintable() else text.translate(_PLAIN).lower()
    return _fold_any(text)


@lru_cache(maxsize=65536)
def _fold_any(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower().translate(_PLAIN)
    if plain.isascii():
        return plain
    return " ".join(_fold_word(word) for word in plain.split(" "))


def _fold_word(word: str) -> str:
    if word.isascii():
        return word
    if _mixes_latin(word):
        looked_at = word.translate(_LOOK_ALIKES)
        if looked_at.isascii():
            return looked_at
    if is_indic(word):
        word = romanize(word)
    word = word.replace("ου", "ou").translate(_NAME_LETTERS)
    return anyascii(word).lower().replace("'", "").replace("`", "")


def _mixes_latin(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    latin = sum(ord(letter) <= _LATIN_END for letter in letters)
    return 0 < latin < len(letters)


_CJK_FORMS = {
    unicodedata.normalize("NFKC", form): canonical for form, canonical in CJK_LEGAL_FORMS.items()
}
_CJK_FORM = re.compile("|".join(sorted(map(re.escape, _CJK_FORMS), key=len, reverse=True)))
_NATIVE_FORMS = {
    unicodedata.normalize("NFKC", form): canonical for form, canonical in NATIVE_LEGAL_FORMS.items()
}
_NATIVE_FORM = re.compile(
    r"(?<!\w)(?:"
    + "|".join(sorted(map(re.escape, _NATIVE_FORMS), key=len, reverse=True))
    + r")(?!\w)"
)
_HEBREW_QUOTE = re.compile(r"(?<=[\u05d0-\u05ea])[\"\u05f4](?=[\u05d0-\u05ea])")


def fold_name(text: str) -> str:
    """Return a company's name folded, a legal form in its own script read as ours.

    >>> fold_name("北京科技有限公司"), fold_name("トヨタ株式会社"), fold_name("شركة النور ذ.م.م")
    ('beijingkeji youxian gongsi', 'toyota kk', 'co alnur llc')
    """
    if text.isascii():
        return fold(text)
    return _fold_any_name(text)


@lru_cache(maxsize=65536)
def _fold_any_name(text: str) -> str:
    shown = unicodedata.normalize("NFKC", text).lower().translate(_PLAIN)
    if shown.isascii():
        return shown
    shown = _CJK_FORM.sub(lambda found: f" {_CJK_FORMS[found[0]]} ", shown)
    shown = _HEBREW_QUOTE.sub("", shown.replace(".", " "))
    shown = _NATIVE_FORM.sub(lambda found: _NATIVE_FORMS[found[0]], shown)
    return fold(" ".join(shown.split()))
