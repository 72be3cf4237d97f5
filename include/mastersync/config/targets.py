"""What a client wants its systems to hold: fields, rules and codes, path by path."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, Self

from pydantic import Field, model_validator

from mastersync.config.code_tables import Tables
from mastersync.config.expressions import (
    compile_condition,
    compile_expression,
    fields_read,
    gives_number,
)
from mastersync.config.values import (
    CanonicalName,
    ConditionText,
    ExpressionText,
    Strict,
    TargetTableName,
    Text,
    mistake,
)
from mastersync.domain.targets.model import Case, Source, TargetField
from mastersync.domain.targets.transform import ENGINE_EDITION

_CONTENTS = ("field", "expression", "constant")
_READ_FROM: Final[Any] = {
    "contract_version": True,
    "rules": {"__all__": {"contract_version"}},
}


class SourceConfig(Strict):
    """What a value is made of."""

    field: CanonicalName | None = Field(default=None, description="The canonical field.")
    expression: ExpressionText | None = Field(
        default=None, description="A formula over canonical fields, instead of one field."
    )
    constant: Text | None = Field(default=None, description="Always this, instead of a field.")
    code_table: TargetTableName | None = Field(
        default=None, description="Table from our code to the target's; unknown codes wait."
    )
    clause: Text | None = Field(
        default=None, description="Of the client's contract, which wants it so."
    )
    contract_version: Text | None = Field(
        default=None, description="The version that this rule was read from, if another."
    )

    def contents(self) -> list[str]:
        """Return what is said of the value itself."""
        return [name for name in _CONTENTS if getattr(self, name) is not None]

    def said(self) -> dict[str, Any]:
        """Return it as the domain has it."""
        text = self.expression
        return {
            "field": self.field,
            "expression": None if text is None else compile_expression(text),
            "reads": frozenset() if text is None else fields_read(text),
            "gives_number": text is not None and gives_number(text),
            "constant": self.constant,
            "code_table": self.code_table,
            "clause": self.clause or "",
        }


class RuleConfig(SourceConfig):
    """What belongs there when something holds of the customer."""

    when: ConditionText | None = Field(
        default=None, description="When it holds; the last rule may leave it out."
    )
    keep: bool = Field(default=False, description="Leave what the target has.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        given = [*self.contents(), *(["keep"] if self.keep else [])]
        if len(given) != 1:
            how = "Give exactly one of 'field', 'expression', 'constant' and 'keep: true'."
            raise mistake(f"this rule says {_listed(given)}.", how)
        if self.keep and self.code_table is not None:
            raise mistake("what is kept is not translated.", "Remove 'code_table'.")
        return self

    def to_source(self) -> Source:
        when = self.when
        return Source(
            **self.said(),
            when=None if when is None else compile_condition(when),
            asks=frozenset() if when is None else fields_read(when),
        )


class TargetFieldConfig(SourceConfig):
    """What belongs at one path of a target. A plain text is short for ``field``."""

    rules: tuple[RuleConfig, ...] = Field(
        default=(),
        max_length=50,
        description="The first that holds counts; else what is said beside them.",
    )
    max_length: int | None = Field(
        default=None, ge=1, le=10_000, description="Characters that the target takes."
    )
    case: Case = Field(default=Case.KEEP, description="Which letters the target takes.")
    as_number: bool = Field(default=False, description="Send a JSON number, not a text.")
    only_if_blank: bool = Field(default=False, description="Never overwrite what is there.")
    clear_when_blank: bool = Field(
        default=False, description="Empty it when the golden record has no value."
    )
    reformat: bool = Field(
        default=False, description="Also write what only looks different, such as phones."
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        given = self.contents()
        if len(given) > 1 or not (given or self.rules):
            how = "Give exactly one of 'field', 'expression' and 'constant'."
            raise mistake(f"this says {_listed(given)}.", how)
        return self

    @model_validator(mode="after")
    def _each_rule_can_hold(self) -> Self:
        always = [number for number, rule in enumerate(self.rules, start=1) if rule.when is None]
        if always and (always[0] < len(self.rules) or self.contents()):
            raise mistake(
                f"rule {always[0]} has no 'when', so what comes after it never counts.",
                "Say when it holds; only the last thing said may hold always.",
            )
        return self

    def to_target_field(self, path: str) -> TargetField:
        return TargetField(
            **self.said(),
            path=path,
            rules=tuple(rule.to_source() for rule in self.rules),
            max_length=self.max_length,
            case=self.case,
            as_number=self.as_number,
            only_if_blank=self.only_if_blank,
            clear_when_blank=self.clear_when_blank,
            reformat=self.reformat,
        )

    def translations(self) -> Iterator[tuple[str, str]]:
        """Yield (field, code table) for what is written in codes."""
        for source in (self, *self.rules):
            if source.field is not None and source.code_table is not None:
                yield source.field, source.code_table


def transformation_version(
    fields: Mapping[str, TargetFieldConfig], tables: Tables, *, default_country: str
) -> str:
    """Return a short hash of all that a target's values hang on, but for the golden record.

    Settings that are left at their defaults do not count: a release that adds one changes nothing.
    Nor does the version of the contract that a rule was read from.
    """
    sources = [source for field in fields.values() for source in (field, *field.rules)]
    used = sorted({source.code_table for source in sources if source.code_table is not None})
    content = {
        "engine": ENGINE_EDITION,
        "default_country": default_country,
        "fields": {
            path: field.model_dump(mode="json", exclude_defaults=True, exclude=_READ_FROM)
            for path, field in fields.items()
        },
        "tables": {name: tables[name] for name in used},
    }
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]


def _listed(given: list[str]) -> str:
    return " and ".join(f"'{name}'" for name in given) or "none of them"
