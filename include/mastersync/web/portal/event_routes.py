"""The mail carrier's webhook: what became of the mails."""

from collections.abc import Sequence
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request, Response

from mastersync.connectors.mail.sendgrid_events import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    SendGridEvents,
    read_events,
)
from mastersync.store.database import Database
from mastersync.store.portal import record_mail_events
from mastersync.web.portal.protection import read_body

log = structlog.get_logger()

LARGEST_POST = 2 * 1024 * 1024


async def _raw(request: Request) -> bytes:
    """The signature is over the very bytes, so nothing may parse them first."""
    return await read_body(request, limit=LARGEST_POST)


class MailEvents:
    """The webhook of one portal; without a key it refuses everything."""

    def __init__(self, database: Database, *, public_keys: Sequence[str]) -> None:
        self._database = database
        self._sendgrid = SendGridEvents(public_keys)
        self._is_open = bool(public_keys)
        self.router = APIRouter()
        self.router.add_api_route("/events/sendgrid", self.take, methods=["POST"])

    def take(self, request: Request, body: Annotated[bytes, Depends(_raw)]) -> Response:
        """Take in events once each. Only a 2xx keeps SendGrid from sending them again."""
        if not self._is_open:
            log.error(
                "mail_events.refused",
                problem="SendGrid's events cannot be verified, so none was taken.",
                next_step="Set MASTERSYNC_SENDGRID_PUBLIC_KEY to the webhook's verification key.",
            )
            return Response(status_code=503)
        signature = request.headers.get(SIGNATURE_HEADER, "")
        timestamp = request.headers.get(TIMESTAMP_HEADER, "")
        if not self._sendgrid.is_genuine(body, signature=signature, timestamp=timestamp):
            log.warning("mail_events.refused", problem="The signature is not SendGrid's.")
            return Response(status_code=401)
        try:
            events = read_events(body)
        except ValueError:
            return Response(status_code=400)
        new = record_mail_events(self._database, events)
        log.info("mail_events.taken", count=len(events), new=new)
        return Response(status_code=204)
