"""The sandbox's six REST systems as configuration describes them."""

from datetime import timedelta

from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_options import Auth, HttpOptions
from mastersync.connectors.systems.rest_options import (
    GuardHeader,
    PageStyle,
    RestBatch,
    RestOptions,
    RestPaging,
    RestReading,
    RestWriting,
)
from mastersync.ports.connections import ConnectionDetails
from mastersync.sandbox.rest.systems import SYSTEMS

PAGE_SIZE = 40
_PAGINGS = {
    "cursor": {"next_path": "next_cursor"},
    "page": {"pages_path": "pages", "total_path": "total"},
    "offset": {"total_path": "total"},
    "link": {},
}
_ITEMS = {"cursor": "items", "page": "data", "offset": "results", "link": ""}


def options_of(client: str, name: str, *, size: int = PAGE_SIZE) -> RestOptions:
    system = SYSTEMS[client, name]
    style = system.page_style.value
    guard = GuardHeader(system.guard.value or "none")
    return RestOptions(
        reading=RestReading(
            list_path="/customers",
            items_path=_ITEMS[style],
            id_path=system.id_field,
            modified_path=system.time_field,
            deleted_path="deleted" if system.tells_deletions else "",
            since_parameter=system.since_parameter,
            sorted_by_modified=True,
            overlap=timedelta(0),
            guard_path=system.time_field,
            paging=RestPaging(
                style=PageStyle(style),
                position_parameter=system.position_parameter,
                size_parameter=system.size_parameter,
                size=size,
                **_PAGINGS[style],
            ),
        ),
        writing=RestWriting(
            one_path="/customers/{id}",
            create_path="/customers",
            update_path="/customers/{id}",
            update_verb=system.update_method,
            guard_header=guard,
            compare_before_write=True,
            idempotency_header="Idempotency-Key" if system.takes_idempotency_key else "",
            reference_field=system.reference_field,
            reference_parameter="external_ref",
            batch=RestBatch(path="/$batch", size=system.batch_size) if system.batch_size else None,
        ),
    )


def http_options(client: str, name: str, **changes: object) -> HttpOptions:
    header = SYSTEMS[client, name].api_key_header
    given = {
        "auth": Auth.HEADER if header else Auth.BEARER,
        "auth_header": header or "X-Api-Key",
        "connect_timeout": 2,
        "read_timeout": 2,
        "deadline": 5,
        "max_tries": 3,
        "first_wait": 0.01,
        "max_wait": 1.5,
        "requests_per_second": 2000,
        "burst": 2000,
    }
    return HttpOptions(**{**given, **changes})


def api_of(url: str, client: str, name: str, *, token: str = "", **changes: object) -> HttpApi:
    system = SYSTEMS[client, name]
    connection = ConnectionDetails(host=url + system.path, password=token or system.token)
    return HttpApi(connection, http_options(client, name, **changes))
