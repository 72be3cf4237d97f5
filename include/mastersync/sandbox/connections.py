"""The Airflow connections of the sample clients, pointing at the sandbox."""

import json
from pathlib import Path

from mastersync.sandbox.rest.systems import SYSTEMS

CREDIT_CLIENTS = ("harbor_foods", "northwind_industrial", "lumen_lending", "bright_bakery")
FILE_SYSTEMS = (
    ("harbor_foods", "contracts"),
    ("lumen_lending", "branch_list"),
    ("bright_bakery", "shop"),
)


EXPERIAN_SUBCODE = "0586548"


def agency_password(agency: str, client: str) -> str:
    return f"sandbox-{client}-{agency}"


def creditsafe_password(client: str) -> str:
    return agency_password("creditsafe", client)


def experian_application(client: str) -> dict[str, str]:
    """Returns: what names the program that asks, beside the user."""
    return {"client_id": f"sandbox-{client}", "client_secret": f"sandbox-{client}-application"}


def sendgrid_key(client: str) -> str:
    return f"SG.{client}.sandbox"


def airflow_connections(base_url: str, home: Path = Path(".mastersync")) -> dict[str, str]:
    """Returns: Airflow connection id -> connection as JSON, for every sample system.

    The token, API key or password is always the connection's password; of file systems the
    ``extra`` has the folder as ``path``.
    """
    base = base_url.rstrip("/")
    connections: dict[str, dict[str, object]] = {}
    for (client, name), system in SYSTEMS.items():
        connections[f"{client}__{name}"] = _http(base + system.path, password=system.token)
    for client, name in FILE_SYSTEMS:
        folder = home.resolve() / "files" / client / name
        connections[f"{client}__{name}"] = {"conn_type": "fs", "extra": {"path": str(folder)}}
    for client in CREDIT_CLIENTS:
        connections |= _agencies(base, client)
        connections[f"{client}__sendgrid"] = _http(
            f"{base}/sendgrid", password=sendgrid_key(client)
        )
    return {name: json.dumps(connection) for name, connection in connections.items()}


def _agencies(base: str, client: str) -> dict[str, dict[str, object]]:
    """Returns: an account at each agency, so that any client may be given any."""
    accounts = {
        agency: _http(host, login=client, password=agency_password(agency, client))
        for agency, host in (
            ("creditsafe", f"{base}/creditsafe/v1"),
            ("dnb", f"{base}/dnb"),
            ("experian", f"{base}/experian"),
        )
    }
    accounts["experian"]["extra"] = experian_application(client)
    return {f"{client}__{agency}": account for agency, account in accounts.items()}


def _http(host: str, *, password: str, login: str = "") -> dict[str, object]:
    return {"conn_type": "http", "host": host, "login": login, "password": password, "extra": {}}
