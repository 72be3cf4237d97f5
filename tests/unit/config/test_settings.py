"""Settings: the environment as checked values, and secrets that stay what they are."""

import json
import multiprocessing
import stat
from pathlib import Path

import pytest

from mastersync.config.running_ports import remembered_ports
from mastersync.config.secrets import load_secrets
from mastersync.config.settings import load_settings, settings_environment
from mastersync.errors import ConfigError


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_everything_is_kept_below_the_current_directory(
    tmp_path: Path,
) -> None:
    settings = load_settings()
    assert settings.home == tmp_path / ".mastersync"
    assert settings.is_embedded
    assert settings.public_portal_url == "http://127.0.0.1:8090"
    assert (settings.clients_dir, settings.dags_dir.name) == (
        settings.dags_dir.parent / "include" / "clients",
        "dags",
    )


def test_the_environment_wins_over_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        "MASTERSYNC_PORTAL_PORT=9001\nMASTERSYNC_SANDBOX_PORT=9002\nAIRFLOW_UID=50000\n"
    )
    monkeypatch.setenv("MASTERSYNC_PORTAL_PORT", "9009")
    settings = load_settings()
    assert (settings.portal_port, settings.sandbox_port) == (9009, 9002)


def test_a_made_up_key_is_the_same_for_every_process_of_a_home(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = pool.map(load_secrets, [tmp_path / "home"] * 8)
    assert len(set(keys)) == 1
    assert load_settings(home=tmp_path / "home").key == keys[0].secret_key


def test_secrets_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    load_secrets(tmp_path)
    files = list(tmp_path.iterdir())
    assert [(file.name, stat.S_IMODE(file.stat().st_mode)) for file in files] == [
        ("secrets.json", 0o600)
    ]


def test_damaged_secrets_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(ConfigError, match="cannot be read as our secrets"):
        load_secrets(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == "{"


def test_a_store_of_ones_own_needs_a_key_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTERSYNC_STORE_URL", "postgresql+psycopg://me:sesame@db/mastersync")
    with pytest.raises(ConfigError, match="MASTERSYNC_SECRET_KEY is not"):
        load_settings()
    monkeypatch.setenv("MASTERSYNC_SECRET_KEY", "x" * 32)
    assert not load_settings().is_embedded


def test_secrets_do_not_show_in_a_printed_settings_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MASTERSYNC_STORE_URL", "postgresql+psycopg://me:sesame@db/mastersync")
    monkeypatch.setenv("MASTERSYNC_SECRET_KEY", "sesame" * 6)
    assert "sesame" not in repr(load_settings())


def test_blank_variables_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORE_URL", "SECRET_KEY", "PORTAL_URL", "FAILPOINT"):
        monkeypatch.setenv(f"MASTERSYNC_{name}", "")
    settings = load_settings()
    assert settings.is_embedded
    assert settings.failpoint is None


def test_a_process_that_inherits_the_settings_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = load_settings(home=tmp_path / "home", airflow_port=18080)
    url = "postgresql+psycopg://postgres@/mastersync?host=/run/pg"
    for name, value in settings_environment(ours, store_url=url).items():
        monkeypatch.setenv(name, value)
    theirs = load_settings()
    assert theirs.key == ours.key
    assert theirs.airflow_port == 18080
    assert theirs.store_url is not None
    assert theirs.store_url.get_secret_value() == url


def test_a_command_in_another_shell_finds_the_ports_of_the_stack_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / ".mastersync"
    ports = {"airflow_port": 9101, "portal_port": 9102, "sandbox_port": 9103}
    monkeypatch.setenv("MASTERSYNC_PORTAL_PORT", "9009")

    with remembered_ports(home, ports):
        found = load_settings()

    assert (found.airflow_port, found.portal_port, found.sandbox_port) == (9101, 9009, 9103)
    assert load_settings().airflow_port == 8080


def test_the_ports_of_a_stack_that_was_killed_are_not_taken_for_those_of_one_that_runs(
    tmp_path: Path,
) -> None:
    ended = multiprocessing.Process(target=int)
    ended.start()
    ended.join()
    home = tmp_path / ".mastersync"
    home.mkdir()
    told = {"pid": ended.pid, "airflow_port": 1, "portal_port": 2, "sandbox_port": 3}
    (home / "ports.json").write_text(json.dumps(told))

    assert load_settings().airflow_port == 8080
