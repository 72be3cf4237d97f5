"""### Failure sweep

Raises a ticket for each task, run and DAG file of ours that has failed, and closes the tickets of
those that have succeeded since. Closes questions about plans that a command has answered, so that
their runs go on. Every minute.

- *Reads, writes*: Airflow's REST API (connection `mastersync_airflow_api`) → tickets, and answers
  in Airflow.
- *Safe to re-run*: yes; a failure that is known changes nothing.
- *When it fails*: no failure of a killed process becomes a ticket until it runs again; then it
  goes back to its last success. Its ticket says what is wrong.
"""

from datetime import timedelta

from airflow.sdk import dag, get_current_context, task


@dag(
    schedule=timedelta(minutes=1),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=["mastersync", "platform"],
    doc_md=__doc__,
    dagrun_timeout=timedelta(minutes=10),
)
def failure_sweep() -> None:
    @task(execution_timeout=timedelta(minutes=8))
    def sweep() -> dict[str, int]:
        """Go over everything that changed since the last sweep that succeeded."""
        from dataclasses import asdict

        from mastersync.orchestration.failure_sweep import sweep_from_task

        began_at = get_current_context().get("prev_start_date_success")
        return asdict(sweep_from_task(last_success_at=began_at or None))

    @task(execution_timeout=timedelta(minutes=2), trigger_rule="all_done")
    def close_questions() -> list[str]:
        """Close the questions about plans that were let go or cancelled by command."""
        from mastersync.orchestration.settled_questions import close_from_task

        return close_from_task()

    sweep() >> close_questions()


failure_sweep()
