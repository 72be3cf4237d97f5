"""DAG files that the tests put before a real Airflow are no test modules."""

collect_ignore = ["failing_dags", "toy_dags"]
