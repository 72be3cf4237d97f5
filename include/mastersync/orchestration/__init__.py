"""What DAG files and plugins share; the only part that knows Airflow."""
