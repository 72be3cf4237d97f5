"""Connections from Airflow's environment variables, for whoever runs outside Airflow."""

import json
from collections.abc import Mapping

from mastersync.config.settings import inherited_environment
from mastersync.errors import ConfigError
from mastersync.ports.connections import ConnectionDetails

_PREFIX = "AIRFLOW_CONN_"


class JsonConnections:
    """Implements `ports.connections.Connections` over Airflow's JSON form, by connection id."""

    def __init__(self, connections: Mapping[str, str]) -> None:
        self._connections = connections

    def get(self, conn_id: str) -> ConnectionDetails:
        """Look one up; see the port."""
        text = self._connections.get(conn_id)
        if text is None:
            raise ConfigError(
                f"There is no connection {conn_id!r} in the environment.",
                next_step=f"Set {_PREFIX}{conn_id.upper()} to its JSON, or run it in Airflow.",
            )
        try:
            given = json.loads(text)
            extra = given.get("extra") or {}
            return ConnectionDetails(
                host=str(given.get("host") or ""),
                login=str(given.get("login") or ""),
                password=str(given.get("password") or ""),
                extra=json.loads(extra) if isinstance(extra, str) else extra,
            )
        except (ValueError, AttributeError):
            raise ConfigError(
                f"Connection {conn_id!r} cannot be read.",
                next_step=f"{_PREFIX}{conn_id.upper()} must hold Airflow's JSON form.",
            ) from None


def environment_connections(defaults: Mapping[str, str] | None = None) -> JsonConnections:
    """Return the connections that the environment names, over the defaults by connection id."""
    return JsonConnections(
        {
            **(defaults or {}),
            **{
                name.removeprefix(_PREFIX).lower(): text
                for name, text in inherited_environment().items()
                if name.startswith(_PREFIX)
            },
        }
    )
