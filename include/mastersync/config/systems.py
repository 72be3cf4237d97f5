"""The systems of a client: how each is read, what its fields mean, what may be written to it."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mastersync.config.code_tables import Tables
from mastersync.config.targets import TargetFieldConfig, transformation_version
from mastersync.config.values import (
    CanonicalName,
    ConnectionId,
    OtherSystem,
    Path,
    Strict,
    Text,
    TextMeans,
    mistake,
)
from mastersync.domain.records.fields import FIELDS
from mastersync.domain.targets.model import TargetPolicy


class Auth(StrEnum):
    """Where a connection's secret goes."""

    BEARER = "bearer"
    HEADER = "header"
    BASIC = "basic"
    NONE = "none"


class PageStyle(StrEnum):
    """How a list goes on."""

    CURSOR = "cursor"
    PAGE = "page"
    OFFSET = "offset"
    LINK = "link"


class GuardHeader(StrEnum):
    """How a system refuses to overwrite what is newer."""

    NONE = "none"
    IF_MATCH = "If-Match"
    IF_UNMODIFIED_SINCE = "If-Unmodified-Since"


class _System(Strict):
    """What all kinds have in common."""

    connection: ConnectionId = Field(description="Where it is and how to get in.")
    fields: dict[CanonicalName, Path] = Field(
        min_length=1, description="Canonical field: path in the system's record."
    )
    constants: dict[CanonicalName, Text] = Field(
        default_factory=dict, description="Canonical fields that are the same in every record."
    )


class PagingConfig(Strict):
    """How a list goes on."""

    style: PageStyle = Field(description="How the next page is asked for.")
    position_parameter: str = Field(default="", description="Takes the cursor, page or offset.")
    size_parameter: str = Field(default="", description="Takes the number of records wanted.")
    size: int = Field(default=100, ge=1, le=10_000, description="Records in a page.")
    next_path: str = Field(default="", description="Style cursor: where the next cursor is.")
    pages_path: str = Field(default="", description="Style page: where the number of pages is.")
    total_path: str = Field(default="", description="Style offset: where the total is.")
    first_page: int = Field(default=1, ge=0, le=1, description="Number of the first page.")
    short_page_ends: bool = Field(default=False, description="A page not full is the last one.")

    @model_validator(mode="after")
    def _has_what_its_style_needs(self) -> Self:
        if self.style is not PageStyle.LINK and not self.position_parameter:
            raise mistake(
                f"style '{self.style}' needs 'position_parameter'.",
                "Name the query parameter that takes the cursor, page or offset.",
            )
        if self.style is PageStyle.CURSOR and not self.next_path:
            how = "Say where in the answer the next cursor is."
            raise mistake("style 'cursor' needs 'next_path'.", how)
        return self


class RestReadConfig(Strict):
    """How changes are read. Paths into documents are dotted; "" is the whole document."""

    list_path: Path = Field(description="Address of the list, relative to the connection.")
    items_path: str = Field(default="", description="Where the records are in the answer.")
    id_path: Path = Field(default="id", description="Where a record's own key is.")
    modified_path: str = Field(default="", description="Where its time of change is.")
    deleted_path: str = Field(default="", description="Where it says that it was deleted.")
    deleted_value: str = Field(default="true", description="What it says then.")
    since_parameter: str = Field(default="", description="Asks for changes at or after a time.")
    since_format: str = Field(
        default="%Y-%m-%dT%H:%M:%S.%fZ", description="strftime pattern of that time, in UTC."
    )
    sorted_by_modified: bool = Field(
        default=False, description="Asked for changes, the oldest come first."
    )
    earliest: datetime = Field(
        default=datetime(1970, 1, 1, tzinfo=UTC), description="Where the first read starts."
    )
    overlap_seconds: float = Field(
        default=0, ge=0, le=604_800, description="Read again each time, for late commits."
    )
    guard_path: str = Field(default="", description="Value that changes with every change.")
    parameters: dict[str, str] = Field(default_factory=dict, description="Sent with each list.")
    paging: PagingConfig = Field(description="How the list goes on.")

    @model_validator(mode="after")
    def _reads_changes_by_a_time(self) -> Self:
        if self.since_parameter and not self.modified_path:
            how = "Say where in a record its time of change is."
            raise mistake("'since_parameter' needs 'modified_path'.", how)
        if self.earliest.tzinfo is None:
            raise mistake("'earliest' has no time zone.", "End it with Z, as in 2020-01-01T00:00Z.")
        return self


