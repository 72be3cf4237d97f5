"""What a customer answers, read out of a plain form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mastersync.domain.confirmations.shown import Shown, ShownField
from mastersync.domain.records.prepare import PreparePolicy, prepare_record
from mastersync.domain.records.text import clean_text

LONGEST_VALUE = 200
FIELD_PREFIX = "field_"


class Verdict(StrEnum):
    """The customer's answer as a whole."""

    ALL_CORRECT = "all_correct"
    CORRECTIONS = "corrections"
    WRONG_PERSON = "wrong_person"


class Mistake(StrEnum):
    """What keeps a form from being an answer; the page has words for each."""

    NOTHING_CHOSEN = "nothing_chosen"
    NOTHING_CHANGED = "nothing_changed"
    CHANGED_BUT_CORRECT = "changed_but_correct"  # "all correct" chosen, and fields edited
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNUSABLE = "unusable"  # not in the form of its kind


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer. ``corrections`` are proposals in canonical form, only of what differs."""

    verdict: Verdict
    corrections: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FormMistakes:
    """Why a form is no answer yet, by canonical field or ``verdict``."""

    by_field: dict[str, Mistake]


def parse_answer(form: Mapping[str, str], shown: Shown) -> Answer | FormMistakes:
    """Read the form that was posted from the page on which ``shown`` stood.

    A box left as it was, and the empty box of a masked value, mean "no change". With "all
    correct" edited boxes are asked about once, and ignored when the customer says it again.
    """
    try:
        verdict = Verdict(form.get("verdict", ""))
    except ValueError:
        return FormMistakes(by_field={"verdict": Mistake.NOTHING_CHOSEN})
    if verdict is Verdict.WRONG_PERSON:
        return Answer(verdict=verdict)
    typed = _typed(form, shown)
    if verdict is Verdict.ALL_CORRECT:
        if typed and not form.get("asked_again"):
            return FormMistakes(by_field={"verdict": Mistake.CHANGED_BUT_CORRECT})
        return Answer(verdict=verdict)
    return _corrections(typed, shown)


def _corrections(typed: Mapping[str, str], shown: Shown) -> Answer | FormMistakes:
    held = shown.held()
    policy = PreparePolicy(
        required=frozenset(),
        default_country=held.get("country", ""),
        max_length=LONGEST_VALUE,
    )
    prepared = prepare_record({**held, **typed}, policy=policy).fields
    mistakes = {
        name: mistake
        for name, text in typed.items()
        if (mistake := _mistake(text, is_usable=name in prepared)) is not None
    }
    if mistakes:
        return FormMistakes(by_field=mistakes)
    corrections = {name: prepared[name] for name in typed if prepared[name] != held.get(name)}
    if not corrections:
        return FormMistakes(by_field={"verdict": Mistake.NOTHING_CHANGED})
    return Answer(verdict=Verdict.CORRECTIONS, corrections=corrections)


def _mistake(text: str, *, is_usable: bool) -> Mistake | None:
    if not text:
        return Mistake.EMPTY
    if len(text) > LONGEST_VALUE:
        return Mistake.TOO_LONG
    return None if is_usable else Mistake.UNUSABLE


def _typed(form: Mapping[str, str], shown: Shown) -> dict[str, str]:
    """Return what the customer wrote into boxes, by field; a box that is as it was is left out."""
    typed = {}
    for shown_field in shown.fields:
        posted = form.get(f"{FIELD_PREFIX}{shown_field.name}")
        if not shown_field.is_editable or posted is None:
            continue
        text = clean_text(posted)
        if text != clean_text(box_value(shown_field)):
            typed[shown_field.name] = text
    return typed


def box_value(shown_field: ShownField) -> str:
    """Return what stands in a field's box before the customer writes: nothing when masked."""
    return "" if shown_field.is_masked else shown_field.value
