"""The nine scripts of India that are laid out alike, in Latin letters."""

_FIRST = 0x0900
_LAST = 0x0D7F
_BLOCK = 0x80
_VIRAMA = 0x4D
# From Tamil on, a consonant at the end of a word keeps its vowel.
_FIRST_SOUTHERN = 0x0B80
# By the place in the script's block.
_VOWELS = dict(
    enumerate(
        (
            *("a", "aa", "i", "ii", "u", "uu", "r", "l"),
            *("e", "e", "e", "ai", "o", "o", "o", "au"),
        ),
        start=0x05,
    )
)
_SIGNS = dict(
    enumerate(
        ("a", "i", "i", "u", "u", "r", "r", "e", "e", "e", "ai", "o", "o", "o", "au"), start=0x3E
    )
)
_CONSONANTS = dict(
    enumerate(
        (
            *("k", "kh", "g", "gh", "ng", "ch", "chh", "j", "jh", "n"),
            *("t", "th", "d", "dh", "n", "t", "th", "d", "dh", "n", "n"),
            *("p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "l", "v"),
            *("sh", "sh", "s", "h"),
        ),
        start=0x15,
    )
)
_OTHERS = {0x01: "n", 0x02: "n", 0x03: "h"}
_OTHERS |= {0x58: "q", 0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "rh", 0x5E: "f"}
_DIGITS = {0x66 + digit: str(digit) for digit in range(10)}
_LONG = {"aa": "a", "ii": "i", "uu": "u"}


def is_indic(word: str) -> bool:
    """Say whether the word has a letter of these scripts."""
    return any(_FIRST <= ord(letter) <= _LAST for letter in word)


def romanize(word: str) -> str:
    """Return the word as names are written in Latin letters: राहुल is rahul, शर्मा is sharma."""
    sounds: list[str] = []
    for letter in word:
        _add(sounds, letter)
    if sounds and sounds[-1] == "A" and ord(word[-1]) < _FIRST_SOUTHERN:
        sounds.pop()
    return "".join(_without_silent(sounds)).lower()


def _add(sounds: list[str], letter: str) -> None:
    """Add what a letter sounds like; "A" is the vowel that is not written."""
    code = ord(letter)
    if not _FIRST <= code <= _LAST:
        sounds.append(letter)
        return
    place = code % _BLOCK
    if place in _CONSONANTS:
        sounds += [_CONSONANTS[place], "A"]
    elif place in _SIGNS or place == _VIRAMA:
        if sounds and sounds[-1] == "A":
            sounds.pop()
        sounds.append(_SIGNS.get(place, ""))
    elif place in _VOWELS:
        sounds.append(_LONG.get(_VOWELS[place], _VOWELS[place]))
    elif place in _OTHERS:
        sounds.append(_OTHERS[place])
    elif place in _DIGITS:
        sounds.append(_DIGITS[place])


def _without_silent(sounds: list[str]) -> list[str]:
    """Drop the unwritten vowel where it is not spoken: between two syllables that have one."""
    kept = list(sounds)
    for at in range(2, len(kept) - 2):
        spoken_before = kept[at - 2] not in {"", "A"} and kept[at - 2][0] in "aeiou"
        if kept[at] == "A" and spoken_before and kept[at + 2][:1] in tuple("aeiou"):
            kept[at] = ""
    return kept
