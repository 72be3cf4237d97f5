"""Take the legal form out of a company's name, wherever it stands."""

from collections.abc import Sequence

from mastersync.domain.resolution.vocabulary.legal_forms import (
    GLUED_FORMS,
    LEGAL_FAMILIES,
    LEGAL_FORMS,
    ONLY_AT_THE_END,
)
from mastersync.domain.resolution.vocabulary.tables import words as words_of

# Forms that stand in front of the name in their countries; some of them always do.
_ALWAYS_IN_FRONT = words_of("ooo oao pao zao jsc ojsc pjsc cjsc pt stichting fgup gup mup ctcp")
_IN_FRONT = _ALWAYS_IN_FRONT | words_of("""
  ao too tov odo cv sarl sas sasu sci eurl snc scp selarl srl spa sl sa gie ets asbl kk yk gk llc
  ltd limited inc incorporated corp gmbh
""")
_FEWEST_LETTERS = 3
_REST_OF_GLUED = 4

_MULTIPLE = [form.split() for form in LEGAL_FORMS if " " in form]
_MOST_WORDS = max(map(len, _MULTIPLE))
# The first two words of every form of several words: a name without any has none of them.
FORM_PAIRS: frozenset[tuple[str, str]] = frozenset((form[0], form[1]) for form in _MULTIPLE)


def without_legal_form(name: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the words of a folded name that are not its legal form, and the canonical form.

    A name that is nothing but legal form keeps all its words. "" where no form is said.

    >>> without_legal_form("tactical missiles corporation joint stock company".split())
    (('tactical', 'missiles'), 'ao')
    >>> without_legal_form("ooo romashka".split()), without_legal_form(["siemensgmbh"])
    ((('romashka',), 'ooo'), (('siemens',), 'gmbh'))
    """
    found = forms_in(name)
    kept = [word for at, word in enumerate(name) if not any(at in place for place, _ in found)]
    forms = [form for _, form in found]
    if not forms and kept:
        kept[-1], glued = _unglued(kept[-1])
        forms = [glued] if glued else []
    return (tuple(kept) if kept else tuple(name)), _strongest(forms)


def forms_in(name: Sequence[str]) -> list[tuple[range, str]]:
    """Return where legal forms stand in a name, and the canonical form of each."""
    found: list[tuple[range, str]] = []
    at = 0
    while at < len(name):
        length = _form_at(name, at)
        if length:
            place = range(at, at + length)
            found.append((place, LEGAL_FORMS[" ".join(name[at : at + length])]))
        at += length or 1
    left = len(name) - sum(len(place) for place, _ in found)
    is_free = not found or found[0][0].start > 0
    if left > 1 and is_free and name[0] in (_ALWAYS_IN_FRONT if found else _IN_FRONT):
        found.insert(0, (range(1), LEGAL_FORMS[name[0]]))
    return found


def _form_at(name: Sequence[str], at: int) -> int:
    """Return how many words from this one on are a legal form; 0 for none."""
    for length in range(min(_MOST_WORDS, len(name) - at), 1, -1):
        if (name[at], name[at + 1]) not in FORM_PAIRS:
            break
        words = name[at : at + length]
        if " ".join(words) not in LEGAL_FORMS:
            continue
        if max(map(len, words)) > 1 or _only_forms_follow(name, at + length):
            return length
    word = name[at]
    if at == 0 or word not in LEGAL_FORMS:
        return 0
    is_safe = len(word) >= _FEWEST_LETTERS and word not in ONLY_AT_THE_END
    return int(is_safe or _only_forms_follow(name, at + 1))


def _only_forms_follow(name: Sequence[str], at: int) -> bool:
    while at < len(name):
        length = _form_at(name, at)
        if not length:
            return False
        at += length
    return True


def _unglued(word: str) -> tuple[str, str]:
    for form in GLUED_FORMS:
        if word.endswith(form) and len(word) >= len(form) + _REST_OF_GLUED:
            return word[: -len(form)], LEGAL_FORMS.get(form, "")
    return word, ""


def _strongest(forms: Sequence[str]) -> str:
    """Return the form that says most: the last one of a known family."""
    told = [form for form in forms if form in LEGAL_FAMILIES]
    return (told or [*forms, ""])[-1 if told else 0]
