"""DAG files as Airflow's DAG processor loads them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mastersync.config.settings import PROJECT

DAGS = PROJECT / "dags"
Load = Callable[..., Any]


@pytest.fixture(scope="session")
def load_dags() -> Load:
    """Load the DAG files of a folder; every file, whether or not it says "dag" and "airflow"."""

    def load(dags_dir: Path = DAGS) -> Any:
        # Imported late: it takes seconds, and makes a configuration file in AIRFLOW_HOME.
        from airflow.dag_processing.dagbag import DagBag

        return DagBag(dags_dir, safe_mode=False, bundle_name="dags-folder")

    return load


@pytest.fixture
def clients_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three good clients, which the DAG files read."""
    folder = tmp_path / "clients"
    for client_id in ("acme", "globex", "initech"):
        shutil.copytree(PROJECT / "include" / "clients" / "bright_bakery", folder / client_id)
    monkeypatch.setenv("MASTERSYNC_CLIENTS_DIR", str(folder))
    return folder
