"""A worker dies by SIGKILL around a request of two hundred writes; the next makes up for it."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from backlogs import BATCHED, KEYED, Backlog, backlog_template, running_backlog
from fork_server import PROCESSES
from mastersync.sandbox.connections import airflow_connections
from mastersync.store.embedded import EmbeddedServer
from mastersync.usecases.failpoints import FAILPOINTS
from world_processes import work

pytestmark = pytest.mark.chaos

DELIVERING = [name for name in FAILPOINTS if name.startswith("deliver.")]
COUNT = 250  # more than one batch of either system


@pytest.fixture(scope="module")
def backlog_database(postgres_server: EmbeddedServer) -> Iterator[str]:
    with backlog_template(postgres_server) as url:
        yield str(make_url(url).database)


@pytest.fixture
def backlog(
    postgres_server: EmbeddedServer, backlog_database: str, tmp_path: Path
) -> Iterator[Backlog]:
    with running_backlog(postgres_server, template=backlog_database, home=tmp_path) as running:
        yield running


def die(backlog: Backlog, client: str, failpoint: str) -> None:
    installation = {
        "home": backlog.sandbox.home,
        "store_url": backlog.store.url,
        "secret_key": backlog.settings.key,
        "clients_dir": backlog.clients_dir,
        "failpoint": failpoint,
    }
    connections = airflow_connections(backlog.sandbox.url, backlog.sandbox.home)
    no_hours = PROCESSES.Value("i", 0)
    process = PROCESSES.Process(
        target=work,
        args=(client, installation, connections),
        kwargs={"run_id": "", "hours_passed": no_hours},
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL, f"it did not die at {failpoint}"


@pytest.mark.parametrize("failpoint", DELIVERING)
@pytest.mark.parametrize("system", [BATCHED, KEYED], ids="/".join)
def test_each_write_of_a_batch_of_a_killed_worker_is_done_once(
    backlog: Backlog, system: tuple[str, str], failpoint: str
) -> None:
    client = system[0]
    backlog.plant(system, COUNT, names={77: "N" * 5_000})  # its batch is refused, and cut in two

    die(backlog, client, failpoint)
    for _ in range(2):
        backlog.let_pass("1 hour")
        backlog.deliver()

    assert backlog.states(client) == {"done": COUNT - 1, "failed": 1}
    references = backlog.references(client)
    assert (len(references), set(references.values())) == (COUNT - 1, {1})
    assert len(backlog.tickets()) == 1
