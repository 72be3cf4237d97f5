"""Which column of a file is which field, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mastersync.domain.resolution.fields import FIELDS, OTHER
from mastersync.domain.resolution_input import content, headers
from mastersync.domain.resolution_input.content import ColumnContent

IGNORE = "ignore"
NOT_USED = ""
_YIELDS = 100_000
_VARIED = 0.05
_TOO_FEW_TO_SAY = 2
_BY_CONTENT = {
    "email": "its values are email addresses",
    "tax_id": "its values are tax numbers",
    "website": "its values are web addresses",
    "phone": "its values are phone numbers",
    "date_of_birth": "its values are dates, as far apart as births",
    "party_type": "its values say company or person",
    "country": "its values are countries",
    "postcode": "its values are postcodes",
    "street": "its values are streets with numbers",
}


@dataclass(frozen=True, kw_only=True)
class ColumnUse:
    """What one column of a file is taken for.

    ``field`` is a field of the matcher, ``other:<label>`` for weak evidence, or "" when the
    column is not used; ``reason`` says why, in words.
    """

    column: str
    field: str
    reason: str

    @property
    def is_evidence(self) -> bool:
        """Whether the matcher compares it: neither left out nor the row's own key or source."""
        return self.field not in {NOT_USED, "id", "source"}


@dataclass(frozen=True, kw_only=True)
class ChosenColumn:
    """What a person said of a column; ``field`` may also be ``other`` or ``ignore``."""

    field: str
    column: str


def recognise_columns(
    columns: Sequence[ColumnContent], *, chosen: Sequence[ChosenColumn] = ()
) -> tuple[ColumnUse, ...]:
    """Say of each column, in the file's order, what it is taken for.

    A person's word comes first, then the header as far as the values agree with it, then the
    values alone. No field is given twice: the better column is the field, others weak evidence.
    """
    found = _Recognition(columns)
    found.by_choice(chosen)
    found.leave_out()
    found.by_header()
    found.by_position()
    found.by_content()
    found.names_by_content()
    found.settle_the_rest()
    return tuple(found.uses[column.header] for column in columns)


