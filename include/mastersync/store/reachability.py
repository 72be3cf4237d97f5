"""Whether a database that somebody named is there, said before anything is started."""

import psycopg
import sqlalchemy
from sqlalchemy.exc import ArgumentError

from mastersync.errors import ConfigError, RetryableError

CONNECT_SECONDS = 10


def demand_reachable(url: str, *, setting: str) -> None:
    """Connect once.

    Raises:
        ConfigError: the URL is none of PostgreSQL, or the server refuses it.
        RetryableError: nobody answers.
    """
    next_step = f"Mend {setting}, or start that PostgreSQL, or unset it to use the embedded one."
    try:
        parsed = sqlalchemy.make_url(url)
    except ArgumentError:
        raise ConfigError(f"{setting} is not a database URL.", next_step=next_step) from None
    if parsed.get_backend_name() != "postgresql":
        raise ConfigError(f"{setting} is not of a PostgreSQL.", next_step=next_step)
    address = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    place = f"{parsed.host or 'this machine'}/{parsed.database}"
    try:
        psycopg.connect(address, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.OperationalError as error:
        if "FATAL" in str(error):
            refused = f"PostgreSQL at {place} refuses {setting}: {_reason(error)}."
            raise ConfigError(refused, next_step=next_step) from None
        silent = f"No PostgreSQL answers at {place} ({setting})."
        raise RetryableError(silent, next_step=next_step) from None


def _reason(error: psycopg.OperationalError) -> str:
    return str(error).rsplit("FATAL:", maxsplit=1)[-1].strip().splitlines()[0]
