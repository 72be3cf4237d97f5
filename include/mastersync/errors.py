"""Kinds of error, ordered by what whoever catches them must do.

Every error says what happened and what was not done (``problem``), what the reader can do now
(``next_step``), and carries ids for the log (``facts``); never personal data or secrets.
"""


class MastersyncError(Exception):
    """Base of all our errors; raise one of the kinds below."""

    def __init__(self, problem: str, *, next_step: str, **facts: object) -> None:
        super().__init__(f"{problem} {next_step}".strip())
        self.problem = problem
        self.next_step = next_step
        self.facts = facts


class ConfigError(MastersyncError):
    """Somebody has to edit a file or a setting; trying again does not help."""


class RetryableError(MastersyncError):
    """May work later; the deed was surely not done. ``retry_after`` is in seconds."""

    def __init__(
        self, problem: str, *, next_step: str, retry_after: float | None = None, **facts: object
    ) -> None:
        super().__init__(problem, next_step=next_step, **facts)
        self.retry_after = retry_after


class PermanentError(MastersyncError):
    """Refused for good: the same request would be refused again."""


class UnknownOutcomeError(MastersyncError):
    """The request may or may not have been carried out: never blindly send it again."""


class ConflictError(MastersyncError):
    """Somebody else was first; what was sent is stale and was not saved."""


class RuleError(MastersyncError):
    """A rule of the product forbids it."""


class NotFoundError(MastersyncError):
    """There is none."""
