"""Addresses of web sites."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"^[\w-]+(\.[\w-]+)+$")


def normal_website(text: str) -> str | None:
    """Return scheme, host and path, or None when it is no http(s) address.

    Credentials, query and fragment are left out: they may hold what is not ours to keep.
    """
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").lower().rstrip(".")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not _HOST.match(host) or " " in parts.path:
        return None
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"
