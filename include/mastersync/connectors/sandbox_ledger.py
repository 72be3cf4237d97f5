"""Reads what the sandbox's systems saw of one client."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import httpx

from mastersync.connectors.certificates import trusted
from mastersync.domain.effects.reconcile import SeenRecord
from mastersync.errors import RetryableError
from mastersync.ports.ledger import SeenMail, SeenOrder, SeenWrite

_EFFECT_ARGUMENT = "mastersync_effect"


class SandboxLedger:
    """Implements `ports.ledger.OutsideLedger`."""

    def __init__(self, sandbox_url: str, client_id: str) -> None:
        self._url = sandbox_url.rstrip("/")
        self._client_id = client_id

    def records(self) -> list[SeenRecord]:
        """Return what the systems have now; see the port."""
        return [
            SeenRecord(
                system=entry["system"],
                key=str(entry["record_id"]),
                values=entry["values"],
                deleted=entry["deleted"],
                changed_at=datetime.fromisoformat(entry["changed_at"]),
            )
            for entry in self._entries("records")
        ]

    def writes(self) -> list[SeenWrite]:
        """Return accepted writes; see the port."""
        return [
            SeenWrite(
                system=entry["system"],
                record_key=str(entry["record_id"]),
                reference=str(entry.get("reference") or "") if entry["method"] == "POST" else "",
                values=entry["after"] or {},
            )
            for entry in self._entries("pushes")
        ]

    def orders(self) -> list[SeenOrder]:
        """Return charged orders; see the port."""
        return [
            SeenOrder(our_reference=str(entry.get("call_ref") or ""))
            for entry in self._entries("orders")
        ]

    def mails(self) -> list[SeenMail]:
        """Return accepted mails; see the port."""
        return [
            SeenMail(our_reference=str((entry["custom_args"] or {}).get(_EFFECT_ARGUMENT, "")))
            for entry in self._entries("mails")
        ]

    def _entries(self, book: str) -> Iterator[Mapping[str, Any]]:
        after = 0
        while True:
            try:
                answer = httpx.get(
                    f"{self._url}/ledger/{book}",
                    params={"client": self._client_id, "after": after},
                    timeout=30.0,
                    verify=trusted(),
                ).raise_for_status()
            except httpx.HTTPError as error:
                raise RetryableError(
                    "The sandbox's ledger cannot be read.",
                    next_step="Start it with `mastersync up`, or audit with --no-outside.",
                ) from error
            entries = answer.json()["entries"]
            if not entries:
                return
            yield from entries
            after = entries[-1]["seq"]
