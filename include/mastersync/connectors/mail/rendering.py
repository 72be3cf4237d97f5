"""Turns the content of a confirmation mail into its subject, text and HTML."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mastersync.domain.confirmations.invitation import Invitation
from mastersync.domain.confirmations.labels import DEFAULT_LANGUAGE, LANGUAGES, date_in_words
from mastersync.errors import ConfigError

_OWN_TEMPLATES = Path(__file__).parent / "templates"


class RenderedMail(NamedTuple):
    """A mail's subject and its two parts, which say the same."""

    subject: str
    text: str
    html: str


def render_confirmation(
    invitation: Invitation, language: str, *, client_templates: Path | None = None
) -> RenderedMail:
    """Return the mail in a language that we have (English when we do not have it).

    Args:
        client_templates: The client's own templates; a file there of the same name
            (``confirmation.en.html``) takes the place of ours.

    Raises:
        ConfigError: A client's template is wrong.
    """
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    environment = _environment(client_templates)
    values = {
        "mail": invitation,
        "language": language,
        "portal": invitation.link.split("/c/")[0],
        "valid_until": date_in_words(invitation.valid_until.date(), language=language),
    }
    parts = []
    for part in ("subject.txt", "txt", "html"):
        name = f"confirmation.{language}.{part}"
        try:
            parts.append(environment.get_template(name).render(values).strip())
        except TemplateError as error:
            raise ConfigError(
                f"The mail template {name} cannot be used: {type(error).__name__}.",
                next_step="Mend it in the client's templates folder, or remove it to use ours.",
                template=name,
                line=getattr(error, "lineno", None),
            ) from error
    subject, text, html = parts
    return RenderedMail(subject=" ".join(subject.split()), text=f"{text}\n", html=f"{html}\n")


@lru_cache(maxsize=64)
def _environment(client_templates: Path | None) -> ImmutableSandboxedEnvironment:
    folders: list[BaseLoader] = [FileSystemLoader(_OWN_TEMPLATES)]
    if client_templates is not None:
        folders.insert(0, FileSystemLoader(client_templates))
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(folders),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