class RestBatchConfig(Strict):
    """Many writes in one request, as OData 4.01 has it (JSON format, section 19)."""

    path: Path = Field(default="/$batch", description="Address that takes a batch.")
    size: int = Field(default=100, ge=2, le=200, description="Requests that it takes at once.")
    requests_path: Path = Field(default="requests", description="Where they are in a batch.")
    responses_path: Path = Field(default="responses", description="Where its answers are.")


class RestWriteConfig(Strict):
    """What may be written, and how."""

    create: bool = Field(default=False, description="Create the customers that it lacks.")
    update: bool = Field(default=False, description="Update the customers that it has.")
    fields: dict[Path, Annotated[TargetFieldConfig, TextMeans("field")]] = Field(
        min_length=1, description="Path in the target: canonical field, or more about it."
    )
    one_path: str = Field(default="", description='Address of one; "" is list_path/{id}.')
    one_item_path: str = Field(default="", description="Where the record is in that answer.")
    create_path: str = Field(default="", description='Address to create at; "" is list_path.')
    create_verb: Literal["POST", "PUT"] = Field(default="POST", description="HTTP method.")
    update_path: str = Field(default="", description='Address to update at; "" is one_path.')
    update_verb: Literal["PATCH", "PUT", "POST"] = Field(default="PATCH", description="Method.")
    guard_header: GuardHeader = Field(
        default=GuardHeader.NONE, description="Header that refuses to overwrite newer data."
    )
    compare_before_write: bool = Field(
        default=False, description="Fetch the record and compare its guard first."
    )
    idempotency_header: str = Field(default="", description="Header that takes our key.")
    reference_field: str = Field(default="", description="Takes our own id when created.")
    reference_parameter: str = Field(default="", description="Looks our own id up in the list.")
    existing_id_path: str = Field(
        default="error.existing_id", description="Where a refused second creation names the first."
    )
    error_fields_path: str = Field(default="error.fields", description="Refused fields.")
    error_field_name: str = Field(default="field", description="Where each is named.")
    batch: RestBatchConfig | None = Field(
        default=None, description="Absent: each record needs a request of its own."
    )

    @model_validator(mode="after")
    def _can_be_asked_about_creations(self) -> Self:
        if self.create and not self.reference_field:
            raise mistake(
                "'create' needs 'reference_field'.",
                "Without our own id in the system, a creation cut short could be done twice.",
            )
        return self


class RestSystem(_System):
    """JSON over HTTP."""

    kind: Literal["rest"] = Field(description="JSON over HTTP.")
    auth: Auth = Field(default=Auth.BEARER, description="Where the connection's secret goes.")
    auth_header: Text = Field(default="X-Api-Key", description="With auth 'header'.")
    rate_limit: float = Field(default=20, gt=0, le=1_000, description="Requests a second.")
    read_timeout: float = Field(default=20, gt=0, le=300, description="Seconds.")
    deadline: float = Field(default=60, gt=0, le=900, description="Seconds for one whole call.")
    read: RestReadConfig = Field(description="How changes are read.")
    write: RestWriteConfig | None = Field(default=None, description="Absent: it is only read.")


