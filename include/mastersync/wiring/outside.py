"""From configuration and connections to the outside world."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import fsspec

from mastersync.config.systems import (
    ContractsSystem,
    FilesSystem,
    RestSystem,
    SystemConfig,
)
from mastersync.connectors.documents.contracts import ContractReader
from mastersync.connectors.http import HttpApi
from mastersync.connectors.systems.files import FileReader
from mastersync.connectors.systems.rest import RestReader
from mastersync.connectors.systems.rest_batch_writer import RestBatchWriter
from mastersync.connectors.systems.rest_writer import RestWriter
from mastersync.errors import ConfigError
from mastersync.ports.connections import ConnectionDetails, Connections
from mastersync.ports.paces import Line
from mastersync.ports.systems import SystemReader, SystemWriter
from mastersync.wiring import systems


@contextmanager
def open_reader(
    system: SystemConfig, connections: Connections, *, line: Line | None = None
) -> Iterator[SystemReader]:
    """Open a reader of the system; ``line`` is shared by all who ask it."""
    connection = connections.get(system.connection)
    match system:
        case RestSystem():
            options = systems.rest_options(system)
            api = HttpApi(connection, systems.http_options(system), line=line)
            try:
                yield RestReader(api, options.reading)
            finally:
                api.close()
        case FilesSystem():
            yield FileReader(*_folder(connection, system.connection), systems.file_options(system))
        case ContractsSystem():
            yield ContractReader(
                *_folder(connection, system.connection), systems.contract_options(system)
            )


@contextmanager
def open_writer(
    system: SystemConfig, connections: Connections, *, line: Line | None = None
) -> Iterator[SystemWriter]:
    """Open a writer of the system.

    Raises:
        ConfigError: The system is only read.
    """
    options = systems.rest_options(system) if isinstance(system, RestSystem) else None
    if options is None or options.writing is None or not isinstance(system, RestSystem):
        raise ConfigError(
            f"The system behind {system.connection} is only read.",
            next_step="Add a section 'write' to it in client.yaml.",
        )
    # A look before a write is asked once: a call that waited could outlive the lease.
    asked_once = replace(systems.http_options(system), max_tries=1)
    api = HttpApi(connections.get(system.connection), asked_once, line=line)
    batch = options.writing.batch
    try:
        if batch is None:
            yield RestWriter(api, options.reading, options.writing)
        else:
            yield RestBatchWriter(api, options.reading, options.writing, batch)
    finally:
        api.close()


def _folder(connection: ConnectionDetails, conn_id: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """Return the file system and folder that a connection points at.

    ``extra.path`` is a local path or an fsspec URL (``sftp://``, ``s3://``);
    ``extra.storage_options`` go to the file system.
    """
    path = str(connection.extra.get("path", ""))
    if not path:
        raise ConfigError(
            f"Connection {conn_id} does not say where its files are.",
            next_step='Give it the extra {"path": "/folder or sftp://host/folder"}.',
        )
    given = connection.extra.get("storage_options", {})
    storage = dict(given) if isinstance(given, dict) else {}
    if path.startswith(("sftp://", "ssh://")):
        storage = {
            "host": connection.host,
            "username": connection.login,
            "password": connection.password,
        } | storage
    filesystem, root = fsspec.core.url_to_fs(path, **storage)
    return filesystem, root
