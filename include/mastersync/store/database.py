"""Connections as one of our roles, transactions, and the running of named statements."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum
from typing import Any, TypeVar, get_type_hints

import msgspec
import numpy as np
import psycopg
import sqlalchemy
from numpy.typing import NDArray
from psycopg.adapt import Dumper
from psycopg.pq import Format
from psycopg.types.array import ListBinaryDumper
from psycopg.types.json import Jsonb
from sqlalchemy.engine import URL, Connection, CursorResult, Engine, make_url

from mastersync.errors import ConfigError, PermanentError, RetryableError
from mastersync.store import sql_files
from mastersync.usecases.failpoints import (
    STORE_AFTER_COMMIT,
    STORE_BEFORE_COMMIT,
    Failpoint,
    never,
)

T = TypeVar("T")

CLIENT_ROLE_PREFIX = "ms_"
DESK_ROLE = "mastersync_desk"
PORTAL_ROLE = "mastersync_portal"
PLATFORM = "_platform"

_LOCK_TIMEOUT = timedelta(seconds=30)
_STATEMENT_TIMEOUT = timedelta(minutes=5)


def client_role(client_id: str) -> str:
    """Return the login role that the client's pipeline tasks connect as."""
    return f"{CLIENT_ROLE_PREFIX}{client_id}"


def role_password(secret_key: str, role: str) -> str:
    """Derive the role's password, so that no list of passwords has to be kept anywhere."""
    return hmac.new(secret_key.encode(), f"role:{role}".encode(), hashlib.sha256).hexdigest()


def role_url(admin_url: str, role: str, *, secret_key: str) -> URL:
    """Return the address of the same database for one of our roles."""
    return make_url(admin_url).set(
        drivername="postgresql+psycopg", username=role, password=role_password(secret_key, role)
    )


class Session:
    """One transaction on the store."""

    def __init__(self, connection: Connection, *, role: str) -> None:
        self._connection = connection
        self._role = role

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Begin a part of the transaction that an exception undoes alone.

        Raises:
            RetryableError, PermanentError: As `Database.begin`.
        """
        with _translated(self._role), self._connection.begin_nested():
            yield

    def many(self, name: str, row: type[T], **parameters: object) -> list[T]:
        """Run a ``:many`` statement; each result row becomes a ``row`` by its column names."""
        found = self._run(name, parameters)
        make = _maker(row, found.keys())
        return [make(values) for values in found.all()]

    def one(self, name: str, row: type[T], **parameters: object) -> T:
        """Run a ``:one`` statement, which always has exactly one result row."""
        found = self._run(name, parameters)
        return _maker(row, found.keys())(found.one())

    def maybe(self, name: str, row: type[T], **parameters: object) -> T | None:
        """Run a ``:maybe`` statement; None when there is no row."""
        found = self._run(name, parameters)
        values = found.one_or_none()
        return None if values is None else _maker(row, found.keys())(values)

    def values(self, name: str, **parameters: object) -> list[Any]:
        """Run a ``:many`` statement of one column."""
        return list(self._run(name, parameters).scalars())

    def value(self, name: str, **parameters: object) -> Any:  # noqa: ANN401 - the file says its type
        """Run a ``:one`` statement of one column."""
        return self._run(name, parameters).scalar_one()

    def execute(self, name: str, **parameters: object) -> int:
        """Run an ``:exec`` statement; returns how many rows it touched."""
        return self._run(name, parameters).rowcount

    def _run(self, name: str, parameters: Mapping[str, object]) -> CursorResult[Any]:
        statement = sql_files.load(name)
        adapted = {key: _adapt(value) for key, value in parameters.items()}
        return self._connection.exec_driver_sql(statement.text, adapted)


class Database:
    """The store, as one role.

    Not safe to share between processes: open one after a fork. Each transaction crosses a
    ``failpoint`` before and after its commit, so that no boundary can be forgotten.
    """

    def __init__(
        self,
        url: URL,
        *,
        pool_size: int = 2,
        connect_timeout: int = 10,
        failpoint: Failpoint = never,
    ) -> None:
        self._url = url
        self._failpoint = failpoint
        self._engine = _engine(url, pool_size=pool_size, connect_timeout=connect_timeout)

    @contextmanager
    def begin(self, *, clients: Sequence[str] = ()) -> Iterator[Session]:
        """Open a transaction; commits on leaving, rolls back on an exception.

        ``clients`` states whom a desk transaction is about; a client's own role needs none.

        Raises:
            RetryableError: The store cannot be reached, ended the connection, was locked, or holds
                already what another transaction added at the same moment.
            ConfigError: The role may not log in.
            PermanentError: A value is of a form that the store cannot keep.
        """
        role = self._url.username or ""
        with _translated(role), self._engine.begin() as connection:
            if clients:
                connection.exec_driver_sql(
                    "SELECT set_config('mastersync.clients', %(clients)s, TRUE)",
                    {"clients": ",".join(clients)},
                )
            yield Session(connection, role=role)
            self._failpoint(STORE_BEFORE_COMMIT)
        self._failpoint(STORE_AFTER_COMMIT)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


@contextmanager
def _translated(role: str) -> Iterator[None]:
    """Say the driver's errors as ours."""
    try:
        yield
    except sqlalchemy.exc.OperationalError as error:
        raise _translate(error, role=role) from error
    except sqlalchemy.exc.IntegrityError as error:
        if isinstance(error.orig, psycopg.errors.UniqueViolation):
            raise _someone_was_first(error) from None  # its text may quote what a record says
        raise
    except sqlalchemy.exc.DataError as error:
        # Its text may quote what a customer's record says.
        raise _not_storable(error) from None