class TableConfig(Strict):
    """Files with the same columns."""

    format: Literal["csv", "xlsx"] = Field(description="Kind of file.")
    glob: Path = Field(description="Which files, relative to the connection's folder.")
    key_columns: tuple[Text, ...] = Field(min_length=1, description="Columns that make the key.")
    columns: tuple[Text, ...] = Field(default=(), description="Further columns that must be there.")
    encoding: Literal["utf-8", "windows-1252"] = Field(default="utf-8", description="Of CSV.")
    delimiter: str = Field(default=",", min_length=1, max_length=1, description="Of CSV.")
    quote: str = Field(default='"', min_length=1, max_length=1, description="Of CSV.")
    sheet: str = Field(default="", description='Of XLSX; "" is the first one.')
    header_row: int = Field(default=1, ge=1, le=1_000, description="Counts from 1.")
    modified_column: str = Field(default="", description="Where a row's time of change is.")
    modified_format: str = Field(default="", description='strptime pattern; "" is ISO 8601.')
    complete: bool = Field(
        default=False, description="All customers are in it: absence means deletion."
    )
    page_rows: int = Field(default=1_000, ge=1, le=100_000, description="Rows landed at once.")

    @model_validator(mode="before")
    @classmethod
    def _tabulators_may_be_named(cls, value: object) -> object:
        if isinstance(value, dict) and value.get("delimiter") in {"tab", r"\t"}:
            return value | {"delimiter": "\t"}
        return value


class FilesSystem(_System):
    """Tables in files: on disk, SFTP or object storage. Only read."""

    kind: Literal["files"] = Field(description="CSV or XLSX files.")
    table: TableConfig = Field(description="What the files are like.")


class DocumentsConfig(Strict):
    """What the documents are like."""

    labels: dict[Text, Text] = Field(
        min_length=1, description="Words before the colon: name of the term."
    )
    glob: Path = Field(default="*.pdf", description="Which files.")
    required: tuple[Text, ...] = Field(default=(), description="Terms without which it is refused.")
    key_term: str = Field(default="", description='Term that is the key; "" is the file name.')
    max_pages: int = Field(default=200, ge=1, le=5_000, description="Longer ones are refused.")
    seconds: float = Field(default=20, gt=0, le=600, description="To read one document.")

    @model_validator(mode="after")
    def _terms_are_declared(self) -> Self:
        terms = set(self.labels.values())
        unknown = [term for term in (*self.required, self.key_term) if term and term not in terms]
        if unknown:
            how = f"Give it a label, or use one of: {', '.join(sorted(terms))}."
            raise mistake(f"no label gives the term '{unknown[0]}'.", how)
        return self


class ContractsSystem(_System):
    """Contracts, of which declared terms are read. Only read."""

    kind: Literal["contracts"] = Field(description="Contract documents (PDF).")
    documents: DocumentsConfig = Field(description="What the documents are like.")
    links_to: OtherSystem | None = Field(
        default=None, description="The system whose keys its keys are: same key, same customer."
    )

    @model_validator(mode="after")
    def _fields_are_terms(self) -> Self:
        terms = set(self.documents.labels.values())
        for field, term in self.fields.items():
            if term not in terms:
                how = f"Give it a label, or use one of: {', '.join(sorted(terms))}."
                raise mistake(f"no label gives the term '{term}' of '{field}'.", how)
        return self


SystemConfig = Annotated[RestSystem | FilesSystem | ContractsSystem, Field(discriminator="kind")]


def written_fields(system: SystemConfig) -> dict[str, TargetFieldConfig]:
    """Return what may be written to a system, by path; nothing to one that is only read."""
    write = system.write if isinstance(system, RestSystem) else None
    return {} if write is None or not (write.create or write.update) else write.fields


def target_policy(
    name: str, system: SystemConfig, *, tables: Tables, default_country: str
) -> TargetPolicy | None:
    """Return what may be written to a system; None for one that is only read.

    ``tables`` are the client's code tables and those built in.
    """
    write, fields = getattr(system, "write", None), written_fields(system)
    if not isinstance(write, RestWriteConfig) or not fields:
        return None
    return TargetPolicy(
        system=name,
        create=write.create,
        update=write.update,
        mapping=tuple(field.to_target_field(path) for path, field in fields.items()),
        default_country=default_country,
        version=transformation_version(fields, tables, default_country=default_country),
    )


def read_fields(system: SystemConfig) -> list[str]:
    """Return the canonical fields that a system says something about, in canonical order."""
    return [name for name in FIELDS if name in system.fields or name in system.constants]
