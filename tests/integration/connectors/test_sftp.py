"""Files on an SFTP server, read through the same code as those on disk."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, ClassVar

import asyncssh
import pytest
from sshfs import SSHFileSystem

from mastersync.connectors.systems.files import FileReader
from mastersync.connectors.systems.files_options import FileFormat, FileOptions
from mastersync.errors import ConfigError, RetryableError

OPTIONS = FileOptions(format=FileFormat.CSV, glob="*.csv", key_columns=("No",), page_rows=10)


class _Server(asyncssh.SSHServer):
    """Lets everybody in."""

    connections: ClassVar[list[asyncssh.SSHServerConnection]] = []

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.connections.append(conn)

    def begin_auth(self, username: str) -> bool:
        return False


class SftpServer:
    """An SFTP server in a thread, whose root is a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._acceptor = self._run(self._listen())
        self.port = self._acceptor.get_port()

    def cut(self) -> None:
        """End all connections and take no new ones."""
        self._run(self._close())

    def stop(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _run(self, work: Coroutine) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> asyncssh.SSHAcceptor:
        root = str(self._root)
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=_Server,
            server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=root),
        )

    async def _close(self) -> None:
        self._acceptor.close()
        while _Server.connections:
            connection = _Server.connections.pop()
            connection.close()
            await connection.wait_closed()
        await self._acceptor.wait_closed()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    server = SftpServer(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def filesystem(server: SftpServer) -> Iterator[SSHFileSystem]:
    filesystem = SSHFileSystem(
        "127.0.0.1", port=server.port, username="sync", known_hosts=None, skip_instance_cache=True
    )
    yield filesystem
    SSHFileSystem._finalize(filesystem.loop, filesystem._pool, filesystem._stack)


def test_files_on_sftp_are_read_once_and_again_when_they_change(
    tmp_path: Path, filesystem: SSHFileSystem
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.csv").write_text("No,Name\n" + "".join(f"{n},Firm {n}\n" for n in range(25)))
    reader = FileReader(filesystem, "/out", OPTIONS)

    first = list(reader.read_changes(""))
    again = list(reader.read_changes(first[-1].watermark))
    (folder / "b.csv").write_text("No,Name\n99,New\n")
    then = list(reader.read_changes(again[-1].watermark))

    assert [len(page.rows) for page in first] == [10, 10, 5, 0]
    assert [len(page.rows) for page in again] == [0]
    assert [row.key for page in then for row in page.rows] == ["99"]


def test_a_server_that_goes_away_in_the_middle_may_work_later(
    tmp_path: Path, server: SftpServer, filesystem: SSHFileSystem
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("No,Name\n1,A\n")
    reading = FileReader(filesystem, "/", OPTIONS).read_changes("")
    first = next(reading)
    server.cut()

    with pytest.raises(RetryableError):
        list(reading)

    assert [row.key for row in first.rows] == ["1"]


def test_a_folder_that_is_not_on_the_server_is_a_mistake_in_the_connection(
    filesystem: SSHFileSystem,
) -> None:
    with pytest.raises(ConfigError):
        list(FileReader(filesystem, "/not-there", OPTIONS).read_changes(""))
