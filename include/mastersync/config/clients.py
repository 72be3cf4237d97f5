"""Client folders: found, read and checked."""

import hashlib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mastersync.config.client import ClientConfig
from mastersync.config.code_faults import faults_of_codes
from mastersync.config.code_tables import BUILT_IN
from mastersync.config.mistakes import mistakes_error
from mastersync.config.refusals import mistakes_of
from mastersync.config.schedules import CLIENT_FILE
from mastersync.config.yaml_document import Document, Value, read_document
from mastersync.domain.golden.model import CUSTOMER


def load_client(folder: Path, *, instead: Path | None = None) -> ClientConfig:
    """Read the client of a folder; or ``instead`` another file as if it were the client's.

    Raises:
        ConfigError: with every mistake of the file: line, what, why and how to mend it.
    """
    document = read_document(instead or folder / CLIENT_FILE)
    if not isinstance(document.root, dict):
        what = "the file must hold settings, as 'name: value'."
        raise mistakes_error([document.mistake((), what, "Start from another client's file.")])
    try:
        config = ClientConfig.model_validate(
            document.root, context=_declared(document, client_id=folder.resolve().name)
        )
    except ValidationError as error:
        raise mistakes_error(mistakes_of(error, document, ClientConfig)) from None
    if faults := [document.mistake(*fault) for fault in faults_of_codes(config)]:
        raise mistakes_error(faults)
    return config


def policy_version(config: ClientConfig) -> str:
    """Return a short hash of what the file means: comments and layout do not change it."""
    return hashlib.sha256(config.model_dump_json().encode()).hexdigest()[:12]


def _declared(document: Document, *, client_id: str) -> dict[str, Any]:
    """Return what other parts of the file may refer to, as far as it can be read."""
    root = document.root
    systems = list(_section(root, "systems"))
    tables = list(_section(root, "code_tables"))
    agency = _section(root, "credit").get("agency", "creditsafe")
    agencies = [agency] if isinstance(root, dict) and root.get("credit") else []
    return {
        "client_id": client_id,
        "systems": systems,
        "sources": [*systems, *agencies, CUSTOMER],
        "tables": tables,
        "target_tables": [*tables, *BUILT_IN],
    }


def _section(root: Value, name: str) -> dict[str, Value]:
    found = root.get(name) if isinstance(root, dict) else None
    return found if isinstance(found, dict) else {}
