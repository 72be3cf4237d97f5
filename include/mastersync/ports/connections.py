"""Addresses and credentials of outside systems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class ConnectionDetails:
    """Where a system is and how to get in; ``host`` is a whole base URL where it speaks HTTP."""

    host: str
    login: str = ""
    password: str = field(default="", repr=False)
    extra: Mapping[str, object] = field(default_factory=dict, repr=False)


class Connections(Protocol):
    """Connections by their ids (``harbor_foods__crm``)."""

    def get(self, conn_id: str) -> ConnectionDetails:
        """Look one up.

        Raises:
            ConfigError: There is no such connection, or it cannot be read.
        """
        ...
