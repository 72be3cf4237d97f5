"""What Airflow's processes get: our settings, our secrets, and what an operator has tuned."""

import json
import stat
from pathlib import Path

import pytest

from mastersync.cli.stack.airflow import airflow_environment, user_passwords, write_passwords
from mastersync.config.settings import Settings, load_settings

STORE = "postgresql+psycopg://postgres@/mastersync?host=/run/pg"
METADATA = "postgresql+psycopg2://postgres@/airflow?host=/run/pg"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return load_settings(airflow_port=18080, sandbox_port=18070)


def environment_of(settings: Settings) -> dict[str, str]:
    return airflow_environment(settings, store_url=STORE, metadata_url=METADATA)


def test_airflow_listens_on_this_machine_only_and_knows_its_own_address(
    settings: Settings,
) -> None:
    environment = environment_of(settings)
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:18080"
    assert environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"].startswith(
        environment["AIRFLOW__API__BASE_URL"]
    )


def test_a_task_reads_the_same_settings_as_whoever_started_the_stack(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    task = load_settings()
    assert task.key == settings.key
    assert task.home == settings.home
    assert task.store_url is not None
    assert task.store_url.get_secret_value() == STORE


def test_the_sandboxs_systems_are_connections_at_its_port(settings: Settings) -> None:
    connections = {
        name: json.loads(value)
        for name, value in environment_of(settings).items()
        if name.startswith("AIRFLOW_CONN_")
    }
    crm = connections["AIRFLOW_CONN_HARBOR_FOODS__CRM"]
    assert crm["host"].startswith("http://127.0.0.1:18070/")


def test_what_an_operator_set_stays_but_not_what_the_stack_stands_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "32")
    monkeypatch.setenv("AIRFLOW_CONN_HARBOR_FOODS__CRM", "{}")
    monkeypatch.setenv("AIRFLOW__API__PORT", "1")
    environment = environment_of(settings)
    assert environment["AIRFLOW__CORE__PARALLELISM"] == "32"
    assert environment["AIRFLOW_CONN_HARBOR_FOODS__CRM"] == "{}"
    assert environment["AIRFLOW__API__PORT"] == "18080"


def test_compiled_files_are_written_even_if_the_shell_forbids_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in environment_of(settings)


def test_the_demos_passwords_are_the_users_names_and_others_are_not(settings: Settings) -> None:
    assert user_passwords(settings) == {"admin": "admin", "olga": "olga", "vic": "vic"}
    secret = load_settings(home=settings.home, demo_passwords=False)
    passwords = user_passwords(secret)
    assert passwords == user_passwords(secret)
    assert len(set(passwords.values())) == 3
    assert min(map(len, passwords.values())) >= 20


def test_passwords_are_in_a_file_that_only_its_owner_reads(settings: Settings) -> None:
    write_passwords(settings)
    file = Path(environment_of(settings)["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"])
    assert json.loads(file.read_text()).items() >= user_passwords(settings).items()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
