"""CSV files that are whole or not there, and harmless in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from mastersync.errors import ConfigError

_STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def check_outputs(outputs: Mapping[str, Path], *, inputs: Sequence[Path]) -> None:
    """Refuse outputs that cannot be written, before hours of work are lost over it.

    Args:
        outputs: By the option that names each.

    Raises:
        ConfigError: one cannot be written, or would overwrite an input or another output.
    """
    named: dict[Path, str] = {path.resolve(): f"the input {path}" for path in inputs}
    for option, path in outputs.items():
        if (other := named.get(path.resolve())) is not None:
            raise ConfigError(
                f"{option} {path} would overwrite {other}. Nothing was done.",
                next_step="Give it another name.",
            )
        named[path.resolve()] = f"what {option} writes"
        _try_to_write(option, path)


def write_rows(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: str = "utf-8"
) -> None:
    """Write a CSV file; what was there before stays until the new one is whole.

    Raises:
        ConfigError: it cannot be written.
    """
    with writing(path, encoding=encoding) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


@contextmanager
def writing(path: Path, *, encoding: str = "utf-8") -> Iterator[io.TextIOBase]:
    """Open a text file to write, which takes its name when it is whole."""
    # A pipe or a device cannot be replaced, and needs not be.
    is_file = path.is_file() or not path.exists()
    place = _beside(path) if is_file else path
    try:
        with place.open("w", encoding=encoding, newline="") as stream:
            yield stream
        if is_file:
            place.replace(path)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror or type(error).__name__}.",
            next_step="Name a place where you may write, with room for it.",
        ) from None
    finally:
        if is_file:
            place.unlink(missing_ok=True)


def spreadsheet_safe(text: str) -> str:
    """Return a cell that a spreadsheet shows and does not run, on one line.

    >>> spreadsheet_safe("=HYPERLINK(1)"), spreadsheet_safe("Weg 1")
    ("'=HYPERLINK(1)", 'Weg 1')
    """
    line = " ".join(text.splitlines())
    return f"'{line}" if line.startswith(_STARTS_OF_FORMULAS) else line


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _try_to_write(option: str, path: Path) -> None:
    problem = ""
    if path.is_dir():
        problem = "it is a folder"
    elif not path.parent.is_dir():
        problem = f"there is no folder {path.parent}"
    elif path.is_file() or not path.exists():
        try:
            _beside(path).open("w").close()
            _beside(path).unlink()
        except OSError as error:
            problem = error.strerror or type(error).__name__
    if problem:
        raise ConfigError(
            f"{option} {path} cannot be written: {problem}. Nothing was done.",
            next_step="Name a file in a folder that exists and where you may write.",
        )
