"""``mastersync dedupe``: which records of CSV files are the same customer, without a store."""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mastersync.cli.dedupe_progress import Progress, show_progress
from mastersync.cli.dedupe_summary import Written, as_json, show_outcome
from mastersync.cli.dedupe_why import rows_of, show_why, why_as_json
from mastersync.dedupe_files.outcome import Outcome
from mastersync.dedupe_files.reading import ReadFile, no_garbage_collection, read_csv
from mastersync.dedupe_files.report.page import write_report
from mastersync.dedupe_files.tables import write_clusters, write_pairs, write_review
from mastersync.dedupe_files.writing import check_outputs
from mastersync.domain.resolution.resolve import ResolveSettings, resolve
from mastersync.domain.resolution_input.choices import read_choices
from mastersync.domain.resolution_input.record_set import (
    CustomerFile,
    RecordSet,
    form_record_set,
    require_evidence,
)
from mastersync.errors import ConfigError

_WRITERS = {
    "--out": write_clusters,
    "--pairs": write_pairs,
    "--review": write_review,
    "--report": write_report,
}


def dedupe(  # noqa: PLR0913, PLR0917 (every option is an argument to typer)
    files: Annotated[list[Path], typer.Argument(help="CSV files, with a line of column names.")],
    out: Annotated[Path | None, typer.Option(help="Write id,cluster of every record.")] = None,
    pairs: Annotated[
        Path | None, typer.Option(help="Write id_a,id_b,score,band,why of every pair.")
    ] = None,
    review: Annotated[
        Path | None, typer.Option(help="Write the pairs to look at, side by side.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write a page with charts and examples (HTML).")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=COLUMN",
            help="Say which column a field is (again for each); FIELD may be 'other' or 'ignore'.",
        ),
    ] = None,
    within: Annotated[
        bool, typer.Option("--within", help="With several files: find duplicates inside each too.")
    ] = False,
    sure: Annotated[
        bool, typer.Option("--sure", help="Clusters of automatic merges alone, none in review.")
    ] = False,
    precision: Annotated[
        float,
        typer.Option(min=0.5, max=0.9999, help="How often an automatic merge has to be right."),
    ] = 0.99,
    why: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ID ID", help="Say why two records are one customer or not."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Find out which records of CSV files are the same customer. No store, no labels, no setup.

    Columns are recognised by name and content. With several files, records are linked across
    them, one to one where each is free of duplicates. Nothing is written unless you name a file.

    \b
    Examples:
      mastersync dedupe customers.csv --out clusters.csv --report report.html
      mastersync dedupe crm.csv erp.csv --review review.csv
      mastersync dedupe customers.csv --why 4711 C-20
      mastersync dedupe export.csv --column name=KUNDE_1 --column ignore=REMARK --json
    """
    outputs = {
        option: path
        for option, path in zip(_WRITERS, (out, pairs, review, report), strict=True)
        if path is not None
    }
    _refuse_doubles(files)
    check_outputs(outputs, inputs=files)
    settings = ResolveSettings(precision=precision, link=len(files) > 1 and not within)
    with ExitStack() as stack:
        stack.enter_context(no_garbage_collection())
        progress = stack.enter_context(show_progress())
        read = [_read(file, progress) for file in files]
        record_set = _record_set(read, column or [], progress)
        asked = rows_of(why, record_set) if why else []
        resolution = resolve(record_set.frame, settings=settings, progress=progress.step)
        outcome = Outcome(
            record_set=record_set,
            resolution=resolution,
            file_notes=_file_notes(read),
            sure_only=sure,
        )
        written = []
        for option, path in outputs.items():
            progress.step(f"writing {path.name}", None)
            written.append(Written(option=option, path=path, rows=_WRITERS[option](path, outcome)))
    reason = resolution.explain(*asked) if asked else None
    if json_:
        found = as_json(outcome, read, settings, written)
        if why and reason:
            found["why"] = why_as_json(why, reason)
        typer.echo(json.dumps(found, indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    if why and reason:
        show_why(console, why, reason)
    show_outcome(console, outcome, written)


def _refuse_doubles(files: Sequence[Path]) -> None:
    seen: dict[Path, Path] = {}
    for file in files:
        if (other := seen.get(file.resolve())) is not None:
            raise ConfigError(
                f"{file} is the same file as {other}: all of it would be found twice.",
                next_step="Name it once to find the duplicates in it.",
            )
        seen[file.resolve()] = file


def _read(file: Path, progress: Progress) -> ReadFile:
    step = f"reading {file.name}"
    return read_csv(file, progress=lambda share: progress.step(step, share))


def _file_notes(read: Sequence[ReadFile]) -> tuple[str, ...]:
    several = len(read) > 1
    return tuple(
        f"{one.path.name}: {note}" if several else note for one in read for note in one.notes
    )


def _record_set(read: Sequence[ReadFile], said: Sequence[str], progress: Progress) -> RecordSet:
    progress.step("recognising columns", None)
    names = _names([one.path for one in read])
    files = [
        CustomerFile(name=name, frame=one.frame) for name, one in zip(names, read, strict=True)
    ]
    chosen = read_choices(
        said, columns_by_file={file.name: list(file.frame.columns) for file in files}
    )
    record_set = form_record_set(files, chosen=chosen)
    require_evidence(record_set)
    return record_set


def _names(paths: Sequence[Path]) -> list[str]:
    """Return what the files are called in ids: as short as tells them apart."""
    stems = [path.name.removesuffix(".gz").removesuffix(".csv") for path in paths]
    if len(set(stems)) == len(stems):
        return stems
    return [str(path) for path in paths]
