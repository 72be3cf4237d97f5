"""The certificates that connections trust, read once."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """Return what a connection trusts, for httpx's ``verify``.

    Reading it takes 40 ms of CPU, and httpx reads it for every client and every single request: a
    small sync spent half of its time on it.
    """
    return httpx.create_ssl_context()
