"""Plan files: written so that only their owner can read them, and read back with care."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from mastersync.errors import ConfigError, RuleError

_OWNER_ONLY = 0o600
_LARGEST = 2 * 1024**3  # bytes; no plan is larger


def write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone can read; what was there stays until it is whole.

    Raises:
        ConfigError: It cannot be written.
    """
    with open_private(path) as stream:
        stream.write(text)


@contextmanager
def open_private(path: Path) -> Iterator[TextIO]:
    """Open a file to write that its owner alone can read; what was there stays until it is whole.

    Raises:
        ConfigError: It cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror or type(error).__name__}.",
            next_step="Name a place where you may write, with room for it.",
        ) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def check_place(path: Path) -> None:
    """Refuse a place for a file before hours of work are lost over it.

    Raises:
        ConfigError: No file can be written there.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise ConfigError(
            f"{path} cannot be written: it is a folder, or its folder does not exist.",
            next_step="Name a file in a folder that exists.",
        )


def write_document(path: Path, document: Mapping[str, object]) -> None:
    """Write a plan's document."""
    with open_private(path) as stream:
        stream.writelines(document_text(document))


def document_text(value: object, *, levels: int = 3, indent: str = "\n") -> Iterator[str]:
    """Yield a plan's document as JSON, a row of its sections a line.

    Piece by piece: of a hundred thousand writes the text is as large as all else that is held.
    """
    if levels and value and isinstance(value, Mapping | list):
        opening, closing = "[]" if isinstance(value, list) else "{}"
        named = [("", row) for row in value] if isinstance(value, list) else value.items()
        inner = f"{indent} "
        yield opening
        for place, (name, row) in enumerate(named):
            yield f"{',' if place else ''}{inner}{_text(name) + ': ' if opening == '{' else ''}"
            yield from document_text(row, levels=levels - 1, indent=inner)
        yield indent + closing
    else:
        yield _text(value)
    if indent == "\n":
        yield "\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_document(path: Path) -> object:
    """Return what a plan file holds; whether it is a plan is for others to say.

    Raises:
        RuleError: It cannot be read as JSON.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise RuleError(f"{path} is too large to be a plan.", next_step="Give another file.")
        return json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
    except OSError as error:
        raise RuleError(
            f"{path} cannot be read: {error.strerror or type(error).__name__}.",
            next_step="Give the file that `mastersync plan --out` wrote.",
        ) from None
    except (ValueError, RecursionError):
        raise RuleError(
            f"{path} is no plan: it is not readable as JSON.",
            next_step="Give the file that `mastersync plan --out` wrote.",
        ) from None
