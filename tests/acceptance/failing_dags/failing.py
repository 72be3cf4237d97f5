"""Toy DAGs of Airflow that fail in every way a task can fail."""

from datetime import timedelta

from airflow.sdk import dag, get_current_context, task


@task
def raises() -> None:
    raise KeyError("anna@example.org")


@task
def refuses() -> None:
    from mastersync.errors import PermanentError

    raise PermanentError("The ERP refused 3 customers.", next_step="Call the ERP's owner.")


@task(execution_timeout=timedelta(seconds=2))
def takes_too_long() -> None:
    import time

    time.sleep(60)


@task
def is_killed() -> None:
    import os

    os.kill(os.getpid(), 9)


@task
def loses_its_supervisor() -> None:
    import os
    import time

    os.kill(os.getppid(), 9)
    time.sleep(2)
    os._exit(1)


@task
def batch(number: int) -> None:
    if number == 1:
        raise ValueError


@task(retries=1, retry_delay=timedelta(0))
def succeeds_at_second_try() -> None:
    if get_current_context()["ti"].try_number == 1:
        raise ValueError


@task
def succeeds_when_cleared() -> None:
    if get_current_context()["ti"].try_number == 1:
        raise ValueError


@task(retries=1, retry_delay=timedelta(0))
def fails_twice() -> None:
    raise ValueError


@task
def comes_after() -> None:
    """Fails because another did: no cause of its own."""


@dag(schedule=None, tags=["mastersync"], default_args={"retries": 0})
def client_sync__acme() -> None:
    raises() >> comes_after()
    refuses()
    takes_too_long()
    is_killed()
    loses_its_supervisor()
    batch.expand(number=[0, 1, 2])
    succeeds_at_second_try()
    succeeds_when_cleared()
    fails_twice()


@dag(schedule=None, tags=["mastersync"], default_args={"retries": 0})
def hidden() -> None:
    """A killed task below a leaf that always runs: the run succeeds, nobody is told."""

    @task(trigger_rule="all_done")
    def report() -> None:
        pass

    is_killed() >> report()


@dag(schedule=None, tags=["mastersync"], dagrun_timeout=timedelta(seconds=3))
def overdue() -> None:
    """Runs out of time as a whole: no task of it fails."""

    @task
    def waits() -> None:
        import time

        time.sleep(40)

    waits()


@dag(schedule=None, default_args={"retries": 0})
def foreign() -> None:
    """Not ours: it has no tag of ours."""

    raises()


client_sync__acme()
hidden()
overdue()
foreign()
