"""How one system is spoken to over HTTP, in plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Auth(StrEnum):
    """Where the connection's secret goes."""

    BEARER = "bearer"  # Authorization: Bearer <password>
    HEADER = "header"  # <auth_header>: <password>
    BASIC = "basic"  # login and password
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class HttpOptions:
    """Times are in seconds.

    ``deadline`` bounds one call from sending to the last byte, ``max_tries`` the tries of one
    read, ``max_wait`` the longest pause between two of them: a system that asks for more is
    left for later.
    """

    auth: Auth = Auth.BEARER
    auth_header: str = "X-Api-Key"
    connect_timeout: float = 5.0
    read_timeout: float = 20.0
    deadline: float = 60.0
    max_body_bytes: int = 32 * 1024 * 1024
    max_tries: int = 4
    first_wait: float = 0.5
    max_wait: float = 30.0
    requests_per_second: float = 20.0
    burst: int = 20
