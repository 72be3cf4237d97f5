"""The form as the template needs it: one box a field, with hint, mistake and browser help."""

from collections.abc import Mapping
from dataclasses import dataclass

from mastersync.domain.confirmations.answers import (
    FIELD_PREFIX,
    LONGEST_VALUE,
    FormMistakes,
    Mistake,
    box_value,
)
from mastersync.domain.confirmations.labels import country_names, display_value
from mastersync.domain.confirmations.shown import Shown, ShownField
from mastersync.domain.records.fields import FIELDS, FieldKind
from mastersync.web.portal.texts import field_hint, mistake_text, texts

# What browsers fill in by themselves (WCAG 1.3.5), where it is about the person who answers.
_AUTOCOMPLETE = {
    "given_name": "given-name",
    "surname": "family-name",
    "date_of_birth": "bday",
    "street": "address-line1",
    "city": "address-level2",
    "region": "address-level1",
    "postcode": "postal-code",
    "country": "country",
    "phone": "tel",
    "email": "email",
    "website": "url",
}
_INPUT_MODES = {FieldKind.PHONE: "tel", FieldKind.EMAIL: "email", FieldKind.WEBSITE: "url"}


@dataclass(frozen=True, kw_only=True)
class Box:
    """One box of the form; ``options`` (value to label) make it a list to choose from."""

    name: str
    label: str
    value: str
    hint: str
    mistake: str
    autocomplete: str
    input_mode: str
    options: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.name.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One correction, before and after, as people write it."""

    name: str
    label: str
    before: str
    after: str
    value: str


def boxes(
    shown: Shown, *, form: Mapping[str, str], mistakes: FormMistakes | None, language: str
) -> list[Box]:
    """Return a box for each field that may be corrected; what was typed is kept."""
    found = {} if mistakes is None else mistakes.by_field
    return [
        _box(field, form=form, mistake=found.get(field.name), language=language)
        for field in shown.fields
        if field.is_editable
    ]


def changes(shown: Shown, corrections: Mapping[str, str], *, language: str) -> list[Change]:
    """Return the corrections in the order of the page."""
    return [
        Change(
            name=f"{FIELD_PREFIX}{field.name}",
            label=field.label,
            before=field.masked_value,
            after=display_value(field.name, corrections[field.name], language=language),
            value=corrections[field.name],
        )
        for field in shown.fields
        if field.name in corrections
    ]


def mistake_links(mistakes: FormMistakes, shown: Shown, *, language: str) -> list[tuple[str, str]]:
    """Return each mistake as the id of its box and words, in the order of the page."""
    links = []
    if "verdict" in mistakes.by_field:
        words = mistake_text(mistakes.by_field["verdict"], label="", language=language)
        links.append(("verdict-all-correct", words))
    for field in shown.fields:
        if field.name in mistakes.by_field:
            mistake = mistakes.by_field[field.name]
            words = mistake_text(mistake, label=field.label, language=language)
            links.append((f"{FIELD_PREFIX}{field.name}".replace("_", "-"), words))
    return links


def _box(
    field: ShownField, *, form: Mapping[str, str], mistake: Mistake | None, language: str
) -> Box:
    name = f"{FIELD_PREFIX}{field.name}"
    kind = FIELDS[field.name].kind
    words = "" if mistake is None else mistake_text(mistake, label=field.label, language=language)
    return Box(
        name=name,
        label=field.label,
        value=form.get(name, box_value(field))[: LONGEST_VALUE + 1],
        hint=_hint(field, language=language),
        mistake=words,
        autocomplete=_AUTOCOMPLETE.get(field.name, "off"),
        input_mode=_INPUT_MODES.get(kind, "text"),
        options=country_names(language) if kind is FieldKind.COUNTRY else {},
    )


def _hint(field: ShownField, *, language: str) -> str:
    how = field_hint(field.name, language=language)
    words = texts(language)
    if field.is_masked:
        return f"{words['hidden_box'] % {'value': field.masked_value}} {how}".strip()
    if not field.masked_value:
        return f"{words['empty_box']} {how}".strip()
    return how
