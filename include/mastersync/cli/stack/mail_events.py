"""Joining the sandbox's mail carrier to the portal: its key there, our webhook here."""

import json
from collections.abc import Mapping

import httpx

from mastersync.config.settings import Settings

_SETTINGS = "/sendgrid/v3/user/webhooks/event/settings"


def connect_mail_events(settings: Settings, environment: Mapping[str, str]) -> str:
    """Have the sandbox report mails to the portal; returns the key its reports are signed with.

    ``environment`` holds the connections; any client's account at the carrier may set it up.
    """
    headers = {"Authorization": f"Bearer {_api_key(environment)}"}
    with httpx.Client(base_url=settings.sandbox_url, headers=headers, timeout=10.0) as sandbox:
        webhook = f"{settings.public_portal_url}/events/sendgrid"
        wanted = {"enabled": True, "url": webhook}
        sandbox.patch(f"{_SETTINGS}/default", json=wanted).raise_for_status()
        answer = sandbox.get(f"{_SETTINGS}/signed/default").raise_for_status()
        key: str = answer.json()["public_key"]
    return key


def _api_key(environment: Mapping[str, str]) -> str:
    accounts = (
        json.loads(text)["password"]
        for name, text in sorted(environment.items())
        if name.startswith("AIRFLOW_CONN_") and name.endswith("__SENDGRID")
    )
    return str(next(accounts, ""))
