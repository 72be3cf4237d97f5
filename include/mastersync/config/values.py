"""The kinds of value that settings of a client are made of."""

import re
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pycountry
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from mastersync.config.expressions import (
    ExpressionError,
    compile_condition,
    compile_expression,
)
from mastersync.config.mistakes import did_you_mean
from mastersync.config.schedules import cron_problem
from mastersync.domain.records.codes import COMPANY, PERSON
from mastersync.domain.records.fields import FIELDS, FieldKind

GROUPS = tuple(dict.fromkeys(field.group for field in FIELDS.values() if field.group))
CODE_FIELDS = tuple(name for name, field in FIELDS.items() if field.kind is FieldKind.CODE)
_SYSTEM_NAME = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
_EMAIL = re.compile(r"^[^@\s<>\"(),:;\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")


class Strict(BaseModel):
    """Base of every section: unknown settings are mistakes, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def mistake(what: str, how: str = "") -> PydanticCustomError:
    """Return what a validator raises: a sentence, and another on how to mend it."""
    return PydanticCustomError("mistake", "{what}", {"what": what, "how": how})


def _one_of(word: str, known: tuple[str, ...] | list[str], what: str) -> str:
    if word not in known:
        raise mistake(f"there is no {what} '{word[:60]}'.", did_you_mean(word, known))
    return word


def _known_here(word: str, info: ValidationInfo, *, kind: str, what: str) -> str:
    """Check a word against what the same file declares; the loader passes that as context."""
    if info.context is not None:
        _one_of(word, info.context[kind], what)
    return word


def _system_name(name: str) -> str:
    if not _SYSTEM_NAME.match(name) or len(name) > 40:  # noqa: PLR2004 (as the store's columns)
        raise mistake(
            f"'{name[:60]}' cannot name a system.", "Use lower case letters, digits and single '_'."
        )
    return name


def _connection(name: str, info: ValidationInfo) -> str:
    if info.context is not None and not name.startswith(f"{info.context['client_id']}__"):
        raise mistake(
            "this connection does not belong to this client.",
            f"Its id must start with '{info.context['client_id']}__'.",
        )
    if not re.fullmatch(r"[a-z0-9_]{3,120}", name):
        raise mistake("this is no connection id.", "Use lower case letters, digits and '_'.")
    return name


def _country(code: str) -> str:
    if pycountry.countries.get(alpha_2=code) is None or not code.isupper():
        raise mistake(f"'{code[:60]}' is no country.", "Use ISO 3166-1 alpha-2, such as GB or DE.")
    return code


def _currency(code: str) -> str:
    if pycountry.currencies.get(alpha_3=code) is None or not code.isupper():
        raise mistake(f"'{code[:60]}' is no currency.", "Use ISO 4217, such as EUR or USD.")
    return code


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        how = "Use a name such as Europe/London or America/New_York."
        raise mistake(f"'{name[:60]}' is no time zone.", how) from None
    return name


def _schedule(schedule: str) -> str:
    if problem := cron_problem(schedule):
        raise mistake(problem, "Use five cron fields ('0 6 * * 1-5'), or @hourly, @daily, @weekly.")
    return schedule


def _email(address: str) -> str:
    if not _EMAIL.match(address):
        raise mistake("this is no email address.", "Write one, such as accounts@example.com.")
    return address


def _expression(text: str) -> str:
    try:
        compile_expression(text)
    except ExpressionError as error:
        raise mistake(str(error)) from None
    return text


def _condition(text: str) -> str:
    try:
        compile_condition(text)
    except ExpressionError as error:
        raise mistake(str(error)) from None
    return text


def _survivor(name: str) -> str:
    if name in FIELDS and FIELDS[name].group:
        group = FIELDS[name].group
        raise mistake(f"'{name}' survives with its group.", f"Write '{group}' instead.")
    choices = [*GROUPS, *(field.name for field in FIELDS.values() if not field.group)]
    return _one_of(name, choices, "field or group")


def _unknown_field(name: str) -> str:
    return _one_of(name, list(FIELDS), "field")


def _words(kind: str, *, enum: tuple[str, ...] | None = None) -> WithJsonSchema:
    schema: dict[str, Any] = {"type": "string", "description": kind}
    return WithJsonSchema(schema | ({"enum": list(enum)} if enum else {}))


CanonicalName = Annotated[
    str, AfterValidator(_unknown_field), _words("A canonical field.", enum=tuple(FIELDS))
]
CodeField = Annotated[
    str,
    AfterValidator(lambda name: _one_of(name, CODE_FIELDS, "field of codes")),
    _words("A canonical field that holds a code.", enum=CODE_FIELDS),
]
SurvivorName = Annotated[
    str, AfterValidator(_survivor), _words("A field, or the group that it survives with.")
]
SystemName = Annotated[str, AfterValidator(_system_name), _words("A system's name.")]
OtherSystem = Annotated[
    str,
    AfterValidator(lambda name, info: _known_here(name, info, kind="systems", what="system")),
    _words("Another system of this file."),
]
TrustedName = Annotated[
    str,
    AfterValidator(lambda name, info: _known_here(name, info, kind="sources", what="system")),
    _words("A system of this file, the credit agency, or customer for a word that decayed."),
]
TableName = Annotated[
    str,
    AfterValidator(lambda name, info: _known_here(name, info, kind="tables", what="code table")),
    _words("A table under code_tables."),
]
TargetTableName = Annotated[
    str,
    AfterValidator(
        lambda name, info: _known_here(name, info, kind="target_tables", what="code table")
    ),
    _words("A table under code_tables, or one built in: iso_country_alpha3 ..."),
]
ConnectionId = Annotated[
    str, AfterValidator(_connection), _words("An Airflow connection id, <client_id>__<system>.")
]
Country = Annotated[str, AfterValidator(_country), _words("ISO 3166-1 alpha-2, such as GB.")]
Currency = Annotated[str, AfterValidator(_currency), _words("ISO 4217, such as EUR.")]
TimeZone = Annotated[str, AfterValidator(_time_zone), _words("Such as Europe/London.")]
Schedule = Annotated[str, AfterValidator(_schedule), _words("Five cron fields, or @hourly ...")]
EmailAddress = Annotated[str, AfterValidator(_email), _words("An email address.")]
ExpressionText = Annotated[
    str, AfterValidator(_expression), _words('A formula, such as given_name ~ " " ~ surname.')
]
ConditionText = Annotated[
    str,
    AfterValidator(_condition),
    _words('When it holds, such as segment == "KEY" and credit_limit >= 10000.'),
]
PartyType = Annotated[
    str,
    AfterValidator(lambda word: _one_of(word, (COMPANY, PERSON), "kind of customer")),
    _words("company or person", enum=(COMPANY, PERSON)),
]
Path = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=1, le=3_660)]


@dataclass(frozen=True)
class TextMeans:
    """Lets a plain text stand for a section with only this key; the JSON Schema says so too."""

    key: str

    def __get_pydantic_core_schema__(
        self,
        source: object,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        return no_info_before_validator_function(self._section, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}

    def _section(self, value: object) -> object:
        return {self.key: value} if isinstance(value, str) else value
