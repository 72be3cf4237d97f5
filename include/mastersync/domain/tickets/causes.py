"""A failure in words: what went wrong with a task and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from mastersync.domain.tickets.model import WordsFrom
from mastersync.errors import MastersyncError

READ_THE_LOG = "Read the task's log; when the cause is mended, clear the task in Airflow."
CLEAR_THE_TASK = "Clear the task in Airflow: it is safe to run again."


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What happened and what to do now, without personal data."""

    cause: str
    next_step: str
    words_from: WordsFrom


LOST = Explanation(
    cause="The task's process was killed or lost: it left no message.",
    next_step="Often the machine ran out of memory: look at its memory and at the end of the log. "
    + CLEAR_THE_TASK,
    words_from=WordsFrom.STATE,
)

# By class name: the domain does not know Airflow.
_KNOWN_ERRORS = {
    "AirflowTaskTimeout": Explanation(
        cause="The task ran longer than its execution_timeout allows and was stopped.",
        next_step="See in the log what it waited for. " + CLEAR_THE_TASK,
        words_from=WordsFrom.ERROR,
    ),
    "AirflowTaskTerminated": Explanation(
        cause="The task was told to stop before it had finished.",
        next_step=CLEAR_THE_TASK,
        words_from=WordsFrom.ERROR,
    ),
    "MemoryError": Explanation(
        cause="The task ran out of memory.",
        next_step="Give the workers more memory or make the batches smaller. " + CLEAR_THE_TASK,
        words_from=WordsFrom.ERROR,
    ),
    "SystemExit": Explanation(
        cause="The task's process ended itself before the task was done.",
        next_step=READ_THE_LOG,
        words_from=WordsFrom.ERROR,
    ),
}

# By a word of the message that Airflow gives for a task that did not speak for itself.
_KNOWN_MESSAGES = {
    "manually set": Explanation(
        cause="Somebody set the task to failed by hand.",
        next_step="Ask who did and why (Airflow's audit log says who), or clear the task.",
        words_from=WordsFrom.ERROR,
    ),
    "heartbeat": Explanation(
        cause="The task stopped answering Airflow: its process or its machine was killed or lost.",
        next_step="It may have gone on for a while after; that does no harm. " + CLEAR_THE_TASK,
        words_from=WordsFrom.AIRFLOW,
    ),
    "finished with state": Explanation(
        cause="The task's process was killed or lost before the task could say how it went.",
        next_step="Look at the end of the log, and at whether Airflow's API server was reachable. "
        + CLEAR_THE_TASK,
        words_from=WordsFrom.AIRFLOW,
    ),
}


def explain(error: BaseException | str | None) -> Explanation:
    """Put into words what a task failed of.

    Only our own errors speak for themselves. The message of any other exception stays in the log:
    it may quote a customer's data.
    """
    if error is None:
        return LOST
    if isinstance(error, str):
        found = (words for key, words in _KNOWN_MESSAGES.items() if key in error.lower())
        return next(found, LOST)
    for link in _chain(error):
        if isinstance(link, MastersyncError):
            return Explanation(
                cause=link.problem, next_step=link.next_step, words_from=WordsFrom.ERROR
            )
    name = type(error).__name__
    raised = Explanation(
        cause=f"The task raised {name}.", next_step=READ_THE_LOG, words_from=WordsFrom.ERROR
    )
    return _KNOWN_ERRORS.get(name, raised)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from: Airflow's own often wrap ours."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__
