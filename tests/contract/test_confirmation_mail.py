"""The confirmation mail as it reaches people."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from confirmation_examples import HELD, policy
from mastersync.connectors.mail.rendering import render_confirmation
from mastersync.domain.confirmations.invitation import Invitation, compose
from mastersync.errors import ConfigError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINK = "https://details.example/c/" + "t" * 43


def invitation(client_name: str = "Bright Bakery", **held: str) -> Invitation:
    return compose(
        {**HELD, **held},
        client_name=client_name,
        token="t" * 43,
        portal_url="https://details.example",
        policy=replace(policy(), relation="your baker"),
        now=NOON,
    )


class Words(HTMLParser):
    """What a person sees of an HTML part."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in {"style", "title"}
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self.hidden -= tag in {"style", "title"}

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)


def seen(html: str) -> Words:
    words = Words()
    words.feed(html)
    return words


@pytest.mark.parametrize("language", ["en", "de"])
def test_both_parts_say_who_asks_prove_it_and_carry_the_link(language):
    mail = render_confirmation(invitation(), language)
    text_of_html = " ".join(" ".join(seen(mail.html).words).split())

    for said in ("Bright Bakery", "your baker", "DE••••••976", "2026", LINK, "Café Müller"):
        assert said in mail.text
        assert said in text_of_html
    assert "Bright Bakery" in mail.subject
    assert f"\n{LINK}\n" in mail.text
    assert f'<html lang="{language}">' in mail.html


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_html_says_nothing_that_the_text_does_not(language):
    mail = render_confirmation(invitation(), language)
    text = set(re.findall(r"\w+", mail.text))

    extra = set(re.findall(r"\w+", " ".join(seen(mail.html).words))) - text
    # The button, the line over the plain link, and the preview line of mailboxes.
    assert len(extra) <= 12


def test_a_mail_is_small_and_loads_nothing():
    mail = render_confirmation(invitation(), "en")

    assert len(mail.html.encode()) < 20_000
    assert "<img" not in mail.html
    assert set(seen(mail.html).links) == {LINK, "mailto:a@client.example"}
    assert "color-scheme" in mail.html


def test_no_whole_secret_is_in_a_mail():
    mail = render_confirmation(invitation(), "en")

    for name in ("phone", "tax_id", "email", "date_of_birth"):
        assert HELD[name] not in mail.text + mail.html


@pytest.mark.parametrize("text", ["<script>x</script>", '"><img src=x>', "{{ 7 * 7 }}"])
def test_hostile_names_are_inert(text):
    mail = render_confirmation(invitation(client_name=text, name=text), "en")

    assert "<script" not in mail.html
    assert "<img" not in mail.html
    assert "49" not in mail.subject
    assert "\n" not in mail.subject


def test_a_language_that_we_do_not_speak_gets_english():
    assert render_confirmation(invitation(), "xx") == render_confirmation(invitation(), "en")


def test_a_client_may_replace_one_part_and_keep_the_others(tmp_path: Path):
    (tmp_path / "confirmation.en.subject.txt").write_text("{{ mail.client_name }} asks")

    mail = render_confirmation(invitation(), "en", client_templates=tmp_path)

    assert mail.subject == "Bright Bakery asks"
    assert mail.text == render_confirmation(invitation(), "en").text


@pytest.mark.parametrize(
    "template", ["{{ mail.nothing }}", "{% if %}", "{{ mail.__class__.__mro__ }}"]
)
def test_a_wrong_template_of_a_client_is_said_with_its_name(tmp_path: Path, template: str):
    (tmp_path / "confirmation.en.txt").write_text(template)

    with pytest.raises(ConfigError, match=r"confirmation\.en\.txt"):
        render_confirmation(invitation(), "en", client_templates=tmp_path)
