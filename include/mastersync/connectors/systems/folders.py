"""Files below a folder of any file system, and which of them were read already."""

import hashlib
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, cast

import asyncssh
import fsspec

from mastersync.connectors.times import parse_time
from mastersync.errors import ConfigError, MastersyncError, RetryableError

_MARK_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class FoundFile:
    """One file in one version; ``name`` is relative to the folder, ``mark`` its version's."""

    name: str
    path: str
    size: int
    modified_at: datetime | None
    mark: str


class Folder:
    """A folder on local disk, an SFTP server or object storage: whatever fsspec reaches."""

    def __init__(self, filesystem: fsspec.AbstractFileSystem, root: str) -> None:
        self._filesystem = filesystem
        self._root = root.rstrip("/") or "/"

    def files(self, glob: str) -> list[FoundFile]:
        """List the files that match, oldest first.

        Raises:
            ConfigError: There is no such folder, or we may not look into it.
            RetryableError: The file system is away.
        """
        with _as_our_errors(self._root):
            # Directory listings are cached by some file systems.
            self._filesystem.invalidate_cache()
            if not self._filesystem.isdir(self._root):
                raise _no_folder(self._root)
            pattern = posixpath.join(self._root, glob)
            found = self._filesystem.glob(pattern, detail=True)
            files = [
                self._found(path, details)
                for path, details in found.items()
                if details.get("type") != "directory"
            ]
        oldest = datetime.min.replace(tzinfo=UTC)
        return sorted(files, key=lambda file: (file.modified_at or oldest, file.name))

    def is_unchanged(self, file: FoundFile) -> bool:
        """Whether the file is still the version that was listed."""
        with _as_our_errors(file.name):
            self._filesystem.invalidate_cache()
            return self._found(file.path, self._filesystem.info(file.path)) == file

    @contextmanager
    def open(self, file: FoundFile) -> Iterator[IO[bytes]]:
        """Open a file for reading bytes; trouble while reading becomes our errors too."""
        with _as_our_errors(file.name), self._filesystem.open(file.path, "rb") as stream:
            yield cast(IO[bytes], stream)

    def _found(self, path: str, details: Mapping[str, object]) -> FoundFile:
        root = str(self._filesystem._strip_protocol(self._root))  # noqa: SLF001 - fsspec's own way
        name = posixpath.relpath("/" + path.lstrip("/"), "/" + root.lstrip("/"))
        size = details.get("size")
        modified = _modified(details)
        version = details.get("ETag") or details.get("etag") or ""
        text = "\0".join((name, str(size), str(modified), str(version)))
        return FoundFile(
            name=name,
            path=path,
            size=size if isinstance(size, int) else 0,
            modified_at=modified,
            mark=hashlib.sha256(text.encode()).hexdigest()[:_MARK_LENGTH],
        )


class ReadFiles:
    """The versions of files that were read, as a watermark: nothing is missed by a clock.

    A file that arrives with an old date, as copies do, is still one that was not read.
    """

    def __init__(self, watermark: str) -> None:
        self._marks = watermark.split()

    def __contains__(self, file: FoundFile) -> bool:
        return file.mark in self._marks

    def add(self, file: FoundFile) -> None:
        if file not in self:
            self._marks.append(file.mark)

    def keep_only(self, files: Sequence[FoundFile]) -> None:
        """Forget versions that are no longer there."""
        present = {file.mark for file in files}
        self._marks = [mark for mark in self._marks if mark in present]

    @property
    def watermark(self) -> str:
        return " ".join(self._marks)


def _modified(details: Mapping[str, object]) -> datetime | None:
    for name in ("mtime", "LastModified", "last_modified", "updated", "created"):
        value = details.get(name)
        moment = value if isinstance(value, datetime) else parse_time(value)
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


@contextmanager
def _as_our_errors(place: str) -> Iterator[None]:
    try:
        yield
    except MastersyncError:
        raise
    except FileNotFoundError as error:
        raise RetryableError(
            f"{place} went away while it was read. What was read before stays good.",
            next_step="It is read again with the next run, if it is there.",
        ) from error
    except (PermissionError, asyncssh.PermissionDenied) as error:
        raise ConfigError(
            f"{place} may not be read with the connection's rights.",
            next_step="Give the connection's user the right to read it.",
        ) from error
    except (OSError, EOFError, asyncssh.Error) as error:
        raise RetryableError(
            f"{place} could not be read ({type(error).__name__}).",
            next_step="It is tried again; if it stays, check the file system and the connection.",
        ) from error


def _no_folder(root: str) -> ConfigError:
    return ConfigError(
        f"There is no folder {root}, so nothing was read.",
        next_step="Create it, or correct the path in the connection.",
    )
