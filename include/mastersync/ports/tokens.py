"""Where the token of an account at an agency is kept for all who use it."""

from datetime import timedelta
from typing import Protocol


class TokenShelf(Protocol):
    """One account's token, shared by all workers: wrong log-ins lock an account out."""

    def take(self, *, other_than: str) -> str:
        """Return the token; "" when the caller is to log in, while all others wait.

        Args:
            other_than: A token that was refused.

        Raises:
            ConfigError: These credentials were refused lately, and are not tried again yet.
            RetryableError: Another worker is logging in, and takes too long.
        """
        ...

    def put(self, token: str, *, lasts: timedelta) -> None:
        """Keep the token that the log-in brought."""
        ...

    def note_refusal(self) -> None:
        """Note that the credentials were refused."""
        ...

    def give_up(self) -> None:
        """Note that the log-in brought nothing: another may try."""
        ...
