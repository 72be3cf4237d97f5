"""A DAG of two tasks, for tests of the stack (airflow)."""

from airflow.sdk import dag, task


@dag(schedule=None, catchup=False)
def toy():
    @task
    def give() -> int:
        return 41

    @task
    def take(number: int) -> int:
        return number + 1

    take(give())


toy()
