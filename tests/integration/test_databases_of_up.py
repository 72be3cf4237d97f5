"""Which databases ``up`` works on: its own, or those that somebody named."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from databases import temporary_database
from mastersync.cli.stack.airflow_database import is_current, remember_current
from mastersync.cli.stack.running import find_databases
from mastersync.config.settings import load_settings
from mastersync.errors import ConfigError, RetryableError
from mastersync.store import embedded

KEY = "k" * 32


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mastersync-home-") as directory:
        monkeypatch.chdir(directory)
        yield Path(directory) / "home"
        embedded.stop(Path(directory) / "home" / "pg")


def test_with_both_named_no_server_is_started(
    home: Path, fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", fresh_database)
    settings = load_settings(home=home, store_url=fresh_database, secret_key=KEY)
    assert find_databases(settings) == (fresh_database, fresh_database)
    assert not settings.postgres_dir.exists()


def test_with_a_store_of_ones_own_airflow_still_gets_the_embedded_one(
    home: Path, fresh_database: str
) -> None:
    settings = load_settings(home=home, store_url=fresh_database, secret_key=KEY)
    store, metadata = find_databases(settings)
    assert store == fresh_database
    assert metadata.startswith("postgresql+psycopg2://postgres@/airflow?host=")
    assert embedded.running(settings.postgres_dir) is not None


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("nonsense", ConfigError, "MASTERSYNC_STORE_URL is not a database URL"),
        ("sqlite:///store.db", ConfigError, "not of a PostgreSQL"),
        ("postgresql+psycopg://me:sesame@127.0.0.1:1/store", RetryableError, "No PostgreSQL"),
    ],
)
def test_a_wrong_address_is_said_without_its_password(
    home: Path, url: str, error: type[Exception], said: str
) -> None:
    settings = load_settings(home=home, store_url=url, secret_key=KEY)
    with pytest.raises(error, match=said) as caught:
        find_databases(settings)
    assert "sesame" not in str(caught.value)


def test_a_refused_role_is_said_with_the_servers_reason(
    home: Path, postgres_server: embedded.EmbeddedServer
) -> None:
    url = postgres_server.url("nowhere")
    settings = load_settings(home=home, store_url=url, secret_key=KEY)
    with pytest.raises(ConfigError, match='database "nowhere" does not exist'):
        find_databases(settings)


def test_airflows_database_is_migrated_again_when_it_is_not_the_one_that_was(
    tmp_path: Path, postgres_server: embedded.EmbeddedServer
) -> None:
    with temporary_database(postgres_server) as url:
        assert not is_current(airflow_home=tmp_path, metadata_url=url)
        with psycopg.connect(url.replace("+psycopg", "")) as session:
            session.execute("CREATE TABLE alembic_version AS SELECT 'abc' AS version_num")
        remember_current(airflow_home=tmp_path, metadata_url=url)
        assert is_current(airflow_home=tmp_path, metadata_url=url)
    with temporary_database(postgres_server) as url:
        assert not is_current(airflow_home=tmp_path, metadata_url=url)
