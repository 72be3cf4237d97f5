"""The exception desk: a page inside Airflow's UI."""
