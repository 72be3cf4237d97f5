"""The whole stack, in the order that starts quickest and stops cleanest."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import FrameType
from typing import Any

import httpx

from mastersync.cli.migrate import prepare_store
from mastersync.cli.stack import airflow
from mastersync.cli.stack.airflow_database import is_current, remember_current
from mastersync.cli.stack.home_lock import home_lock
from mastersync.cli.stack.mail_events import connect_mail_events
from mastersync.cli.stack.ports import WantedPort, demand_free
from mastersync.cli.stack.processes import ProcessSpec, Supervisor, stop_leftovers
from mastersync.cli.stack.progress import Progress
from mastersync.cli.stopping import StopRequested
from mastersync.config.running_ports import PORTS, remembered_ports
from mastersync.config.settings import Settings
from mastersync.store import embedded
from mastersync.store.reachability import demand_reachable

STORE_DATABASE = "mastersync"
START_TIMEOUT_SECONDS = 300.0
PAGES = ("sandbox", "portal")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, kw_only=True)
class Stack:
    """A stack that runs and is healthy."""

    settings: Settings
    admin_url: str
    metadata_url: str
    supervisor: Supervisor
    progress: Progress

    @property
    def airflow_url(self) -> str:
        return self.settings.airflow_url

    @property
    def portal_url(self) -> str:
        return self.settings.public_portal_url

    @property
    def sandbox_url(self) -> str:
        return self.settings.sandbox_url

    def airflow_client(self) -> httpx.Client:
        """A client of Airflow's REST API (``/api/v2``) as its administrator."""
        return airflow.airflow_client(self.settings)


@contextlib.contextmanager
def running_stack(
    settings: Settings, *, progress: Progress | None = None, pages: Sequence[str] = PAGES
) -> Iterator[Stack]:
    """Start everything, hand it over when it is healthy, and stop everything at the end.

    Ctrl-C, SIGTERM and SIGHUP become ``StopRequested`` inside the block, so that the end is
    reached on every way out. What a killed stack of the same home left behind is stopped first.
    ``pages`` are those of our own servers that are wanted.

    Raises:
        ConfigError: nothing was started: a taken port, a home in use.
        PermanentError: a process ended that should not have.
        RetryableError: something was not ready in time.
    """
    progress = progress or Progress()
    with _stop_signals() as stopping, home_lock(settings.home):
        if count := stop_leftovers(settings.home):
            progress.say(f"Stopped {count} process(es) that an earlier run had left behind.")
        demand_free(_ports(settings))
        supervisor = Supervisor(home=settings.home, logs_dir=settings.logs_dir, progress=progress)
        ports = {name: getattr(settings, name) for name in PORTS}
        try:
            with remembered_ports(settings.home, ports):
                yield _start(settings, pages, supervisor=supervisor, progress=progress)
        finally:
            stopping.set()
            progress.waiting(["everything to stop"])
            supervisor.stop()
            embedded.stop(settings.postgres_dir)
            progress.finish()


def _start(
    settings: Settings, pages: Sequence[str], *, supervisor: Supervisor, progress: Progress
) -> Stack:
    with progress.step("postgresql"):
        admin_url, metadata_url = find_databases(settings)
    environment = airflow.airflow_environment(
        settings, store_url=admin_url, metadata_url=metadata_url
    )
    airflow.write_passwords(settings)
    with ThreadPoolExecutor(max_workers=2) as background:
        store = background.submit(prepare_store, settings, admin_url=admin_url)
        supervisor.expect("store", lambda: _is_done(store))
        if "sandbox" in pages:
            supervisor.start(_web("sandbox", settings.sandbox_port, environment))
        try:
            _start_airflow(
                settings,
                pages,
                supervisor=supervisor,
                environment=environment,
                background=background,
            )
        except BaseException:
            # The warm-up waits for as long as the API server lives.
            supervisor.stop()
            raise
    progress.finish()
    return Stack(
        settings=settings,
        admin_url=admin_url,
        metadata_url=metadata_url,
        supervisor=supervisor,
        progress=progress,
    )


