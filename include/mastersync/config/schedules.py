"""When each client syncs: a light read, as Airflow parses its DAG files again and again.

Nothing heavy may be imported here: no pydantic, no pycountry.
"""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from croniter import croniter

from mastersync.config.mistakes import file_error
from mastersync.config.yaml_document import events, read_text

CLIENT_FILE = "client.yaml"
_PRESETS = frozenset({"@hourly", "@daily", "@weekly", "@monthly"})
_CRON_FIELDS = 5
_WANTED = frozenset({"name", "schedule", "time_zone"})
_IF_SAID = ("release", "enabled")
_RELEASES = ("auto", "approve", "shadow")
_NO = frozenset({"false", "no", "off", "0", "n", "f"})  # as pydantic reads it


@dataclass(frozen=True, kw_only=True)
class ClientSchedule:
    """What a client's DAG is made of."""

    client_id: str
    name: str
    schedule: str
    time_zone: str
    release: str = "auto"
    enabled: bool = True


def list_clients(clients_dir: Path) -> list[str]:
    """Return the ids of all clients, sorted: the folders that hold a client.yaml.

    Folders whose names start with ``.`` or ``_`` are left out. No file is opened.
    """
    if not clients_dir.is_dir():
        return []
    return sorted(
        folder.name
        for folder in clients_dir.iterdir()
        if folder.name[0] not in "._" and (folder / CLIENT_FILE).is_file()
    )


def client_schedule(folder: Path) -> ClientSchedule:
    """Return when the client of this folder syncs; the rest of the file is not looked at.

    Raises:
        ConfigError: the file cannot be read, or its schedule or time zone is wrong.
    """
    path = folder / CLIENT_FILE
    try:
        found = _top_level_texts(read_text(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise file_error(path, "this is not YAML.", "Run: mastersync check", line=line) from None
    schedule = found.get("schedule", _NOTHING)
    if problem := cron_problem(schedule.value):
        how = "Use five cron fields, or @daily."
        raise file_error(path, f"schedule: {problem}", how, line=schedule.line)
    time_zone = found.get("time_zone", _NOTHING)
    try:
        ZoneInfo(time_zone.value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        how = "Use a name such as Europe/London."
        what = "time_zone: this is no time zone."
        raise file_error(path, what, how, line=time_zone.line) from None
    release = found.get("release", _Text(value="auto", line=1))
    if release.value not in _RELEASES:
        how = f"Use one of {', '.join(_RELEASES)}."
        raise file_error(path, "release: there is no such policy.", how, line=release.line)
    return ClientSchedule(
        client_id=folder.name,
        name=found.get("name", _NOTHING).value or folder.name,
        schedule=schedule.value,
        time_zone=time_zone.value,
        release=release.value,
        enabled=found.get("enabled", _NOTHING).value.lower() not in _NO,
    )


def cron_problem(schedule: str) -> str:
    """Return what is wrong with a schedule, "" when nothing is."""
    if schedule in _PRESETS:
        return ""
    if schedule.startswith("@") or len(schedule.split()) != _CRON_FIELDS:
        return "this is no schedule."
    return "" if croniter.is_valid(schedule, strict=True) else "this schedule can never be right."


@dataclass(frozen=True, kw_only=True)
class _Text:
    value: str
    line: int


_NOTHING = _Text(value="", line=1)


def _top_level_texts(text: str) -> dict[str, _Text]:
    """Return the texts right at the top; reading stops when all that is wanted is found."""
    found: dict[str, _Text] = {}
    # What most files do not say is looked for only where the word is: the rest is not read.
    wanted = _WANTED | {key for key in _IF_SAID if f"{key}:" in text}
    depth, key = 0, None
    for event in events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth, key = depth + 1, None
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and depth == 1:
            if key is None:
                key = event.value
            else:
                line = event.start_mark.line + 1 if event.start_mark else 1
                found[key], key = _Text(value=event.value.strip(), line=line), None
        if found.keys() >= wanted:
            break
    return found
