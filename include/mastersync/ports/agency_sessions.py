"""The log-ins of a client's accounts at agencies, as the store keeps them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class HeldSession:
    """What is known of an account by the store's own clock.

    ``sealed_token`` is None when there is none, or its life is over. ``is_refused``: these
    credentials were refused lately; ``is_logging_in``: another worker is at it.
    """

    sealed_token: bytes | None
    is_refused: bool
    is_logging_in: bool


class AgencySessions(Protocol):
    """The sessions of one client, within one transaction."""

    def lock(self, account: str, *, credentials: str) -> HeldSession:
        """Look at an account alone; a token or refusal of other credentials counts for nothing."""
        ...

    def begin_login(self, account: str, *, at_most: timedelta) -> None:
        """Note that somebody logs in, and all others wait."""
        ...

    def keep(self, account: str, sealed_token: bytes, *, lasts: timedelta) -> None:
        """Keep the token; the log-in is over."""
        ...

    def refuse(self, account: str, *, rest: timedelta) -> None:
        """Note that the credentials were refused, and are not to be tried for so long."""
        ...

    def end_login(self, account: str) -> None:
        """Note that the log-in is over and brought nothing."""
        ...
