"""The environment as checked values; nothing else reads it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from mastersync.config.running_ports import running_ports
from mastersync.config.secrets import load_secrets
from mastersync.errors import ConfigError

PROJECT = Path(__file__).resolve().parents[3]
PREFIX = "MASTERSYNC_"


class Settings(BaseSettings):
    """One installation of mastersync; every field is a variable ``MASTERSYNC_<FIELD>``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    home: Path = Field(default=Path(".mastersync"), description="Where everything is kept.")
    store_url: SecretStr | None = Field(
        default=None, description="Your own PostgreSQL, as the role that owns the schema."
    )
    secret_key: SecretStr | None = Field(
        default=None, min_length=32, description="Roles' passwords and link tokens come from it."
    )
    clients_dir: Path = Field(
        default=PROJECT / "include" / "clients", description="Client folders."
    )
    dags_dir: Path = Field(default=PROJECT / "dags", description="Airflow's DAG files.")
    plugins_dir: Path = Field(default=PROJECT / "plugins", description="Airflow's plugins.")
    airflow_port: int = Field(default=8080, ge=1, le=65535)
    portal_port: int = Field(default=8090, ge=1, le=65535)
    sandbox_port: int = Field(default=8070, ge=1, le=65535)
    portal_url: str | None = Field(default=None, description="What customers' links start with.")
    sendgrid_public_key: str | None = Field(
        default=None, description="Verifies SendGrid's events; two with a space while it changes."
    )
    demo_passwords: bool = Field(
        default=True, description="Embedded Airflow: each user's password is the user's name."
    )
    delivery_workers: int = Field(default=2, ge=1, le=32, description="At once, for all clients.")
    delivery_seconds: float = Field(
        default=480, gt=0, le=3000, description="After which a worker leaves the rest to the next."
    )
    failpoint: str | None = Field(default=None, description="Tests only: name[:nth] to die at.")
    airflow_database_url: SecretStr | None = Field(
        default=None, validation_alias="AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
    )

    @field_validator("home", "clients_dir", "dags_dir", "plugins_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator(
        "store_url",
        "secret_key",
        "portal_url",
        "sendgrid_public_key",
        "failpoint",
        "airflow_database_url",
        mode="before",
    )
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @property
    def is_embedded(self) -> bool:
        """Whether the store is our own PostgreSQL in the home."""
        return self.store_url is None

    @property
    def postgres_dir(self) -> Path:
        return self.home / "pg"

    @property
    def airflow_home(self) -> Path:
        return self.home / "airflow"

    @property
    def logs_dir(self) -> Path:
        return self.home / "logs"

    @property
    def sandbox_dir(self) -> Path:
        return self.home / "sandbox"

    @property
    def airflow_url(self) -> str:
        return f"http://127.0.0.1:{self.airflow_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def public_portal_url(self) -> str:
        """What customers' links start with, without a slash at the end."""
        return (self.portal_url or f"http://127.0.0.1:{self.portal_port}").rstrip("/")

    @property
    def key(self) -> str:
        """The secret key, which ``load_settings`` has made sure of."""
        if self.secret_key is None:
            raise _no_secret_key()
        return self.secret_key.get_secret_value()


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 (any field of Settings)
    """Read the environment and ``.env``; ``overrides`` win over both.

    Ports that none of them names are those of the stack that runs in the home, if one does. With
    the embedded store a missing secret key is made up once and kept in the home.

    Raises:
        ConfigError: with every variable that is wrong, never with its value.
    """
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        wrong = "; ".join(_in_words(fault) for fault in error.errors())
        raise ConfigError(
            f"The environment has wrong settings: {wrong}.",
            next_step="Mend them in the environment or in .env; .env.example describes each.",
        ) from None
    found = running_ports(settings.home)
    ports = {name: port for name, port in found.items() if name not in settings.model_fields_set}
    settings = settings.model_copy(update=ports)
    if settings.secret_key is not None:
        return settings
    if not settings.is_embedded:
        raise _no_secret_key()
    kept = load_secrets(settings.home)
    return settings.model_copy(update={"secret_key": SecretStr(kept.secret_key)})


def inherited_environment() -> dict[str, str]:
    """What a process that we start gets from ours, to be added to."""
    return dict(os.environ)


def settings_environment(settings: Settings, *, store_url: str) -> Mapping[str, str]:
    """The settings as variables, for a process that works on the same store."""
    values = {
        "HOME": settings.home,
        "STORE_URL": store_url,
        "SECRET_KEY": settings.key,
        "CLIENTS_DIR": settings.clients_dir,
        "DAGS_DIR": settings.dags_dir,
        "PLUGINS_DIR": settings.plugins_dir,
        "AIRFLOW_PORT": settings.airflow_port,
        "PORTAL_PORT": settings.portal_port,
        "SANDBOX_PORT": settings.sandbox_port,
        "PORTAL_URL": settings.public_portal_url,
        "SENDGRID_PUBLIC_KEY": settings.sendgrid_public_key or "",
        "DELIVERY_WORKERS": settings.delivery_workers,
        "DELIVERY_SECONDS": settings.delivery_seconds,
        "FAILPOINT": settings.failpoint or "",
    }
    return {f"{PREFIX}{name}": str(value) for name, value in values.items()}


def _in_words(fault: Any) -> str:  # noqa: ANN401 (pydantic's error details)
    field = str(fault["loc"][0])
    name = field if field.isupper() else f"{PREFIX}{field.upper()}"
    return f"{name}: {fault['msg']}"


def _no_secret_key() -> ConfigError:
    return ConfigError(
        "MASTERSYNC_STORE_URL is set, and MASTERSYNC_SECRET_KEY is not: the passwords of the"
        " store's roles cannot be derived.",
        next_step="Set it to 32 random characters or more (openssl rand -hex 32), and keep it.",
    )
