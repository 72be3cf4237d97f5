"""Airflow's REST API, as one user: a task may not read Airflow's database."""

from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from mastersync.errors import ConfigError, PermanentError, RetryableError

CONNECTION = "mastersync_airflow_api"

_PAGE = 100  # as many as Airflow gives at once ([api] maximum_page_limit)
_NEXT_STEP = f"Look at Airflow's API server, and at the connection {CONNECTION}."


class AirflowApi:
    """Paths begin behind ``/api/v2``; raises RetryableError, ConfigError, PermanentError."""

    def __init__(self, airflow_url: str, *, user: str, password: str) -> None:
        self._client = httpx.Client(base_url=airflow_url.rstrip("/"), timeout=60.0)
        self._login = {"username": user, "password": password}

    def __enter__(self) -> Self:
        token = self._ask("POST", "/auth/token", json=self._login)["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, path: str, **query: Any) -> dict[str, Any] | None:  # noqa: ANN401 (query values)
        """Return what is there; None when there is no such thing (any more)."""
        found: dict[str, Any] | None = self._ask("GET", f"/api/v2{path}", params=query)
        return found

    def patch(self, path: str, document: dict[str, Any]) -> bool:
        """Change it; False when there is no such thing, or somebody was quicker."""
        return self._ask("PATCH", f"/api/v2{path}", json=document) is not None

    def pages(self, path: str, key: str, **query: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (query values)
        """Yield all entries of a list, page by page."""
        offset = 0
        while page := self.get(path, **query, limit=_PAGE, offset=offset):
            yield from page[key]
            offset += len(page[key])
            if not page[key] or offset >= page["total_entries"]:
                return

    def newest(self, path: str, key: str, **query: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (query values)
        """Yield the last page by end: oldest first, so that of one cause the newest counts."""
        page = self.get(path, **query, order_by="-end_date", limit=_PAGE)
        yield from reversed(page[key] if page else [])

    def _ask(self, method: str, path: str, **sent: Any) -> Any:  # noqa: ANN401 (httpx's arguments)
        try:
            answer = self._client.request(method, path, **sent)
        except httpx.HTTPError as error:
            raise RetryableError(
                "Airflow's API did not answer; not everything was seen.",
                next_step=f"It is asked again in a minute. {_NEXT_STEP}",
            ) from error
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise ConfigError(
                "Airflow refused our login or our right to ask: failures are not found, and"
                " questions not closed.",
                next_step=_NEXT_STEP,
                status=answer.status_code,
            )
        if answer.status_code in (httpx.codes.NOT_FOUND, httpx.codes.CONFLICT):
            return None
        if answer.is_server_error:
            raise RetryableError(
                f"Airflow's API answered {answer.status_code} for {path}.",
                next_step=f"It is asked again in a minute. {_NEXT_STEP}",
            )
        if answer.is_error:
            raise PermanentError(
                f"Airflow's API refused {path} with {answer.status_code}.",
                next_step="Check that this version of mastersync fits this version of Airflow.",
            )
        return answer.json()


def run_path(dag_id: str, run_id: str | None) -> str:
    """Return the address of a run; of all runs (``~``) when it is None."""
    run = "~" if run_id is None else quote(run_id, safe="")
    return f"/dags/{quote(dag_id, safe='')}/dagRuns/{run}"
