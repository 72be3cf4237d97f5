"""Whether Airflow's database must be migrated: asking Airflow itself takes seven seconds."""

import importlib.metadata
import json
from pathlib import Path

from mastersync.store.airflow_metadata import schema_revision

FILE_NAME = "migrated.json"


def is_current(*, airflow_home: Path, metadata_url: str) -> bool:
    """Whether this Airflow has migrated this database before, and nothing has changed since."""
    try:
        remembered = json.loads((airflow_home / FILE_NAME).read_text())
    except (FileNotFoundError, ValueError):
        return False
    return bool(remembered == _state(metadata_url))


def remember_current(*, airflow_home: Path, metadata_url: str) -> None:
    """Note that a migration has just ended well."""
    airflow_home.mkdir(parents=True, exist_ok=True)
    (airflow_home / FILE_NAME).write_text(json.dumps(_state(metadata_url)))


def _state(metadata_url: str) -> dict[str, str | None]:
    return {
        "airflow": importlib.metadata.version("apache-airflow"),
        "revision": schema_revision(metadata_url) or "none",
    }
