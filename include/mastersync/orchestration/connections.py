"""Connections as Airflow keeps them: the metadata database, the environment, a secrets backend."""

from mastersync.errors import ConfigError
from mastersync.ports.connections import ConnectionDetails


class AirflowConnections:
    """Implements `ports.connections.Connections`; works inside a task."""

    def get(self, conn_id: str) -> ConnectionDetails:
        """Look one up; see the port."""
        from airflow.sdk import BaseHook
        from airflow.sdk.exceptions import AirflowNotFoundException

        try:
            found = BaseHook.get_connection(conn_id)
        except AirflowNotFoundException:
            raise ConfigError(
                f"Airflow has no connection {conn_id!r}.",
                next_step="Add it under Admin > Connections, or as "
                f"AIRFLOW_CONN_{conn_id.upper()}.",
            ) from None
        return ConnectionDetails(
            host=_address(found.host, found.port),
            login=found.login or "",
            password=found.password or "",
            extra=found.extra_dejson,
        )


def _address(host: str | None, port: int | None) -> str:
    address = host or ""
    return f"{address}:{port}" if address and port else address
