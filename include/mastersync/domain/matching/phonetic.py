"""A word by its sound, so that misspelt names meet."""

_CODES = {
    **dict.fromkeys("bfpv", "1"),
    **dict.fromkeys("cgjkqsxz", "2"),
    **dict.fromkeys("dt", "3"),
    "l": "4",
    **dict.fromkeys("mn", "5"),
    "r": "6",
}
_LENGTH = 4


def soundex(word: str) -> str:
    """Return the American Soundex code of a folded Latin word; other scripts give "".

    >>> soundex("robert"), soundex("rupert"), soundex("ashcraft"), soundex("tymczak")
    ('r163', 'r163', 'a261', 't522')
    """
    if not (word.isascii() and word.isalpha()):
        return ""
    code = word[0]
    last = _CODES.get(word[0], "")
    for letter in word[1:]:
        digit = _CODES.get(letter, "")
        if digit and digit != last:
            code += digit
            if len(code) == _LENGTH:
                return code
        if letter not in "hw":
            last = digit
    return code.ljust(_LENGTH, "0")
