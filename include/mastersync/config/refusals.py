"""What pydantic refuses, in the words of the file."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from mastersync.config.mistakes import Mistake, Place, did_you_mean
from mastersync.config.yaml_document import Document, Value

_KEY = "[key]"


def mistakes_of(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> list[Mistake]:
    """Return a mistake for each of pydantic's complaints."""
    return [_mistake(fault, document, model) for fault in error.errors(include_url=False)]


def _mistake(fault: Any, document: Document, model: type[BaseModel]) -> Mistake:  # noqa: ANN401 (pydantic's error details)
    kind, context = fault["type"], fault.get("ctx", {})
    place = _place(fault["loc"], document.root)
    if kind == "mistake":
        return document.mistake(place, context["what"], context["how"])
    if kind == "union_tag_invalid":
        place = (*place, "kind")
    around = model if len(place) < 2 else _section(model, fault["loc"][:-1])  # noqa: PLR2004
    last = str(place[-1]) if place else ""
    if kind == "extra_forbidden":
        known = list(around.model_fields) if around else []
        return document.mistake(place, f"there is no setting '{last}'.", did_you_mean(last, known))
    if kind == "missing":
        field = around.model_fields.get(last) if around else None
        meaning = f" ({field.description.rstrip('.')})" if field and field.description else ""
        return document.mistake(place, "this is missing.", f"Add '{last}: ...'{meaning}.")
    return document.mistake(place, *_words(kind, context, fault["input"]))


def _words(kind: str, context: Mapping[str, Any], given: object) -> tuple[str, str]:
    """Return what is wrong and how to mend it. Free text of the file is never repeated."""
    if given is None:
        return "nothing is given here.", "Give it a value, or remove the line."
    if kind in {"enum", "literal_error"}:
        choices = [choice.strip(" '") for choice in _listed(str(context["expected"]))]
        return "this is not one of the choices.", did_you_mean(given, choices)
    if kind == "union_tag_invalid":
        choices = [choice.strip(" '") for choice in str(context["expected_tags"]).split(",")]
        return "there is no such kind of system.", did_you_mean(context["tag"], choices)
    if kind == "union_tag_not_found":
        return "'kind' is missing.", "Add 'kind: rest', 'kind: files' or 'kind: contracts'."
    for kinds, what, how in _BY_KIND:
        if kind in kinds:
            return what.format(**context), how.format(**context)
    return "this value cannot be used.", ""


_NUMBERS = {"int_parsing", "float_parsing", "decimal_parsing", "int_from_float", "int_type"}
_BY_KIND: tuple[tuple[set[str], str, str], ...] = (
    ({"bool_parsing", "bool_type"}, "this is neither true nor false.", "Write true or false."),
    (_NUMBERS | {"float_type", "decimal_type"}, "this is no number.", "Write digits only."),
    ({"finite_number"}, "this is no number.", "Write digits only."),
    ({"greater_than_equal"}, "this is too small.", "It must be {ge} or more."),
    ({"greater_than"}, "this is too small.", "It must be more than {gt}."),
    ({"less_than_equal"}, "this is too large.", "It must be {le} or less."),
    ({"string_too_short"}, "this is too short.", "It needs {min_length} character(s) or more."),
    ({"string_too_long"}, "this is too long.", "It may have {max_length} characters."),
    ({"string_pattern_mismatch"}, "this is not as it must be.", "It must match {pattern}"),
    ({"string_type"}, "this must be a text.", "Write a single value here."),
    ({"too_short"}, "this is empty.", "It needs {min_length} or more."),
    (
        {"dict_type", "model_type", "model_attributes_type"},
        "this must be a section.",
        "Write 'name: value' lines below it, indented.",
    ),
    ({"tuple_type", "list_type"}, "this must be a list.", "Write [one, two], or lines with '- '."),
    ({"datetime_from_date_parsing", "datetime_parsing"}, "this is no time.", "Use ISO 8601."),
)


def _listed(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _place(location: tuple[str | int, ...], root: Value) -> Place:
    """Return pydantic's location without what is not in the file: tags of unions, "[key]"."""
    place: list[str | int] = []
    here: Value = root
    for position, part in enumerate(location):
        if isinstance(here, dict) and part in here:
            here = here[str(part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        elif part == _KEY or position < len(location) - 1 or not isinstance(here, dict):
            continue
        place.append(part)
    return tuple(place)


def _section(model: type[BaseModel], location: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the model that a location of pydantic's leads to, or None when it is another type."""
    here: Any = model
    for part in location:
        choices = list(_models(here))
        tagged = [choice for choice in choices if _tag(choice) == part]
        if tagged:
            here = tagged[0]
        elif len(choices) == 1 and part in choices[0].model_fields:
            here = choices[0].model_fields[str(part)].annotation
        elif get_origin(here) in {dict, tuple}:
            here = [arg for arg in get_args(here) if arg is not Ellipsis][-1]
    return next(_models(here), None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 (any annotation)
    """Yield the models that an annotation allows."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) not in {dict, tuple}:
        for argument in get_args(annotation):
            yield from _models(argument)


def _tag(model: type[BaseModel]) -> str | None:
    kind = model.model_fields.get("kind")
    return get_args(kind.annotation)[0] if kind and get_args(kind.annotation) else None
