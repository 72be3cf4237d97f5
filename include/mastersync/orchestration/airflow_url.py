"""Where people reach Airflow."""

from airflow.configuration import conf


def airflow_url() -> str:
    """Return the address that links to Airflow's pages start with."""
    return str(conf.get("api", "base_url", fallback=None) or "http://localhost:8080")
