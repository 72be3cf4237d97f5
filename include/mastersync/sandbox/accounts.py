"""The sample clients' accounts at agencies: log-ins with their lockout, tokens, and the charges."""

import secrets
import sqlite3

from starlette.requests import Request

from mastersync.sandbox.clock import iso, now_us
from mastersync.sandbox.connections import CREDIT_CLIENTS, agency_password
from mastersync.sandbox.database import Database

SECOND = 1_000_000
LOCKOUT = 300 * SECOND
_BAD_LOGINS, _BAD_WINDOW = 5, 120 * SECOND
_CHARGE = """
INSERT INTO credit_order (at, client, agency, company_id, country, call_ref, custom_data, units)
VALUES (?, ?, ?, ?, ?, ?, ?, 1)
"""
_COMPANY = """
SELECT company.*, agency_number.number FROM company
JOIN agency_number ON agency_number.company_id = company.id
WHERE agency_number.agency = ? AND agency_number.number = ?
"""
CHARGES = """
SELECT seq, at, company_id, country, call_ref, units FROM credit_order
WHERE client = ? AND agency = ? AND at >= ? ORDER BY seq
"""


class Locked(Exception):
    """Too many wrong log-ins: the right one is refused as well."""


class WrongLogin(Exception):
    """The user or the password is wrong."""


def log_in(database: Database, agency: str, username: str, password: str) -> None:
    """Five bad log-ins in two minutes lock the user out for five.

    Raises:
        Locked, WrongLogin: as they say.
    """
    user, now = f"{agency}:{username}", now_us()
    if _locked(database, user, now):
        raise Locked
    if username not in CREDIT_CLIENTS or password != agency_password(agency, username):
        database.run("INSERT INTO bad_login (username, at_us) VALUES (?, ?)", user, now)
        raise WrongLogin
    database.run("DELETE FROM bad_login WHERE username = ?", user)


def issue_token(
    database: Database, agency: str, client: str, *, life: int, is_only: bool = False
) -> str:
    """Returns: a token that lasts ``life`` microseconds; ``is_only``: it ends those before it."""
    token = f"{secrets.token_urlsafe(24)}.{secrets.token_urlsafe(32)}.{secrets.token_urlsafe(32)}"
    holder = f"{agency}:{client}"
    with database.transaction():
        if is_only:
            database.run("DELETE FROM token WHERE client = ?", holder)
        database.run("INSERT INTO token VALUES (?, ?, ?)", token, holder, now_us() + life)
    return token


def whose(request: Request, agency: str) -> str | None:
    """Returns: the client whose token the request carries, None for no or a bad one."""
    found = request.app.state.database.row(
        "SELECT client FROM token WHERE token = ? AND expires_us > ?",
        request.headers.get("Authorization", "").removeprefix("Bearer "),
        now_us(),
    )
    if found is None:
        return None
    holder, _, client = str(found["client"]).partition(":")
    return client if holder == agency else None


def charge(  # noqa: PLR0913 (a line of a ledger)
    database: Database,
    agency: str,
    client: str,
    company: str,
    *,
    country: str,
    reference: str | None,
    stated: str | None = None,
) -> tuple[int, str]:
    """Write a unit into the ledger; returns its number and time."""
    at = iso(now_us())
    number = database.run(_CHARGE, at, client, agency, company, country, reference, stated)
    return number, at


def company_of(database: Database, agency: str, number: str) -> sqlite3.Row | None:
    """Returns: the company that the agency knows by this number, None for none."""
    return database.row(_COMPANY, agency, number)


def _locked(database: Database, user: str, now: int) -> bool:
    bad = database.rows(
        "SELECT at_us FROM bad_login WHERE username = ? ORDER BY at_us DESC LIMIT ?",
        user,
        _BAD_LOGINS,
    )
    if len(bad) < _BAD_LOGINS:
        return False
    last, first = bad[0]["at_us"], bad[-1]["at_us"]
    return bool(last - first <= _BAD_WINDOW and now - last < LOCKOUT)
