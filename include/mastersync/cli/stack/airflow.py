"""Airflow's part of the stack: its environment, its processes, its health."""

import hashlib
import hmac
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import httpx

from mastersync.cli.stack.processes import ProcessSpec
from mastersync.config.secrets import Secrets, load_secrets
from mastersync.config.settings import (
    PROJECT,
    Settings,
    inherited_environment,
    settings_environment,
)

METADATA_DATABASE = "airflow"
USERS = {"admin": "admin", "olga": "user", "vic": "viewer"}
ADMIN = "admin"
# The failure sweep reads Airflow's states as this user; nobody signs in as it.
SWEEPER, SWEEPER_ROLE = "failure_sweep", "user"  # it answers questions that are settled

# Whoever sets one of these in the environment means it.
TUNING = {
    "AIRFLOW__CORE__PARALLELISM": "8",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS": "False",
    # A second of idling is a second a level of every DAG.
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
    # The first call to the execution API may find it still busy; a slow machine is not a dead one.
    "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
    "AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS": "30",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "60",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    # We migrate it ourselves, while the API server already starts.
    "AIRFLOW__DATABASE__CHECK_MIGRATIONS": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
}


def airflow_environment(settings: Settings, *, store_url: str, metadata_url: str) -> dict[str, str]:
    """Everything that a process of Airflow must have in its environment."""
    secrets = load_secrets(settings.home)
    url = settings.airflow_url
    ours = {
        "AIRFLOW_HOME": str(settings.airflow_home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(settings.dags_dir),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(settings.plugins_dir),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__FERNET_KEY": secrets.airflow_fernet_key,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__AUTH_MANAGER": (
            "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"
        ),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(
            f"{user}:{role}" for user, role in (USERS | {SWEEPER: SWEEPER_ROLE}).items()
        ),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords_file(settings)),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata_url,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(settings.airflow_port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__SECRET_KEY": secrets.airflow_secret_key,
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.airflow_jwt_secret,
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(settings.airflow_home / "logs"),
    }
    environment = {
        **TUNING,
        **{
            f"AIRFLOW_CONN_{name.upper()}": value
            for name, value in sandbox_connections(settings).items()
        },
        "AIRFLOW_CONN_MASTERSYNC_AIRFLOW_API": _sweeper_connection(settings),
        **inherited_environment(),
        **ours,
        **settings_environment(settings, store_url=store_url),
    }
    # Without compiled files every process of Airflow takes twice as long to start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPATH"] = _prepended(PROJECT / "include", environment.get("PYTHONPATH"))
    environment["PATH"] = _prepended(Path(sys.executable).parent, environment.get("PATH"))
    return environment


def user_passwords(settings: Settings) -> Mapping[str, str]:
    """Airflow's users with their passwords; in the demo the two are the same."""
    if settings.demo_passwords:
        return {user: user for user in USERS}
    secrets = load_secrets(settings.home)
    return {user: _password(user, secrets=secrets) for user in USERS}


def write_passwords(settings: Settings) -> None:
    """Airflow makes up a password for whoever is missing in this file; nobody is."""
    file = passwords_file(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    sweeper = {SWEEPER: _password(SWEEPER, secrets=load_secrets(settings.home))}
    file.write_text(json.dumps({**user_passwords(settings), **sweeper}))


def passwords_file(settings: Settings) -> Path:
    return settings.airflow_home / "passwords.json"


def migration(environment: Mapping[str, str]) -> ProcessSpec:
    """The step that brings Airflow's own database up to date."""
    argv = _airflow("db", "migrate")
    return ProcessSpec(name="airflow-db-migrate", argv=argv, environment=environment)


def api_server(environment: Mapping[str, str], *, health: "Health") -> ProcessSpec:
    return ProcessSpec(
        name="airflow-api-server",
        argv=_airflow("api-server"),
        environment=environment,
        is_ready=health.answers,
    )


def component(name: str, environment: Mapping[str, str], *, health: "Health") -> ProcessSpec:
    """``scheduler``, ``dag-processor`` or ``triggerer``."""
    # Log servers are for other machines; here every process reads the same files.
    flags = () if name == "dag-processor" else ("--skip-serve-logs",)
    return ProcessSpec(
        name=f"airflow-{name}",
        argv=_airflow(name, *flags),
        environment=environment,
        is_ready=health.of(name.replace("-", "_")),
        stops_first=True,
    )


class Health:
    """Airflow's own word on how its parts are; asked at most four times a second."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._asked_at = float("-inf")
        self._answer: Mapping[str, Mapping[str, str | None]] = {}

    def answers(self) -> bool:
        """Whether the API server answers and reaches its database."""
        return self._of("metadatabase").get("status") == "healthy"

    def of(self, part: str) -> Callable[[], bool]:
        """Whether a part is healthy, by a heartbeat of this run and not of the one before."""
        started_at = time.time()

        def is_healthy() -> bool:
            state = self._of(part)
            beat = state.get(f"latest_{part}_heartbeat")
            return (
                state.get("status") == "healthy"
                and beat is not None
                and datetime.fromisoformat(beat).timestamp() > started_at
            )

        return is_healthy

    def _of(self, part: str) -> Mapping[str, str | None]:
        if time.monotonic() > self._asked_at + 0.25:
            self._answer = self._ask()
            self._asked_at = time.monotonic()
        return self._answer.get(part, {})

    def _ask(self) -> Mapping[str, Mapping[str, str | None]]:
        try:
            response = httpx.get(f"{self._url}/api/v2/monitor/health", timeout=2.0)
            answer: Mapping[str, Mapping[str, str | None]] = response.raise_for_status().json()
        except (httpx.HTTPError, ValueError):
            return {}
        return answer


def warm_execution_api(url: str) -> None:
    """The first call makes the API server deaf for seconds: better now than under a task."""
    httpx.get(f"{url}/execution/health", timeout=180.0).raise_for_status()


def airflow_client(settings: Settings) -> httpx.Client:
    """A client of Airflow's REST API (``/api/v2``) as its administrator."""
    login = {"username": ADMIN, "password": user_passwords(settings)[ADMIN]}
    answer = httpx.post(f"{settings.airflow_url}/auth/token", json=login, timeout=60.0)
    token = answer.raise_for_status().json()["access_token"]
    return httpx.Client(
        base_url=f"{settings.airflow_url}/api/v2",
        headers={"Authorization": f"Bearer {token}"},
        timeout=120.0,
    )


def _airflow(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "airflow", *arguments)


def _password(user: str, *, secrets: Secrets) -> str:
    if user == ADMIN:
        return secrets.admin_password
    key = secrets.airflow_secret_key.encode()
    return hmac.new(key, f"airflow user {user}".encode(), hashlib.sha256).hexdigest()[:24]


def _sweeper_connection(settings: Settings) -> str:
    password = _password(SWEEPER, secrets=load_secrets(settings.home))
    connection = {"conn_type": "http", "host": settings.airflow_url, "login": SWEEPER}
    return json.dumps({**connection, "password": password})


def sandbox_connections(settings: Settings) -> dict[str, str]:
    """Return the connections of the sample clients, by id, in Airflow's JSON form."""
    # By name: entry points of the package do not import each other.
    sandbox = importlib.import_module("mastersync.sandbox.connections")
    connections: dict[str, str] = sandbox.airflow_connections(settings.sandbox_url, settings.home)
    return connections


def _prepended(first: Path, rest: str | None) -> str:
    return os.pathsep.join([str(first), *([rest] if rest else [])])
