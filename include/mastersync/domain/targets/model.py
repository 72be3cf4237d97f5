"""What a client's SLA wants each of its systems to hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from mastersync.domain.records.fields import FIELDS, FieldKind

# Takes the golden fields ("" or absent where unknown); raises NoResultError, a ValueError.
Expression = Callable[[Mapping[str, str]], str]
Condition = Callable[[Mapping[str, str]], bool]
TargetValue = str | int | float


class Case(StrEnum):
    """Which letters the target takes."""

    KEEP = "keep"
    UPPER = "upper"
    LOWER = "lower"


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a value is made of, and when.

    At most one of ``field`` (canonical), ``expression`` and ``constant`` is set; with none of them
    the target keeps what it has. ``reads`` are the canonical fields that go into the expression,
    ``asks`` those that go into the condition. ``clause`` is the clause of the client's contract
    that wants it so.
    """

    when: Condition | None = None
    asks: frozenset[str] = frozenset()
    field: str | None = None
    expression: Expression | None = None
    reads: frozenset[str] = frozenset()
    gives_number: bool = False
    constant: str | None = None
    code_table: str | None = None
    clause: str = ""

    @property
    def says_something(self) -> bool:
        return not (self.field is None and self.expression is None and self.constant is None)

    @property
    def read_fields(self) -> frozenset[str]:
        """All canonical fields that it hangs on."""
        own = frozenset() if self.field is None else {self.field}
        return self.reads | self.asks | own


@dataclass(frozen=True, kw_only=True)
class TargetField(Source):
    """One path in the target, and what belongs there.

    Of ``rules`` the first one counts whose condition holds; else what is said beside them.
    ``max_length`` cuts names and other free text and refuses what must not be cut. ``as_number``
    sends a number. ``reformat`` also writes what only looks different (a phone with other
    brackets).
    """

    path: str
    rules: tuple[Source, ...] = ()
    max_length: int | None = None
    case: Case = Case.KEEP
    as_number: bool = False
    only_if_blank: bool = False
    clear_when_blank: bool = False
    reformat: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that its value may be made of, in order; the last one holds always."""
        return (*self.rules, self)

    @property
    def is_sensitive(self) -> bool:
        """Whether its value is one to show in part only, or may be made of one."""
        return any(FIELDS[name].sensitive for one in self.sources for name in one.read_fields)


@dataclass(frozen=True, kw_only=True)
class TargetPolicy:
    """What may be written to one system, and how.

    ``default_country`` is what its national forms are read by when a customer has no country.
    ``version`` names the state of the transformation: its mapping, its code tables, our engine.
    """

    system: str
    create: bool
    update: bool
    mapping: tuple[TargetField, ...]
    default_country: str = ""
    version: str = ""

    @property
    def open_paths(self) -> frozenset[str]:
        """The paths whose values may be shown in full.

        Others hold what is sensitive, or nobody knows: a path that is not mapped any more.
        """
        return frozenset(one.path for one in self.mapping if not one.is_sensitive)


@dataclass(frozen=True, kw_only=True)
class ProjectionProblem:
    """Why a record has to wait before it is written; ``words`` never hold personal data.

    ``code`` is ``code_unknown``, ``too_long``, ``not_a_number`` or ``expression_failed``. Of an
    unknown code, ``table`` and ``unknown`` say which table does not know what; the latter as it may
    be shown.
    """

    code: str
    system: str
    path: str
    words: str
    table: str = ""
    unknown: str = ""


@dataclass(frozen=True, kw_only=True)
class Projection:
    """What the target should hold, by its own paths; None means emptied.

    With ``problems`` the record waits: nothing is guessed and nothing is written. ``kinds`` and
    ``country`` say by what forms its values are compared with what the target holds.
    """

    values: dict[str, TargetValue | None]
    problems: tuple[ProjectionProblem, ...] = ()
    only_if_blank: frozenset[str] = frozenset()
    kinds: Mapping[str, FieldKind] = field(default_factory=dict)
    country: str = ""


class Change(NamedTuple):
    """One value to write: as the target holds it now, and as it should be (None = empty)."""

    before: object | None
    after: TargetValue | None
