"""Who is asked, and what the mail says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from confirmation_examples import HELD, policy
from mastersync.domain.confirmations.asking import Asked, details_hash, is_due
from mastersync.domain.confirmations.invitation import compose

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POLICY = replace(policy(), relation="your baker")
LONG_AGO = NOON - timedelta(days=200)


def due(held: dict[str, str] = HELD, asked: Asked | None = None, **changes: object) -> bool:
    return is_due(held, asked=asked or Asked(), policy=replace(POLICY, **changes), now=NOON)


def test_a_customer_with_an_address_who_was_never_asked_is_due():
    assert due()


def test_nobody_is_asked_where_the_client_does_not_want_it():
    assert not due(enabled=False)


def test_without_an_address_there_is_nobody_to_ask():
    assert not due({"name": "Anna"})


def test_a_customer_is_left_in_peace_until_the_days_are_over():
    assert not due(asked=Asked(last_asked_at=NOON - timedelta(days=179, hours=23)))
    assert due(asked=Asked(last_asked_at=NOON - timedelta(days=180)))


def test_an_open_request_is_enough():
    assert not due(asked=Asked(last_asked_at=LONG_AGO, has_open_request=True))


def test_an_address_that_bounced_is_not_written_to_again():
    assert not due(asked=Asked(is_unreachable=True))


def test_the_same_details_are_not_asked_about_twice_and_changed_ones_are():
    asked = Asked(last_asked_at=LONG_AGO, details=frozenset({details_hash(HELD, policy=POLICY)}))

    assert not due(asked=asked)
    assert not due({**HELD, "segment": "X1", "website": ""}, asked=asked)
    assert due({**HELD, "city": "Potsdam"}, asked=asked)


def invite(held: dict[str, str]):
    return compose(
        held,
        client_name="Bright\r\nBakery",
        token="t" * 43,
        portal_url="https://details.example",
        policy=POLICY,
        now=NOON,
    )


def test_the_mail_proves_itself_with_two_masked_details_and_no_whole_one():
    invitation = invite(HELD)

    assert [proof.masked_value for proof in invitation.proofs] == ["DE••••••976", "+49 •• •••••678"]
    assert invitation.link == "https://details.example/c/" + "t" * 43
    assert invitation.valid_until == NOON + timedelta(days=30)
    assert invitation.client_name == "Bright Bakery"


@pytest.mark.parametrize(
    "name",
    ["Win at http://evil.example", "evil.example", "<b>x</b>", "=1+1", "a@b.example", "x" * 81, ""],
)
def test_a_name_that_could_be_a_link_or_markup_is_not_repeated_in_a_mail(name):
    assert invite({**HELD, "name": name}).customer_name == ""


@pytest.mark.parametrize("name", ["Café Müller", "Arnie Morton's of Chicago", "Бар 1", "😀 & Co"])
def test_a_name_is_greeted_as_it_is(name):
    assert invite({**HELD, "name": name}).customer_name == name
