"""What makes the codes of a client ambiguous, which no setting shows by itself."""

from collections.abc import Iterator, Mapping

from mastersync.config.client import ClientConfig
from mastersync.config.code_tables import BUILT_IN
from mastersync.config.mistakes import Place
from mastersync.config.systems import written_fields
from mastersync.domain.records.codes import code_key, indexed

# Where in the file, what is wrong, and how to mend it.
Fault = tuple[Place, str, str]


def faults_of_codes(config: ClientConfig) -> Iterator[Fault]:
    """Yield what is wrong with the client's code tables, each for itself and together."""
    for name, table in config.code_tables.items():
        yield from _written_twice(name, table)
    for name in dict.fromkeys(config.read_codes.values()):
        yield from _read_two_ways(name, config.code_tables[name])
    for name, system in config.systems.items():
        for path, wanted in written_fields(system).items():
            for field, used in wanted.translations():
                if used in config.code_tables and system.fields.get(field) == path:
                    yield from _lost_on_the_way(config, field, used, at=f"{name}.{path}")


def _written_twice(name: str, table: Mapping[str, str]) -> Iterator[Fault]:
    place: Place = ("code_tables", name)
    if name in BUILT_IN:
        yield place, f"'{name}' is built in.", "Give this table another name."
    first: dict[str, str] = {}
    for code in table:
        same = first.setdefault(code_key(code), code)
        if same != code:
            what = f"this is the code '{same}' again, but for letter case or spaces."
            yield (*place, code), what, "Keep one of them."


def _read_two_ways(name: str, table: Mapping[str, str]) -> Iterator[Fault]:
    """Yield codes of theirs that are also one of ours, and mean another one of ours."""
    ours = {code_key(result): code for code, result in table.items()}
    for code, result in table.items():
        key = code_key(code)
        if key in ours and code_key(result) != key:
            what = f"'{code}' is read as '{result}', and is itself what '{ours[key]}' is read as."
            how = "Use codes of ours that no system uses for something else."
            yield ("code_tables", name, code), what, how


def _lost_on_the_way(config: ClientConfig, field: str, table: str, *, at: str) -> Iterator[Fault]:
    """Yield our codes that are written as one that is read back as another of ours."""
    read_by = config.read_codes.get(field)
    back = indexed(config.code_tables[read_by]) if read_by is not None else {}
    for ours, theirs in config.code_tables[table].items():
        again = back.get(code_key(theirs))
        if again is not None and code_key(again) != code_key(ours):
            what = f"{at} gets '{theirs}' for it, and '{read_by}' reads that back as '{again}'."
            how = "Give each of our codes one of its own there."
            yield ("code_tables", table, ours), what, how