def _engine(url: URL, *, pool_size: int, connect_timeout: int) -> Engine:
    options = (
        f"-c search_path=mastersync -c lock_timeout={_LOCK_TIMEOUT // timedelta(milliseconds=1)}"
        f" -c statement_timeout={_STATEMENT_TIMEOUT // timedelta(milliseconds=1)}"
        " -c idle_in_transaction_session_timeout=600000"
        # Of disks that turn, the default is: it reads whole clients for a thousand records.
        " -c random_page_cost=1.1"
    )
    return sqlalchemy.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=True,
        hide_parameters=True,  # they are personal data, and errors are logged
        json_deserializer=msgspec.json.decode,  # a fifth of the standard library's time
        connect_args={
            "options": options,
            "connect_timeout": connect_timeout,
            "application_name": "mastersync",
        },
    )


def _maker(row: type[T], columns: Iterable[str]) -> Callable[[Iterable[Any]], T]:
    """Return what makes a row of a result's values; text becomes an enum where the row says so."""
    names = tuple(columns)
    enums = {
        name: hint
        for name, hint in get_type_hints(row).items()
        if isinstance(hint, type) and issubclass(hint, Enum)
    }

    def make(values: Iterable[Any]) -> T:
        found = dict(zip(names, values, strict=True))
        for name, enum in enums.items():
            found[name] = enum(found[name])
        return row(**found)

    return make


def _json(value: object) -> bytes | str:
    """Write JSON in a fifth of the standard library's time.

    A number that is none or without end becomes null: whoever lands facts refuses it before.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value)  # half a character: PostgreSQL refuses it, with our words for it


def _adapt(value: object) -> object:
    if isinstance(value, Mapping):
        return Jsonb(dict(value), dumps=_json)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return Jsonb(value, dumps=_json)  # rows for jsonb_to_recordset
    return value


class _Numbers(Dumper):
    """Sends an array of integers as PostgreSQL keeps it: no text to write and to read."""

    format = Format.BINARY
    oid = psycopg.adapters.types["int8"].array_oid

    def dump(self, obj: NDArray[np.int64]) -> bytes:
        """Return the array's header, and each number after its length."""
        elements = np.empty(len(obj), dtype=[("length", ">i4"), ("value", ">i8")])
        elements["length"] = 8
        elements["value"] = obj
        element = psycopg.adapters.types["int8"].oid
        dimensions = (len(obj), 1) if len(obj) else ()
        header = (len(dimensions) // 2, 0, element, *dimensions)
        return np.array(header, dtype=">i4").tobytes() + elements.tobytes()


class Column(list[Any]):
    """Many values for one parameter, sent as PostgreSQL keeps them: a third of the work as text.

    Of times, a ninth.
    """


psycopg.adapters.register_dumper(np.ndarray, _Numbers)
psycopg.adapters.register_dumper(Column, ListBinaryDumper)


def _not_storable(error: sqlalchemy.exc.DataError) -> PermanentError:
    state = getattr(error.orig, "sqlstate", None)
    return PermanentError(
        f"The store cannot keep a value of this step (SQLSTATE {state}); nothing of it was saved.",
        next_step="Find the record by the step's batch; its value has a form not foreseen.",
        sqlstate=state,
    )


def _someone_was_first(error: sqlalchemy.exc.IntegrityError) -> RetryableError:
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return RetryableError(
        f"Another worker kept the same at the same moment ({constraint}); nothing of this step "
        "was saved.",
        next_step="It is tried again by itself, on what the other one left.",
        constraint=constraint,
    )


def _translate(
    error: sqlalchemy.exc.OperationalError, *, role: str
) -> ConfigError | RetryableError:
    cause = error.orig
    text = str(cause)
    if isinstance(
        cause, psycopg.errors.InvalidPassword | psycopg.errors.InvalidAuthorizationSpecification
    ) or ("authentication failed" in text or "does not exist" in text):
        return ConfigError(
            f"The store refused the login of role {role}.",
            next_step="Run `mastersync migrate`, and check that MASTERSYNC_SECRET_KEY is the one "
            "it was registered with.",
            role=role,
        )
    if isinstance(cause, psycopg.errors.DeadlockDetected | psycopg.errors.LockNotAvailable):
        return RetryableError(
            "Others held what this step needs for too long; nothing of it was saved.",
            next_step="It is tried again by itself.",
            role=role,
        )
    return RetryableError(
        "The store did not answer; nothing of this step was saved.",
        next_step="It is tried again by itself. If it goes on, look at the PostgreSQL server.",
        role=role,
    )
