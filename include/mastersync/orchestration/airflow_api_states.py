"""Airflow's task states over its REST API: a task may not read Airflow's database."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from mastersync.domain.tickets.failures import (
    STANDING_DAGS,
    ImportFailure,
    RunFailure,
    TaskFailure,
    run_cause,
    task_cause,
)
from mastersync.domain.tickets.recurrence import TaskSuccess
from mastersync.errors import ConfigError, PermanentError, RetryableError
from mastersync.ports.tickets import OpenFailure

TAG = "mastersync"
GOOD_STATES = ("success", "skipped", "removed")

_PAGE = 100  # as many as Airflow gives at once ([api] maximum_page_limit)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_NEXT_STEP = "Look at Airflow's API server, and at the connection mastersync_airflow_api."


class ApiTaskStates:
    """Implements ``ports.task_states.TaskStates``.

    Reads in the order in which task instances were made, so that a page is not shifted by those
    that change meanwhile; what changes while it reads is found by the next sweep.
    """

    def __init__(self, airflow_url: str, *, user: str, password: str) -> None:
        self._client = httpx.Client(base_url=airflow_url.rstrip("/"), timeout=60.0)
        self._login = {"username": user, "password": password}
        self._dag_ids: list[str] | None = None

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

    def dag_ids(self) -> Sequence[str]:
        """Return our DAGs: those with our tag."""
        if self._dag_ids is None:
            pages = self._pages("/dags", "dags", tags=TAG, exclude_stale="false", order_by="dag_id")
            self._dag_ids = [dag["dag_id"] for dag in pages]
        return self._dag_ids

    def task_failures(self, *, since: datetime | None) -> Sequence[TaskFailure]:
        """Return the tasks that are failed now and changed since then (None: ever)."""
        ours = set(self.dag_ids())
        found = self._pages(
            "/dags/~/dagRuns/~/taskInstances",
            "task_instances",
            state="failed",
            order_by="id",
            **_changed(since),
        )
        return [
            TaskFailure(
                dag_id=ti["dag_id"],
                run_id=ti["dag_run_id"],
                task_id=ti["task_id"],
                map_index=ti["map_index"],
                try_number=ti["try_number"],
                failed_at=_instant(ti["end_date"]),
            )
            for ti in found
            if ti["dag_id"] in ours
        ]

    def run_failures(self, *, since: datetime | None) -> Sequence[RunFailure]:
        """Return the runs that are failed now, changed since then, and have no failed task."""
        ours = set(self.dag_ids())
        found = self._pages(
            "/dags/~/dagRuns", "dag_runs", state="failed", order_by="id", **_changed(since)
        )
        return [
            RunFailure(
                dag_id=run["dag_id"],
                run_id=run["dag_run_id"],
                failed_at=_instant(run["end_date"]),
            )
            for run in found
            if run["dag_id"] in ours and not self._has_failed_task(run)
        ]

    def import_failures(self) -> Sequence[ImportFailure]:
        """Return every DAG file that cannot be read now."""
        return [
            ImportFailure(file=error["filename"], problem=last_line(error["stack_trace"]))
            for error in self._pages("/importErrors", "import_errors", order_by="id")
        ]

    def successes(self, failures: Sequence[OpenFailure]) -> Sequence[TaskSuccess]:
        """Return those of the tasks and runs that are not failed any more."""
        tasks = [known for known in failures if known.task_id is not None]
        runs = [known for known in failures if known.task_id is None]
        wanted = {known.cause_key for known in failures}
        found = [
            *(task for path in _paths(tasks) for task in self._good_tasks(path)),
            *(run for path in _paths(runs) for run in self._good_runs(path)),
        ]
        return [success for success in found if success.cause_key in wanted]

    def _good_tasks(self, run_path: str) -> Iterator[TaskSuccess]:
        asked = self._newest if run_path.endswith("/~") else self._pages
        for ti in asked(f"{run_path}/taskInstances", "task_instances", state=GOOD_STATES):
            yield TaskSuccess(
                cause_key=task_cause(
                    ti["dag_id"], ti["dag_run_id"], ti["task_id"], ti["map_index"]
                ),
                run_id=ti["dag_run_id"],
                try_number=ti["try_number"],
                ended_at=_instant(ti["end_date"]) or _LONG_AGO,
            )

    def _good_runs(self, run_path: str) -> Iterator[TaskSuccess]:
        if run_path.endswith("/~"):
            runs = self._newest(run_path.removesuffix("/~"), "dag_runs", state=("success",))
        else:
            runs = iter([run] if (run := self._maybe(run_path)) else [])
        for run in runs:
            if run["state"] == "success":
                yield TaskSuccess(
                    cause_key=run_cause(run["dag_id"], run["dag_run_id"]),
                    run_id=run["dag_run_id"],
                    try_number=0,
                    ended_at=_instant(run["end_date"]) or _LONG_AGO,
                )

    def _has_failed_task(self, run: Mapping[str, Any]) -> bool:
        path = f"{_run_path(run['dag_id'], run['dag_run_id'])}/taskInstances"
        page = self._maybe(path, state="failed", limit=1)
        return page is not None and bool(page["task_instances"])

    def _newest(self, path: str, key: str, **query: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (query values)
        """The last page by end: oldest first, so that of one cause the newest counts."""
        page = self._maybe(path, **query, order_by="-end_date", limit=_PAGE)
        yield from reversed(page[key] if page else [])

    def _pages(self, path: str, key: str, **query: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (query values)
        offset = 0
        while page := self._maybe(path, **query, limit=_PAGE, offset=offset):
            yield from page[key]
            offset += len(page[key])
            if not page[key] or offset >= page["total_entries"]:
                return

    def _maybe(self, path: str, **query: Any) -> dict[str, Any] | None:  # noqa: ANN401 (query values)
        """None when there is no such run any more."""
        found: dict[str, Any] | None = self._ask("GET", f"/api/v2{path}", params=query)
        return found

    def _ask(self, method: str, path: str, **sent: Any) -> Any:  # noqa: ANN401 (httpx's arguments)
        try:
            answer = self._client.request(method, path, **sent)
        except httpx.HTTPError as error:
            raise RetryableError(
                "Airflow's API did not answer; the sweep did not see everything.",
                next_step=f"It is swept again in a minute. {_NEXT_STEP}",
            ) from error
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise ConfigError(
                "Airflow refused the login of the failure sweep; no failure is found.",
                next_step=_NEXT_STEP,
                status=answer.status_code,
            )
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if answer.is_server_error:
            raise RetryableError(
                f"Airflow's API answered {answer.status_code} for {path}.",
                next_step=f"It is swept again in a minute. {_NEXT_STEP}",
            )
        if answer.is_error:
            raise PermanentError(
                f"Airflow's API refused {path} with {answer.status_code}.",
                next_step="Check that this version of mastersync fits this version of Airflow.",
            )
        return answer.json()


def last_line(trace: str) -> str:
    """Return the line of a stack trace that says what is wrong."""
    lines = [line.strip() for line in trace.splitlines() if line.strip()]
    return lines[-1] if lines else "Airflow gives no reason."


def _paths(failures: Sequence[OpenFailure]) -> list[str]:
    """The runs to ask for, each once; of a standing DAG, all runs at once (``~``)."""
    return sorted(
        {
            _run_path(known.dag_id, None if known.dag_id in STANDING_DAGS else known.run_id)
            for known in failures
            if known.dag_id is not None
        }
    )


def _run_path(dag_id: str, run_id: str | None) -> str:
    run = "~" if run_id is None else quote(run_id, safe="")
    return f"/dags/{quote(dag_id, safe='')}/dagRuns/{run}"


def _changed(since: datetime | None) -> dict[str, str]:
    return {} if since is None else {"updated_at_gte": since.isoformat()}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