def _start_airflow(
    settings: Settings,
    pages: Sequence[str],
    *,
    supervisor: Supervisor,
    environment: Mapping[str, str],
    background: ThreadPoolExecutor,
) -> None:
    metadata_url = environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    health = airflow.Health(settings.airflow_url)
    api_server = airflow.api_server(environment, health=health)
    supervisor.start(api_server)
    if not is_current(airflow_home=settings.airflow_home, metadata_url=metadata_url):
        migration = airflow.migration(environment)
        supervisor.start(migration)
        supervisor.wait_for(migration.name, timeout=START_TIMEOUT_SECONDS)
        remember_current(airflow_home=settings.airflow_home, metadata_url=metadata_url)
    supervisor.start(airflow.component("dag-processor", environment, health=health))
    if "portal" in pages:
        supervisor.wait_for("store", timeout=START_TIMEOUT_SECONDS)
        of_portal = dict(environment)
        if "sandbox" in pages:
            supervisor.wait_for("sandbox", timeout=START_TIMEOUT_SECONDS)
            key = connect_mail_events(settings, environment)
            of_portal["MASTERSYNC_SENDGRID_PUBLIC_KEY"] = key
        supervisor.start(_web("portal", settings.portal_port, of_portal))
    supervisor.start(airflow.component("triggerer", environment, health=health))
    supervisor.wait_for(api_server.name, timeout=START_TIMEOUT_SECONDS)
    warm = background.submit(airflow.warm_execution_api, settings.airflow_url)
    supervisor.expect("airflow-execution-api", lambda: _is_done(warm))
    supervisor.wait_for("airflow-execution-api", timeout=START_TIMEOUT_SECONDS)
    supervisor.start(airflow.component("scheduler", environment, health=health))
    supervisor.wait_for_all(timeout=START_TIMEOUT_SECONDS)


def find_databases(settings: Settings) -> tuple[str, str]:
    """URLs of the store and of Airflow's own data; the embedded server runs if one needs it."""
    store_url = settings.store_url and settings.store_url.get_secret_value()
    metadata = settings.airflow_database_url
    metadata_url = metadata and metadata.get_secret_value()
    if store_url:
        demand_reachable(store_url, setting="MASTERSYNC_STORE_URL")
    if metadata_url:
        demand_reachable(metadata_url, setting="AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")
    if store_url and metadata_url:
        return store_url, metadata_url
    server = embedded.start(settings.postgres_dir, log_file=settings.logs_dir / "postgresql.log")
    if not store_url:
        embedded.ensure_database(server, STORE_DATABASE)
        store_url = server.url(STORE_DATABASE)
    if not metadata_url:
        embedded.ensure_database(server, airflow.METADATA_DATABASE)
        metadata_url = server.url(airflow.METADATA_DATABASE, driver="psycopg2")
    return store_url, metadata_url


def _web(name: str, port: int, environment: Mapping[str, str]) -> ProcessSpec:
    """``sandbox`` or ``portal``: a command of ours that serves HTTP."""
    return ProcessSpec(
        name=name,
        argv=(sys.executable, "-m", "mastersync.cli", name, "--port", str(port)),
        environment=environment,
        is_ready=lambda: _answers(f"http://127.0.0.1:{port}/"),
    )


def _answers(url: str) -> bool:
    """Whatever a server says, short of its own failure, it is there to say it."""
    try:
        return not httpx.get(url, timeout=2.0).is_server_error
    except httpx.HTTPError:
        return False


def _is_done(future: Future[Any]) -> bool:
    """Raises what the work raised."""
    if not future.done():
        return False
    future.result()
    return True


def _ports(settings: Settings) -> list[WantedPort]:
    return [
        WantedPort(number=number, wanted_by=wanted_by, setting=f"MASTERSYNC_{setting}_PORT")
        for number, wanted_by, setting in (
            (settings.airflow_port, "Airflow", "AIRFLOW"),
            (settings.portal_port, "the customers' portal", "PORTAL"),
            (settings.sandbox_port, "the sandbox", "SANDBOX"),
        )
    ]


@contextlib.contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """Turn the signals into ``StopRequested``, once; while stopping they are waited out."""
    stopping = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopping
        return

    def request_stop(_number: int, _frame: FrameType | None) -> None:
        if not stopping.is_set():
            stopping.set()
            raise StopRequested

    before = {number: signal.signal(number, request_stop) for number in STOP_SIGNALS}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
