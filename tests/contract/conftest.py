"""Every kind of reader, each over a world of its own that the suite can change."""

from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from contract.reader_cases import ContractCase, CsvCase, ReaderCase, RestCase, XlsxCase
from mastersync.sandbox.rest.systems import SYSTEMS
from sandboxes import Sandbox, running_sandbox

REST_CASES = [f"rest:{client}/{name}" for client, name in SYSTEMS]
FILE_CASES = ["csv:local", "csv:memory", "xlsx:local", "contracts:local"]


@pytest.fixture(scope="session")
def shared_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("contract-sandbox")) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    yield shared_sandbox
    shared_sandbox.order_faults()
    shared_sandbox.close()


@pytest.fixture(params=REST_CASES + FILE_CASES)
def case(
    request: pytest.FixtureRequest, tmp_path: Path, shared_sandbox: Sandbox
) -> Iterator[ReaderCase]:
    kind, _, where = request.param.partition(":")
    made: dict[str, Callable[[], ReaderCase]] = {
        "rest": lambda: RestCase(shared_sandbox, *where.split("/")),
        "csv": lambda: CsvCase(*_folder(where, tmp_path)),
        "xlsx": lambda: XlsxCase(*_folder(where, tmp_path)),
        "contracts": lambda: ContractCase(*_folder(where, tmp_path)),
    }
    case = made[kind]()
    yield case
    case.close()


def _folder(where: str, tmp_path: Path) -> tuple[fsspec.AbstractFileSystem, str]:
    if where == "memory":
        filesystem = fsspec.filesystem("memory", skip_instance_cache=True)
        root = f"/{tmp_path.name}"
        filesystem.makedirs(root, exist_ok=True)
        return filesystem, root
    return fsspec.filesystem("local"), str(tmp_path)
