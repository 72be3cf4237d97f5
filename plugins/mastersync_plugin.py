"""What Airflow loads of mastersync: the exception desk and the listeners; nothing else."""

from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from typing import Any

from airflow.plugins_manager import AirflowPlugin

from mastersync.orchestration.failure_listener import FailureListener
from mastersync.orchestration.warm_up import WarmUp

Message = MutableMapping[str, Any]


@cache
def _desk() -> Any:  # noqa: ANN401 (FastAPI is imported in the one process that serves pages)
    from airflow.sdk import timezone

    from mastersync.orchestration import desk_host
    from mastersync.web.desk.app import DeskHost, create_desk

    return create_desk(
        DeskHost(
            readable_clients=desk_host.readable_clients,
            open_tickets=desk_host.open_tickets,
            refresh=desk_host.Refresher(),
            login_url=desk_host.login_url,
            clock=timezone.utcnow,
        )
    )


async def desk(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Serve the desk; every process of Airflow loads this file, and only one serves pages."""
    await _desk()(scope, receive, send)


class MastersyncPlugin(AirflowPlugin):
    """Installs the desk in the API server, and the listeners in every process."""

    name = "mastersync"
    listeners = (FailureListener(), WarmUp())
    fastapi_apps = ({"app": desk, "url_prefix": "/exceptions", "name": "Exceptions"},)
    external_views = (
        {
            "name": "Exceptions",
            "href": "/exceptions/",
            "destination": "nav",
            "url_route": "exceptions",
            "nav_top_level": True,
        },
    )
