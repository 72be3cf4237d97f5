"""From what a client's file says of a system to what its connector takes."""

from datetime import timedelta

from mastersync.config.systems import ContractsSystem, FilesSystem, RestSystem
from mastersync.connectors.documents.contract_options import ContractOptions
from mastersync.connectors.http_options import Auth, HttpOptions
from mastersync.connectors.systems.files_options import Encoding, FileFormat, FileOptions
from mastersync.connectors.systems.rest_options import (
    GuardHeader,
    PageStyle,
    RestBatch,
    RestOptions,
    RestPaging,
    RestReading,
    RestWriting,
)


def http_options(system: RestSystem) -> HttpOptions:
    """Return how a REST system is spoken to."""
    return HttpOptions(
        auth=Auth(system.auth),
        auth_header=system.auth_header,
        read_timeout=system.read_timeout,
        deadline=system.deadline,
        requests_per_second=system.rate_limit,
        burst=max(1, int(system.rate_limit)),
    )


def rest_options(system: RestSystem) -> RestOptions:
    """Return how a REST system is read and written."""
    return RestOptions(reading=_reading(system), writing=_writing(system))


def file_options(system: FilesSystem) -> FileOptions:
    """Return what a system's files are like."""
    table = system.table.model_dump()
    return FileOptions(
        **table
        | {
            "format": FileFormat(system.table.format),
            "encoding": Encoding(system.table.encoding),
        }
    )


def contract_options(system: ContractsSystem) -> ContractOptions:
    """Return what a system's contracts are like."""
    return ContractOptions(**system.documents.model_dump())


def _reading(system: RestSystem) -> RestReading:
    read = system.read
    paging = read.paging.model_dump() | {"style": PageStyle(read.paging.style)}
    same = read.model_dump(exclude={"paging", "overlap_seconds"})
    return RestReading(
        **same,
        paging=RestPaging(**paging),
        overlap=timedelta(seconds=read.overlap_seconds),
    )


def _writing(system: RestSystem) -> RestWriting | None:
    """Return how records are written; addresses left out are the list's, and {id} below it."""
    if system.write is None:
        return None
    write = system.write
    one_path = write.one_path or f"{system.read.list_path.rstrip('/')}/{{id}}"
    same = write.model_dump(exclude={"create", "update", "fields", "batch"})
    return RestWriting(
        **same
        | {
            "one_path": one_path,
            "create_path": (write.create_path or system.read.list_path) if write.create else "",
            "update_path": (write.update_path or one_path) if write.update else "",
            "guard_header": GuardHeader(write.guard_header),
            "batch": None if write.batch is None else RestBatch(**write.batch.model_dump()),
        }
    )
