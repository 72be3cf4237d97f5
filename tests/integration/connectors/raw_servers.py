"""Servers that answer byte by byte what a test says, for what no framework would send."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class RawServer:
    url: str
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def raw_server(parts: Sequence[bytes], *, pause: float = 0.0) -> Iterator[RawServer]:
    """Send the parts to everyone who connects, with a pause between them, then hang up."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    server = RawServer(f"http://127.0.0.1:{listener.getsockname()[1]}")
    stopping = threading.Event()

    def serve() -> None:
        while not stopping.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(2)
                _answer(connection, server, stopping)

    def _answer(connection: socket.socket, server: RawServer, stopping: threading.Event) -> None:
        try:
            server.requests.append(connection.recv(65536))
            for part in parts:
                connection.sendall(part)
                if stopping.wait(pause):
                    return
        except OSError:
            return  # the client has hung up, as it should

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        stopping.set()
        thread.join(5)
        listener.close()


def answer(body: bytes, *, status: str = "200 OK", headers: str = "", length: bool = True) -> bytes:
    sized = f"Content-Length: {len(body)}\r\n" if length else ""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{sized}{headers}"
    return f"{head}Connection: close\r\n\r\n".encode() + body