class _Recognition:
    """What is known so far of the columns of one file."""

    def __init__(self, columns: Sequence[ColumnContent]) -> None:
        self.columns = columns
        self.uses: dict[str, ColumnUse] = {}
        self._fields: set[str] = set()

    @property
    def _open(self) -> list[ColumnContent]:
        return [column for column in self.columns if column.header not in self.uses]

    def _use(self, column: ColumnContent, field: str, reason: str) -> None:
        self.uses[column.header] = ColumnUse(column=column.header, field=field, reason=reason)
        self._fields.add(field)

    def by_choice(self, chosen: Sequence[ChosenColumn]) -> None:
        fields = {choice.column: choice.field for choice in chosen}
        for column in self.columns:
            if (field := fields.get(column.header)) is None:
                continue
            if field == IGNORE:
                self._use(column, NOT_USED, "you said so")
            elif field == OTHER.rstrip(":"):
                self._use(column, self._other(column), "you said so")
            else:
                self._use(column, field, "you said so")

    def leave_out(self) -> None:
        for column in self._open:
            if len(column.values) and not column.sample:
                self._use(column, NOT_USED, "empty in every row")
            elif headers.may_hold_the_answer(column.header):
                self._use(column, NOT_USED, "may say already which records are the same")
            elif headers.is_a_time(column.header):
                self._use(column, NOT_USED, "says when something happened, not who it is")

    def by_header(self) -> None:
        offers = sorted(
            (reading.rank, position, reading.field)
            for position, column in enumerate(self.columns)
            if column.header not in self.uses
            for reading in self._readings(column)
        )
        for _, position, field in offers:
            column = self.columns[position]
            if column.header not in self.uses and field not in self._fields:
                self._use(column, field, "the header says so")
        for _, position, field in offers:
            column = self.columns[position]
            if column.header not in self.uses:
                self._second(column, field)

    def _readings(self, column: ColumnContent) -> Iterator[headers.HeaderReading]:
        yields = _YIELDS if column.is_barely_filled else 0
        for reading in headers.readings(column.header):
            field = self._part_of_name(column, reading.field)
            if content.agrees(field, column):
                yield headers.HeaderReading(rank=reading.rank + yields, field=field)

    def _part_of_name(self, column: ColumnContent, field: str) -> str:
        """A column "name" beside given names holds surnames, and the other way round."""
        if field != "name" or not headers.is_bare_name(column.header):
            return field
        others = {
            reading.field for other in self.columns for reading in headers.readings(other.header)
        }
        if "given_name" in others and "surname" not in others:
            return "surname"
        alone = not content.has_several_words(column)
        return "given_name" if "surname" in others - {"given_name"} and alone else field

    def _second(self, column: ColumnContent, field: str) -> None:
        if field == "id" and column.is_unique:
            self._use(column, NOT_USED, "another number of the row, different in each")
        elif field in {"id", "source", "party_type", "country"}:
            self._use(column, self._other(column), f"beside another {_words(field)}: weak evidence")
        else:
            self._use(column, self._other(column), f"a second {_words(field)}: weak evidence")

    def by_position(self) -> None:
        first = self.columns[0] if self.columns else None
        if first is None or "id" in self._fields or first.header in self.uses:
            return
        if content.looks_like_identifiers(first) and len(first.values) > 1:
            self._use(first, "id", "the first column, different in every row")

    def by_content(self) -> None:
        for column in self._open:
            if headers.is_of_others(column.header):
                continue
            nothing = headers.says_nothing(column.header)
            field = content.field_by_content(column, header_says_nothing=nothing)
            if field and field not in self._fields:
                self._use(column, field, _BY_CONTENT[field])
            elif field and not _not_evidence(column):
                self._second(column, field)

    def names_by_content(self) -> None:
        """Where no header names a name: the words that differ most are names, the next places."""
        texts = [
            column
            for column in self._open
            if headers.says_nothing(column.header) and content.is_text(column)
        ]
        if not self._fields & {"name", "given_name", "surname"}:
            self._names_among(texts)
        places = [column for column in texts if column.header not in self.uses]
        beside, near = self._place()
        if near and places and "city" not in self._fields:
            nearest = sorted(places, key=lambda column: abs(self.columns.index(column) - beside))
            city = max(nearest[:2], key=lambda column: column.distinct)
            self._use(city, "city", f"its values are words, beside the {near}")

    def _names_among(self, texts: Sequence[ColumnContent]) -> None:
        by_variety = sorted(texts, key=lambda column: -column.distinct)
        before_place = self.columns[: self._place()[0]]
        single = [
            column
            for column in texts
            if column in before_place
            and content.is_single_word(column)
            and column.distinct >= _VARIED * column.filled
        ]
        if len(single) > 1:
            for column, field in zip(single, ("given_name", "surname"), strict=False):
                self._use(column, field, "its values are single words, as names of persons are")
        elif by_variety:
            self._use(by_variety[0], "name", "its values are the words that differ most")

    def _place(self) -> tuple[int, str]:
        """Where the postcode is, or else the street, and which; behind all where there is none."""
        for field in ("postcode", "street"):
            for position, column in enumerate(self.columns):
                if self._field_of(column) == field:
                    return position, field
        return len(self.columns), ""

    def _field_of(self, column: ColumnContent) -> str:
        use = self.uses.get(column.header)
        return use.field if use else NOT_USED

    def settle_the_rest(self) -> None:
        for column in self._open:
            reason = _not_evidence(column)
            field = NOT_USED if reason else self._other(column)
            self._use(column, field, reason or "weak evidence")

    def _other(self, column: ColumnContent) -> str:
        name = headers.label(column.header)
        number = sum(1 for field in self._fields if field.partition("~")[0] == OTHER + name)
        return f"{OTHER}{name}~{number + 1}" if number else OTHER + name


def _not_evidence(column: ColumnContent) -> str:
    """Return why a column that is no known field says nothing of the customer, or ""."""
    few = len(column.values) <= _TOO_FEW_TO_SAY
    if content.is_date(column):
        return "dates, but not of birth"
    if content.is_long_text(column):
        return "long text"
    if column.is_unique and not few and not content.is_text(column):
        return "different in every row, as running numbers are"
    codes = content.is_number(column) or headers.says_nothing(column.header)
    if codes and content.is_coded(column) and column.distinct > column.filled / 2 and not few:
        return "numbers that hardly repeat"
    return ""


def _words(field: str) -> str:
    return field.replace("_", " ")


def field_named(text: str) -> str:
    """Return the field that a person means by a word, such as ``address``; "" for none."""
    if text in FIELDS or text in {IGNORE, OTHER.rstrip(":")}:
        return text
    exact = headers.exact_reading(text)
    return exact if exact in FIELDS else ""
