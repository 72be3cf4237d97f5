"""Secrets of an embedded installation: made up once, kept in its home, readable by its owner."""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from mastersync.errors import ConfigError

FILE_NAME = "secrets.json"


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What Airflow and the store sign, encrypt and log in with."""

    secret_key: str
    airflow_fernet_key: str
    airflow_jwt_secret: str
    airflow_secret_key: str
    admin_password: str


def load_secrets(home: Path) -> Secrets:
    """The same answer for as long as the home exists, from any number of processes."""
    file = home / FILE_NAME
    if not file.exists():
        _keep(file)
    try:
        return Secrets(**json.loads(file.read_text()))
    except (ValueError, TypeError):
        raise ConfigError(
            f"{file} cannot be read as our secrets, so nothing was started.",
            next_step="Put it back from a backup; a new one would lock the store's roles out.",
        ) from None


def _keep(file: Path) -> None:
    """Whoever links first wins, and everybody else reads that one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{FILE_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump(asdict(_made_up()), stream, indent=2)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _made_up() -> Secrets:
    return Secrets(
        secret_key=secrets.token_urlsafe(48),
        airflow_fernet_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        airflow_jwt_secret=secrets.token_urlsafe(64),
        airflow_secret_key=secrets.token_urlsafe(32),
        admin_password=secrets.token_urlsafe(18),
    )
