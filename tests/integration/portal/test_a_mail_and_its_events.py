"""From our mailer through the sandbox's SendGrid to an answer, with the events that come back."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from mastersync.connectors.mail.rendering import render_confirmation
from mastersync.connectors.mail.sendgrid_mailer import SendGridMailer
from mastersync.domain.confirmations.invitation import compose
from mastersync.ports.mail import Mail
from portals import HELD, NOON, POLICY, Portal, Question, ask, running_portal
from sandboxes import Sandbox, running_sandbox

KEY = "SG.harbor_foods.sandbox"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture
def portal(store_url: str, sandbox: Sandbox) -> Iterator[Portal]:
    sendgrid = "/sendgrid/v3/user/webhooks/event/settings"
    login = {"Authorization": f"Bearer {KEY}"}
    key = sandbox.http.get(f"{sendgrid}/signed/default", headers=login).json()["public_key"]
    with running_portal(store_url, public_keys=(key,)) as portal:
        where = {"enabled": True, "url": f"{portal.url}/events/sendgrid"}
        sandbox.http.patch(f"{sendgrid}/default", json=where, headers=login).raise_for_status()
        yield portal


def confirmation(question: Question, portal: Portal) -> Mail:
    invitation = compose(
        HELD,
        client_name="Harbor Foods",
        token=question.token,
        portal_url=portal.url,
        policy=POLICY,
        now=NOON,
    )
    subject, text, html = render_confirmation(invitation, POLICY.language)
    return Mail(
        to=HELD["email"],
        sender=POLICY.sender,
        sender_name=POLICY.sender_name,
        reply_to=POLICY.reply_to,
        subject=subject,
        text=text,
        html=html,
        reference=str(question.effect_id),
    )


def events(portal: Portal, question: Question) -> set[str]:
    query = "SELECT event FROM mastersync.mail_event WHERE effect_id = %s"
    return {row[0] for row in portal.rows(query, question.effect_id)}


def test_the_link_in_the_mail_leads_to_the_page_and_delivery_is_reported(sandbox, portal):
    question = ask(portal.store_url)
    mailer = SendGridMailer(KEY, host=f"{sandbox.url}/sendgrid")

    mailer.send(confirmation(question, portal))

    link = next(
        line
        for line in confirmation(question, portal).text.splitlines()
        if line.startswith(portal.url)
    )
    assert portal.http.get(link).status_code == 200
    deadline = time.monotonic() + 20
    while events(portal, question) != {"processed", "delivered"} and time.monotonic() < deadline:
        time.sleep(0.1)
    assert events(portal, question) == {"processed", "delivered"}


def test_a_mail_sent_twice_carries_one_link_and_is_answered_once(sandbox, portal):
    question = ask(portal.store_url)
    mail = confirmation(question, portal)
    mailer = SendGridMailer(KEY, host=f"{sandbox.url}/sendgrid")

    assert mailer.send(mail) != mailer.send(replace(mail))

    answers = [portal.post(question.token, verdict="all_correct").status_code]
    answers.append(portal.http.post(f"/c/{question.token}", data={}).status_code)
    assert answers == [200, 409]
