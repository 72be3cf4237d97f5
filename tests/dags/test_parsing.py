"""Parsing: cheap, for one DAG when one is wanted, and of no harm when a client's file is broken."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from mastersync.config.settings import PROJECT

CONTEXT = "_AIRFLOW_PARSING_CONTEXT_DAG_ID"  # as Airflow's task runner sets it
HEAVY = (
    *("pandas", "numpy", "rapidfuzz", "pydantic", "httpx", "openpyxl", "pypdfium2", "sendgrid"),
    *("sqlalchemy", "psycopg", "fastapi", "jinja2", "phonenumbers", "stdnum", "pycountry"),
    *("mastersync.wiring", "mastersync.store", "mastersync.connectors", "mastersync.usecases"),
    *("mastersync.domain", "mastersync.config.client", "mastersync.config.settings"),
)


def imported_by(statements: str) -> set[str]:
    """The modules that a fresh process has after it has run these statements."""
    program = f"{dedent(statements)}\nimport sys\nprint(chr(10).join(sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT / "dags",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(answer.stdout.split())


@pytest.fixture(scope="module")
def airflows_own() -> set[str]:
    return imported_by(
        "from airflow.sdk import DAG, ExceptionRetryPolicy, TriggerRule, dag, task\n"
        "from airflow.sdk import get_current_context, get_parsing_context\n"
        "from airflow.providers.standard.operators.hitl import HITLOperator\n"
        "DAG('none')"
    )


@pytest.mark.parametrize(
    "file",
    [
        *("client_sync", "client_files", "credit_statement", "deliver_effects"),
        *("failure_sweep", "sla_watch"),
    ],
)
def test_parsing_a_dag_file_loads_nothing_heavy_on_our_account(
    airflows_own: set[str], file: str
) -> None:
    ours = imported_by(f"import {file}") - airflows_own

    assert {name for name in ours if name.startswith(HEAVY)} == set()
    assert "mastersync.config.schedules" in ours or not file.startswith("client_")


@pytest.mark.usefixtures("clients_dir")
def test_a_worker_that_wants_one_dag_builds_no_other(load_dags, monkeypatch) -> None:
    assert len(load_dags().dags) == 7

    monkeypatch.setenv(CONTEXT, "client_sync__globex")
    found = load_dags()

    assert {one for one in found.dags if one.startswith("client_")} == {"client_sync__globex"}
    assert found.import_errors == {}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("schedule: 15 7 * * 1-5", "schedule: daily at seven"), "schedule: this is no schedule"),
        (("schedule: 15 7 * * 1-5", "schedule: 15 7 31 2 *"), "schedule"),
        (
            ("time_zone: Europe/London", "time_zone: Europe/Londn"),
            "time_zone: this is no time zone",
        ),
        (("name: Bright", "name: [Bright"), "this is not YAML"),
        (("client_id: bright_bakery", "\x00"), "this is not YAML"),
    ],
    ids=["no schedule", "never", "no time zone", "no YAML", "no text"],
)
def test_a_broken_client_file_is_named_and_unloads_no_other(
    load_dags, clients_dir: Path, edit: tuple[str, str], words: str
) -> None:
    broken = clients_dir / "globex" / "client.yaml"
    text = broken.read_text("utf-8")
    assert edit[0] in text
    broken.write_text(text.replace(*edit), "utf-8")

    found = load_dags()

    assert {one for one in found.dags if one.startswith("client_")} == {
        "client_sync__acme",
        "client_sync__initech",
    }
    ((file, problem),) = found.import_errors.items()
    assert file.endswith("client_files.py")
    # The ticket quotes the last line.
    told = problem.strip().splitlines()[-1]
    assert f"{broken}:" in told
    assert words in told


def test_all_broken_client_files_are_named_at_once(load_dags, clients_dir: Path) -> None:
    broken = [clients_dir / name / "client.yaml" for name in ("acme", "initech")]
    for file in broken:
        file.write_text("name: Nothing else\n", "utf-8")

    (problem,) = load_dags().import_errors.values()

    assert all(str(file) in problem.strip().splitlines()[-1] for file in broken)


def test_a_worker_is_not_stopped_by_another_clients_file(
    load_dags, clients_dir: Path, monkeypatch
) -> None:
    (clients_dir / "globex" / "client.yaml").write_text("name: Nothing else\n", "utf-8")
    monkeypatch.setenv(CONTEXT, "client_sync__acme")

    found = load_dags()

    assert found.import_errors == {}
    assert "client_sync__acme" in found.dags


def test_folders_that_hold_no_client_are_passed_over(load_dags, clients_dir: Path) -> None:
    for name in ("_templates", ".git", "notes"):
        (clients_dir / name).mkdir()
    (clients_dir / "_templates" / "client.yaml").write_text("name: a draft\n", "utf-8")

    found = load_dags()

    assert found.import_errors == {}
    assert len([one for one in found.dags if one.startswith("client_")]) == 3
