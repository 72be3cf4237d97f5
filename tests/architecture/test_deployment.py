"""docker-compose.yml, as far as a machine without Docker can check it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import run_command
from mastersync.config.settings import Settings
from mastersync.sandbox.connections import airflow_connections

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
ENV_EXAMPLE = (PROJECT / ".env.example").read_text()

TOP_LEVEL = {"services", "configs", "volumes"}
SERVICE_KEYS = {
    *("build", "command", "configs", "depends_on", "environment", "healthcheck", "image"),
    *("init", "ports", "profiles", "restart", "stop_grace_period", "user", "volumes"),
}
AIRFLOW = {
    *("airflow-apiserver", "airflow-scheduler", "airflow-dag-processor"),
    *("airflow-triggerer", "airflow-worker"),
}

PARSE = """
import json, sys
from airflow.cli.cli_parser import get_parser
for arguments in json.load(sys.stdin):
    get_parser().parse_args(arguments)
    print("understood", *arguments[:2])
"""


def shell_commands() -> list[list[str]]:
    """Each command line that a container would run, also those inside scripts and checks."""
    commands = []
    for service in SERVICES.values():
        lines = [service["command"]] if "command" in service else []
        check = service.get("healthcheck", {}).get("test", ["CMD"])
        lines.append(check[1].split() if check[0] == "CMD-SHELL" else check[1:])
        for line in lines:
            if line[:1] == ["bash"]:
                commands += [part.split() for part in line[-1].splitlines()]
            elif line:
                commands.append(line)
    return commands


def test_the_file_has_only_what_the_compose_specification_knows() -> None:
    assert {key for key in COMPOSE if not key.startswith("x-")} == TOP_LEVEL
    for name, service in SERVICES.items():
        assert set(service) <= SERVICE_KEYS, name
        assert "image" in service, name
        for after, how in service.get("depends_on", {}).items():
            assert after in SERVICES
            condition = how["condition"]
            assert condition in {"service_healthy", "service_completed_successfully"}
            if condition == "service_healthy":
                assert "healthcheck" in SERVICES[after], f"{name} waits for {after} in vain"
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (PROJECT / source).is_dir(), volume


def test_every_service_of_the_design_is_there_and_the_sandbox_only_on_request() -> None:
    assert set(SERVICES) == {*AIRFLOW, "postgres", "redis", "init", "portal", "sandbox"}
    on_request = {name for name, service in SERVICES.items() if service.get("profiles")}
    assert on_request == {"sandbox"}


def test_no_port_is_open_to_the_network() -> None:
    for name, service in SERVICES.items():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), name


def test_every_airflow_command_is_understood_by_this_airflow() -> None:
    commands = [command[1:] for command in shell_commands() if command[0] == "airflow"]
    assert len(commands) >= 8
    environment = {
        **os.environ,
        "AIRFLOW__CORE__AUTH_MANAGER": SERVICES["airflow-worker"]["environment"][
            "AIRFLOW__CORE__AUTH_MANAGER"
        ],
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__FERNET_KEY": "",
    }
    parsed = subprocess.run(
        [sys.executable, "-c", PARSE],
        input=json.dumps(commands),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert parsed.stdout.count("understood") == len(commands), parsed.stderr[-2000:]


@pytest.mark.parametrize(
    "command",
    [command for command in shell_commands() if command[0] == "mastersync"],
    ids=lambda command: command[1],
)
def test_every_command_of_ours_is_there_with_its_options(command: list[str]) -> None:
    answer = run_command(command[1], "--help")
    assert answer.returncode == 0, answer.stderr
    for option in [word for word in command if word.startswith("--")]:
        assert option in answer.stdout


def test_no_other_program_is_called() -> None:
    known = {"airflow", "celery", "mastersync", "pg_isready", "python", "redis-cli"}
    assert {command[0] for command in shell_commands()} == known


def test_python_in_health_checks_is_python() -> None:
    for command in shell_commands():
        if command[0] == "python":
            compile(command[-1], "healthcheck", "exec")


def test_the_sandboxs_connections_are_those_that_the_sandbox_serves() -> None:
    served = airflow_connections("http://sandbox:8070", Path("/var/lib/mastersync"))
    expected = {f"AIRFLOW_CONN_{name.upper()}": json.loads(text) for name, text in served.items()}
    written = COMPOSE["x-sandbox-connections"]
    assert {name: json.loads(text) for name, text in written.items()} == expected
    assert expected.keys() <= SERVICES["airflow-worker"]["environment"].keys()


def test_every_variable_that_the_file_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", TEXT.replace("$${", "")))
    described = set(re.findall(r"^#?([A-Z_]+)=", ENV_EXAMPLE, re.MULTILINE))
    assert asked <= described


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    fields = set(Settings.model_fields) - {"airflow_database_url", "failpoint"}
    described = set(re.findall(r"^#?MASTERSYNC_([A-Z_]+)=", ENV_EXAMPLE, re.MULTILINE))
    assert {name.upper() for name in fields} == described


def test_no_secret_has_a_default() -> None:
    for name in re.findall(r"\$\{([A-Z_]*(?:PASSWORD|SECRET|KEY)):-[^}]", TEXT):
        pytest.fail(f"{name} has a default")


def test_the_portal_gets_no_more_than_it_needs() -> None:
    environment = SERVICES["portal"]["environment"]
    assert set(environment) == {
        "MASTERSYNC_PORTAL_URL",
        "MASTERSYNC_SECRET_KEY",
        "MASTERSYNC_SENDGRID_PUBLIC_KEY",
        "MASTERSYNC_STORE_URL",
    }
    assert "POSTGRES_PASSWORD" not in str(environment)


def test_the_image_copies_only_what_the_build_may_see() -> None:
    dockerfile = (PROJECT / "Dockerfile").read_text()
    ignored = (PROJECT / ".dockerignore").read_text().splitlines()
    for line in re.findall(r"^COPY (.*)$", dockerfile, re.MULTILINE):
        for source in line.split()[:-1]:
            assert f"!{source}" in ignored, source
            assert (PROJECT / source).exists(), source
