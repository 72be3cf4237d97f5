"""Pages: the desk inside Airflow, the customers' portal as its own process."""
